import { rowsOf } from '../../model/table.ts'
import type { Assumption, Boundary, DataAsset, DataClass, Diagram, Element, Flow, Layout } from '../../model/types.ts'
import { by } from '../../support/order.ts'
import { listOf, type Raw } from '../reading/json-fields.ts'
import { uniqueOf } from '../writing/merged.ts'
import { isOf } from '../writing/returned.ts'
import { LOOSE_END } from './lists.ts'
import { propertiesOf } from './marks.ts'
import { keptOf, objectOf, ownProperties, type Pen, partyOf, refsOf, TOOL } from './write-objects.ts'

/** The bom-ref of what stands for the missing end of a flow. */
const NOWHERE = 'skeptic-loose-end'

/** Whether a diagram came in as a blueprint: only those have types of model. */
function isPage(row: Diagram): boolean {
  return isOf(row, TOOL) && row.foreign?.modelTypes !== undefined
}

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

const KINDS: Readonly<Record<Boundary['kind'], unknown>> = {
  network: 'network',
  process: 'process',
  organisation: 'organizational',
  machine: { name: 'machine' },
  privilege: { name: 'privilege' },
  unknown: 'trust',
}

function zoneOf(pen: Pen, row: Boundary): Raw {
  const parent = row.parent === undefined ? undefined : pen.refs.get(row.parent)
  return objectOf(pen, row, 'zone', { name: row.name, description: row.description, type: KINDS[row.kind], parent })
}

type Kind = 'actor' | 'asset' | 'dataStore'

/** Where an element of an import stood shows by the keys that only such objects have; ours stand where their kind belongs. */
function kindIn(row: Element): Kind {
  const kept = keptOf(row, 'asset')
  if (isOf(row, TOOL)) {
    if (row.kind === 'externalEntity') return row.foreign?.party === undefined ? 'asset' : 'actor'
    return row.kind === 'dataStore' && kept.type !== undefined && !ASSETS.has(kept.type) ? 'dataStore' : 'asset'
  }
  return row.kind === 'externalEntity' ? 'actor' : row.kind === 'dataStore' ? 'dataStore' : 'asset'
}

/** Types of assets; those that stores have as well say nothing of where the object stood. */
const ASSETS: ReadonlySet<unknown> = new Set(
  `actor agent api broker component container data data-store device endpoint function gateway infrastructure interface model module network
  process queue resource service stream subsystem system tool`.split(/\s+/),
)

/** Types that only a component of a bill of materials has. */
const COMPONENTS: ReadonlySet<unknown> = new Set(
  'application framework library platform operating-system device-driver firmware file machine-learning-model cryptographic-asset'.split(
    ' ',
  ),
)

/** Whether an element came in as a component of the bill of materials, and goes back there. */
export function isComponent(row: Element): boolean {
  return isOf(row, TOOL) && COMPONENTS.has(row.foreign?.type)
}

/** An element as a component again, with all that an import kept of it. */
export function componentOf(pen: Pen, row: Element): Raw {
  const { properties, ...kept } = row.foreign ?? {}
  const own = {
    'bom-ref': pen.refs.get(row.id),
    name: row.name,
    ...(row.description === undefined ? {} : { description: row.description }),
  }
  return { ...own, ...kept, properties: [...listOf(properties), ...ownProperties(pen, row.id)] }
}

function assetOf(pen: Pen, row: Element): Raw {
  const isRef = ['componentRef', 'partyRef'].some(key => key in keptOf(row, 'asset'))
  const type = { process: 'process', dataStore: 'data-store', externalEntity: 'actor' }[row.kind]
  return objectOf(pen, row, 'asset', {
    ...(isRef ? {} : { type }),
    name: row.name,
    description: row.description,
    zone: zoneRef(pen, row),
    tags: row.tags && Object.keys(row.tags).length > 0 ? Object.keys(row.tags).sort() : undefined,
  })
}

function storeOf(pen: Pen, row: Element): Raw {
  return objectOf(pen, row, 'dataStore', {
    name: row.name,
    description: row.description,
    type: { name: 'unknown' },
    zone: zoneRef(pen, row),
    technologies: row.technology === undefined || 'product' in keptOf(row, 'dataStore') ? undefined : [row.technology],
    dataSets: refsOf(pen, row.data),
  })
}

