import type { AnyRow, Check, Design } from '../../model/types.ts'
import { listOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { merged } from '../writing/merged.ts'
import { foreignFrom, isOf, originalOf } from '../writing/returned.ts'
import { propertiesOf } from './marks.ts'

/** Imports of drafts made in 1.x wrote other keys: only those of 2.x go back. */
export const TOOL = 'CycloneDX 2'

/** What writing one file rests on. */
export type Pen = {
  readonly design: Design
  readonly digest: string
  /** Bom-refs of rows by their ids. */
  readonly refs: ReadonlyMap<string, string>
  /** All of those. */
  readonly named: ReadonlySet<string>
  /** Checks of the acceptance checklists, by the requirement they come from. */
  readonly checks: ReadonlyMap<string, readonly Check[]>
  readonly plan: Plan
}

/** What an earlier writing of the same design has shown. */
export type Plan = {
  /** Rows whose own words go before the keys that an import kept, since those no longer say what the row says. */
  readonly ours: ReadonlySet<string>
  /** Risks kept from an import whose answer is no decision any more, by bom-ref. */
  readonly undecided: ReadonlySet<string>
  /** Fields that the format has no key for, as properties, by row. */
  readonly marks: ReadonlyMap<string, Readonly<Record<string, string>>>
}

/** The keys of each object of the format that an import may have kept. */
export const SHAPES = {
  zone: 'name description type parent characteristics constraints',
  asset:
    'componentRef partyRef type name description zone classification tags responsibilities interfaces useCases authentication authorization ownership externalReferences',
  dataStore: 'name description type vendor product version environment zone location technologies dataSets authorization',
  actor: 'party description permissions zone',
  dataSet: 'name description dataProfiles dataObjects recordCount owners authorization placements',
  flow: 'name description type source destination bidirectional synchronous encrypted volume timing protocols dataProfiles dataObjects authentication authorization sequence',
  assumption: 'description topic relatedAssets validity impact owner validationMethod validationDate',
  threat:
    'name description source origin categories weaknesses relatedVulnerabilities attackPatterns attackTrees abuseCases killChainPhase behaviors indicators affectedAssets relatedBusinessObjectives mitigations externalReferences',
  control: 'name description category status appliesTo implementedBy satisfies effectiveness owner externalReferences',
  requirement:
    'id name description type priority status version stakeholders acceptanceCriteria dependencies parent rationale fitCriterion effort risk attachments externalReferences',
  blueprint:
    'name description metadata modelTypes scope behaviors boundaries relationships visualizations useCases requirements externalReferences',
} as const

export type Shape = keyof typeof SHAPES

const KEYS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(SHAPES).map(([shape, keys]) => [shape, new Set(keys.split(' '))]),
)

/** Lists that our own words and what was kept of the file make up together. */
const JOINED: ReadonlySet<string> = new Set([
  'affectedAssets',
  'mitigations',
  'dataSets',
  'placements',
  'categories',
  'weaknesses',
])

/** The keys an import kept beside a row, as far as an object of this kind may have them. */
export function keptOf(row: AnyRow, shape: Shape): Raw {
  return Object.fromEntries(Object.entries(foreignFrom(row, TOOL)).filter(([key]) => KEYS.get(shape)?.has(key)))
}

/** A row as an object of the file: our words, what an import of the same format kept beside it, and our properties. */
export function objectOf(pen: Pen, row: AnyRow, shape: Shape, native: Raw): Raw {
  const kept = keptOf(row, shape)
  const isSaid = (one: unknown) => pen.named.has(String(typeof one === 'string' ? one : recordOf(one)?.dataStore))
  const isOurs = pen.plan.ours.has(row.id)
  const object = { 'bom-ref': pen.refs.get(row.id) ?? row.id, ...merged({ native, kept, isOurs, joined: JOINED, isSaid }) }
  if (shape === 'assumption') return object
  return { ...object, properties: [...listOf(foreignFrom(row, TOOL).properties), ...ownProperties(pen, row.id)] }
}

/** Our properties of a row. */
export function ownProperties({ plan }: Pen, id: string): readonly Raw[] {
  return propertiesOf({ id, ...plan.marks.get(id) })
}

/** Bom-refs of the rows that a map of links names, in order; nothing for none. */
export function refsOf(
  { refs }: Pen,
  ...links: readonly (Readonly<Record<string, unknown>> | undefined)[]
): readonly string[] | undefined {
  const found = links.flatMap(map => Object.keys(map ?? {}).sort()).flatMap(id => refs.get(id) ?? [])
  return found.length > 0 ? [...new Set(found)] : undefined
}

/** Whether a row came in from a file of another program: what it was there, it becomes again. Files of ours call rows by our ids. */
export function isTheirs(row: AnyRow): boolean {
  return isOf(row, TOOL) && originalOf(row, TOOL) !== row.id
}

/** A person by name, as whoever owns something. */
export function partyOf(name: string | undefined): Raw | undefined {
  return name === undefined ? undefined : { roles: [{ role: 'owner' }], person: { name } }
}

/** An object that only says again what rows say. */
export const OWN_PROPERTIES: readonly Raw[] = propertiesOf({ own: 'true' })
