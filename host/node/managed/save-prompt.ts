import { existsSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { fileText } from '../../../core/model/canonical.ts'
import { explainErrors } from '../../../core/model/explain.ts'
import type { Prompt } from '../../../core/prompts/make.ts'
import { all, ok, type Result, refuse } from '../../../core/support/result.ts'
import { EXPORTS, type ExplainExports, exportKey, readExports, withExported } from '../../../core/targets/exports.ts'
import type { PromptFile } from '../../../core/targets/files-for.ts'
import { type FilePlan, type ManagedConflict, planFile } from '../../../core/targets/managed.ts'
import type { Exported, ExportsFile } from '../../../schemas/generated/types.ts'
import { exportsFile } from '../../../schemas/generated/validate-records.js'
import { codeOf, type Disk, diskProblem, nodeDisk } from '../disk.ts'
import { makeFolders } from '../make-folders.ts'
import { READ_LIMITS, readText } from '../read-files.ts'
import { writeFiles } from '../write-files.ts'
import { placeIn } from './place.ts'

/** What saving needs besides the prompt. */
export type SaveInto = {
  /** Root of the repository, or another folder a person named; made when it is not there. */
  readonly root: string
  /** The design folder, which keeps the manifest; without one nothing that is there is ever overwritten. */
  readonly designDir: string | undefined
  /** Digests of texts that a person saw and lets go, by path. */
  readonly letGo?: ReadonlyMap<string, string>
  readonly disk?: Disk
}

type Saved = Pick<Prompt, 'id' | 'digest' | 'target' | 'files'>

/** What would become of every file of a prompt; with a conflict in it nothing may be written. */
export type SavePlan = {
  readonly root: string
  readonly plans: readonly FilePlan[]
  readonly conflicts: readonly ManagedConflict[]
  /** Whole texts to write, and those that lie there now, by path. */
  readonly texts: ReadonlyMap<string, string>
  readonly known: ReadonlyMap<string, string>
  readonly manifest: { readonly dir: string; readonly before: string | undefined; readonly after: string } | undefined
}

/** Looks at every place a prompt would be written to. Writes nothing. */
export function planSave(prompt: Saved, into: SaveInto): Result<SavePlan> {
  const { designDir, disk = nodeDisk } = into
  const root = rootOf(into.root)
  if (!root.ok) return root
  const manifest = designDir === undefined ? ok({ text: undefined, file: EMPTY }) : manifestIn(designDir, disk)
  if (!manifest.ok) return manifest
  const seen = new Map<string, string>()
  const planned = all(
    prompt.files.map(file => planOf(file, { prompt, into, root: root.value, file: manifest.value.file, seen, disk })),
  )
  if (!planned.ok) return planned
  const plans = planned.value
  const texts = new Map(plans.flatMap(plan => (isWritten(plan) ? [[plan.path, plan.text] as const] : [])))
  const entries = new Map(
    prompt.files.flatMap((file, at) => entryOf(prompt, file, { plan: plans[at], root: root.value, designDir })),
  )
  const after = fileText(withExported(manifest.value.file, entries))
  return ok({
    root: root.value,
    plans,
    conflicts: plans.flatMap(plan => (plan.kind === 'conflict' ? [plan] : [])),
    texts,
    known: seen,
    manifest: designDir === undefined || entries.size === 0 ? undefined : { dir: designDir, before: manifest.value.text, after },
  })
}

/**
 * Writes what was planned: first the manifest, which names the old text of each file beside the new one, then the files. Cut short at
 * any point, every file is old or new, and the manifest knows both.
 */
export async function writeSave(plan: SavePlan, disk: Disk = nodeDisk): Promise<Result<true>> {
  if (plan.conflicts.length > 0) throw new Error('writeSave: a plan with conflicts')
  const { manifest, texts } = plan
  if (manifest && manifest.before !== manifest.after) {
    const known = new Map(manifest.before === undefined ? [] : [[EXPORTS, manifest.before] as const])
    const noted = await written(manifest.dir, new Map([[EXPORTS, manifest.after]]), { disk, known })
    if (!noted.ok) return noted
  }
  if (texts.size === 0) return ok(true)
  const made = makeRoot(plan.root)
  return made.ok ? written(plan.root, texts, { disk, known: new Map(plan.known) }) : made
}

/** A file that changed since it was looked at is a refusal here: the person decides on what lies there now. */
async function written(
  dir: string,
  texts: ReadonlyMap<string, string>,
  tools: Parameters<typeof writeFiles>[2],
): Promise<Result<true>> {
  const answer = await writeFiles(dir, texts, tools)
  if (!answer.ok) return answer
  const [first, ...rest] = answer.value.conflicts
  return first ? { ok: false, problems: [first, ...rest] } : ok(true)
}

type Around = {
  readonly prompt: Saved
  readonly into: SaveInto
  readonly root: string
  readonly file: ExportsFile
  readonly seen: Map<string, string>
  readonly disk: Disk
}

function planOf(file: PromptFile, { prompt, into, root, file: manifest, seen, disk }: Around): Result<FilePlan> {
  const place = placeIn(root, file.path)
  // A CLAUDE.md that is there is let be, whatever it is; often it is a link to AGENTS.md.
  if (!place.ok && file.path === 'CLAUDE.md' && place.problems[0].code === 'export.link')
    return ok({ kind: 'left', path: file.path })
  if (!place.ok) return place
  const text = textAt(place.value, file.path, disk)
  if (!text.ok) return text
  if (text.value !== undefined) seen.set(file.path, text.value)
  const key = keyOf(file, { prompt: prompt.id, root, designDir: into.designDir })
  const known = Object.hasOwn(manifest.files, key) ? manifest.files[key] : undefined
  return planFile({ file, prompt: prompt.id, disk: text.value, known, letGo: into.letGo?.get(file.path) })
}

function textAt(place: string, name: string, disk: Disk): Result<string | undefined> {
  if (!existsSync(place)) return ok(undefined)
  const text = readText(place, disk, READ_LIMITS.bytes)
  return text.ok ? text : { ok: false, problems: [{ ...text.problems[0], at: name }] }
}

function isWritten(plan: FilePlan): plan is Extract<FilePlan, { readonly kind: 'created' | 'updated' | 'same' }> {
  return plan.kind === 'created' || plan.kind === 'updated'
}

type Where = { readonly plan: FilePlan | undefined; readonly root: string; readonly designDir: string | undefined }

function entryOf(prompt: Saved, file: PromptFile, { plan, root, designDir }: Where): readonly (readonly [string, Exported])[] {
  if (!plan || plan.kind === 'left' || plan.kind === 'conflict') return []
  const { id, digest, target } = prompt
  const before = plan.before === undefined ? {} : { before: plan.before }
  return [[keyOf(file, { prompt: id, root, designDir }), { sha256: plan.sha256, ...before, prompt: id, digest, target }]]
}

/** Paths in the manifest go from the design folder, so that they hold on every machine. */
function keyOf(
  file: PromptFile,
  of: { readonly prompt: string; readonly root: string; readonly designDir: string | undefined },
): string {
  const from = of.designDir === undefined ? of.root : realpathSync(of.designDir)
  const name = path.relative(from, path.join(of.root, file.path)).split(path.sep).join('/')
  return exportKey(name, { managed: file.managed, prompt: of.prompt })
}

const EMPTY: ExportsFile = { format: 1, files: {} }

function manifestIn(dir: string, disk: Disk): Result<{ readonly text: string | undefined; readonly file: ExportsFile }> {
  const text = textAt(path.join(dir, EXPORTS), EXPORTS, disk)
  if (!text.ok) return text
  const file = readExports(text.value, explain)
  return file.ok ? ok({ text: text.value, file: file.value }) : file
}

const explain: ExplainExports = value => (exportsFile(value) ? undefined : explainErrors(exportsFile.errors ?? []))

/** The folder itself may be reached by a link: the person named it. */
function rootOf(root: string): Result<string> {
  try {
    return ok(existsSync(root) ? realpathSync(root) : path.resolve(root))
  } catch (error) {
    return { ok: false, problems: [diskProblem(error, root, 'open')] }
  }
}

function makeRoot(root: string): Result<true> {
  try {
    makeFolders(root)
    return ok(true)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') return { ok: false, problems: [diskProblem(error, root, 'make')] }
    return refuse({ code: 'export.root', at: root, message: 'A file has the name of this folder.', cure: 'Name another folder.' })
  }
}