function actorOf(pen: Pen, row: Element): Raw {
  const party = { roles: [{ name: 'external entity' }], persona: { archetype: { name: row.name } } }
  return objectOf(pen, row, 'actor', { party, description: row.description, zone: zoneRef(pen, row) })
}

function zoneRef({ refs }: Pen, { boundary }: Element): string | undefined {
  return boundary === undefined ? undefined : refs.get(boundary)
}

/** Words of the format for our classes; secret is a word of ours. */
const CLASSES: Readonly<Record<DataClass, unknown>> = {
  D0: 'public',
  D1: 'internal',
  D2: 'confidential',
  D3: 'restricted',
  D4: { name: 'secret' },
}

/** Whether data came in as an asset: only an asset lies in a zone and is classified itself. */
function isAsset(row: DataAsset): boolean {
  return isOf(row, TOOL) && ['zone', 'classification', 'componentRef'].some(key => row.foreign?.[key] !== undefined)
}

function dataAssetOf(pen: Pen, row: DataAsset): Raw {
  return objectOf(pen, row, 'asset', { type: 'data', name: row.name, description: row.description })
}

function dataSetOf(pen: Pen, row: DataAsset): Raw {
  const profile = {
    name: row.name,
    ...(row.class === undefined ? {} : { classification: CLASSES[row.class] }),
    ...(row.personal === 'yes' ? { informationTypes: ['pii'] } : {}),
  }
  return objectOf(pen, row, 'dataSet', {
    name: row.name,
    description: row.description || row.name,
    dataProfiles: Object.keys(profile).length > 1 ? [profile] : undefined,
    placements: placementsOf(pen, row),
  })
}

/** Where stores hold it, and whether it is encrypted there when the store says so. */
function placementsOf({ design, refs }: Pen, row: DataAsset): readonly Raw[] | undefined {
  const stores = rowsOf(design.elements).filter(one => one.kind === 'dataStore' && one.data?.[row.id] === true)
  const placements = stores.map(({ id, attributes }) => {
    const encrypts = attributes?.encryptsAtRest
    return { dataStore: refs.get(id), ...(encrypts === 'yes' || encrypts === 'no' ? { encrypted: encrypts === 'yes' } : {}) }
  })
  return placements.length > 0 ? placements : undefined
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
export function saysUses(row: Parameters<typeof isOf>[0]): boolean {
  return !isOf(row, TOOL)
}

/** Every diagram with what it shows, and its drawing in our own form: nobody else reads it, and it comes back as it was. */
function drawingsOf(pen: Pen, page: Diagram | undefined, isFirst: boolean): readonly Raw[] {
  const { design } = pen
  const layout = layoutByDiagram(design)
  const here = rowsOf(design.diagrams).filter(row => (isPage(row) ? row.id === page?.id : isFirst))
  return here.map(row => {
    const elements = refsOf(pen, row.boundaries, row.elements, row.flows)
    const places = layout.get(row.id) ?? []
    const marks = { own: 'true', id: row.id, ...pen.plan.marks.get(row.id), ...(isPage(row) ? { page: 'true' } : {}) }
    return {
      'bom-ref': row.id,
      name: row.name,
      ...(row.description === undefined || isPage(row) ? {} : { description: row.description }),
      type: { type: 'data-flow' },
      ...(elements ? { elements } : {}),
      ...(places.length > 0 ? { attachment: { mediaType: 'application/json', content: JSON.stringify(places) } } : {}),
      properties: propertiesOf(marks),
    }
  })
}

function layoutByDiagram({ layout }: Pen['design']): ReadonlyMap<string, readonly Layout[]> {
  const places = new Map<string, Layout[]>()
  for (const row of rowsOf(layout)) {
    const diagram = row.id.slice(0, row.id.indexOf('.'))
    const known = places.get(diagram)
    if (known) known.push(row)
    else places.set(diagram, [row])
  }
  return places
}
