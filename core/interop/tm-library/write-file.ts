import { toMermaid } from '../../dfd/to-mermaid.ts'
import { digestOfText } from '../../model/digest.ts'
import { rowsOf } from '../../model/table.ts'
import type { AnyRow, Threat } from '../../model/types.ts'
import { listOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { uniqueOf } from '../writing/merged.ts'
import { foreignFrom } from '../writing/returned.ts'
import { EXTENSION, type GivenBack, type ListKey, pairKey } from './given-back.ts'
import {
  actorOf,
  assumptionOf,
  componentOf,
  controlOf,
  dataSetOf,
  flowOf,
  NOTHING,
  type Pen,
  storeOf,
  TOOL,
  threatOf,
  zoneOf,
} from './write-rows.ts'

const SCHEMA = 'https://github.com/OWASP/www-project-threat-model-library/blob/v1.0.2/threat-model.schema.json'
const LIKELIHOOD = ['rare', 'unlikely', 'possible', 'likely', 'certain']
const IMPACT = ['negligible', 'minor', 'moderate', 'major', 'severe']

/** Keys of the file as a whole that an import may have kept and we write nothing into. */
const WHOLE = ['frozen', 'released_at', 'product_release_date', 'release_docs_link', 'reviewed_at', 'repo_link']
const DATES: ReadonlySet<string> = new Set(['released_at', 'product_release_date', 'reviewed_at'])

/** What is written around the rows: `foreign` is what an import kept of the file as a whole. */
export type Around = {
  readonly foreign: Raw
  /** Risks of the import that say of a threat what it says no more. */
  readonly stale: ReadonlySet<string>
}

/** The whole file, its keys in the order of the format. */
export function fileOf(pen: Pen, { foreign, stale }: Around): Raw {
  const { design } = pen
  const { name = 'Unnamed model', purpose, designId } = design.settings.design ?? {}
  const elements = rowsOf(design.elements)
  const of = (kind: string) => elements.filter(row => row.kind === kind)
  const lists = {
    trust_zones: rowsOf(design.boundaries),
    actors: of('externalEntity'),
    components: of('process'),
    data_stores: of('dataStore'),
    data_sets: rowsOf(design.data),
    data_flows: rowsOf(design.flows),
    threats: rowsOf(design.threats),
    controls: rowsOf(design.mitigations),
  }
  const personas = personasOf(pen, foreign)
  const risks = risksOf(pen, foreign, stale)
  const pairs = pairsOf(pen, foreign)
  const drawings = rowsOf(design.diagrams).map(row => ({ title: row.name, type: 'mermaid', source: toMermaid(design, row.id) }))
  const scope = scopeOf(recordOf(foreign.scope), { name, purpose })
  const loose = hasLooseEnd(pen)
  const isOutside = elements.some(({ boundary }) => !pen.names.has(boundary ?? '')) || loose
  const given: GivenBack = {
    ...(designId === undefined ? {} : { design: designId }),
    ids: idsOf(pen, lists),
    assumptions: rowsOf(design.assumptions).map(row => [String(assumptionOf(pen, row).description), row.id]),
    foreign: foreignKeys(design),
    nothing: {
      ...(isOutside ? { zone: NOTHING.zone } : {}),
      ...(loose ? { end: NOTHING.end } : {}),
      ...(personas.nobody ? { persona: NOTHING.persona } : {}),
    },
    unknown: lists.data_flows
      .filter(({ encryption }) => encryption !== 'yes' && encryption !== 'no')
      .map(({ id }) => pen.names.get(id) ?? id),
    own: {
      keys: ['$schema', 'version'].filter(key => typeof foreign[key] !== 'string'),
      scope: scope.own,
      threat_personas: personas.own.map(one => String(one.symbolic_name)),
      risks: risks.own.map(one => String(one.symbolic_name)),
      diagrams: drawings.map(({ source }) => digestOfText(source)),
      pairs: pairs.map(({ trust_zone_a, trust_zone_b }) => [String(trust_zone_a), String(trust_zone_b)]),
    },
  }
  const nowhere = { symbolic_name: NOTHING.zone, title: 'No trust boundary', description: '' }
  const nothing = { symbolic_name: NOTHING.end, title: 'Not connected', description: '', trust_zone: NOTHING.zone }
  const optional: Raw = {
    assumptions: [...rowsOf(design.assumptions).map(row => assumptionOf(pen, row)), ...listOf(foreign.assumptions)],
    threat_personas: [...listOf(foreign.threat_personas), ...personas.own],
    threats: lists.threats.map(row => threatOf(pen, row)),
    controls: [...lists.controls.map(row => controlOf(pen, row)), ...listOf(foreign.controls)],
    risks: [...risks.kept, ...risks.own],
  }
  return {
    $schema: typeof foreign.$schema === 'string' ? foreign.$schema : SCHEMA,
    version: foreign.version ?? '1.0',
    scope: scope.raw,
    ...(purpose === undefined || scope.holdsPurpose ? {} : { description: purpose }),
    ...Object.fromEntries(WHOLE.flatMap(key => (fits(key, foreign[key]) ? [[key, foreign[key]]] : []))),
    ...filled({ diagrams: [...listOf(foreign.diagrams), ...drawings] }),
    trust_zones: [...lists.trust_zones.map(row => zoneOf(pen, row)), ...(isOutside ? [nowhere] : [])],
    trust_boundaries: [...listOf(foreign.trust_boundaries), ...pairs],
    actors: lists.actors.map(row => actorOf(pen, row)),
    components: [...lists.components.map(row => componentOf(pen, row)), ...(loose ? [nothing] : [])],
    data_stores: lists.data_stores.map(row => storeOf(pen, row)),
    data_sets: lists.data_sets.map(row => dataSetOf(pen, row)),
    data_flows: lists.data_flows.map(row => flowOf(pen, row)),
    ...filled(optional),
    extensions: { ...recordOf(foreign.extensions), [EXTENSION]: given },
  }
}

function filled(lists: Raw): Raw {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => listOf(list).length > 0))
}

