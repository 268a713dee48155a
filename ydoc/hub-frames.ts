import { createDecoder, hasContent, readVarString, readVarUint, readVarUint8Array } from 'lib0/decoding'

/** What one message on the hub's socket is about. `content` is the update of a `step2` or `update`, or the awareness message. */
export type HubFrame = {
  /** Opaque name of the document. */
  readonly document: string
  readonly kind: 'step1' | 'step2' | 'update' | 'presence' | 'sign-in' | 'query' | 'leave'
  readonly content: Uint8Array
}

/** Numbers of the protocol of Hocuspocus 4 that a client of ours sends; whatever else is refused. */
const KINDS: Readonly<Record<number, HubFrame['kind']>> = { 1: 'presence', 2: 'sign-in', 3: 'query', 7: 'leave' }
const SYNC = new Set([0, 4])
const STEPS = ['step1', 'step2', 'update'] as const
const NAME = /^([0-9a-f]{32})(?:\0[A-Za-z0-9-]{1,64})?$/

/** Reads a message as far as the guard needs it; nothing when it is not one that a client of ours sends. */
export function readHubFrame(bytes: Uint8Array): HubFrame | undefined {
  try {
    const decoder = createDecoder(bytes)
    const document = NAME.exec(readVarString(decoder))?.[1]
    if (document === undefined) return undefined
    const type = readVarUint(decoder)
    if (SYNC.has(type)) {
      const kind = STEPS[readVarUint(decoder)]
      const content = readVarUint8Array(decoder)
      return kind === undefined || hasContent(decoder) ? undefined : { document, kind, content }
    }
    const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined
    if (kind === undefined) return undefined
    const content = kind === 'presence' ? readVarUint8Array(decoder) : NOTHING
    return kind === 'presence' && hasContent(decoder) ? undefined : { document, kind, content }
  } catch {
    return undefined
  }
}

const NOTHING = new Uint8Array(0)
