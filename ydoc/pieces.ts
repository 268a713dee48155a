import * as Y from 'yjs'
import { UPDATE_LIMIT } from './updates.ts'

/** Half of what a peer accepts, so that one struct more than counted does no harm. */
const PIECE = UPDATE_LIMIT / 2

type Decoded = ReturnType<typeof Y.decodeUpdate>
type Struct = Decoded['structs'][number]

/** An own update as several that a peer accepts, to be sent in this order; one for all but imports and their undo. */
export function piecesOf(update: Uint8Array): readonly Uint8Array[] {
  if (update.length <= UPDATE_LIMIT) return [update]
  const { structs, ds } = Y.decodeUpdate(update)
  const pieces: Uint8Array[] = []
  let run: Struct[] = []
  let size = 0
  for (const struct of structs) {
    const length = sizeOf(struct)
    if (run.length > 0 && (size + length > PIECE || struct.id.client !== run[0]?.id.client)) {
      pieces.push(encode(run))
      run = []
      size = 0
    }
    run.push(struct)
    size += length
  }
  if (run.length > 0) pieces.push(encode(run))
  return [...pieces, encode([], ds)]
}

/** As many of the first updates as make one that a peer accepts. */
export function together(updates: readonly Uint8Array[]): { readonly bytes: Uint8Array; readonly many: number } {
  let many = 1
  for (let size = updates[0]?.length ?? 0; many < updates.length; many++) {
    size += updates[many]?.length ?? 0
    if (size > PIECE) break
  }
  return { bytes: many === 1 ? (updates[0] as Uint8Array) : Y.mergeUpdates([...updates.slice(0, many)]), many }
}

function sizeOf(struct: Struct): number {
  const encoder = new Y.UpdateEncoderV1()
  struct.write(encoder, 0)
  return encoder.toUint8Array().length
}

/** Consecutive structs of one client, and deletes, in the V1 format. */
function encode(structs: readonly Struct[], deletes?: Decoded['ds']): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const [first] = structs
  encoder.writeLen(first ? 1 : 0)
  if (first) {
    encoder.writeLen(structs.length)
    encoder.writeClient(first.id.client)
    encoder.writeLen(first.id.clock)
    for (const struct of structs) struct.write(encoder, 0)
  }
  encoder.writeLen(deletes?.clients.size ?? 0)
  for (const [client, ranges] of deletes?.clients ?? []) {
    encoder.writeClient(client)
    encoder.writeLen(ranges.length)
    for (const { clock, len } of ranges) {
      encoder.writeLen(clock)
      encoder.writeLen(len)
    }
  }
  return encoder.toUint8Array()
}
