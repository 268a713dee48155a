import type { Ternary } from '../../model/types.ts'
import { listOf, recordOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { entriesOf, namesIn } from './entries.ts'
import { isElsewhere, type Reference, referencesIn, SCHEMES } from './hosts.ts'
import { filled } from './interpolation.ts'
import type { File } from './read.ts'
import type { Service } from './services.ts'

/** All that the file says of one service using another. */
export type Use = {
  readonly source: Service
  readonly target: Service
  isDependency: boolean
  isLink: boolean
  /** Whether an address names a port that the target is not known for, and no scheme. */
  isOddPort: boolean
  /** Names of variables that hold an address of the target. */
  readonly variables: Set<string>
  /** What the addresses say is spoken, each with what they say of encryption. */
  readonly protocols: Map<string, Set<Ternary>>
}

type Uses = Map<Service, Map<Service, Use>>

/** Which service uses which: by start order, by links, and by addresses in variables, whose values are looked at and never kept. */
export function usesIn(file: File, services: readonly Service[]): readonly Use[] {
  const uses: Uses = new Map()
  const byName = new Map(services.map(service => [service.name, service]))
  const hosts = hostsOf(services)
  for (const service of services) {
    addDependencies(file, uses, { service, byName })
    const aliases = addLinks(file, uses, { service, byName })
    addAddresses(file, uses, { service, find: host => aliases.get(host) ?? hosts.get(host) })
  }
  return [...uses.values()].flatMap(targets => [...targets.values()])
}

function recordedUse(uses: Uses, source: Service, target: Service): Use {
  const targets = uses.get(source) ?? new Map<Service, Use>()
  uses.set(source, targets)
  const use = targets.get(target) ?? {
    source,
    target,
    isDependency: false,
    isLink: false,
    isOddPort: false,
    variables: new Set<string>(),
    protocols: new Map<string, Set<Ternary>>(),
  }
  targets.set(target, use)
  return use
}

/** Names by which containers find each other. A name of a service counts before any other name; of other names the first one counts. */
function hostsOf(services: readonly Service[]): ReadonlyMap<string, Service> {
  const others = services.toReversed().flatMap(service => {
    const { container_name, hostname, networks } = service.raw
    const aliases = Object.values(recordOf(networks) ?? {}).flatMap(network => listOf(recordOf(network)?.aliases))
    return [container_name, hostname, ...aliases].flatMap(name =>
      typeof name === 'string' ? [[name.toLowerCase(), service] as const] : [],
    )
  })
  return new Map([...others, ...services.map(service => [service.name.toLowerCase(), service] as const)])
}

type Among = { readonly service: Service; readonly byName: ReadonlyMap<string, Service> }

/** Who waits for another to finish, as for a migration, does not talk to it. */
function addDependencies({ building }: File, uses: Uses, { service, byName }: Among): void {
  const { raw, place } = service
  for (const name of namesIn(raw.depends_on)) {
    const target = byName.get(name)
    const said = recordOf(recordOf(raw.depends_on)?.[name])
    if (said?.condition === 'service_completed_successfully')
      tally(building.report, place, {
        what: count => `Start order of ${many(count, 'service')}`,
        why: 'Who waits for the end of another does not talk to it: no data flow was made.',
      })
    else if (!target) tellNobody(building.report, place, 'depends_on')
    else if (target !== service) {
      recordedUse(uses, service, target).isDependency = true
      tally(building.report, place, {
        what: count => `What moves along ${many(count, 'start dependency')}`,
        why: 'The file says who must run first: a data flow was made from the one that waits. Check each.',
      })
    }
  }
}

function addLinks({ building }: File, uses: Uses, { service, byName }: Among): ReadonlyMap<string, Service> {
  const aliases = new Map<string, Service>()
  for (const link of listOf(service.raw.links)) {
    const [name = '', alias] = typeof link === 'string' ? link.split(':') : []
    const target = byName.get(name)
    if (!target) tellNobody(building.report, service.place, 'links')
    else if (target !== service) {
      recordedUse(uses, service, target).isLink = true
      if (alias !== undefined) aliases.set(alias.toLowerCase(), target)
    }
  }
  return aliases
}

function tellNobody(report: File['building']['report'], at: string, key: string): void {
  tally(report, at, { what: count => `${key} of ${many(count, 'service')}`, why: 'It names no service of this file: left out.' })
}

type Finder = { readonly service: Service; readonly find: (host: string) => Service | undefined }

function addAddresses({ building }: File, uses: Uses, { service, find }: Finder): void {
  const { report } = building
  for (const [variable, value] of entriesOf(service.raw.environment)) {
    const text = filled(value)?.text ?? ''
    const named = referencesIn(variable, text)
    for (const reference of named) {
      const target = find(reference.host.toLowerCase())
      if (target && target !== service) addAddress(recordedUse(uses, service, target), variable, reference)
    }
    if (named.some(reference => isElsewhere(reference) && !find(reference.host.toLowerCase())))
      tally(report, service.place, {
        what: count => `${many(count, 'variable')} with an address beyond this file`,
        why: 'Values are never copied: add an external entity for what is called there.',
      })
    tally(report, service.place, {
      what: count => `Values of ${many(count, 'variable')}`,
      why: 'They may be secrets and are never copied; only which service an address in them names was read.',
    })
  }
}

function addAddress(use: Use, variable: string, { scheme, port }: Reference): void {
  if (/^[A-Za-z_][\w.-]{0,99}$/.test(variable)) use.variables.add(variable)
  const { store } = use.target.image ?? {}
  const said = scheme === undefined ? undefined : SCHEMES.get(scheme)
  const protocol = said?.protocol ?? (port === undefined || port === store?.port ? store?.protocol : undefined)
  if (protocol === undefined) {
    use.isOddPort = true
    return
  }
  const encryption = use.protocols.get(protocol) ?? new Set<Ternary>()
  use.protocols.set(protocol, encryption.add(said?.encryption ?? 'unknown'))
}
