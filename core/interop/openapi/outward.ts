import { provenanceFor } from '../reading/building.ts'
import { defined, lineOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { pointerTo } from '../reading/pointer.ts'
import { many } from '../report.ts'
import type { Operation } from './operations.ts'
import type { Api } from './read.ts'
import { resolved } from './references.ts'
import { addressOf } from './servers.ts'

const MOST_FLOWS = 40

type Call = { readonly name: string; readonly kind: 'callback' | 'webhook'; readonly scheme: string | undefined }

/** What the API calls by itself, at addresses its clients give: data flows to one external entity. */
export function addOutward(api: Api, operations: readonly Operation[]): void {
  const { building, process, title } = api
  const calls = callsOf(api, operations)
  if (calls.length === 0) return
  const receiver = building.idFor('E', building.model, 'receivers')
  const provenance = provenanceFor(building, undefined)
  const name = lineOf(`Receivers of ${title}`, 400) ?? 'Receivers'
  building.elements[receiver] = { id: receiver, name, kind: 'externalEntity', provenance }
  const row = building.elements[process]
  if (row) building.elements[process] = { ...row, attributes: { ...row.attributes, makesOutboundRequests: 'yes' } }
  for (const { name: called, kind, scheme } of calls.slice(0, MOST_FLOWS)) {
    const id = building.idFor('F', building.model, `/${kind}s`, called)
    building.flows[id] = defined({
      id,
      name: lineOf(called, 400) ?? `Unnamed ${kind}`,
      source: process,
      target: receiver,
      protocol: scheme === 'https' ? 'HTTPS' : 'HTTP',
      encryption: scheme === 'https' ? ('yes' as const) : scheme === 'http' ? ('no' as const) : undefined,
      provenance,
      foreign: { kind },
    })
  }
  tell(api, receiver, calls)
}

/** Callbacks and webhooks by name; where one name is used by several operations, it is one call. */
function callsOf({ document }: Api, operations: readonly Operation[]): readonly Call[] {
  const calls = new Map<string, Call>()
  const seen = new Set<unknown>()
  const addressIn = firstKeys()
  for (const { raw, place } of operations) {
    if (seen.has(raw.callbacks)) continue
    seen.add(raw.callbacks)
    for (const [name, value] of Object.entries(recordOf(raw.callbacks) ?? {})) {
      const address = addressIn(resolved(document, value, place))
      const call: Call = { name, kind: 'callback', scheme: schemeOf(address) }
      const known = calls.get(`callback ${name}`)
      calls.set(`callback ${name}`, known && known.scheme !== call.scheme ? { ...call, scheme: undefined } : call)
    }
  }
  for (const name of Object.keys(recordOf(document.root.webhooks) ?? {}))
    if (!name.startsWith('x-')) calls.set(`webhook ${name}`, { name, kind: 'webhook', scheme: undefined })
  return [...calls.values()]
}

function firstKeys(): (callback: Raw | undefined) => string | undefined {
  const known = new Map<Raw | undefined, string | undefined>()
  return callback => {
    if (!known.has(callback))
      known.set(
        callback,
        Object.keys(callback ?? {}).find(key => !key.startsWith('x-')),
      )
    return known.get(callback)
  }
}

/** Callbacks write addresses as expressions; one that begins with its scheme says it. */
function schemeOf(address: string | undefined): string | undefined {
  return addressOf(address)?.scheme ?? /^(https?):\/\//i.exec(address ?? '')?.[1]?.toLowerCase()
}

function tell({ building }: Api, receiver: string, calls: readonly Call[]): void {
  if (calls.length > MOST_FLOWS)
    building.report.losses.push({
      at: pointerTo('paths'),
      what: `Data flows for ${many(calls.length - MOST_FLOWS, 'callback')}`,
      why: `At most ${MOST_FLOWS} are made.`,
    })
  building.report.problems.push({
    code: 'openapi.outward',
    severity: 'warning',
    at: receiver,
    message: `The API calls out (callbacks and webhooks: ${calls.length}): who receives it, and who names the address, the file does not fix.`,
    cure: 'Say who receives it, and how addresses that clients give are checked.',
  })
}
