import { calledItem, type Item } from '../reading/items.ts'
import { idOf, lineOf, listOf, type Raw, recordOf } from '../reading/json-fields.ts'
import type { ImportReport } from '../report.ts'

/** An object that can be named, and where it stands. */
export type Ref = { readonly raw: Raw; readonly at: string }

/** What the bom-refs of a file lead to. */
export type Links = {
  /** The object of that name, anywhere in the file. */
  readonly ref: (name: unknown) => Ref | undefined
  /** The row-to-be of that name; an asset that stands for a component is meant by both names. */
  readonly item: (name: unknown) => Item | undefined
  readonly index: (items: readonly Item[]) => void
}

/** Every bom-ref of the file, wherever it stands. */
export function linksOf(root: Raw): Links {
  const refs = new Map<string, Ref>()
  for (const ref of objectsIn(root, '')) {
    const name = idOf(ref.raw['bom-ref'])
    if (name !== undefined && !refs.has(name)) refs.set(name, ref)
  }
  const items = new Map<string, Item>()
  const nameOf = (value: unknown) => ownName(idOf(value), root)
  const put = (name: string | undefined, item: Item) => {
    if (name !== undefined && !items.has(name)) items.set(name, item)
  }
  return {
    ref: value => refs.get(nameOf(value) ?? ''),
    item: value => items.get(nameOf(value) ?? ''),
    index: added => {
      for (const item of added) put(item.originalId, item)
      for (const item of added)
        for (const key of ['componentRef', 'partyRef']) if (item.id.startsWith('E-')) put(nameOf(item.raw[key]), item)
    },
  }
}

/** A bom-link into the file itself names what stands after its #. */
function ownName(name: string | undefined, { serialNumber }: Raw): string | undefined {
  const link = /^urn:cdx:([0-9a-f-]{36})(?:\/\d+)?#(.+)$/i.exec(name ?? '')
  return link && `urn:uuid:${link[1]}` === serialNumber ? link[2] : name
}

/** Objects in the order in which they stand, each with its place. */
function* objectsIn(value: unknown, at: string): Generator<Ref> {
  const waiting: { value: unknown; at: string }[] = [{ value, at }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value: one, at: place } = next
    const raw = recordOf(one)
    if (raw) yield { raw, at: place }
    if (typeof one !== 'object' || one === null) continue
    for (const [key, inner] of Object.entries(one).reverse())
      if (typeof inner === 'object' && inner !== null) waiting.push({ value: inner, at: `${place}/${escaped(key)}` })
  }
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Letters with which ids of rows begin, and what messages call such a row. */
const CALLED = { B: 'zone', E: 'element', F: 'data flow', D: 'data', T: 'threat', M: 'control', R: 'requirement' } as const
type Kind = keyof typeof CALLED

/** What one link leads to, when it is of a wanted kind. One that leads nowhere at all is told with all others of the file. */
export function linkTo(links: Links, item: Item, { key, kinds }: { key: string; kinds: readonly Kind[] }): Item | undefined {
  return resolved(links, item, { value: item.raw[key], at: key, kinds })
}

/** A list of links: what each of them leads to, and the ids of that; whole when each leads to a wanted kind. */
type Resolved = { readonly items: readonly Item[]; readonly ids: readonly string[]; readonly isWhole: boolean }

/** What a list of links leads to. */
export function linksFrom(
  links: Links,
  item: Item,
  { key, kinds, list = item.raw[key] }: { key: string; kinds: readonly Kind[]; list?: unknown },
): Resolved {
  const values = listOf(list)
  const items = values.flatMap((value, i) => resolved(links, item, { value, at: `${key}/${i}`, kinds }) ?? [])
  return { items, ids: [...new Set(items.map(({ id }) => id))], isWhole: Array.isArray(list) && items.length === values.length }
}

/** The list at a key of a table of lists, one longer. */
export function pushed<T>(list: T[] | undefined, value: T): T[] {
  if (!list) return [value]
  list.push(value)
  return list
}