/** Whether a kept value may stand there: days and times of the calendar, as the schema's formats have them. */
function fits(key: string, value: unknown): boolean {
  if (value === undefined) return false
  if (!DATES.has(key)) return true
  return (
    typeof value === 'string' &&
    /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$/.test(value)
  )
}

type Scope = { readonly raw: Raw; readonly own: readonly string[]; readonly holdsPurpose: boolean }

/** The format asks how critical and how exposed the whole is, which no design says. */
function scopeOf(kept: Raw | undefined, { name, purpose }: { name: string; purpose: string | undefined }): Scope {
  const asked = { business_criticality: 'moderate', data_sensitivity: [], exposure: 'internal', tier: 'important' }
  const holdsPurpose = kept !== undefined && kept.description === undefined && purpose !== undefined
  const description = kept?.description ?? (holdsPurpose ? purpose : name)
  const own = [...Object.keys(asked), 'description'].filter(
    key => kept?.[key] === undefined && !(key === 'description' && holdsPurpose),
  )
  const known = Object.entries(kept ?? {}).filter(([key]) => Object.hasOwn(asked, key))
  return { raw: { title: name, description, ...asked, ...Object.fromEntries(known) }, own, holdsPurpose }
}

function idsOf({ names }: Pen, lists: Readonly<Record<ListKey, readonly AnyRow[]>>): GivenBack['ids'] {
  const tables = Object.entries(lists).map(([key, rows]) => [
    key,
    Object.fromEntries(rows.map(({ id }) => [names.get(id) ?? id, id])),
  ])
  return Object.fromEntries(tables.filter(([, table]) => Object.keys(table as object).length > 0)) as GivenBack['ids']
}

function foreignKeys(design: Pen['design']): GivenBack['foreign'] {
  const rows: readonly AnyRow[] = [
    ...[design.boundaries, design.elements, design.data, design.flows].flatMap(table => rowsOf<AnyRow>(table)),
    ...[design.assumptions, design.threats, design.mitigations].flatMap(table => rowsOf<AnyRow>(table)),
  ]
  return Object.fromEntries(
    rows.flatMap(row => {
      const keys = Object.keys(foreignFrom(row, TOOL)).sort()
      return keys.length > 0 ? [[row.id, keys] as const] : []
    }),
  )
}

