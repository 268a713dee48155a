import * as Y from 'yjs'
import { TABLES } from '../core/model/tables.ts'
import type { Problem } from '../core/support/result.ts'
import { formatFault } from './format-guard.ts'
import { isJsonValue } from './json-value.ts'
import { type Decoded, deletedBy, writtenBy } from './update-places.ts'

/** Bytes of one update of a peer; larger edits travel in pieces. */
export const UPDATE_LIMIT = 256 * 1024

const KEY_LIMIT = 1000

type Struct = Y.Item | Y.GC | Y.Skip
type Ends = (client: number) => number

/** What a peer may do beyond what the form of an update asks for; a list of tables keeps everything else as it is. `bytes`: of one update. */
export type UpdateLimits = { readonly bytes?: number; readonly tables?: readonly string[] | undefined }

/**
 * Why a peer's V1 update may not be taken in; nothing when it may. Yjs trusts its writers: 21 bytes can make it allocate
 * 270 MB, and a part that throws half-way leaves the document changed. So the bytes are decoded apart first, and only
 * what our layout writes passes: single values under the keys of our tables, connected to what is known here.
 */
export function updateProblem(
  doc: Y.Doc,
  update: Uint8Array,
  { bytes = UPDATE_LIMIT, tables }: UpdateLimits = {},
): Problem | undefined {
  if (update.length > bytes) return refused('update.large', `It has ${update.length} bytes; at most ${bytes} are read.`)
  const decoded = decodeV1(update)
  if (!decoded) return refused('update.malformed', 'It cannot be decoded.')
  if (!decoded.structs.every(isOurs)) return refused('update.foreign', 'It writes what is no part of a design.')
  const ends = endsAfter(doc, decoded.structs)
  if (!ends) return refused('update.gap', 'It builds on edits that never arrived.')
  if (!deletesKnown(decoded.ds, ends)) return refused('update.gap', 'It deletes what never arrived.')
  if (ends(doc.clientID) > Y.getState(doc.store, doc.clientID))
    return refused('update.impersonates', 'It claims to be an edit made here.')
  if (tables && !keepsTo(doc, decoded, tables))
    return refused('update.table', `It writes what this role may not; it may write ${tables.join(', ')}.`)
  const fault = formatFault(doc, decoded)
  return fault === undefined ? undefined : refused('update.format', fault, VERSIONS)
}

const VERSIONS = 'Nothing was changed. Whoever made it works with another version of Skeptic: use the same one.'

/** Items without a place are forgotten ones, which nobody reads. */
function keepsTo(doc: Y.Doc, decoded: Decoded, tables: readonly string[]): boolean {
  const places = [...deletedBy(doc, decoded), ...writtenBy(doc, decoded).flatMap(({ place }) => place ?? [])]
  return places.every(({ table }) => tables.includes(table))
}

function refused(code: string, why: string, cure = 'Nothing was changed. Join the design again.'): Problem {
  return {
    code,
    severity: 'error',
    message: `An edit from another window or person was refused. ${why}`,
    cure,
  }
}

/** A V1 update apart from any document; nothing when it cannot be decoded. */
export function decodeV1(update: Uint8Array): Decoded | undefined {
  try {
    const decoded = Y.decodeUpdate(update)
    // V2 bytes read as an empty V1 update with a rest
    const isEmpty = decoded.structs.length === 0 && decoded.ds.clients.size === 0
    return isEmpty && update.length !== 2 ? undefined : decoded
  } catch {
    return undefined
  }
}

function isOurs(struct: Struct): boolean {
  const { client, clock } = struct.id
  if (!inRange(client, 0xffffffff) || !inRange(clock, 0x7fffffff) || !inRange(struct.length - 1, 999_999)) return false
  if (struct instanceof Y.GC) return true
  if (!(struct instanceof Y.Item) || struct.rightOrigin !== null) return false
  return isPlaced(struct) && holdsValue(struct.content)
}

/** Under a key of one of our tables, or after an item that is. */
function isPlaced({ origin, parent, parentSub }: Y.Item): boolean {
  if (origin !== null) return true
  const table: unknown = parent
  return (
    typeof table === 'string' && Object.hasOwn(TABLES, table) && typeof parentSub === 'string' && parentSub.length <= KEY_LIMIT
  )
}

function holdsValue(content: Y.Item['content']): boolean {
  if (content instanceof Y.ContentDeleted) return true
  if (!(content instanceof Y.ContentAny) || content.arr.length !== 1) return false
  const value: unknown = content.arr[0]
  return value === undefined || isJsonValue(value)
}

/** The clock of every client after taking the structs in; nothing when some of them could not be placed. */
function endsAfter(doc: Y.Doc, structs: readonly Struct[]): Ends | undefined {
  const waiting = new Map<number, Struct[]>()
  let lastClient: number | undefined
  for (const struct of structs) {
    const { client } = struct.id
    if (client !== lastClient && waiting.has(client)) return undefined
    lastClient = client
    const queue = waiting.get(client)
    if (queue) queue.push(struct)
    else waiting.set(client, [struct])
  }
  const ends = new Map<number, number>()
  const endOf = (client: number) => ends.get(client) ?? Y.getState(doc.store, client)
  for (let moved = true; moved; ) {
    moved = false
    for (const [client, queue] of waiting) {
      const placed = placeable(queue, client, endOf)
      if (placed === 0) continue
      const last = queue[placed - 1] as Struct
      ends.set(client, Math.max(endOf(client), last.id.clock + last.length))
      queue.splice(0, placed)
      moved = true
      if (queue.length === 0) waiting.delete(client)
    }
  }
  return waiting.size === 0 ? endOf : undefined
}

/** How many structs from the front of a client's queue have all they build on. */
function placeable(queue: readonly Struct[], client: number, endOf: (client: number) => number): number {
  let end = endOf(client)
  let count = 0
  for (const struct of queue) {
    const origin = struct instanceof Y.Item ? struct.origin : null
    const known = origin === null || origin.clock < (origin.client === client ? end : endOf(origin.client))
    if (struct.id.clock > end || !known) break
    end = Math.max(end, struct.id.clock + struct.length)
    count++
  }
  return count
}

function deletesKnown(deletes: Decoded['ds'], ends: Ends): boolean {
  for (const [client, ranges] of deletes.clients)
    for (const { clock, len } of ranges) if (!(len > 0) || !inRange(clock, 0x7fffffff) || clock + len > ends(client)) return false
  return true
}

function inRange(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most
}
