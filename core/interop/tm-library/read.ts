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
import { type GivenBack, givenBackIn, type ListKey, theirsOf, withoutAsked } from './given-back.ts'
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
  const given = givenBackIn(root)
  const lists = listsOf(building, root, given)
  addElements(building, lists, given?.nothing.zone)
  addDataSets(building, lists)
  addFlows(building, lists, new Set(given?.unknown))
  addThreats(building, lists, { root, nobody: given?.nothing.persona })
  addControls(building, lists)
  addAssumptions(building, lists)
  addOverview(building)
  const isAsked = given?.own.scope.includes('description') === true
  const purpose = textOf(root.description) ?? (isAsked ? undefined : textOf(scope.description))
  const foreign = envelopeOf(given ? theirsOf(root, given) : root, READ, report)
  const originalIds = Object.values(lists).flatMap(items => items.map(({ originalId }) => originalId ?? ''))
  const whole = defined({ purpose, foreign, designId: given?.design })
  const design = finished(building, { ...whole, name: name ?? 'Unnamed model', originalIds })
  return ok({ design: given ? withoutAsked(design, given) : design, formatVersion, report })
}

function listsOf(building: Building, root: Raw, given: GivenBack | undefined): Lists {
  const nothing = new Set([given?.nothing.zone, given?.nothing.end].filter(name => name !== undefined))
  const ids = new Map(Object.entries(given?.ids ?? {}))
  const assumed = assumptionIds(given)
  const read = (name: keyof Lists) => {
    const { key, prefix, noun } = LISTS[name]
    const names = ids.get(key as ListKey)
    const own = (raw: Raw) => (key === 'assumptions' ? assumed(raw) : names?.[String(raw.symbolic_name)])
    const items = itemsOf(building, { list: root[key], at: `/${key}`, prefix, noun, key: 'symbolic_name', own })
    return nothing.size === 0 ? items : items.filter(({ originalId }) => !nothing.has(originalId ?? ''))
  }
  return Object.fromEntries(Object.keys(LISTS).map(name => [name, read(name as keyof Lists)])) as Lists
}

/** Assumptions have no names: each is known by its words, and of several with the same words the next. */
function assumptionIds(given: GivenBack | undefined): (raw: Raw) => string | undefined {
  const ids = new Map<string, string[]>()
  for (const [description, id] of given?.assumptions ?? []) ids.set(description, [...(ids.get(description) ?? []), id])
  return raw => ids.get(String(raw.description))?.shift()
}

const SHAPE = {
  code: 'tmLibrary.list',
  keys: [...KEYS, ...KEPT],
  linksIn: raw => lengthsOf(raw.threats, raw.components_affected, raw.placements),
  zones: 'trust_zones',
  schema: 'the schema of the Threat Model Library',
} as const satisfies ListShape
