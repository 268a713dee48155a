import type { Ternary } from '../../model/types.ts'
import { byText } from '../../support/order.ts'
import { provenanceFor } from '../reading/building.ts'
import { groupsBy } from '../reading/groups.ts'
import { defined, lineOf, listOf, recordOf, textOf } from '../reading/json-fields.ts'
import { many } from '../report.ts'
import { listed, type Operation } from './operations.ts'
import type { Api } from './read.ts'
import { reachOf } from './servers.ts'

/** One flow for each group of operations; more groups than a person looks through are joined. */
const MOST_FLOWS = 40

/** Operations that are listed on a flow. */
const MOST_LISTED = 50

type Group = { readonly key: string; readonly name: string; readonly operations: readonly Operation[] }

/** Data flows from the clients to the API: one for each first tag of its operations. */
export function addRequests(api: Api, operations: readonly Operation[], client: string): void {
  const { building, process } = api
  const groups = groupsOf(api, operations)
  const descriptions = tagTexts(api)
  for (const { key, name, operations: among } of groups) {
    const id = building.idFor('F', building.model, '/tags', key)
    const reach = reachOf(among.map(({ servers }) => servers))
    building.flows[id] = defined({
      id,
      name,
      source: client,
      target: process,
      protocol: reach.protocol,
      authentication: authenticationOf(among),
      encryption: reach.encryption,
      data: linksOf(api, among),
      description: descriptions.get(key),
      provenance: provenanceFor(building, undefined),
      foreign: { operations: among.slice(0, MOST_LISTED).map(({ method, path }) => `${method} ${lineOf(path, 200) ?? ''}`) },
    })
  }
}

function groupsOf({ building, title }: Api, operations: readonly Operation[]): readonly Group[] {
  const byTag = groupsBy(operations, ({ tag }) => tag ?? '')
  const ordered = [...byTag].sort(([a, ops], [b, others]) => others.length - ops.length || byText(a, b))
  const shown = ordered.length > MOST_FLOWS ? ordered.slice(0, MOST_FLOWS - 1) : ordered
  const rest = ordered.slice(shown.length)
  const groups = shown.map(([key, among]) => ({
    key,
    name: key === '' ? `Requests to ${title}`.slice(0, 400) : key,
    operations: among,
  }))
  if (rest.length > 0)
    building.report.losses.push({
      at: '/paths',
      what: `Data flows for ${many(rest.length, 'tag')}`,
      why: `At most ${MOST_FLOWS} are made: the tags with the fewest operations share one.`,
    })
  const joined = rest.flatMap(([, among]) => among)
  return joined.length > 0
    ? [...groups, { key: ' others', name: `Other requests to ${title}`.slice(0, 400), operations: joined }]
    : groups
}

/** Yes when every operation asks, no when every operation says that none need ask. */
function authenticationOf(operations: readonly Operation[]): Ternary | undefined {
  if (operations.every(({ auth }) => auth === 'required')) return 'yes'
  return operations.every(({ auth }) => auth === 'none') ? 'no' : undefined
}

function linksOf(api: Api, operations: readonly Operation[]): { readonly [id: string]: true } | undefined {
  const ids = operations.flatMap(api.dataIn).flatMap(name => api.data.get(name) ?? [])
  return ids.length > 0 ? Object.fromEntries(ids.map(id => [id, true as const])) : undefined
}

function tagTexts({ document }: Api): ReadonlyMap<string, string> {
  return new Map(
    listOf(document.root.tags).flatMap(value => {
      const tag = recordOf(value)
      const name = lineOf(tag?.name, 400)
      const text = textOf(tag?.description, 4000)
      return name === undefined || text === undefined ? [] : [[name, text] as const]
    }),
  )
}

/** What the file leaves open: who may call without saying who they are, and over what. */
export function askOpen({ building, process }: Api, operations: readonly Operation[]): void {
  const ask = (code: string, message: string, cure: string) =>
    building.report.problems.push({ code, severity: 'warning', at: process, message, cure })
  const open = operations.filter(({ auth }) => auth !== 'required')
  if (open.length > 0)
    ask(
      'openapi.noSecurity',
      `${open.length} of ${many(operations.length, 'operation')} ask nobody who they are, or do not say: ${listed(open)}.`,
      'Say of each flow whether its ends prove who they are; check that these operations are meant to be open.',
    )
  if (reachOf(operations.map(({ servers }) => servers)).isMixed)
    ask(
      'openapi.mixedSchemes',
      'Some of its servers are reached encrypted and some are not.',
      'Say of each flow whether it is encrypted where the API runs for real.',
    )
}
