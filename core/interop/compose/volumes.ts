import { provenanceFor } from '../reading/building.ts'
import { defined, lineOf, listOf, recordOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { mountOf } from './mounts.ts'
import type { File } from './read.ts'
import type { Service } from './services.ts'

type User = { readonly service: Service; readonly isReadOnly: boolean }

/** Named volumes that services mount become data stores, unless one of the stores keeps its data there: then they are that store. */
export function addVolumes(file: File, services: readonly Service[]): void {
  const users = usersOf(file, services)
  for (const name of Object.keys(file.volumes)) {
    const among = [...(users.get(name)?.values() ?? [])]
    const keepers = among.filter(({ service }) => service.kind === 'dataStore')
    const [keeper] = keepers.length === 1 ? keepers : []
    if (among.length === 0) tellUnused(file, name)
    else if (keeper) tellKept(file, name)
    const store = keeper ? keeper.service.id : among.length > 0 ? addVolume(file, name, among) : undefined
    if (store === undefined) continue
    for (const user of among) if (user !== keeper) addAccess(file, name, { user, store })
  }
}

function usersOf(file: File, services: readonly Service[]): ReadonlyMap<string, ReadonlyMap<Service, User>> {
  const users = new Map<string, Map<Service, User>>()
  for (const service of services)
    for (const value of listOf(service.raw.volumes)) {
      const mount = mountOf(value)
      if (mount.kind === 'bind' && mount.isEngine) askEngine(file, service)
      if (mount.kind !== 'volume' || !Object.hasOwn(file.volumes, mount.name)) {
        tellMount(file, service, mount.kind)
        continue
      }
      const among = users.get(mount.name) ?? new Map<Service, User>()
      users.set(mount.name, among)
      among.set(service, { service, isReadOnly: mount.isReadOnly && (among.get(service)?.isReadOnly ?? true) })
    }
  for (const service of services) if (service.raw.use_api_socket === true) askEngine(file, service)
  return users
}

/** It lies where all that mount it lie; no network says so, but outside it every access would cross a boundary that is none. */
function addVolume({ building, at, volumes }: File, name: string, users: readonly User[]): string {
  const id = building.idFor('E', building.model, '/volumes', name)
  const around = new Set(users.map(({ service }) => building.elements[service.id]?.boundary))
  const [boundary] = around.size === 1 ? around : []
  const external = recordOf(volumes[name])?.external
  building.elements[id] = defined({
    id,
    name: lineOf(name, 400) ?? 'Unnamed volume',
    kind: 'dataStore' as const,
    boundary,
    provenance: provenanceFor(building, lineOf(name, 1000)),
    foreign: external === true || recordOf(external) ? { external: true } : undefined,
  })
  tally(building.report, at('volumes', name), {
    what: count => `Contents of ${many(count, 'volume')}`,
    why: 'The file names no data: a data store for each, in the boundary that all who mount it share. Link the data.',
  })
  return id
}

/** What is mounted read-only moves one way. */
function addAccess({ building }: File, name: string, { user, store }: { user: User; store: string }): void {
  const { service, isReadOnly } = user
  const id = building.idFor('F', building.model, '/volumes', name, service.name)
  building.flows[id] = defined({
    id,
    name: lineOf(`Files of ${name}`, 400) ?? 'Files',
    source: isReadOnly ? store : service.id,
    target: isReadOnly ? service.id : store,
    bidirectional: isReadOnly ? undefined : true,
    provenance: provenanceFor(building, undefined),
  })
}

function tellKept({ building, at }: File, name: string): void {
  tally(building.report, at('volumes', name), {
    what: count => `Stores of their own for ${many(count, 'volume')}`,
    why: 'A store of the file keeps its data there: both are one data store here.',
  })
}

function tellUnused({ building, at }: File, name: string): void {
  tally(building.report, at('volumes', name), {
    what: count => many(count, 'volume'),
    why: 'No service mounts it: no data store was made.',
  })
}

const WHY = {
  bind: 'Folders of the machine have no place here, and their paths may name people: not kept. Add a data store where it matters.',
  volume: 'The volume is not declared at the top of the file, as Compose demands: left out.',
  nameless: 'A volume without a name lives and dies with its container: left out.',
  passing: 'Memory, images and pipes keep nothing: left out.',
  unreadable: 'It is no mount that could be read: left out.',
} as const

function tellMount({ building }: File, { place }: Service, kind: keyof typeof WHY): void {
  tally(building.report, place, { what: count => many(count, kind === 'bind' ? 'bind mount' : 'mount'), why: WHY[kind] })
}

function askEngine({ building }: File, { id }: Service): void {
  building.report.problems.push({
    code: 'compose.engine',
    severity: 'warning',
    at: id,
    message:
      'It reaches the socket of the container engine: whoever takes it over rules every container, and mostly the machine.',
    cure: 'Say whether it runs privileged, and add the engine as an element if it matters.',
  })
}