function hasLooseEnd({ design, names }: Pen): boolean {
  return rowsOf(design.flows).some(({ source, target }) => !names.has(source ?? '') || !names.has(target ?? ''))
}

/** Zones between which data moves, and zones in each other: the format has boundaries between two. */
function pairsOf({ design, names }: Pen, foreign: Raw): readonly Raw[] {
  const zone = (id: string | undefined) => names.get(design.elements[id ?? '']?.boundary ?? '') ?? NOTHING.zone
  const crossed = rowsOf(design.flows)
    .filter(({ source, target }) => names.has(source ?? '') && names.has(target ?? ''))
    .map(({ source, target }) => [zone(source), zone(target)].sort())
  const nested = rowsOf(design.boundaries).flatMap(({ id, parent }) => {
    const [inner, outer] = [names.get(id), names.get(parent ?? '')]
    return inner !== undefined && outer !== undefined ? [[inner, outer].sort()] : []
  })
  const known = new Set(
    listOf(foreign.trust_boundaries).flatMap(one => {
      const { trust_zone_a: a, trust_zone_b: b } = recordOf(one) ?? {}
      return [pairKey([String(a), String(b)]), pairKey([String(b), String(a)])]
    }),
  )
  return uniqueOf([...crossed, ...nested])
    .map(pair => listOf(pair).map(String) as [string, string])
    .filter(pair => pair[0] !== pair[1] && !known.has(pairKey(pair)))
    .sort((one, other) => (pairKey(one) < pairKey(other) ? -1 : 1))
    .map(([a, b]) => ({ trust_zone_a: a, trust_zone_b: b }))
}

/** Who acts, each once. The format asks much of them that nobody said. */
function personasOf(pen: Pen, foreign: Raw): { readonly own: readonly Raw[]; readonly nobody: boolean } {
  const known = new Set(listOf(foreign.threat_personas).map(one => recordOf(one)?.symbolic_name))
  const sources = [...pen.personas].filter(([, name]) => !known.has(name))
  const nobody = rowsOf(pen.design.threats).some(({ source }) => source === undefined)
  const all = [...sources, ...(nobody ? [['Nobody named', NOTHING.persona] as const] : [])]
  return { own: all.map(([title, name]) => personaOf(name, title)), nobody }
}

function personaOf(symbolic_name: string, title: string): Raw {
  const asked = {
    is_person: true,
    skill_level: 'engineer',
    access_level: 'anonymous',
    malicious_intent: true,
    applicability_to_org: 'moderate',
  }
  return { symbolic_name, title, description: '', ...asked }
}

type Risks = { readonly kept: readonly unknown[]; readonly own: readonly Raw[] }

/** One risk for each threat with both estimates; where the import had one that still says the same, that one. */
function risksOf(pen: Pen, foreign: Raw, stale: Around['stale']): Risks {
  const kept = listOf(foreign.risks).filter(one => !stale.has(String(recordOf(one)?.symbolic_name)))
  const rated = new Set(kept.flatMap(one => listOf(recordOf(one)?.threats)))
  const names = new Set(kept.map(one => String(recordOf(one)?.symbolic_name)))
  const own = rowsOf(pen.design.threats).flatMap(row => (rated.has(pen.names.get(row.id)) ? [] : riskOf(pen, row, names)))
  return { kept, own }
}

function riskOf({ names }: Pen, row: Threat, taken: ReadonlySet<string>): readonly Raw[] {
  const { likelihood, impactScale } = row
  if (likelihood === undefined || impactScale === undefined) return []
  const name = `risk-${row.id.toLowerCase()}`
  const score = likelihood * impactScale
  return [
    {
      symbolic_name: taken.has(name) ? `${name}-0` : name,
      title: row.statement,
      description: '',
      threats: [names.get(row.id)],
      likelihood: LIKELIHOOD[likelihood - 1],
      impact: IMPACT[impactScale - 1],
      impact_description: row.impact ?? '',
      score,
      level: LEVELS.find(([most]) => score <= most)?.[1],
    },
  ]
}

/** Bands of the score, as the public models of the library have them. */
const LEVELS: readonly (readonly [number, string])[] = [
  [2, 'very_low'],
  [4, 'low'],
  [8, 'medium'],
  [15, 'high'],
  [20, 'very_high'],
  [25, 'critical'],
]
