import { rowsOf } from '../../model/table.ts'
import type { Assumption, Diagram, Flow, Requirement } from '../../model/types.ts'
import { by } from '../../support/order.ts'
import { listOf, type Raw } from '../reading/json-fields.ts'
import { uniqueOf } from '../writing/merged.ts'
import { LOOSE_END } from './lists.ts'
import { propertiesOf } from './marks.ts'
import { drawingsOf, isPage } from './write-drawings.ts'
import {
  actorOf,
  assetOf,
  dataAssetOf,
  dataSetOf,
  isAsset,
  isComponent,
  type Kind,
  kindIn,
  storeOf,
  zoneOf,
} from './write-elements.ts'
import { isTheirs, keptOf, objectOf, type Pen, partyOf, refsOf } from './write-objects.ts'

/** The bom-ref of what stands for the missing end of a flow. */
const NOWHERE = 'skeptic-loose-end'

/** The drawn part of the design: one blueprint, and one more for each that an import had brought. */
export function blueprintsOf(pen: Pen, left: Raw): readonly Raw[] {
  const { design } = pen
  const pages = rowsOf(design.diagrams).filter(isPage)
  const homes = homesOf(pages)
  const things = thingsOf(pen)
  const [first] = pages
  const blueprints = (pages.length > 0 ? pages : [undefined]).map(page => {
    const isHere = (id: string) => (homes.get(id) ?? first?.id) === page?.id
    const lists = Object.fromEntries(
      Object.entries(things).flatMap(([key, list]) => {
        const here = list.filter(({ id }) => isHere(id)).map(({ object }) => object)
        return here.length > 0 ? [[key, here]] : []
      }),
    )
    return { ...headOf(pen, page), ...restOf(pen, { page, isFirst: page === first, left: page === first ? left : {}, lists }) }
  })
  return blueprints.filter(({ name: _name, modelTypes: _types, ...rest }) => Object.keys(rest).length > 0)
}

type Rest = {
  readonly page: Diagram | undefined
  readonly isFirst: boolean
  readonly left: Raw
  readonly lists: Readonly<Record<string, readonly Raw[]>>
}

/** What a blueprint holds besides: what an import left of it, drawings, and in the first one what belongs to none. */
function restOf(pen: Pen, { page, isFirst, left, lists }: Rest): Raw {
  const kept = { ...left, ...keptPage(page) }
  const joined = (key: string, own: readonly unknown[]) => {
    const list = uniqueOf([...listOf(kept[key]), ...own])
    return list.length > 0 ? { [key]: list } : {}
  }
  const looseEnd = isFirst && hasLooseEnd(pen) ? [LOOSE] : []
  return {
    ...kept,
    ...lists,
    ...(looseEnd.length > 0 ? { assets: [...(lists.assets ?? []), ...looseEnd] } : {}),
    ...joined('assumptions', [...(lists.assumptions ?? [])]),
    ...joined('useCases', isFirst ? usesOf(pen) : []),
    ...joined('visualizations', drawingsOf(pen, page, isFirst)),
  }
}

function keptPage(page: Diagram | undefined): Raw {
  if (!page) return {}
  const { name: _name, ...kept } = keptOf(page, 'blueprint')
  const properties = listOf(page.foreign?.properties)
  return properties.length > 0 ? { ...kept, properties } : kept
}

function headOf({ design }: Pen, page: Diagram | undefined): Raw {
  if (!page) return { name: design.settings.design?.name ?? 'Unnamed model', modelTypes: ['data-flow'] }
  const ref = page.provenance.originalId
  return {
    ...(ref === undefined ? {} : { 'bom-ref': ref }),
    name: page.name,
    ...(page.description === undefined ? {} : { description: page.description }),
  }
}

/** Things stand in the first blueprint that showed them; what none showed, in the first of all. */
function homesOf(pages: readonly Diagram[]): ReadonlyMap<string, string> {
  const homes = new Map<string, string>()
  for (const { id, elements, flows, boundaries } of pages)
    for (const shown of Object.keys({ ...elements, ...flows, ...boundaries })) if (!homes.has(shown)) homes.set(shown, id)
  return homes
}

