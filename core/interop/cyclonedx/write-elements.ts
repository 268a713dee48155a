import { rowsOf } from '../../model/table.ts'
import type { Boundary, DataAsset, DataClass, Element } from '../../model/types.ts'
import { listOf, type Raw } from '../reading/json-fields.ts'
import { isTheirs, keptOf, objectOf, ownProperties, type Pen, refsOf } from './write-objects.ts'

/** Words of the format for what makes trust change; the last says nothing of it. */
const KINDS: Readonly<Record<Boundary['kind'], unknown>> = {
  network: 'network',
  process: 'process',
  organisation: 'organizational',
  machine: { name: 'machine' },
  privilege: { name: 'privilege' },
  unknown: 'trust',
}

/** A boundary as a zone: where ours says what makes trust change in a word the format lacks, its own words are kept open. */
export function zoneOf(pen: Pen, row: Boundary): Raw {
  const parent = row.parent === undefined ? undefined : pen.refs.get(row.parent)
  return objectOf(pen, row, 'zone', { name: row.name, description: row.description, type: KINDS[row.kind], parent })
}

/** The list of a blueprint in which an element stands. */
export type Kind = 'actor' | 'asset' | 'dataStore'

/** Where an element of an import stood shows by the keys that only such objects have; ours stand where their kind belongs. */
export function kindIn(row: Element): Kind {
  const kept = keptOf(row, 'asset')
  if (isTheirs(row)) {
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
  return isTheirs(row) && COMPONENTS.has(row.foreign?.type)
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

/** An element as an asset. */
export function assetOf(pen: Pen, row: Element): Raw {
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

/** A data store as one of the format, which asks for a type that nobody here states. */
export function storeOf(pen: Pen, row: Element): Raw {
  return objectOf(pen, row, 'dataStore', {
    name: row.name,
    description: row.description,
    type: { name: 'unknown' },
    zone: zoneRef(pen, row),
    technologies: row.technology === undefined || 'product' in keptOf(row, 'dataStore') ? undefined : [row.technology],
    dataSets: refsOf(pen, row.data),
  })
}

/** An external entity as an actor, whose party is called as it is. */
export function actorOf(pen: Pen, row: Element): Raw {
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
export function isAsset(row: DataAsset): boolean {
  return isTheirs(row) && ['zone', 'classification', 'componentRef'].some(key => row.foreign?.[key] !== undefined)
}

/** Data as an asset again. */
export function dataAssetOf(pen: Pen, row: DataAsset): Raw {
  return objectOf(pen, row, 'asset', { type: 'data', name: row.name, description: row.description })
}

/** Data as a data set, with its class as a profile, and where it lies. */
export function dataSetOf(pen: Pen, row: DataAsset): Raw {
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
