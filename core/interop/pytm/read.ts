import type { Stamp } from '../../model/types.ts'
import { ok, type Result } from '../../support/result.ts'
import { addOverview, type Building, finished, newBuilding, type ReadModel } from '../reading/building.ts'
import { type Foreign, keptForeign } from '../reading/foreign.ts'
import { type Item, itemsOf, originOf } from '../reading/items.ts'
import { defined, fitting, idOf, lineOf, listOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { type ListShape, lengthsOf, wrongLists } from '../reading/list-limits.ts'
import { many, newReport } from '../report.ts'
import { addData } from './data.ts'
import { addElements } from './elements.ts'
import { addFindings } from './findings.ts'
import { addFlows } from './flows.ts'
import { withoutDefaults } from './values.ts'

/** The lists of a file, each with the ids its objects get. */
export type Model = {
  /** Written by pytm, with every default of every object, and not by a person. */
  readonly isDump: boolean
  readonly boundaries: readonly Item[]
  readonly elements: readonly Item[]
  readonly flows: readonly Item[]
  readonly data: readonly Item[]
  readonly assumptions: readonly Item[]
}

const SHAPE: ListShape = {
  code: 'pytm.list',
  keys: ['boundaries', 'elements', 'actors', 'assets', 'flows', 'data', 'findings', 'assumptions', 'excluded_findings'],
  linksIn: raw => lengthsOf(raw.data, raw.inputs, raw.outputs, raw.carriedBy, raw.processedBy, raw.findings),
  zones: 'boundaries',
  schema: 'what tm.py --json writes',
}

const READ: ReadonlySet<string> = new Set([
  'boundaries',
  'elements',
  'actors',
  'assets',
  'flows',
  'data',
  'findings',
  'assumptions',
])

/** Elements and flows, and one more word that only pytm has; the short form needs nothing but its boundaries. */
export function isPytm(root: Raw): boolean {
  if (!Object.hasOwn(root, 'elements') || !Object.hasOwn(root, 'flows')) return false
  return ['boundaries', 'threatsFile', 'onDuplicates', 'isOrdered'].some(key => Object.hasOwn(root, key))
}

/** Reads a model of pytm (github.com/OWASP/pytm): what `tm.py --json` writes, or the short form its own JSON reader takes. */
export function readPytm(file: string, root: Raw, stamp: Stamp): Result<ReadModel> {
  const wrong = wrongLists(file, root, SHAPE)
  if (wrong) return wrong
  const report = newReport()
  const name = lineOf(root.name, 400)
  const building = newBuilding({ file, tool: 'pytm', family: 'pytm', stamp }, report, { name, owner: undefined })
  const model = modelOf(building, root)
  if (model.isDump && model.elements.length + model.flows.length > 0) tellDefaults(building)
  addData(building, model)
  addElements(building, model)
  addFlows(building, model)
  addFindings(building, model, root)
  addAssumptions(building, model)
  addOverview(building)
  const named = [...model.boundaries, ...model.elements, ...model.flows, ...model.data]
  const design = finished(building, {
    ...defined({ purpose: textOf(root.description), foreign: restOf(building, root, model.isDump) }),
    name: name ?? 'Unnamed model',
    originalIds: named.map(({ originalId }) => originalId ?? ''),
  })
  const isNested = listOf(root.elements).some(value => recordOf(recordOf(value)?.controls))
  return ok({ design, formatVersion: isNested ? '1.3 or later' : '1.x', report })
}

function modelOf(building: Building, root: Raw): Model {
  const read = (key: string, prefix: string, noun: string) =>
    itemsOf(building, { list: root[key], at: `/${key}`, prefix, noun, key: 'name' })
  const assumptions = listOf(root.assumptions).map(value => (typeof value === 'string' ? { name: value } : value))
  return {
    isDump: ['actors', 'assets', 'threatsFile'].some(key => Object.hasOwn(root, key)),
    boundaries: read('boundaries', 'B', 'boundary'),
    elements: elementsOf(building, root),
    flows: read('flows', 'F', 'data flow'),
    data: read('data', 'D', 'data'),
    assumptions: itemsOf(building, { list: assumptions, at: '/assumptions', prefix: 'A', noun: 'assumption', key: 'name' }),
  }
}

/** A dump lists its actors and assets twice; whatever is in one list only is an element as well. */
function elementsOf(building: Building, root: Raw): readonly Item[] {
  const elements = itemsOf(building, { list: root.elements, at: '/elements', prefix: 'E', noun: 'element', key: 'name' })
  const known = new Set(elements.map(({ originalId }) => originalId))
  const more = (key: string, noun: string) =>
    listOf(root[key]).flatMap((value, i) => {
      const name = idOf(recordOf(value)?.name)
      if (!recordOf(value) || name === undefined || known.has(name)) return []
      known.add(name)
      const items = itemsOf(building, { list: [value], at: '/elements', prefix: 'E', noun, key: 'name' })
      return items.map(item => ({ ...item, place: { ...item.place, at: `/${key}/${i}` } }))
    })
  return [...elements, ...more('actors', 'actor'), ...more('assets', 'asset')]
}

function tellDefaults({ report }: Building): void {
  report.losses.push({
    at: '/elements',
    what: 'Every false, every empty value and every NONE',
    why: 'pytm writes them wherever nobody said anything, so they say nothing: unknown here, and left out.',
  })
}

function addAssumptions(building: Building, { assumptions }: Model): void {
  for (const item of assumptions) {
    const { raw, id } = item
    const { provenance, foreign } = originOf(building, item, { keys: [], texts: { description: 100_000 } })
    const statement = lineOf(raw.name, 4000) ?? lineOf(raw.description, 4000) ?? 'Unnamed assumption'
    const description = textOf(raw.description)
    building.assumptions[id] = defined({
      id,
      statement,
      description: description === statement ? undefined : description,
      provenance,
      foreign,
    })
  }
}

/** Settings of the run, and findings that somebody excluded by an assumption: those threaten nothing here. */
function restOf({ report }: Building, root: Raw, isDump: boolean): Foreign | undefined {
  const used = new Set(fitting(root, { description: 100_000 }))
  const excluded = listOf(root.excluded_findings).length
  if (excluded > 0)
    report.losses.push({
      at: '/excluded_findings',
      what: many(excluded, 'excluded finding'),
      why: 'An assumption of the file excludes them, so they are no threats; kept under foreign of the design.',
    })
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(isDump ? withoutDefaults(root) : root)) {
    if (READ.has(key) || used.has(key) || (key === 'name' && lineOf(value, 400) === value)) continue
    const own = keptForeign({ [key]: value }, { at: `/${key}`, report })?.[key]
    if (own !== undefined) kept[key] = own
  }
  return Object.keys(kept).length > 0 ? kept : undefined
}
