import type { Stamp } from '../../model/types.ts'
import { ok, type Refusal, type Result, refuse } from '../../support/result.ts'
import { addOverview, type Building, finished, newBuilding, type ReadModel } from '../reading/building.ts'
import { type Raw, recordOf } from '../reading/json-fields.ts'
import { MOST_LISTED } from '../reading/list-limits.ts'
import { pointerTo } from '../reading/pointer.ts'
import { newReport } from '../report.ts'
import { addClients } from './clients.ts'
import { addUses } from './flows.ts'
import { addGrants } from './grants.ts'
import { withMergedKeys } from './merge-keys.ts'
import { addNetworks } from './networks.ts'
import { addServices, servicesOf } from './services.ts'
import { tellTop } from './top.ts'
import { addVolumes } from './volumes.ts'

/** The parts of a file, each by name, and where the design is made. */
export type File = {
  readonly building: Building
  readonly services: Raw
  readonly networks: Raw
  readonly volumes: Raw
  readonly secrets: Raw
  readonly configs: Raw
  readonly at: typeof pointerTo
}

/** More than any person writes; each becomes an element or a flow. */
const MOST_NAMED = MOST_LISTED.zones

/**
 * Reads a Compose file as a starting model: services, the stores among them, networks, volumes, and who uses whom. Only names are kept;
 * values of variables, commands, labels, contents of secrets and paths of the machine are not, for they may be secrets.
 */
export function readCompose(file: string, root: Raw, stamp: Stamp): Result<ReadModel> {
  const whole = withMergedKeys(root)
  if (!whole) return tooMany(file, 'Its merge keys repeat more than any real file does.')
  const report = newReport()
  const name = typeof whole.name === 'string' && /^[a-z0-9][a-z0-9_-]{0,100}$/.test(whole.name) ? whole.name : undefined
  const building = newBuilding({ file, tool: 'Compose file', family: 'compose', stamp }, report, { name, owner: undefined })
  const part = (key: string) => recordOf(whole[key]) ?? {}
  const parts = { services: part('services'), networks: part('networks'), volumes: part('volumes') }
  const parsed: File = { building, ...parts, secrets: part('secrets'), configs: part('configs'), at: pointerTo }
  const wrong = tooMuchIn(file, parsed)
  if (wrong) return wrong
  const services = servicesOf(parsed)
  if (!services) return tooMany(`${file}:/services`, 'Its services hold more than any real file does, with what they extend.')
  tellTop(report, whole)
  addServices(parsed, services)
  addNetworks(parsed, services)
  addClients(parsed, services)
  addUses(parsed, services)
  addVolumes(parsed, services)
  addGrants(parsed, services)
  addOverview(building)
  const originalIds = [...services.map(service => service.name), ...Object.keys(parsed.volumes)]
  const design = finished(building, { name: name ?? 'Unnamed model', originalIds })
  return ok({ design, formatVersion: versionOf(whole.version), report })
}

/** The version a file states means nothing any more; the specification has none. */
function versionOf(version: unknown): string {
  return /^[1-9](\.\d)?$/.test(String(version)) ? String(version) : 'specification'
}

function tooMuchIn(file: string, { building: _building, at, ...parts }: File): Refusal | undefined {
  for (const [key, part] of Object.entries(parts)) {
    const count = Object.keys(part).length
    if (count > MOST_NAMED) return tooMany(`${file}:${at(key)}`, `It holds ${count} ${key}; at most ${MOST_NAMED} are read.`)
  }
  return undefined
}

function tooMany(at: string, message: string): Refusal {
  return refuse({ code: 'compose.tooMany', at, message, cure: 'Check that it is the right file, or split it into several.' })
}
