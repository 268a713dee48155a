import { byText } from '../../support/order.ts'
import { provenanceFor } from '../reading/building.ts'
import { groupsBy } from '../reading/groups.ts'
import { cleanJson, defined, lineOf, recordOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { namesIn } from './entries.ts'
import { filled } from './interpolation.ts'
import type { File } from './read.ts'
import type { Service } from './services.ts'

/** Names that are kept of a service on several networks. */
const MOST_NAMED = 50

/** Services by the networks they are on; those without a network of Compose are on none. */
type Members = ReadonlyMap<string, readonly Service[]>

/** Networks become trust boundaries where there are several; a service lies in one of them. */
export function addNetworks(file: File, services: readonly Service[]): void {
  const joined = new Map(services.map(service => [service, networksOf(file, service)]))
  for (const [service, networks] of joined) {
    const host = sharedWith(service, services)
    if (host) joined.set(service, joined.get(host) ?? networks)
  }
  const members = membersOf(joined)
  tellEmpty(file, members)
  if (members.size < 2) return
  const ids = new Map([...members.keys()].map(name => [name, addBoundary(file, name)]))
  const order = [...members.keys()].sort((a, b) => inwards(file, members, a, b))
  const rank = new Map(order.map((name, i) => [name, i]))
  for (const [service, networks] of joined) {
    const [chosen] = networks.toSorted((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0))
    const row = file.building.elements[service.id]
    if (chosen === undefined || !row) continue
    const boundary = ids.get(chosen)
    if (boundary === undefined) continue
    const foreign = networks.length > 1 ? { ...row.foreign, networks: cleanJson(networks.slice(0, MOST_NAMED)) } : row.foreign
    file.building.elements[service.id] = defined({ ...row, boundary, foreign })
    if (networks.length > 1) tellSeveral(file, service, chosen)
  }
}

/** A network without a way out goes first, then the one with the fewest services, then by name. */
function inwards(file: File, members: Members, a: string, b: string): number {
  const sizeOf = (name: string) => members.get(name)?.length ?? 0
  return Number(flag(file, b, 'internal')) - Number(flag(file, a, 'internal')) || sizeOf(a) - sizeOf(b) || byText(a, b)
}

function membersOf(joined: ReadonlyMap<Service, readonly string[]>): Members {
  const all = [...joined].flatMap(([service, networks]) => networks.map(name => ({ name, service })))
  const groups = groupsBy(all, ({ name }) => name)
  return new Map([...groups].map(([name, among]) => [name, among.map(({ service }) => service)]))
}

/** Without any, a service is on the network "default"; with a mode of its own, on none. */
function networksOf(file: File, service: Service): readonly string[] {
  if (filled(service.raw.network_mode)?.text) return []
  const named = [...new Set(namesIn(service.raw.networks))]
  const known = named.filter(name => name === 'default' || Object.hasOwn(file.networks, name))
  if (known.length < named.length)
    tally(file.building.report, service.place, {
      what: count => `Networks of ${many(count, 'service')}`,
      why: 'Some are not declared at the top of the file, as Compose demands: left out.',
    })
  return named.length === 0 ? ['default'] : known
}

/** The service whose network another one uses as its own. */
function sharedWith({ raw }: Service, services: readonly Service[]): Service | undefined {
  const name = /^service:(.+)$/.exec(filled(raw.network_mode)?.text ?? '')?.[1]
  return name === undefined ? undefined : services.find(service => service.name === name)
}

function flag(file: File, name: string, key: 'internal' | 'external'): boolean {
  const value = recordOf(file.networks[name])?.[key]
  return value === true || (key === 'external' && recordOf(value) !== undefined)
}

function addBoundary(file: File, name: string): string {
  const { building } = file
  const id = building.idFor('B', building.model, '/networks', name)
  const isInternal = flag(file, name, 'internal')
  const isExternal = flag(file, name, 'external')
  const foreign = { ...(isInternal && { internal: true }), ...(isExternal && { external: true }) }
  if (isInternal || isExternal)
    tally(building.report, file.at('networks', name), {
      what: count => `Whether ${many(count, 'network')} is internal or external`,
      why: 'A boundary says neither: kept under foreign.',
    })
  building.boundaries[id] = defined({
    id,
    name: lineOf(name, 400) ?? 'Unnamed network',
    kind: 'network' as const,
    membership: 'stated' as const,
    provenance: provenanceFor(building, lineOf(name, 1000)),
    foreign: Object.keys(foreign).length > 0 ? foreign : undefined,
  })
  return id
}

function tellSeveral({ building }: File, { place }: Service, chosen: string): void {
  building.report.losses.push({
    at: place,
    what: 'The other networks of a service on several',
    why: `An element lies in one boundary: it was put into "${chosen.slice(0, 80)}" (internal networks first, then the one with the fewest services, then by name). The names of all are kept under foreign.`,
  })
}

function tellEmpty(file: File, members: Members): void {
  for (const name of Object.keys(file.networks))
    if (!members.has(name))
      tally(file.building.report, file.at('networks', name), {
        what: count => many(count, 'network'),
        why: 'No service is on it: no boundary was made.',
      })
  const [only] = members.size === 1 ? members.keys() : []
  if (only !== undefined && Object.hasOwn(file.networks, only))
    tally(file.building.report, file.at('networks', only), {
      what: () => 'The network of all services',
      why: 'With one network only, nothing says where trust changes: no boundary was made. Draw those that you know.',
    })
}
