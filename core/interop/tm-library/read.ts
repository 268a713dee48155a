import type { Stamp } from '../../model/types.ts'
import { ok, type Result } from '../../support/result.ts'
import { addOverview, type Building, finished, newBuilding, type ReadModel } from '../reading/building.ts'
import { type Item, itemsOf } from '../reading/items.ts'
import { defined, lineOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { type ListShape, lengthsOf, wrongLists } from '../reading/list-limits.ts'
import { newReport } from '../report.ts'
import { addAssumptions, isRejected } from './assumptions.ts'
import { addControls, isDropped } from './controls.ts'
import { addDataSets } from './data.ts'
import { addElements } from './elements.ts'
import { envelopeOf } from './envelope.ts'
import { addFlows } from './flows.ts'
import { addThreats } from './threats.ts'

/** The lists of a file, each with the ids its objects get. */
export type Lists = {
  readonly zones: readonly Item[]
  readonly actors: readonly Item[]
  readonly components: readonly Item[]
  readonly stores: readonly Item[]
  readonly sets: readonly Item[]
  readonly flows: readonly Item[]
  readonly threats: readonly Item[]
  readonly controls: readonly Item[]
  readonly assumptions: readonly Item[]
}

const LISTS = {
  zones: { key: 'trust_zones', prefix: 'B', noun: 'trust zone' },
  actors: { key: 'actors', prefix: 'E', noun: 'actor' },
  components: { key: 'components', prefix: 'E', noun: 'component' },
  stores: { key: 'data_stores', prefix: 'E', noun: 'data store' },
  sets: { key: 'data_sets', prefix: 'D', noun: 'data set' },
  flows: { key: 'data_flows', prefix: 'F', noun: 'data flow' },
  threats: { key: 'threats', prefix: 'T', noun: 'threat' },
  controls: { key: 'controls', prefix: 'M', noun: 'control' },
  assumptions: { key: 'assumptions', prefix: 'A', noun: 'assumption' },
} as const satisfies { readonly [name in keyof Lists]: { key: string; prefix: string; noun: string } }

const KEYS = Object.values(LISTS).map(({ key }) => key)
const READ = { ...Object.fromEntries(KEYS.map(key => [key, () => false])), assumptions: isRejected, controls: isDropped }

/** Lists that are kept as they are, for want of a place of their own. */
const KEPT = ['trust_boundaries', 'diagrams', 'threat_personas', 'risks'] as const

/** Reads a flat file of named objects: what stands in which zone is stated, and nothing is drawn. */
export function readTmLibrary(file: string, root: Raw, stamp: Stamp): Result<ReadModel> {
  const wrong = wrongLists(file, root, SHAPE)
  if (wrong) return wrong
  const report = newReport()
  const scope = recordOf(root.scope) ?? {}
  const formatVersion = /\/v(\d+(?:\.\d+)*)\//.exec(lineOf(root.$schema, 400) ?? '')?.[1] ?? '1'
  const tool = `OWASP Threat Model Library ${formatVersion}`
  const name = lineOf(scope.title, 400)
  const building = newBuilding({ file, tool, family: 'tm-library', stamp }, report, { name, owner: undefined })
  const lists = listsOf(building, root)
  addElements(building, lists)
  addDataSets(building, lists)
  addFlows(building, lists)
  addThreats(building, lists, root)
  addControls(building, lists)
  addAssumptions(building, lists)
  addOverview(building)
  const purpose = textOf(root.description) ?? textOf(scope.description)
  const foreign = envelopeOf(root, READ, report)
  const originalIds = Object.values(lists).flatMap(items => items.map(({ originalId }) => originalId ?? ''))
  const design = finished(building, { ...defined({ purpose, foreign }), name: name ?? 'Unnamed model', originalIds })
  return ok({ design, formatVersion, report })
}

function listsOf(building: Building, root: Raw): Lists {
  const read = (name: keyof Lists) => {
    const { key, prefix, noun } = LISTS[name]
    return itemsOf(building, { list: root[key], at: `/${key}`, prefix, noun, key: 'symbolic_name' })
  }
  return Object.fromEntries(Object.keys(LISTS).map(name => [name, read(name as keyof Lists)])) as Lists
}

const SHAPE = {
  code: 'tmLibrary.list',
  keys: [...KEYS, ...KEPT],
  linksIn: raw => lengthsOf(raw.threats, raw.components_affected, raw.placements),
  zones: 'trust_zones',
  schema: 'the schema of the Threat Model Library',
} as const satisfies ListShape
