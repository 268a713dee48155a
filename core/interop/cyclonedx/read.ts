import type { Stamp } from '../../model/types.ts'
import { ok, type Refusal, type Result, refuse } from '../../support/result.ts'
import { type Building, finished, newBuilding, type ReadModel } from '../reading/building.ts'
import { defined, lineOf, listOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { many, newReport } from '../report.ts'
import { addAssumptions } from './assumptions.ts'
import { addMitigations } from './controls.ts'
import { addData } from './data.ts'
import { addElements, addZones } from './elements.ts'
import { envelopeOf } from './envelope.ts'
import { addFlows } from './flows.ts'
import { linksOf, tellDangling } from './links.ts'
import { type Lists, listsOf, sourcesIn, wrongSources } from './lists.ts'
import { type Marked, type Marks, marksIn, marksWithin, withMarks } from './marks.ts'
import { addPages } from './pages.ts'
import { requirementsOf } from './requirements.ts'
import { addDecisions } from './risks.ts'
import { addThreats } from './threats.ts'

/** Whether a file calls itself CycloneDX, as 1.x does under one key and 2.0 under another. */
export function isCycloneDx(root: Raw): boolean {
  return root.bomFormat === 'CycloneDX' || root.specFormat === 'CycloneDX'
}

/** Reads the threat model in a CycloneDX 2.0 file, or in a draft of it that wrote a model as components of 1.6. */
export function readCycloneDx(file: string, root: Raw, stamp: Stamp): Result<ReadModel> {
  const sources = sourcesIn(root)
  const wrong = wrongSources(file, sources)
  if (wrong) return wrong
  const report = newReport()
  const formatVersion = lineOf(root.specVersion, 40) ?? '2.0'
  const whole = wholeOf(root)
  const origin = { file, tool: `CycloneDX ${formatVersion}`, family: 'cyclonedx', stamp }
  const building = newBuilding(origin, report, { name: whole.name, owner: undefined })
  const links = linksOf(root)
  const lists = listsOf(building, sources, { links, assumed: assumedIn(root) })
  const about = marksIn(recordOf(root.metadata) ?? {})
  if (!holdsModel(lists)) return noModel(file, root)
  const model: Model = { building, lists, links, isOurs: about.has('design'), marked: markedIn(lists) }
  addZones(model)
  addElements(model)
  addData(model)
  addFlows(model)
  addThreats(model)
  addDecisions(model)
  addMitigations(model)
  const requirements = requirementsOf(model, root)
  addAssumptions(model)
  addPages(model)
  tellDangling(root, links, report)
  const settings = {
    ...defined({ purpose: whole.purpose, foreign: envelopeOf(model, root) }),
    name: whole.name ?? 'Unnamed model',
  }
  const designId = about.get('design')
  const rows = finished(building, { ...settings, ...defined({ designId }), originalIds: idsIn(lists) })
  const said = { table: 'settings' as const, id: 'design', marks: withoutOwn(about), at: '/metadata' }
  const design = withMarks({ ...rows, requirements }, [...model.marked, said], report)
  return ok({ design, formatVersion, report })
}

/** What everything a step adds rests on: the lists of the file, and what their links lead to. */
export type Model = {
  readonly building: Building
  readonly lists: Lists
  readonly links: ReturnType<typeof linksOf>
  /** Whether we wrote the file: then some objects in it only say again what rows say. */
  readonly isOurs: boolean
  /** Rows with properties of ours. */
  readonly marked: Marked[]
}

const TABLES: Readonly<Record<string, Marked['table']>> = {
  B: 'boundaries',
  E: 'elements',
  D: 'data',
  F: 'flows',
  A: 'assumptions',
  T: 'threats',
  M: 'mitigations',
  R: 'requirements',
}

function markedIn(lists: Lists): Marked[] {
  return Object.values(lists)
    .flat()
    .flatMap(({ id, marks, place: { at } }) => {
      const table = TABLES[id.charAt(0)]
      return marks && table ? [{ table, id, marks, at }] : []
    })
}

/** Of the design, three properties say what is no field of it. */
function withoutOwn(marks: Marks): Marks {
  return new Map([...marks].filter(([name]) => !['design', 'digest', 'own'].includes(name)))
}

/** Our properties of assumptions stand at the top of the file: an assumption has no properties. */
function assumedIn(root: Raw): ReadonlyMap<string, Marks> {
  return new Map(
    listOf(root.properties).flatMap(one => {
      const { name, value } = recordOf(one) ?? {}
      const said = name === ASSUMPTION && typeof value === 'string' ? marksWithin(value) : undefined
      return typeof said?.ref === 'string' ? [[said.ref, said.marks] as const] : []
    }),
  )
}

/** The property at the top of a file that stands for those of one assumption. */
export const ASSUMPTION = 'skeptic:assumption'

/** The subject of the file; where none is stated, its first blueprint speaks for the whole. */
function wholeOf(root: Raw): { readonly name: string | undefined; readonly purpose: string | undefined } {
  const subject = recordOf(recordOf(root.metadata)?.component) ?? {}
  const [blueprint] = listOf(root.blueprints)
  const named = lineOf(subject.name, 400) === undefined ? (recordOf(blueprint) ?? {}) : subject
  return { name: lineOf(named.name, 400), purpose: textOf(named.description) }
}

function idsIn(lists: Lists): readonly string[] {
  return Object.values(lists).flatMap(items => items.map(({ originalId }) => originalId ?? ''))
}

/** Pages draw things, and risks rate them; neither is one. */
function holdsModel({ pages: _pages, risks: _risks, ...rows }: Lists): boolean {
  return Object.values(rows).some(items => items.length > 0)
}

function noModel(file: string, root: Raw): Refusal {
  const components = listOf(root.components).length
  const parts = [...new Set(listOf(root.blueprints).flatMap(one => Object.keys(recordOf(one) ?? {})))]
  const only = ['behaviors', 'visualizations'].filter(key => parts.includes(key))
  const found =
    only.length > 0
      ? ` Its blueprints hold only ${only.join(' and ')}.`
      : components > 0
        ? ` It lists ${many(components, 'component')}, as a bill of materials does.`
        : ''
  return refuse({
    code: 'cyclonedx.noModel',
    at: file,
    message: `This CycloneDX file holds no model: no assets, data, zones, flows, actors, assumptions, requirements, controls or threats.${found}`,
    cure: 'Name a CycloneDX 2.0 file with blueprints or threats, or draw the design yourself: a bill of materials says what a system is made of, not how it works.',
  })
}
