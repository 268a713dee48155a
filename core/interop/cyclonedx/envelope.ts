import { parseJson } from '../../model/json.ts'
import { type Foreign, keptForeign, type Place } from '../reading/foreign.ts'
import { listOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { isInvalid } from './assumptions.ts'
import { isDropped } from './controls.ts'
import { MODEL } from './draft.ts'
import { BLUEPRINT, type Thing } from './lists.ts'
import { marksIn, withoutMarks, withoutOurs } from './marks.ts'
import type { Model } from './read.ts'

/** What the file says besides the rows, arranged as in the file: by the key, and by the list and the key in it. */
export function envelopeOf(model: Model, root: Raw): Foreign | undefined {
  const { report } = model.building
  const kept: Record<string, unknown> = {}
  const file = model.isOurs ? withoutMarks(root) : root
  for (const [key, value] of Object.entries(file)) {
    if (FORMAT.has(key) || (model.isOurs && OURS.has(key))) continue
    const left = leftOf(model, key, model.isOurs ? othersOf(key, value) : value)
    const own = (PARTS.has(key) ? keptValue : keptWhole)(left, { at: `/${key}`, report })
    if (own !== undefined) kept[key] = own
  }
  tellParts(root, model)
  return Object.keys(kept).length > 0 ? kept : undefined
}

/** A part without its long lists, which became rows. */
function withoutRows(part: Raw | undefined): Raw | undefined {
  if (!part) return undefined
  const { threats: _threats, requirements: _requirements, ...rest } = part
  return rest
}

/** What other tools put into a part of a file of ours. */
function othersOf(key: string, value: unknown): unknown {
  if (key === 'blueprints' || key === 'controls') return value
  const part = key === 'threats' || key === 'definitions' ? withoutRows(recordOf(value)) : undefined
  const said = part ? parseJson('', marksIn(part).get('methodologies') ?? '[]') : undefined
  if (!part || !said?.ok) return withoutOurs(part ?? value)
  const added = listOf(said.value)
  const methodologies = listOf(part.methodologies).filter(one => !added.includes(one))
  return withoutOurs({ ...part, methodologies: methodologies.length > 0 ? methodologies : undefined })
}

/** What every file of ours says of itself, not of the model. */
const OURS: ReadonlySet<string> = new Set(['serialNumber', 'version'])

const FORMAT: ReadonlySet<string> = new Set(['bomFormat', 'specFormat', 'specVersion', '$schema'])

/** Parts that speak of the model, kept piece by piece; what a bill of materials lists is kept as a whole or not at all. */
const PARTS: ReadonlySet<string> = new Set(['blueprints', 'threats', 'controls', 'risks', 'definitions', 'profiles'])

/** What of a part of the file became no row. */
function leftOf(model: Model, key: string, value: unknown): unknown {
  const part = recordOf(value)
  switch (key) {
    case 'blueprints':
      return model.lists.pages.flatMap(page => leftOfPage(model, page))
    case 'controls':
      return listOf(value).filter(one => isDropped(recordOf(one) ?? {}))
    case 'threats':
      return part ? { ...part, threats: undefined } : undefined
    case 'metadata':
      return part && model.isOurs ? untimed(part) : value
    case 'definitions':
      return part ? { ...part, requirements: undefined } : value
    case 'components':
      return leftOfComponents(model, value)
    default:
      return value
  }
}

/** When a file of ours was written is said anew with each. */
function untimed({ timestamp: _timestamp, ...rest }: Raw): Raw | undefined {
  return Object.keys(rest).length > 0 ? rest : undefined
}

/** A blueprint with a diagram has its rest there; assumptions that were taken back belong to no row. */
function leftOfPage(model: Model, { id, raw }: Thing): readonly Raw[] {
  const { building } = model
  const invalid = listOf(raw.assumptions).filter(one => isInvalid(recordOf(one) ?? {}))
  const isShown = Object.hasOwn(building.diagrams, id) || model.isOurs
  const rest = isShown ? {} : withoutLists(raw)
  const left = invalid.length > 0 ? { ...rest, assumptions: invalid } : rest
  return Object.keys(left).length > 0 ? [left] : []
}

/** Components that are elements here, and drafts whose things are rows, are not kept twice. */
function leftOfComponents({ building, lists }: Model, value: unknown): unknown {
  const taken = new Set(lists.components.map(({ place }) => place.at))
  const rows = new Set(
    [lists.zones, lists.assets, lists.dataAssets, lists.flows, lists.pages].flat().map(({ place }) => place.at),
  )
  const left = (list: unknown, at: string): readonly unknown[] =>
    listOf(list).flatMap((one, i) => {
      const raw = recordOf(one)
      const place = `${at}/${i}`
      if (!raw) return [one]
      if (taken.has(place)) return []
      if (raw.type !== 'threat-model') return [raw]
      const inner = left(raw.components, `${place}/components`)
      if (rows.has(place)) return inner
      tally(building.report, place, {
        what: count => `${many(count, 'component')} of type threat-model`,
        why: 'It says nothing that an element, flow, zone or data could hold, such as a place in code: kept under foreign of the design.',
      })
      const { components: _inner, ...rest } = raw
      return [inner.length > 0 ? { ...rest, components: inner } : rest]
    })
  return left(value, '/components')
}

/** The keys of a blueprint that nobody reads, each kept or lost by itself. */
export function restOf({ isOurs, links }: Model, { raw, place }: Thing, used: readonly string[]): Foreign | undefined {
  const rest = Object.entries(withoutLists(raw)).filter(([key]) => !used.includes(key))
  const kept = rest.flatMap(([key, whole]) => {
    const value = isOurs ? withoutOurs(key === 'useCases' ? listOf(whole).filter(one => !isOwnUse(one, links)) : whole) : whole
    const own = keptValue(value, { ...place, at: `${place.at}/${key}` })
    return own === undefined ? [] : [[key, own]]
  })
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}

/** A use case of ours says only what one requirement is about, which that requirement has. */
function isOwnUse(value: unknown, links: Model['links']): boolean {
  const { ref, requirements } = recordOf(value) ?? {}
  const [only, ...others] = listOf(requirements)
  return ref === undefined && others.length === 0 && marksIn(links.ref(only)?.raw ?? {}).has('uses')
}

function withoutLists(raw: Raw): Raw {
  return Object.fromEntries(Object.entries(raw).filter(([key, value]) => !Object.hasOwn(BLUEPRINT, key) && value !== null))
}

/** Lists are kept object by object, and parts list by list, so that one large picture does not cost the others. */
function keptValue(value: unknown, place: Place): unknown {
  if (Array.isArray(value)) {
    const list = value.flatMap(one => {
      const kept = keptForeign({ one }, place)
      return kept ? [kept.one] : []
    })
    return list.length > 0 ? list : undefined
  }
  const part = recordOf(value)
  if (!part) return keptWhole(value, place)
  const kept = Object.entries(part).flatMap(([key, inner]) => {
    const at = { ...place, at: `${place.at}/${key}` }
    const own = Array.isArray(inner) ? keptValue(inner, at) : keptWhole(inner, at)
    return own === undefined ? [] : [[key, own]]
  })
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}

function keptWhole(value: unknown, place: Place): unknown {
  const isEmpty = value === undefined || value === null || (Array.isArray(value) && value.length === 0)
  return isEmpty ? undefined : keptForeign({ value }, place)?.value
}

const WHY: Readonly<Record<string, string>> = {
  boundaries:
    'A boundary here is drawn around one zone; what crossing between two requires is kept under foreign. State it on the flows between them.',
  visualizations: 'A picture or its source is kept under foreign, not read; everything is laid out anew.',
  relationships: 'What serves or depends on what is no data flow: kept under foreign.',
  useCases: 'A use case joins requirements to what they are about; the rest is kept under foreign.',
  behaviors: 'What a thing does step by step is kept under foreign.',
  scenarios: 'Who acts, how likely, how bad and what is hit went to the threats it realizes; the rest is kept under foreign.',
  attackPatterns: 'Kept under foreign of the design.',
  attackTrees: 'Kept under foreign of the design.',
  attackPaths: 'Kept under foreign of the design.',
  abuseCases: 'Kept under foreign of the design.',
  trustBoundaries: 'It speaks of two zones and what passes between them: kept under foreign of the design.',
}

const NOUNS: Readonly<Record<string, string>> = {
  boundaries: 'zone pair',
  visualizations: 'visualization',
  relationships: 'relationship',
  useCases: 'use case',
  behaviors: 'behaviour',
  scenarios: 'threat scenario',
  attackPatterns: 'attack pattern',
  attackTrees: 'attack tree',
  attackPaths: 'attack path',
  abuseCases: 'abuse case',
  trustBoundaries: 'trust boundary',
}

function tellParts(root: Raw, { building: { report }, lists, isOurs }: Model): void {
  if (isOurs) return
  const parts = [
    ...lists.pages.map(({ raw, place }) => ({ raw, at: place.at })),
    ...['threats', 'definitions'].map(key => ({ raw: recordOf(root[key]) ?? {}, at: `/${key}` })),
  ]
  for (const { raw, at } of parts)
    for (const [key, why] of Object.entries(WHY))
      for (let left = lengthOf(raw[key]); left > 0; left--)
        tally(report, `${at}/${key}`, { what: count => `Details of ${many(count, NOUNS[key] ?? key)}`, why })
  for (const { place, raw } of lists.zones)
    if (raw[`${MODEL}shape:x`] !== undefined)
      tally(report, place.at, { what: count => `Position of ${many(count, 'zone')} and what lies in them`, why: DRAWN })
}

const DRAWN = 'The draft does not say from where its coordinates count: kept under foreign; everything is laid out anew.'

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : recordOf(value) ? 1 : 0
}
