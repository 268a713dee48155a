import { rowsOf } from '../../model/table.ts'
import type { Assumption, Boundary, DataAsset, Design, Element, Flow, Mitigation, Threat } from '../../model/types.ts'
import { type Raw, recordOf } from '../reading/json-fields.ts'
import { merged } from '../writing/merged.ts'
import { foreignFrom } from '../writing/returned.ts'

/** How the tools begin whose files have the same keys. */
export const TOOL = 'OWASP Threat Model Library'

/** What stands for nothing, because the format asks for something: nobody would call a thing so. */
export const NOTHING = { zone: 'no-trust-boundary', end: 'not-connected', persona: 'nobody-named' } as const

/** What writing one file rests on. */
export type Pen = {
  readonly design: Design
  /** Symbolic names of rows, by id. */
  readonly names: ReadonlyMap<string, string>
  /** All of those. */
  readonly called: ReadonlySet<string>
  /** Rows whose own words go before what an import kept beside them. */
  readonly ours: ReadonlySet<string>
  /** Symbolic names of personas by what threats call who acts. */
  readonly personas: ReadonlyMap<string, string>
}

const KEYS = {
  zone: 'title description',
  actor: 'title description type permissions trust_zone',
  component: 'title description parent_component trust_zone repo_link',
  store: 'title description type vendor product trust_zone',
  set: 'title description placements data_sensitivity access_control_methods record_count',
  flow: 'title description source destination has_sensitive_data encrypted',
  assumption: 'description topics validity',
  threat: 'title description components_affected threat_persona event sources attack_mechanisms weaknesses',
  control: 'title description threats trust_boundary status priority',
} as const

type Shape = keyof typeof KEYS
type Row = Boundary | Element | DataAsset | Flow | Assumption | Threat | Mitigation

/** Lists that our own words and what was kept of the file make up together. */
const JOINED: ReadonlySet<string> = new Set(['components_affected', 'threats', 'placements', 'weaknesses'])

function objectOf(pen: Pen, row: Row, shape: Shape, native: Raw): Raw {
  const known = new Set(KEYS[shape].split(' '))
  const kept = Object.fromEntries(Object.entries(foreignFrom(row, TOOL)).filter(([key]) => known.has(key)))
  const isSaid = (one: unknown) => pen.called.has(String(typeof one === 'string' ? one : recordOf(one)?.data_store))
  const isOurs = pen.ours.has(row.id)
  const object = merged({ native, kept: withTitledWeaknesses(kept, native), isOurs, joined: JOINED, isSaid })
  return shape === 'assumption' ? object : { symbolic_name: pen.names.get(row.id), ...object }
}

/** A number that an import kept with its title is written with it, and once. */
function withTitledWeaknesses(kept: Raw, native: Raw): Raw {
  if (!Array.isArray(kept.weaknesses) || !Array.isArray(native.weaknesses)) return kept
  const numbers = native.weaknesses.map(one => recordOf(one)?.cwe_id)
  const titled = kept.weaknesses.filter(one => numbers.includes(recordOf(one)?.cwe_id))
  return { ...kept, weaknesses: titled }
}

export function zoneOf(pen: Pen, row: Boundary): Raw {
  return objectOf(pen, row, 'zone', { title: row.name, description: row.description ?? '' })
}

export function actorOf(pen: Pen, row: Element): Raw {
  return objectOf(pen, row, 'actor', { ...aboutOf(pen, row), type: 'third_party' })
}

export function componentOf(pen: Pen, row: Element): Raw {
  return objectOf(pen, row, 'component', aboutOf(pen, row))
}

export function storeOf(pen: Pen, row: Element): Raw {
  return objectOf(pen, row, 'store', { ...aboutOf(pen, row), type: storeType(row.technology), product: row.technology })
}

function aboutOf({ names }: Pen, { name, description, boundary }: Element): Raw {
  return { title: name, description: description ?? '', trust_zone: names.get(boundary ?? '') ?? NOTHING.zone }
}

