import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { fileText } from '../core/model/canonical.ts'
import { explainErrors } from '../core/model/explain.ts'
import { parseOwnJson } from '../core/model/json.ts'
import { ok, type Result, refuse } from '../core/support/result.ts'
import { codeOf, type Disk, nodeDisk } from '../host/node/disk.ts'
import { READ_LIMITS, readText } from '../host/node/read-files.ts'
import { writeFiles } from '../host/node/write-files.ts'
import type { HubConfig, HubState } from '../schemas/generated/types.ts'
import * as validate from '../schemas/generated/validate-hub.js'

const CONFIG = 'hub.json'
const STATE = 'hub-state.json'

/** What people wrote in `hub.json`, and what the hub keeps beside it. */
export type HubFiles = {
  readonly dir: string
  readonly config: HubConfig
  readonly state: () => HubState
  /** Changes the hub's own file; durable when it answers. One change after the other. */
  readonly change: (edit: (state: HubState) => HubState) => Promise<Result<HubState>>
}

/** Reads both files; a hub without any gets its own one now. */
export async function openHubFiles(dir: string, disk: Disk = nodeDisk): Promise<Result<HubFiles>> {
  const config = readIfThere<HubConfig>(path.join(dir, CONFIG), validate.hub, disk)
  if (!config.ok) return config
  const known = readIfThere<HubState>(path.join(dir, STATE), validate.hubState, disk)
  if (!known.ok) return known
  let state = known.value ?? { format: 1, hub: randomBytes(16).toString('hex'), designs: {}, invitations: {} }
  let last: Promise<unknown> = Promise.resolve()
  const put = async (next: HubState): Promise<Result<HubState>> => {
    const written = await writeFiles(dir, new Map([[STATE, fileText(next)]]), { disk })
    if (!written.ok) return written
    state = next
    return ok(next)
  }
  if (!known.value) {
    const written = await put(state)
    if (!written.ok) return written
  }
  return ok({
    dir,
    config: config.value ?? { format: 1 },
    state: () => state,
    change: edit => {
      const changed = last.then(() => put(edit(state)))
      last = changed.catch(() => {})
      return changed
    },
  })
}

function readIfThere<T>(file: string, fits: validate.Validate, disk: Disk): Result<T | undefined> {
  try {
    disk.modifiedAt(file)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ok(undefined)
  }
  const text = readText(file, disk, READ_LIMITS.bytes)
  if (!text.ok) return text
  const parsed = parseOwnJson(file, text.value)
  if (!parsed.ok) return parsed
  if (fits(parsed.value)) return ok(parsed.value as T)
  const { at, message } = explainErrors(fits.errors ?? [])
  return refuse({
    code: 'hub.config',
    at: `${file}:${at}`,
    message,
    cure: 'Correct the file as schemas/hub.schema.json says; docs/hub.md has an example.',
  })
}

/** Makes a design under a new opaque name, which it answers. */
export async function addDesign(
  files: HubFiles,
  { name, by, now }: { readonly name: string; readonly by: string; readonly now: number },
): Promise<Result<string>> {
  const id = randomBytes(16).toString('hex')
  const at = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z')
  const changed = await files.change(state => ({ ...state, designs: { ...state.designs, [id]: { name, at, by } } }))
  return changed.ok ? ok(id) : changed
}

/** Designs by their opaque names, those of `hub.json` and those made through the hub. */
export function designsOf({ config, state }: HubFiles): ReadonlyMap<string, string> {
  const all = { ...state().designs, ...config.designs }
  return new Map(Object.entries(all).map(([id, { name }]) => [id, name]))
}
