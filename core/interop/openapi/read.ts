import type { Stamp } from '../../model/types.ts'
import { ok, type Result, refuse } from '../../support/result.ts'
import { addOverview, type Building, finished, newBuilding, provenanceFor, type ReadModel } from '../reading/building.ts'
import { defined, lineOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { MOST_LISTED } from '../reading/list-limits.ts'
import { pointerTo } from '../reading/pointer.ts'
import { many, newReport, tally } from '../report.ts'
import { addSchemas, bodiesIn } from './data.ts'
import { addRequests, askOpen } from './flows.ts'
import { addProviders, schemesKept } from './identity.ts'
import { type Operation, operationsOf } from './operations.ts'
import { addOutward } from './outward.ts'
import type { Document } from './references.ts'
import { ownHosts } from './servers.ts'

/** The API a document describes, and where the design is made. */
export type Api = {
  readonly building: Building
  readonly document: Document
  readonly title: string
  /** The element that the API is. */
  readonly process: string
  /** Names of schemas that an operation's bodies name. */
  readonly dataIn: (operation: Operation) => readonly string[]
  /** Data assets by the names of their schemas. */
  readonly data: ReadonlyMap<string, string>
}

/** Whether a file says that it is OpenAPI, or Swagger 2 as it was called before; versions are text, and now and then numbers. */
export function isOpenApi(root: Raw): boolean {
  return /^2(\.0)?$/.test(String(root.swagger)) || /^3(\.|$)/.test(versionIn(root.openapi))
}

function versionIn(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/**
 * Reads an OpenAPI document as a starting model: the API, its clients, a flow for each group of operations, what it calls out, and who
 * gives out its tokens. Examples, defaults and addresses beyond host names are never kept, for they may be secrets.
 */
export function readOpenApi(file: string, root: Raw, stamp: Stamp): Result<ReadModel> {
  const count = Object.keys(recordOf(root.paths) ?? {}).length
  if (count > MOST_LISTED.objects)
    return refuse({
      code: 'openapi.tooMany',
      at: `${file}:/paths`,
      message: `It holds ${count} paths; at most ${MOST_LISTED.objects} are read.`,
      cure: 'Split the document into several files.',
    })
  const report = newReport()
  const info = recordOf(root.info) ?? {}
  const name = lineOf(info.title, 380)
  const formatVersion = /^\d(\.\d){0,2}/.exec(versionIn(root.openapi ?? root.swagger))?.[0] ?? '3'
  const origin = { file, tool: `OpenAPI ${formatVersion}`, family: 'openapi', stamp }
  const building = newBuilding(origin, report, { name, owner: undefined })
  const document = { root, report }
  const operations = operationsOf(document)
  const process = building.idFor('E', building.model, 'api')
  const begun = { building, document, title: name ?? 'Unnamed API', process, dataIn: bodiesIn(document) }
  addProcess(begun, operations)
  const api: Api = { ...begun, data: addSchemas(begun, operations) }
  if (operations.length > 0) {
    addRequests(api, operations, addClients(api))
    askOpen(api, operations)
  }
  addOutward(api, operations)
  addProviders(api)
  tellRest(api, operations)
  addOverview(building)
  const purpose = textOf(info.description)
  const originalIds = Object.keys(recordOf(root.paths) ?? {})
  return ok({
    design: finished(building, { ...defined({ purpose }), name: name ?? 'Unnamed model', originalIds }),
    formatVersion,
    report,
  })
}

function addProcess({ building, document, title, process }: Omit<Api, 'data'>, operations: readonly Operation[]): void {
  const hosts = ownHosts(document.root)
  const schemes = schemesKept({ document })
  const isAsked = operations.length > 0 && operations.every(({ auth }) => auth === 'required')
  const foreign = { ...(hosts.length > 0 && { servers: hosts }), ...(schemes && { securitySchemes: schemes }) }
  building.elements[process] = defined({
    id: process,
    name: title,
    kind: 'process' as const,
    attributes: isAsked ? { authenticates: 'yes' as const } : undefined,
    provenance: provenanceFor(building, undefined),
    foreign: Object.keys(foreign).length > 0 ? foreign : undefined,
  })
}

function addClients({ building, title }: Api): string {
  const id = building.idFor('E', building.model, 'clients')
  const name = lineOf(`Clients of ${title}`, 400) ?? 'Clients'
  building.elements[id] = { id, name, kind: 'externalEntity', provenance: provenanceFor(building, undefined) }
  return id
}

const READ = new Set(
  'openapi swagger info servers host basePath schemes paths webhooks components definitions tags security'.split(' '),
)
const HELD = new Set('securityDefinitions parameters responses consumes produces'.split(' '))

function tellRest({ building, document, data }: Api, operations: readonly Operation[]): void {
  const { report } = building
  const { root } = document
  if (operations.length > 0)
    report.losses.push({
      at: pointerTo('paths'),
      what: `Parameters, bodies and examples of ${many(operations.length, 'operation')}`,
      why: `A data flow says who sends ${data.size > 0 ? 'which data' : 'what'} to whom, not how it is written; examples may hold secrets and are never kept.`,
    })
  else
    report.losses.push({
      at: '',
      what: 'Who calls the API',
      why: 'The file has no operations that could be read: no clients were made.',
    })
  if (ownHosts(root).length > 0)
    report.losses.push({
      at: Object.hasOwn(root, 'servers') ? pointerTo('servers') : pointerTo('host'),
      what: 'Addresses of servers',
      why: 'They are places where one API runs, not elements: host names are kept under foreign, nothing else of them.',
    })
  for (const key of Object.keys(root))
    if (!READ.has(key) && !HELD.has(key))
      tally(report, pointerTo(key), {
        what: count => many(count, 'other key'),
        why: 'It says nothing of elements and flows: not kept.',
      })
}