const STORES: readonly (readonly [string, RegExp])[] = [
  ['sql', /sql|postgres|maria|oracle|db2|aurora|sqlite/i],
  ['key_value', /redis|memcache|dynamo|etcd|key.?value/i],
  ['document', /mongo|couch|document|firestore|cosmos/i],
  ['graph', /neo4j|graph/i],
  ['time_series', /influx|prometheus|time.?series/i],
]

/** The type that the technology's name says; whatever else holds data holds objects. */
function storeType(technology = ''): string {
  return STORES.find(([, words]) => words.test(technology))?.[0] ?? 'object'
}

export function dataSetOf(pen: Pen, row: DataAsset): Raw {
  const stores = rowsOf(pen.design.elements).filter(one => one.kind === 'dataStore' && one.data?.[row.id] === true)
  const placements = stores.map(({ id, attributes }) => {
    const encrypts = attributes?.encryptsAtRest
    return {
      data_store: pen.names.get(id),
      ...(encrypts === 'yes' || encrypts === 'no' ? { encrypted: encrypts === 'yes' } : {}),
    }
  })
  const kinds = [...(row.personal === 'yes' ? ['pii'] : []), ...(row.class === 'D4' ? ['cred'] : [])]
  return objectOf(pen, row, 'set', { title: row.name, description: row.description ?? '', placements, data_sensitivity: kinds })
}

const TYPES = { process: 'component', dataStore: 'data_store', externalEntity: 'actor' } as const

export function flowOf(pen: Pen, row: Flow): Raw {
  const endOf = (id: string | undefined) => {
    const element = pen.design.elements[id ?? '']
    return element ? { type: TYPES[element.kind], object: pen.names.get(element.id) } : { type: 'component', object: NOTHING.end }
  }
  return objectOf(pen, row, 'flow', {
    title: row.name,
    description: row.description ?? '',
    source: endOf(row.source),
    destination: endOf(row.target),
    has_sensitive_data: isSensitive(pen.design, row),
    encrypted: row.encryption === 'yes',
  })
}

/** Confidential, restricted, secret or personal data moves on it. */
function isSensitive({ data }: Design, flow: Flow): boolean {
  const carried = Object.keys(flow.data ?? {}).flatMap(id => data[id] ?? [])
  return carried.some(one => one.personal === 'yes' || ['D2', 'D3', 'D4'].includes(one.class ?? ''))
}

export function assumptionOf(pen: Pen, row: Assumption): Raw {
  return objectOf(pen, row, 'assumption', { description: row.statement, validity: 'unconfirmed' })
}

export function threatOf(pen: Pen, row: Threat): Raw {
  const affected = [...Object.keys(row.elements ?? {}), ...Object.keys(row.flows ?? {})]
    .sort()
    .flatMap(id => pen.names.get(id) ?? [])
  const weaknesses = Object.keys(row.cwe ?? {})
    .map(cwe => ({ cwe_id: Number(cwe.slice(4)) }))
    .filter(({ cwe_id }) => cwe_id > 0)
    .sort((a, b) => a.cwe_id - b.cwe_id)
  const written = objectOf(pen, row, 'threat', {
    title: row.statement,
    description: row.description ?? '',
    components_affected: affected.length > 0 ? affected : undefined,
    threat_persona: pen.personas.get(row.source ?? '') ?? NOTHING.persona,
    event: row.action ?? row.statement,
    sources: [],
    weaknesses: weaknesses.length > 0 ? weaknesses : undefined,
  })
  return oneEach(written)
}

/** Of two entries with one number the one with a title stays. */
function oneEach(threat: Raw): Raw {
  if (!Array.isArray(threat.weaknesses)) return threat
  const byNumber = new Map<unknown, unknown>()
  for (const one of threat.weaknesses) byNumber.set(recordOf(one)?.cwe_id, one)
  return { ...threat, weaknesses: [...byNumber.values()] }
}

const STATUS = { planned: 'scheduled', implemented: 'active', verified: 'active' } as const

export function controlOf(pen: Pen, row: Mitigation): Raw {
  const threats = Object.keys(row.threats ?? {})
    .sort()
    .flatMap(id => pen.names.get(id) ?? [])
  return objectOf(pen, row, 'control', {
    title: row.statement,
    description: row.description ?? '',
    threats,
    status: STATUS[row.status],
    priority: 'none',
  })
}
