import * as Y from 'yjs'
import { canonicalJson } from '../core/model/canonical.ts'
import { TABLE_NAMES } from '../core/model/tables.ts'
import { ok, type Problem, type Result } from '../core/support/result.ts'
import { rootsOf, splitKey } from './layout.ts'
import { rewrittenBy } from './said-before.ts'
import { shareModel } from './shared-model.ts'
import { deletedBy, type Place, writtenBy } from './update-places.ts'
import { decodeV1, type UpdateLimits, updateProblem } from './updates.ts'

/** The shared document as the hub's server holds it. */
export type HubDoc = Y.Doc

/** What an update that may be taken in would do, before it is. */
export type Foreseen = {
  /** What it says that is not known yet: for each client number, how far that is known and how far it would be. */
  readonly spans: readonly Span[]
  /** Rows, as `table/id`, that would be gone. */
  readonly lost: readonly string[]
  /** Client numbers that last wrote the suggestions it changes: those that are there already. */
  readonly suggested: readonly number[]
  /** Client numbers under which it says something else than they said before at the same clock; such an update is not taken in. */
  readonly rewritten: readonly number[]
  /** Whether it changes anything at all. */
  readonly isNews: boolean
}

/** Edits of one client number, from one clock of Yjs up to another. */
export type Span = { readonly client: number; readonly from: number; readonly to: number }

/** Whether a peer's update may be taken in, and what it would do; changes nothing. */
export function foresee(doc: HubDoc, update: Uint8Array, limits: UpdateLimits = {}): Result<Foreseen> {
  const problem: Problem | undefined = updateProblem(doc, update, limits)
  if (problem) return { ok: false, problems: [problem] }
  const decoded = decodeV1(update)
  if (!decoded) throw new Error('An update that was decoded cannot be decoded again')
  const ends = new Map<number, number>()
  for (const { id, length } of decoded.structs)
    if (id.clock + length > Y.getState(doc.store, id.client))
      ends.set(id.client, Math.max(id.clock + length, ends.get(id.client) ?? 0))
  const written = writtenBy(doc, decoded)
  const rewritten = rewrittenBy(doc, written)
  const deleted = deletedBy(doc, decoded)
  const isNews = ends.size > 0 || deleted.length > 0
  if (!isNews) return ok({ spans: [], lost: [], suggested: [], rewritten, isNews })
  const spans = [...ends].map(([client, to]) => ({ client, from: Y.getState(doc.store, client), to }))
  const kept = new Set<string>()
  const lost = new Set<string>()
  for (const { item, place } of written) {
    if (!place || splitKey(place.key).path !== undefined) continue
    const name = `${place.table}/${place.key}`
    if (isRow(item)) kept.add(name)
    else if (isKnown(doc, place.table, place.key)) lost.add(name)
  }
  for (const { table, key } of deleted) if (splitKey(key).path === undefined) lost.add(`${table}/${key}`)
  const touched = [...deleted, ...written.flatMap(({ place }) => place ?? [])]
  return ok({
    spans,
    lost: [...lost].filter(name => !kept.has(name)),
    suggested: suggestedBy(doc, touched),
    rewritten,
    isNews,
  })
}

/** Who wrote the suggestions at these places; one that is not there yet is nobody's. */
function suggestedBy(doc: HubDoc, places: readonly Place[]): readonly number[] {
  const ids = new Set(places.flatMap(({ table, key }) => (table === 'suggestions' ? [splitKey(key).id] : [])))
  if (ids.size === 0) return []
  const rows = doc.getMap('suggestions')._map
  return [...new Set([...ids].flatMap(id => rows.get(id)?.id.client ?? []))]
}

/** A row put as something else than an object reads as none. */
function isRow({ content }: Y.Item): boolean {
  const [value] = content instanceof Y.ContentAny ? content.arr : []
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isKnown(doc: HubDoc, table: string, key: string): boolean {
  return doc.share.has(table) && doc.getMap(table).has(key)
}

/** Rows of all tables. */
export function rowCount(doc: HubDoc): number {
  let count = 0
  for (const root of Object.values(rootsOf(doc))) for (const key of root.keys()) if (!key.includes('/')) count++
  return count
}

/** How many client numbers ever wrote. */
export function clientCount(doc: HubDoc): number {
  return doc.store.clients.size
}

/** Whether anything was ever written under that number. */
export function hasWritten(doc: HubDoc, client: number): boolean {
  return doc.store.clients.has(client)
}

/** The whole document, and updates that are logged and not taken in yet. */
export function wholeState(doc: HubDoc, waiting: readonly Uint8Array[] = []): Uint8Array {
  const state = Y.encodeStateAsUpdate(doc)
  return waiting.length === 0 ? state : Y.mergeUpdates([state, ...waiting])
}

/** Takes in what was admitted before, here or at another process; `origin` tells whoever listens where it comes from. */
export function replay(doc: HubDoc, updates: readonly Uint8Array[], origin: unknown = REPLAYED): void {
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update, origin)
  }, origin)
}

const REPLAYED = Symbol('edit from the log')

/** One state that says what several updates say. */
export function stateOfUpdates(updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc()
  replay(doc, updates)
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return state
}

/** Everything that a state says, by client number. */
export function spansOf(state: Uint8Array): readonly Span[] {
  return [...Y.decodeStateVector(Y.encodeStateVectorFromUpdate(state))].map(([client, to]) => ({ client, from: 0, to }))
}

/** What a state reads as, for comparing what was written with what was meant. */
export function readingOf(state: Uint8Array): string {
  const shared = shareModel()
  try {
    shared.load(state)
    return canonicalJson(shared.read())
  } finally {
    shared.destroy()
  }
}

/** An edit of now that puts back the rows which a kept state has and the document has not, with their fields; changes nothing itself. */
export function puttingBack(
  doc: HubDoc,
  state: Uint8Array,
): { readonly update: Uint8Array; readonly span: Span; readonly rows: number } {
  const [kept, copy] = [new Y.Doc(), new Y.Doc()]
  Y.applyUpdate(kept, state)
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  const before = Y.encodeStateVector(copy)
  const [from, to] = [rootsOf(kept), rootsOf(copy)]
  let rows = 0
  copy.transact(() => {
    for (const table of TABLE_NAMES) {
      const missing = new Set([...from[table].keys()].filter(key => !key.includes('/') && to[table].get(key) === undefined))
      for (const [key, value] of from[table].entries()) if (missing.has(splitKey(key).id)) to[table].set(key, value)
      rows += missing.size
    }
  })
  const span = { client: copy.clientID, from: 0, to: Y.getState(copy.store, copy.clientID) }
  const update = Y.encodeStateAsUpdate(copy, before)
  kept.destroy()
  copy.destroy()
  return { update, span, rows }
}
