import type { Element } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { NO_REASON } from '../reading/drawing.ts'
import { byName, type Item, linksTo, nameOf, originOf } from '../reading/items.ts'
import { defined, fitting, lineOf, listOf, type Raw, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Lists } from './read.ts'
import { TITLE } from './sections.ts'
import { AT_REST, KINDS, meaningOf, wordOf } from './words.ts'

/** Technical assets become elements; the data they store is linked, the data they process is on the flows. */
export function addElements(building: Building, lists: Lists, boundaryOf: ReadonlyMap<Item, Item>): void {
  const data = byName(lists.data)
  for (const asset of lists.assets) addElement(building, asset, { data, boundary: boundaryOf.get(asset)?.id })
}

type Around = { readonly data: ReadonlyMap<string, Item>; readonly boundary: string | undefined }

function addElement(building: Building, asset: Item, { data, boundary }: Around): void {
  const { raw, id } = asset
  const kind = meaningOf(KINDS, raw.type)
  const made = technologyOf(raw)
  const stored = linksTo(asset, 'data_assets_stored', name => data.get(name))
  const tags = tagsOf(raw.tags)
  const reason = lineOf(raw.justification_out_of_scope, 4000)
  const keys = [
    'communication_links',
    ...(kind ? ['type'] : []),
    ...made.keys,
    ...(stored.isWhole ? ['data_assets_stored'] : []),
    ...(tags.isWhole ? ['tags'] : []),
    ...answersOf(raw).keys,
    ...(typeof raw.out_of_scope === 'boolean' ? ['out_of_scope'] : []),
    ...(raw.out_of_scope === true ? fitting(raw, { justification_out_of_scope: 4000 }) : []),
    ...['data_assets_processed', 'data_formats_accepted'].filter(key => listOf(raw[key]).length === 0 && Array.isArray(raw[key])),
  ]
  const { provenance, foreign } = originOf(building, asset, { keys, texts: { description: 100_000 }, name: TITLE })
  if (!kind) tellKind(building, asset)
  tellElement(asset)
  const { attributes } = answersOf(raw)
  building.elements[id] = defined({
    id,
    name: nameOf(asset, TITLE),
    kind: kind ?? ('process' as const),
    technology: made.text,
    boundary,
    attributes: Object.keys(attributes).length > 0 ? attributes : undefined,
    data: Object.keys(stored.links).length > 0 ? stored.links : undefined,
    tags: tags.links,
    outOfScope: raw.out_of_scope === true ? (reason ?? NO_REASON) : undefined,
    description: textOf(raw.description),
    provenance,
    foreign,
  })
}

/** One word of old, a list of several since; `unknown-technology` says nothing. */
function technologyOf(raw: Raw): { readonly text: string | undefined; readonly keys: readonly string[] } {
  const old = textOf(raw.technology)
  const words = [...(old === undefined ? [] : [old]), ...listOf(raw.technologies).flatMap(word => textOf(word) ?? [])]
  const known = [...new Set(words)].filter(word => word !== 'unknown-technology')
  const text = lineOf(known.join(', '), 400)
  const isWhole = text === undefined || text === known.join(', ')
  const isList = Array.isArray(raw.technologies) && raw.technologies.every(word => typeof word === 'string')
  const keys = [...(old !== undefined && isWhole ? ['technology'] : []), ...(isList && isWhole ? ['technologies'] : [])]
  return { text, keys }
}

/** Facts for which both sides have a word. The kind of encryption has none here, so it is kept besides. */
function answersOf(raw: Raw): { readonly attributes: NonNullable<Element['attributes']>; readonly keys: readonly string[] } {
  const isYes = (value: unknown) => (typeof value === 'boolean' ? (value ? ('yes' as const) : ('no' as const)) : undefined)
  const attributes = defined({
    encryptsAtRest: meaningOf(AT_REST, raw.encryption),
    exposedToInternet: isYes(raw.internet),
    isMultiTenant: isYes(raw.multi_tenant),
  })
  const keys = [
    ...(attributes.encryptsAtRest === 'no' ? ['encryption'] : []),
    ...(attributes.exposedToInternet ? ['internet'] : []),
    ...(attributes.isMultiTenant ? ['multi_tenant'] : []),
  ]
  return { attributes, keys }
}

/** Tags as words that policies can name. */
export function tagsOf(value: unknown): {
  readonly links: { readonly [tag: string]: true } | undefined
  readonly isWhole: boolean
} {
  const tags = listOf(value)
  const words = tags.flatMap(tag => lineOf(tag, 100) ?? [])
  const isWhole = Array.isArray(value) && tags.every(tag => typeof tag === 'string' && words.includes(tag))
  return { links: words.length > 0 ? Object.fromEntries(words.map(word => [word, true as const])) : undefined, isWhole }
}

function tellKind({ report }: Building, { id, raw }: Item): void {
  const word = wordOf(raw.type)
  report.problems.push({
    code: 'import.kind',
    severity: 'warning',
    at: id,
    message: `The file ${word === undefined ? 'does not say what this is' : `calls this a "${word.slice(0, 80)}", which is no type of the format`}, so it counts as a process.`,
    cure: 'Say whether it is a process, a data store or an external entity.',
  })
}

/** Keys that speak of an asset and have a reason of their own for having no field here. */
const KEPT: Readonly<Record<string, readonly [what: string, why: string]>> = {
  confidentiality: [
    'Need for protection',
    'Here confidentiality, integrity and availability belong to the data: kept under foreign.',
  ],
  data_assets_processed: [
    'Processed data',
    'Data is linked to the flows that carry it and to whatever stores it: kept under foreign.',
  ],
  encryption: [
    'Kind of encryption',
    'Whether it encrypts at rest was taken over; with whose key has no field: kept under foreign.',
  ],
}

const OTHERS = [
  'usage',
  'used_as_client_by_human',
  'size',
  'machine',
  'owner',
  'redundant',
  'custom_developed_parts',
  'data_formats_accepted',
]

function tellElement({ raw, place }: Item): void {
  const tell = (what: string, why: string) =>
    tally(place.report, place.at, { what: count => `${what} of ${many(count, 'technical asset')}`, why })
  for (const [key, [what, why]] of Object.entries(KEPT))
    if (isSaid(raw[key]) && !(key === 'encryption' && meaningOf(AT_REST, raw[key]) === 'no')) tell(what, why)
  if (OTHERS.some(key => isSaid(raw[key])))
    tell('Other keys', `No field here means exactly the same as ${OTHERS.join(', ')}: kept under foreign.`)
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
}
