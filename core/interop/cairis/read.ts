import { tooLarge } from '../../model/json.ts'
import type { Design, Stamp } from '../../model/types.ts'
import { ok, type Result, refuse } from '../../support/result.ts'
import { addOverview, finished, newBuilding, type ReadModel } from '../reading/building.ts'
import type { Foreign } from '../reading/foreign.ts'
import { defined, lineOf } from '../reading/json-fields.ts'
import { readXml, XML_LIMITS, type XmlKind, type XmlNode } from '../reading/xml.ts'
import { many, newReport } from '../report.ts'
import { addAssumptions } from './assumptions.ts'
import { addBoundaries } from './boundaries.ts'
import { addData, dataAmong } from './data.ts'
import { addElements, type Shapes, shapesOf } from './elements.ts'
import { type EntriesOf, type Entry, entriesOf, type Reading } from './entries.ts'
import { keptList, leftOver, projectOf } from './envelope.ts'
import { addFlows } from './flows.ts'
import { addMitigations } from './mitigations.ts'
import { objectsOf } from './objects.ts'
import { requirementsOf } from './requirements.ts'
import { type Risks, risksOf } from './risks.ts'
import { targetsFor } from './targets.ts'
import { addThreats } from './threats.ts'

/** The objects of a file by what they are, each with the id its row gets. */
export type Lists = {
  readonly assets: readonly Entry[]
  readonly roles: readonly Entry[]
  readonly useCases: readonly Entry[]
  readonly vulnerabilities: readonly Entry[]
  readonly threats: readonly Entry[]
  readonly risks: readonly Entry[]
  readonly responses: readonly Entry[]
  readonly countermeasures: readonly Entry[]
  readonly requirements: readonly Entry[]
  readonly properties: readonly Entry[]
  readonly flows: readonly Entry[]
  readonly boundaries: readonly Entry[]
}

const LISTS = {
  assets: { tag: 'asset', prefix: 'D', noun: 'asset' },
  roles: { tag: 'role', prefix: '', noun: 'role' },
  useCases: { tag: 'usecase', prefix: '', noun: 'use case' },
  vulnerabilities: { tag: 'vulnerability', prefix: '', noun: 'vulnerability' },
  threats: { tag: 'threat', prefix: 'T', noun: 'threat' },
  risks: { tag: 'risk', prefix: '', noun: 'risk' },
  responses: { tag: 'response', prefix: '', noun: 'response' },
  countermeasures: { tag: 'countermeasure', prefix: 'M', noun: 'countermeasure' },
  requirements: { tag: 'requirement', prefix: 'R', noun: 'requirement' },
  properties: { tag: 'domainproperty', prefix: 'A', noun: 'domain property' },
  flows: { tag: 'dataflow', prefix: 'F', noun: 'data flow', within: 'environment' },
  boundaries: { tag: 'trust_boundary', prefix: 'B', noun: 'trust boundary' },
} as const satisfies { readonly [name in keyof Lists]: EntriesOf }

/** Reads a model of CAIRIS: what its data flows join, its requirements, and the threats to its assets. */
export function readCairis(file: string, text: string, stamp: Stamp): Result<ReadModel> {
  if (text.length > XML_LIMITS.length) return tooLarge(file, text.length, XML_LIMITS.length)
  const xml = readXml(file, text, MODEL)
  if (!xml.ok) return xml
  const { root, places } = xml.value
  if (root.name !== 'cairis_model')
    return refuse({
      code: 'cairis.notModel',
      at: places.at(root.at),
      message: `XML with the root <${root.name.slice(0, 60)}>, not <cairis_model>.`,
      cure: 'Export the whole model from CAIRIS.',
    })
  const objects = objectsOf(root, places)
  if (!objects.ok) return objects
  const report = newReport()
  const formatVersion = VERSION.exec(text.slice(0, 4000))?.[1] ?? '1.0'
  const name = lineOf(objects.value.get('project_settings')?.[0]?.attributes.name, 400)
  const origin = { file, tool: `CAIRIS model ${formatVersion}`, family: 'cairis', stamp }
  const building = newBuilding(origin, report, { name, owner: undefined })
  const design = designOf({ building, places, objects: objects.value }, root)
  return ok({ design, formatVersion, report })
}

const VERSION = /\/\/DTD MODEL (\d{1,4}(?:\.\d{1,4}){0,3})\/\//

const MODEL: XmlKind = {
  code: 'cairis',
  noun: 'model',
  cure: 'export the model from CAIRIS again',
  skipped: new Set(),
  namesType: true,
}

function designOf(reading: Reading, root: XmlNode): Design {
  const { building } = reading
  const lists = listsOf(reading)
  const data = dataAmong(lists)
  const shapes = shapesOf(reading, lists)
  const targetsOf = targetsFor(reading, lists, { shapes, data })
  const risks = risksOf(reading, lists)
  addData(reading, data)
  addElements(reading, shapes, data)
  addBoundaries(reading, lists, shapes)
  addFlows(reading, lists, shapes)
  addThreats(reading, lists, { targetsOf, risks })
  addMitigations(reading, lists, risks)
  addAssumptions(reading, lists)
  addOverview(building)
  const requirements = requirementsOf(reading, lists, targetsOf)
  const { foreign: project, ...whole } = projectOf(reading)
  const kept = { ...leftOver(reading, root), ...withoutRows(lists, { shapes, data, risks }) }
  const foreign = { ...kept, ...(project ? { project_settings: project } : {}) }
  const originalIds = Object.values(lists).flatMap(entries => entries.map(({ originalId }) => originalId ?? ''))
  const design = finished(building, {
    ...whole,
    ...(Object.keys(foreign).length > 0 ? { foreign } : {}),
    name: building.model === '' ? 'Unnamed model' : building.model,
    originalIds,
  })
  return { ...design, requirements }
}

function listsOf(reading: Reading): Lists {
  const read = (name: keyof Lists) => entriesOf(reading, LISTS[name])
  return Object.fromEntries(Object.keys(LISTS).map(name => [name, read(name as keyof Lists)])) as Lists
}

type Rows = { readonly shapes: Shapes; readonly data: ReadonlySet<Entry>; readonly risks: Risks }

/** Assets, roles and use cases that no data flow names, and risks that lead to no threat: kept with the design. */
function withoutRows(lists: Lists, { shapes, data, risks }: Rows): Foreign {
  const drawn = new Set(shapes.all.map(({ described }) => described))
  const isLeft = (entry: Entry) => !drawn.has(entry) && !data.has(entry)
  const kept = {
    asset: keep(lists.assets.filter(isLeft), 'They are neither information nor on a data flow or in a trust boundary'),
    role: keep(lists.roles.filter(isLeft), 'No data flow and no trust boundary names them'),
    usecase: keep(lists.useCases.filter(isLeft), 'No data flow and no trust boundary names them'),
    risk: keptList(risks.loose.filter(({ noun }) => noun === 'risk')),
    response: keptList(risks.loose.filter(({ noun }) => noun === 'response')),
  }
  return defined(kept)
}

function keep(entries: readonly Entry[], reason: string): readonly unknown[] | undefined {
  const [first] = entries
  first?.place.report.losses.push({
    at: first.place.at,
    what: many(entries.length, first.noun),
    why: `${reason}, so they are no rows: kept under foreign of the design. Draw those that belong to the system.`,
  })
  return keptList(entries)
}
