import type { Element } from '../../model/types.ts'
import { type Building, provenanceFor } from '../reading/building.ts'
import { nameOf } from '../reading/items.ts'
import { defined, idOf, lineOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { type Block, blocksOf, calledBlock, finderOf, keptOf, type Model, type Target, tellLoose } from './items.ts'
import { isDiagram, LABEL, type Part } from './parts.ts'

/** Each diagram brings elements of its own: names are unique in one diagram only. */
export function addDiagrams(building: Building, model: Model, assets: readonly Block[]): void {
  const as = { path: `${model.path}/diagram`, origin: model.name, prefix: 'G', noun: 'diagram' }
  const drawn = new Map<string, string>()
  for (const diagram of blocksOf(building, model.part.parts.filter(isDiagram), as)) {
    const elements = addDiagram(building, diagram, { model, findAsset: finderOf(assets) })
    for (const element of elements) tellTwice(element, diagram.id, drawn)
  }
}

type Around = { readonly model: Model; readonly findAsset: (value: unknown) => Target }

function addDiagram(building: Building, diagram: Block, { model, findAsset }: Around): readonly Block[] {
  const found = contentsOf(diagram.part)
  const as = (list: string) => ({ path: `${model.path}/diagram/${diagram.id}/${list}`, origin: diagram.origin })
  const drawn = blocksOf(building, found.elements, { ...as('elements'), prefix: 'E', noun: 'element' })
  const elements = drawn.map(element => ({ ...element, noun: NOUNS[element.part.type] ?? 'element' }))
  const zones = zonesOf(building, elements, { found, as: as('zones') })
  for (const element of elements) addElement(building, element, { zones, findAsset })
  const flows = blocksOf(building, found.flows, { ...as('flows'), prefix: 'F', noun: 'data flow', identity: identityOf })
  const find = finderOf(elements)
  for (const flow of flows) addFlow(building, flow, find)
  building.diagrams[diagram.id] = {
    id: diagram.id,
    name: titleOf(diagram, model),
    elements: shownOf(elements),
    flows: shownOf(flows),
    boundaries: shownOf(zones.all),
    provenance: provenanceFor(building, idOf(diagram.origin)),
  }
  return elements
}

const NOUNS: Readonly<Record<string, string>> = {
  process: 'process',
  external_element: 'external element',
  data_store: 'data store',
}
const KINDS: ReadonlyMap<string, Element['kind']> = new Map([
  ['process', 'process'],
  ['external_element', 'externalEntity'],
  ['data_store', 'dataStore'],
])

function shownOf(blocks: readonly Block[]): { readonly [id: string]: true } {
  return Object.fromEntries(blocks.map(({ id }) => [id, true as const]))
}

/** The old form has no title; of several models each diagram says whose it is. */
function titleOf({ part }: Block, { name, isOneOfMany }: Model): string {
  const own = lineOf(part.name, 400)
  if (own === undefined) return name
  return lineOf(isOneOfMany ? `${name}: ${own}` : own, 400) ?? name
}

/** Flows are told apart by their ends as well, since many are called by their protocol only. */
function identityOf({ name, raw }: Part): string {
  const end = (value: unknown) => idOf(value) ?? JSON.stringify(value ?? '')
  return `${name ?? 'flow'}: ${end(raw.from)} -> ${end(raw.to)}`
}

/** What a diagram holds, and in which zone each of it stands. */
type Contents = {
  readonly elements: readonly Part[]
  readonly zones: readonly Part[]
  readonly flows: readonly Part[]
  readonly within: ReadonlyMap<Part, Part>
}

function contentsOf(diagram: Part): Contents {
  const found = { elements: [] as Part[], zones: [] as Part[], flows: [] as Part[], within: new Map<Part, Part>() }
  const waiting: Part[] = [diagram]
  for (let outer = waiting.shift(); outer; outer = waiting.shift())
    for (const part of outer.parts) {
      if (outer !== diagram) found.within.set(part, outer)
      if (part.type === 'trust_zone') waiting.push(part)
      if (part.type === 'trust_zone') found.zones.push(part)
      else if (part.type === 'flow') found.flows.push(part)
      else found.elements.push(part)
    }
  return found
}

type Zones = {
  readonly all: readonly Block[]
  readonly around: (element: Block) => { readonly zone: string | undefined; readonly isWhole: boolean }
}
type ZoneSource = { readonly found: Contents; readonly as: { readonly path: string; readonly origin: string } }

/** Zones with blocks of their own, and those that elements only name. */
function zonesOf(building: Building, elements: readonly Block[], { found, as }: ZoneSource): Zones {
  const kind = { ...as, prefix: 'B', noun: 'trust zone' }
  const declared = blocksOf(building, found.zones, kind)
  const findDeclared = finderOf(declared)
  const named = new Map<string, Part>()
  for (const { raw, part } of elements) {
    const name = idOf(raw.trust_zone)
    const isInside = found.within.has(part)
    if (name !== undefined && !isInside && !findDeclared(name).block && !named.has(name))
      named.set(name, { type: 'trust_zone', name, raw: { [LABEL]: name }, parts: [], at: part.at })
  }
  const all = [...declared, ...blocksOf(building, [...named.values()], kind)]
  const byPart = new Map(all.map(zone => [zone.part, zone]))
  const outer = (part: Part) => byPart.get(found.within.get(part) ?? part)?.id
  for (const zone of all) addZone(building, zone, found.within.has(zone.part) ? outer(zone.part) : undefined)
  const find = finderOf(all)
  return { all, around: element => zoneAround(element, found.within.has(element.part) ? outer(element.part) : undefined, find) }
}

function addZone(building: Building, zone: Block, parent: string | undefined): void {
  const { provenance, foreign } = keptOf(building, zone, { texts: {} })
  building.boundaries[zone.id] = defined({
    id: zone.id,
    name: nameOf(zone, LABEL),
    kind: 'unknown' as const,
    membership: 'stated' as const,
    parent,
    provenance,
    foreign,
  })
}

/** The block around an element counts; a zone it names besides must be the same. */
function zoneAround(element: Block, outer: string | undefined, find: (value: unknown) => Target) {
  const value = element.raw.trust_zone
  if (value === undefined || value === null) return { zone: outer, isWhole: false }
  const { block, name } = find(value)
  const isWhole = block !== undefined && (outer === undefined || outer === block.id)
  if (!isWhole && outer === undefined) tellLoose(element, 'trust_zone', name)
  else if (!isWhole)
    element.place.report.losses.push({
      at: element.place.at,
      what: `trust_zone of ${calledBlock(element)}`,
      why: 'It stands in the block of another zone, which was taken; kept under foreign.',
    })
  return { zone: outer ?? block?.id, isWhole }
}

type ElementAround = { readonly zones: Zones; readonly findAsset: (value: unknown) => Target }

function addElement(building: Building, element: Block, { zones, findAsset }: ElementAround): void {
  const { raw, id, part } = element
  const { zone, isWhole } = zones.around(element)
  const isLinked = part.type === 'data_store' && raw.information_asset !== undefined && raw.information_asset !== null
  const asset: Target = isLinked ? findAsset(raw.information_asset) : { block: undefined, name: undefined }
  if (isLinked && !asset.block) tellLoose(element, 'information_asset', asset.name)
  const keys = [...(isWhole ? ['trust_zone'] : []), ...(asset.block ? ['information_asset'] : [])]
  const { provenance, foreign } = keptOf(building, element, { keys, texts: {} })
  building.elements[id] = defined({
    id,
    name: nameOf(element, LABEL),
    kind: KINDS.get(part.type) ?? ('process' as const),
    boundary: zone,
    data: asset.block ? { [asset.block.id]: true as const } : undefined,
    provenance,
    foreign,
  })
}

function addFlow(building: Building, flow: Block, find: (value: unknown) => Target): void {
  const { raw, id } = flow
  const source = find(raw.from).block
  const target = find(raw.to).block
  const protocol = lineOf(raw.protocol, 400)
  const keys = [...(source ? ['from'] : []), ...(target ? ['to'] : []), ...(protocol === raw.protocol ? ['protocol'] : [])]
  const { provenance, foreign } = keptOf(building, flow, { keys, texts: {} })
  if (!source) tellEnd(flow, 'from', find(raw.from).name)
  if (!target) tellEnd(flow, 'to', find(raw.to).name)
  building.flows[id] = defined({
    id,
    name: nameOf(flow, LABEL),
    source: source?.id,
    target: target?.id,
    protocol,
    provenance,
    foreign,
  })
}

function tellEnd(flow: Block, key: 'from' | 'to', name: string | undefined): void {
  if (name !== undefined) tellLoose(flow, key, name)
  flow.place.report.problems.push({
    code: 'import.looseEnd',
    severity: 'warning',
    at: flow.id,
    message: `The ${key === 'from' ? 'source' : 'target'} of this data flow is no element of its diagram.`,
    cure: 'Connect it to an element, or delete the flow.',
  })
}

/** One name on two diagrams may be one thing or two; the file does not say. */
function tellTwice({ part, place, originalId }: Block, diagram: string, drawn: Map<string, string>): void {
  if (originalId === undefined) return
  const key = `${part.type} ${originalId}`
  if ((drawn.get(key) ?? diagram) !== diagram)
    tally(place.report, place.at, {
      what: count => `Sameness of ${many(count, 'element')} drawn on several diagrams`,
      why: 'Names are unique in one diagram only: each diagram brought its own. Join those that are one.',
    })
  else drawn.set(key, diagram)
}