function resolved(
  links: Links,
  item: Item,
  { value, at, kinds }: { value: unknown; at: string; kinds: readonly Kind[] },
): Item | undefined {
  if (value === undefined || value === null) return undefined
  const found = links.item(value)
  if (found && kinds.some(kind => found.id.startsWith(`${kind}-`))) return found
  const name = idOf(value)
  if (found || name === undefined || links.ref(value))
    item.place.report.losses.push({
      at: `${item.place.at}/${at}`,
      what: `A link of ${calledItem(item, 'name')}`,
      why:
        name === undefined
          ? 'It is no text: nothing can be found by it; kept under foreign.'
          : `It names "${name.slice(0, 80)}", which is no ${kinds.map(kind => CALLED[kind]).join(' or ')} here; kept under foreign.`,
    })
  return undefined
}

/** Ids among them of one kind, as a row holds them; nothing when there are none. */
export function among(ids: Iterable<string>, kind: Kind): { readonly [id: string]: true } | undefined {
  const own = [...ids].filter(id => id.startsWith(`${kind}-`))
  return own.length > 0 ? Object.fromEntries(own.map(id => [id, true as const])) : undefined
}

/** Parts of the file that speak of the model; a bill of materials has its own integrity. */
const PARTS = ['blueprints', 'threats', 'controls', 'risks', 'definitions', 'profiles', 'components'] as const

/** Keys whose texts are references wherever they stand. */
const REFERENCES: ReadonlySet<string> = new Set(
  `abuseCases abuser actor actors addresses affectedAssets affects aggregates appliesTo assets associates attackPattern attackPatterns
  attackTrees behaviors boundary businessObjectives children componentRef composes contains controls controlsAtBoundary dataProfiles
  dataSets dataStore dependsOn destination flows generalizes implementedBy mitigations owner parent party partyRef profile realizes
  ref relatedAssets relatedBusinessObjectives relatedRequirements relatedRisks relatedThreats relatedVulnerabilities
  relatedWeaknesses requirements root satisfies serves targets threatProfile threats threatsAtBoundary useCases zone zones`.split(
    /\s+/,
  ),
)

/** The same in drafts, where a property of a component has a name and one value. */
const DRAFTED: ReadonlySet<unknown> = new Set(
  ['inBoundary', 'dataflow:source', 'dataflow:destination', 'storedBy', 'processedBy'].map(name => `cdx:model:${name}`),
)

/** Links that lead nowhere, in whatever part of the model they stand. */
export function tellDangling(root: Raw, links: Links, report: ImportReport): void {
  for (const part of PARTS)
    for (const { raw, at } of objectsIn(root[part], `/${part}`)) {
      const isDrafted = DRAFTED.has(raw.name) && typeof raw.value === 'string'
      const keys = part === 'components' ? (isDrafted ? ['value'] : []) : Object.keys(raw).filter(key => isReference(raw, key))
      for (const key of keys)
        for (const { value, place } of textsAt(raw[key], `${at}/${key}`))
          if (!links.ref(value)) report.losses.push({ at: place, what: whose(raw, key), why: whyNot(value) })
    }
}

/** Only the source of a flow is a reference; that of a threat says where somebody read of it. */
function isReference(raw: Raw, key: string): boolean {
  return REFERENCES.has(key) || (key === 'source' && Object.hasOwn(raw, 'destination'))
}

function textsAt(value: unknown, place: string): readonly { readonly value: string; readonly place: string }[] {
  if (typeof value === 'string') return [{ value, place }]
  return listOf(value).flatMap((one, i) => (typeof one === 'string' ? [{ value: one, place: `${place}/${i}` }] : []))
}

function whose(raw: Raw, key: string): string {
  const name = lineOf(raw.name, 80) ?? lineOf(raw['bom-ref'], 80)
  return name === undefined ? `A link (${key})` : `A link (${key}) of "${name}"`
}

function whyNot(value: string): string {
  const name = value.slice(0, 80)
  return value.startsWith('urn:cdx:')
    ? `It leads into another file ("${name}"), which was not read; kept under foreign.`
    : `It names "${name}", which the file does not hold; kept under foreign.`
}
