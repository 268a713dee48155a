import type { Design, Stamp } from '../model/types.ts'
import { ok, type Refusal, type Result, refuse } from '../support/result.ts'
import { type Building, finished, newBuilding, provenanceFor } from './building.ts'
import type { ImportReport } from './import-report.ts'
import { newReport } from './import-report.ts'
import { type Item, itemsOf } from './items.ts'
import { defined, lineOf, type Raw, recordOf, textOf } from './json-fields.ts'
import { addAssumptions, isRejected } from './tm-library-assumptions.ts'
import { addControls, isDropped } from './tm-library-controls.ts'
import { addDataSets } from './tm-library-data.ts'
import { addElements } from './tm-library-elements.ts'
import { envelopeOf } from './tm-library-envelope.ts'
import { addFlows } from './tm-library-flows.ts'
import { addThreats } from './tm-library-threats.ts'

/** A file of the OWASP Threat Model Library as a design. */
export type ReadModel = { readonly design: Design; readonly formatVersion: string; readonly report: ImportReport }

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

/** More than any person writes; a file beyond it was made to hurt. */
export const MOST = { objects: 50_000, links: 200_000 } as const

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
  const wrong = wrongShape(file, root)
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
  addDiagram(building)
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

/** Wrong kinds and sizes are refused before anything is read, so that no list comes in silently empty. */
function wrongShape(file: string, root: Raw): Refusal | undefined {
  let links = 0
  for (const key of [...KEYS, ...KEPT]) {
    const list = root[key]
    if (list === undefined || list === null) continue
    if (!Array.isArray(list)) return notAList(file, key, list)
    if (list.length > MOST.objects) return tooMany(file, key, { count: list.length, most: MOST.objects, what: 'objects' })
    for (const value of list) links += linksIn(recordOf(value))
    if (links > MOST.links) return tooMany(file, key, { count: links, most: MOST.links, what: 'links' })
  }
  return undefined
}

function linksIn(raw: Raw | undefined): number {
  return [raw?.threats, raw?.components_affected, raw?.placements].reduce<number>(
    (sum, list) => sum + (Array.isArray(list) ? list.length : 0),
    0,
  )
}

function notAList(file: string, key: string, value: unknown): Refusal {
  return refuse({
    code: 'tmLibrary.list',
    at: `${file}:/${key}`,
    message: `"${key}" must be a list; here stands ${recordOf(value) ? 'an object' : `a ${typeof value}`}.`,
    cure: 'Correct the file at that place; the schema of the Threat Model Library says how.',
  })
}

function tooMany(file: string, key: string, over: { count: number; most: number; what: string }): Refusal {
  return refuse({
    code: 'import.tooMany',
    at: `${file}:/${key}`,
    message: `The file holds ${over.count} ${over.what} up to here; at most ${over.most} are read.`,
    cure: 'Split the model into several files.',
  })
}

/** One view of everything; nothing states where on it things stand. */
function addDiagram(building: Building): void {
  const all = (rows: object) => Object.fromEntries(Object.keys(rows).map(id => [id, true as const]))
  if (Object.keys(building.elements).length === 0) return
  const id = building.idFor('G', building.model)
  building.diagrams[id] = {
    id,
    name: building.model === '' ? 'Unnamed diagram' : building.model,
    elements: all(building.elements),
    flows: all(building.flows),
    boundaries: all(building.boundaries),
    provenance: provenanceFor(building, undefined),
  }
}