type Listed = { readonly id: string; readonly object: Raw }

function thingsOf(pen: Pen): Readonly<Record<string, readonly Listed[]>> {
  const { design } = pen
  const listed = <Row extends { readonly id: string }>(rows: readonly Row[], make: (row: Row) => Raw) =>
    rows.map(row => ({ id: row.id, object: make(row) }))
  const elements = rowsOf(design.elements).filter(row => !isComponent(row))
  const kinds = new Map(elements.map(row => [row.id, kindIn(row)]))
  const of = (kind: Kind) => elements.filter(({ id }) => kinds.get(id) === kind)
  return {
    zones: listed(rowsOf(design.boundaries), row => zoneOf(pen, row)),
    actors: listed(of('actor'), row => actorOf(pen, row)),
    assets: [
      ...listed(of('asset'), row => assetOf(pen, row)),
      ...listed(rowsOf(design.data).filter(isAsset), row => dataAssetOf(pen, row)),
    ].sort(by(({ id }) => id)),
    dataStores: listed(of('dataStore'), row => storeOf(pen, row)),
    dataSets: listed(
      rowsOf(design.data).filter(row => !isAsset(row)),
      row => dataSetOf(pen, row),
    ),
    flows: listed(rowsOf(design.flows), row => flowOf(pen, row)),
    assumptions: listed(rowsOf(design.assumptions), row => assumptionOf(pen, row)),
  }
}

const METHODS: Readonly<Record<string, unknown>> = { yes: [{ name: 'authenticated' }], no: ['none'] }

function flowOf(pen: Pen, row: Flow): Raw {
  const endOf = (id: string | undefined) => (id === undefined ? undefined : pen.refs.get(id)) ?? NOWHERE
  return objectOf(pen, row, 'flow', {
    name: row.name,
    description: row.description,
    type: 'data',
    source: endOf(row.source),
    destination: endOf(row.target),
    bidirectional: row.bidirectional,
    encrypted: row.encryption === 'yes' ? true : row.encryption === 'no' ? false : undefined,
    protocols: row.protocol === undefined ? undefined : protocolsOf(row.protocol),
    dataObjects: carriedBy(pen, row),
    authentication: METHODS[row.authentication ?? ''],
  })
}

/** Several protocols stand in one text here, with commas between them. */
function protocolsOf(protocol: string): readonly string[] {
  const parts = protocol.split(', ')
  return parts.every(part => part.trim() !== '') && new Set(parts).size === parts.length ? parts : [protocol]
}

/** Data is named on the flow itself, as the format has it; our property says which data set is meant. */
function carriedBy({ design }: Pen, { data }: Flow): readonly Raw[] | undefined {
  const named = Object.keys(data ?? {})
    .sort()
    .flatMap(id => design.data[id] ?? [])
    .map(({ id, name }) => ({ name, properties: propertiesOf({ id }) }))
  return named.length > 0 ? named : undefined
}

const LOOSE: Raw = { 'bom-ref': NOWHERE, type: 'actor', name: 'Not connected', properties: propertiesOf({ [LOOSE_END]: 'true' }) }

function hasLooseEnd({ design, refs }: Pen): boolean {
  return rowsOf(design.flows).some(flow => !refs.has(flow.source ?? '') || !refs.has(flow.target ?? ''))
}

function assumptionOf(pen: Pen, row: Assumption): Raw {
  return objectOf(pen, row, 'assumption', {
    description: row.statement,
    validity: 'unverified',
    impact: row.consequence,
    owner: partyOf(row.owner),
  })
}

/** What each requirement is about. Those whose import had a use case for it keep that. */
function usesOf(pen: Pen): readonly Raw[] {
  return rowsOf(pen.design.requirements).flatMap(row => {
    const assets = refsOf(pen, row.elements, row.data)
    const flows = refsOf(pen, row.flows)
    if ((!assets && !flows) || !saysUses(row)) return []
    return [{ ...(assets ? { assets } : {}), ...(flows ? { flows } : {}), requirements: [pen.refs.get(row.id)] }]
  })
}

/** Whether the file says in a use case of ours what a requirement is about. */
export function saysUses(row: Requirement): boolean {
  return !isTheirs(row)
}
