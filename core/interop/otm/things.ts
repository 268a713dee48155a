import { hasRow, rowsOf } from '../../model/table.ts'
import type { Boundary, DataAsset, Design, Element, Flow } from '../../model/types.ts'
import { byText, idsOf } from '../../support/order.ts'
import { defined, lineOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { foreignFrom } from '../writing/foreign.ts'
import { levelOf } from './assets.ts'
import { kindOfType } from './kind.ts'
import { type Names, TOOL } from './names.ts'
import { attributesWith, ourAttribute, ourAttributes, textsOf } from './ours.ts'

/** What every object of the file needs to be made. */
export type Making = {
  readonly design: Design
  readonly nameOf: Names
  readonly componentNamed: (name: unknown) => Element | undefined
  /** Where a zone or component is drawn. */
  readonly drawn: (id: string) => readonly Raw[]
  readonly isPage: (name: unknown) => boolean
  /** The threats that a component or flow has. */
  readonly uses: (id: string) => readonly Raw[]
}

/** The zone of what lies in none: the format puts every component into one. */
export const OUTSIDE = 'outside'

export function zonesOf(making: Making): readonly Raw[] {
  const { design } = making
  const zones = rowsOf(design.boundaries).map(row => zoneOf(making, row))
  if (rowsOf(design.elements).every(row => hasRow(design.boundaries, row.boundary))) return zones
  const attributes = ourAttribute('outside', 'yes')
  return [...zones, { id: outsideName(making), name: 'Outside', risk: { trustRating: 0 }, attributes }]
}

/** A name that no boundary has. */
function outsideName({ design, nameOf }: Making): string {
  const used = new Set(rowsOf(design.boundaries).map(row => nameOf(row.id)))
  let name = OUTSIDE
  while (used.has(name)) name += '-'
  return name
}

function zoneOf(making: Making, row: Boundary): Raw {
  const { risk, parent: kept, representations, ...foreign } = foreignFrom(TOOL, row)
  const unknown = row.trustLevel === undefined && !recordOf(risk) ? ['trustLevel'] : []
  const parent = hasRow(making.design.boundaries, row.parent) ? { trustZone: making.nameOf(row.parent ?? '') } : undefined
  return written(foreign, row.name, {
    id: making.nameOf(row.id),
    description: row.description,
    risk: { trustRating: row.trustLevel ?? 0, ...(meansLevel(risk, row.trustLevel) ? recordOf(risk) : {}) },
    parent: parent ?? (row.parent === undefined ? keptParent(kept) : undefined),
    representations: drawings(making, row.id, representations),
    attributes: attributesWith(foreign.attributes, ourAttributes('boundaries', row, unknown)),
  })
}

function meansLevel(risk: unknown, level: number | undefined): boolean {
  const rating = recordOf(risk)?.trustRating
  return typeof rating === 'number' && (rating >= 0 && rating <= 100 ? Math.round(rating) : undefined) === level
}

/** A parent that the file did not hold stays as it was. */
function keptParent(kept: unknown): Raw | undefined {
  const parent = recordOf(kept)
  return typeof parent?.trustZone === 'string' || typeof parent?.component === 'string' ? parent : undefined
}

const TYPES = { process: 'process', dataStore: 'data-store', externalEntity: 'external-entity' } as const

export function componentsOf(making: Making): readonly Raw[] {
  return rowsOf(making.design.elements).map(row => componentOf(making, row))
}

function componentOf(making: Making, row: Element): Raw {
  const { type, parent, assets, threats, representations, ...foreign } = foreignFrom(TOOL, row)
  const stored = idsOf(row.data)
    .filter(id => hasRow(making.design.data, id))
    .map(making.nameOf)
  return written(foreign, row.name, {
    id: making.nameOf(row.id),
    type: typeof type === 'string' && kindOfType(lineOf(type, 400)) === row.kind ? type : TYPES[row.kind],
    description: row.description,
    parent: parentOf(making, row, parent),
    representations: drawings(making, row.id, representations),
    assets: storedWith(assets, stored),
    threats: withKept(making.uses(row.id), threats),
    attributes: attributesWith(foreign.attributes, ourAttributes('elements', row)),
  })
}

/** The zone, or the component that the file had around it, while both still lie in one zone. */
function parentOf(making: Making, row: Element, kept: unknown): Raw {
  const { design, nameOf } = making
  const outer = recordOf(kept)?.component
  const around = making.componentNamed(outer)
  if (around && around.boundary === row.boundary && !isNestedIn(making, around, row)) return { component: outer }
  return { trustZone: hasRow(design.boundaries, row.boundary) ? nameOf(row.boundary ?? '') : outsideName(making) }
}

function isNestedIn({ componentNamed }: Making, inner: Element, outer: Element): boolean {
  const seen = new Set<string>()
  for (let at: Element | undefined = inner; at && !seen.has(at.id); ) {
    seen.add(at.id)
    if (at.id === outer.id) return true
    at = componentNamed(recordOf(foreignFrom(TOOL, at).parent)?.component)
  }
  return false
}

/** What a component processes has no place in a design: it stays as the file had it. */
function storedWith(kept: unknown, stored: readonly string[]): Raw | undefined {
  const before = recordOf(kept)
  if (!before) return stored.length > 0 ? { stored } : undefined
  return { ...before, stored: unionOf(stored, before.stored) }
}

/** Our list with what the file named and did not hold. */
function unionOf(ours: readonly string[], kept: unknown): readonly string[] {
  return [...new Set([...ours, ...textsOf(kept)])]
}

function withKept(uses: readonly Raw[], kept: unknown): readonly Raw[] | undefined {
  const named = new Set(uses.map(use => use.threat))
  const others = (Array.isArray(kept) ? kept : []).flatMap(value => {
    const use = recordOf(value)
    const isUse = typeof use?.threat === 'string' && typeof use.state === 'string' && !named.has(use.threat)
    return use && isUse ? [use] : []
  })
  const all = [...uses, ...others]
  return all.length > 0 ? all : undefined
}

/** Flows between two components; the format has none with a loose end. */
export function dataflowsOf(making: Making): readonly Raw[] {
  return rowsOf(making.design.flows).flatMap(row => (isJoined(making.design, row) ? [dataflowOf(making, row)] : []))
}

/** Whether both ends can be named: by elements, or by what a file of this format named although it did not hold it. */
export function isJoined(design: Design, row: Flow): boolean {
  const { source, destination } = foreignFrom(TOOL, row)
  return (
    (hasRow(design.elements, row.source) || (row.source === undefined && typeof source === 'string')) &&
    (hasRow(design.elements, row.target) || (row.target === undefined && typeof destination === 'string'))
  )
}

function dataflowOf(making: Making, row: Flow): Raw {
  const { source, destination, assets, threats, ...foreign } = foreignFrom(TOOL, row)
  const carried = idsOf(row.data)
    .filter(id => hasRow(making.design.data, id))
    .map(making.nameOf)
  const all = unionOf(carried, assets)
  return written(foreign, row.name, {
    id: making.nameOf(row.id),
    description: row.description,
    source: row.source === undefined ? source : making.nameOf(row.source),
    destination: row.target === undefined ? destination : making.nameOf(row.target),
    bidirectional: row.bidirectional === true,
    assets: all.length > 0 ? all : undefined,
    threats: withKept(making.uses(row.id), threats),
    attributes: attributesWith(foreign.attributes, ourAttributes('flows', row)),
  })
}

const HARM = { low: 25, medium: 50, high: 100 } as const
const NEEDS = ['confidentiality', 'integrity', 'availability'] as const

export function assetsOf(making: Making): readonly Raw[] {
  return rowsOf(making.design.data).map(row => assetOf(making, row))
}

function assetOf({ nameOf }: Making, row: DataAsset): Raw {
  const { risk, ...foreign } = foreignFrom(TOOL, row)
  const kept = recordOf(risk) ?? {}
  const harm = NEEDS.map(need => {
    const [level, before] = [row[need], kept[need]]
    const isSame = typeof before === 'number' && levelOf(before) === level
    return [need, isSame ? before : level === undefined ? 0 : HARM[level]] as const
  })
  const unknown = NEEDS.filter(
    need => row[need] === undefined && !(typeof kept[need] === 'number' && levelOf(kept[need]) === undefined),
  )
  return written(foreign, row.name, {
    id: nameOf(row.id),
    description: row.description,
    risk: { ...kept, ...Object.fromEntries(harm) },
    attributes: attributesWith(foreign.attributes, ourAttributes('data', row, unknown)),
  })
}

/** Kept drawings that are of no diagram, then those of ours. */
function drawings({ drawn, isPage }: Making, id: string, kept: unknown): readonly Raw[] | undefined {
  const ours = drawn(id)
  const others = (Array.isArray(kept) ? kept : []).flatMap(value => {
    const one = recordOf(value)
    return one && typeof one.representation === 'string' && typeof one.id === 'string' && !isPage(one.representation) ? [one] : []
  })
  return ours.length + others.length > 0 ? [...others, ...ours] : undefined
}

const LISTS: ReadonlySet<string> = new Set(['tags'])
const TEXTS: ReadonlySet<string> = new Set(['type', 'description'])

/** An object: name as the file had it while it means the same, what we write, and what was kept of the rest. */
export function written(foreign: Raw, name: string, own: Raw, length = 400): Raw {
  const isNamed = typeof foreign.name === 'string' && lineOf(foreign.name, length) === name
  const said: Raw = defined({ ...own })
  const back = Object.entries(foreign).filter(([key, value]) => !Object.hasOwn(said, key) && key !== 'name' && fits(key, value))
  const { id, ...rest } = said
  return { id, name: isNamed ? foreign.name : name, ...rest, ...Object.fromEntries(back.sort(([a], [b]) => byText(a, b))) }
}

/** Kept keys that the format knows go back only if they are of its kind. */
function fits(key: string, value: unknown): boolean {
  if (LISTS.has(key)) return Array.isArray(value) && value.every(one => typeof one === 'string')
  return !TEXTS.has(key) || typeof value === 'string'
}
