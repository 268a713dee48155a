/**
 * What is kept of a JSON value: all of it, named members of an object, or the items of a list (the first `most` of them).
 * A scalar is always kept; an object or list where the other was expected is kept as an empty one, so that its kind can be judged.
 */
export type Keep =
  | 'all'
  | { readonly of: { readonly [key: string]: Keep } }
  | { readonly each: Keep; readonly most?: number; readonly of?: undefined }

/** Reads one JSON document from its bytes, a chunk at a time, and keeps a part of it. */
export type Projector = {
  /** False: the document is not one this reader answers for; read it whole, which says what is wrong with it. */
  readonly write: (chunk: Uint8Array) => boolean
  /** The kept part; undefined where `write` said no or the document is cut off. */
  readonly end: () => { readonly value: unknown } | undefined
}

type Frame = {
  readonly isList: boolean
  readonly keep: Keep | undefined
  readonly into: Record<string, unknown> | unknown[] | undefined
  key: string
  count: number
}

/** What may come next, outside strings, numbers and words. */
const VALUE = 0
const VALUE_OR_END = 1
const KEY_OR_END = 2
const KEY = 3
const COLON = 4
const COMMA_OR_END = 5
const NOTHING = 6
/** Inside one of those three. */
const STRING = 7
const SCALAR = 8

const QUOTE = 34
const BACKSLASH = 92
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/
/** Longer numbers are left to the whole reading. */
const LONGEST_SCALAR = 400
const UNDERSCORE = 95

/**
 * A projector for documents whose top level has no member but `top`. It is as strict as JSON.parse and answers for less: no key `__proto__`, no
 * nesting over `depth`, UTF-8 alone (the caller's part). A member that stands twice counts with its last value, as with JSON.parse.
 */
export function projector(keep: Keep, top: ReadonlySet<string>, depth: number): Projector {
  const frames: Frame[] = []
  let root: { readonly value: unknown } | undefined
  let state = VALUE
  let isOdd = false
  // The string or scalar that is being read: whether it is a key, whether its text is wanted, and what earlier chunks held of it.
  let isKey = false
  let isWanted = false
  let isEscaped = false
  let hasEscapes = false
  let hexLeft = 0
  let before: Buffer[] = []

  function keepOf(): Keep | undefined {
    const frame = frames[frames.length - 1]
    if (frame === undefined) return keep
    if (frame.keep === undefined || frame.into === undefined) return undefined
    if (frame.keep === 'all') return 'all'
    if (frame.isList) {
      if (frame.keep.of !== undefined || !('each' in frame.keep)) return undefined
      return frame.keep.most !== undefined && frame.count >= frame.keep.most ? undefined : frame.keep.each
    }
    return frame.keep.of !== undefined && Object.hasOwn(frame.keep.of, frame.key) ? frame.keep.of[frame.key] : undefined
  }

  function put(value: unknown): void {
    const frame = frames[frames.length - 1]
    if (frame === undefined) root = { value }
    else if (Array.isArray(frame.into)) frame.into.push(value)
    else if (frame.into !== undefined) frame.into[frame.key] = value
  }

  function open(isList: boolean): boolean {
    if (frames.length >= depth) return false
    const wanted = keepOf()
    const into = wanted === undefined ? undefined : isList ? [] : {}
    if (into !== undefined) put(into)
    frames.push({ isList, keep: wanted, into, key: '', count: 0 })
    state = isList ? VALUE_OR_END : KEY_OR_END
    return true
  }

  function close(): void {
    frames.pop()
    ended()
  }

  /** A value is over. */
  function ended(): void {
    const frame = frames[frames.length - 1]
    if (frame === undefined) state = NOTHING
    else {
      frame.count++
      state = COMMA_OR_END
    }
  }

  function startString(asKey: boolean): void {
    isKey = asKey
    const frame = frames[frames.length - 1]
    isWanted = asKey
      ? frame?.into !== undefined && (frame.keep === 'all' || frame.keep?.of !== undefined)
      : keepOf() !== undefined
    hasEscapes = false
    isEscaped = false
    hexLeft = 0
    state = STRING
  }

  /** The string's bytes, without its quotes. False: its key is one that no report has. */
  function endString(bytes: Buffer): boolean {
    const frame = frames[frames.length - 1]
    if (!isKey) {
      if (isWanted) put(textOf(bytes))
      ended()
      return true
    }
    state = COLON
    if (!isWanted && !hasEscapes && (bytes.length !== 9 || bytes[0] !== UNDERSCORE)) return true
    const key = textOf(bytes)
    if (frame) frame.key = key
    return key !== '__proto__' && (frames.length > 1 || top.has(key))
  }

  function textOf(bytes: Buffer): string {
    return hasEscapes ? (JSON.parse(`"${bytes.toString('utf8')}"`) as string) : bytes.toString('utf8')
  }

  function endScalar(text: string): boolean {
    const value = text === 'true' ? true : text === 'false' ? false : text === 'null' ? null : undefined
    if (value === undefined && !NUMBER.test(text)) return false
    if (keepOf() !== undefined) put(value === undefined ? Number(text) : value)
    ended()
    return true
  }

  /** The bytes of the token that ends at `to`, with what earlier chunks held of it. */
  function token(chunk: Buffer, from: number, to: number): Buffer {
    const here = chunk.subarray(from, to)
    if (before.length === 0) return here
    const whole = Buffer.concat([...before, here])
    before = []
    return whole
  }

  function scan(chunk: Buffer): boolean {
    const size = chunk.length
    let from = 0
    let i = 0
    while (i < size) {
      if (state === STRING) {
        // The inner loop of it all: most bytes of a report stand in strings nobody asks about.
        let code = 0
        if (!isEscaped && hexLeft === 0)
          for (; i < size; i++) {
            code = chunk[i] as number
            if (code === QUOTE || code === BACKSLASH || code < 32) break
          }
        if (i >= size) break
        code = chunk[i] as number
        if (hexLeft > 0) {
          if (!isHex(code)) return false
          hexLeft--
        } else if (isEscaped) {
          isEscaped = false
          if (code === 117) hexLeft = 4
          else if (!ESCAPES.has(code)) return false
        } else if (code === BACKSLASH) {
          isEscaped = true
          hasEscapes = true
        } else if (code === QUOTE) {
          if (!endString(token(chunk, from, i))) return false
        } else return false
        i++
        continue
      }
      const code = chunk[i] as number
      if (state === SCALAR) {
        if (!isScalarByte(code)) {
          const bytes = token(chunk, from, i)
          if (bytes.length > LONGEST_SCALAR || !endScalar(bytes.toString('latin1'))) return false
          continue
        }
        i++
        continue
      }
      if (code === 32 || code === 10 || code === 13 || code === 9) {
        i++
        continue
      }
      switch (state) {
        case VALUE:
        case VALUE_OR_END:
          if (code === QUOTE) {
            startString(false)
            from = i + 1
          } else if (code === 123) {
            if (!open(false)) return false
          } else if (code === 91) {
            if (!open(true)) return false
          } else if (code === 93 && state === VALUE_OR_END) close()
          else if (isScalarByte(code)) {
            state = SCALAR
            from = i
          } else return false
          break
        case KEY_OR_END:
        case KEY:
          if (code === QUOTE) {
            startString(true)
            from = i + 1
          } else if (code === 125 && state === KEY_OR_END) close()
          else return false
          break
        case COLON:
          if (code !== 58) return false
          state = VALUE
          break
        case COMMA_OR_END: {
          const isList = frames[frames.length - 1]?.isList === true
          if (code === 44) state = isList ? VALUE : KEY
          else if (code === (isList ? 93 : 125)) close()
          else return false
          break
        }
        default:
          return false
      }
      i++
    }
    if (state === STRING || state === SCALAR) before.push(Buffer.from(chunk.subarray(from)))
    return true
  }

  return {
    write(chunk) {
      isOdd ||= !scan(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
      return !isOdd
    },
    // A number or word at the very end is over when something comes after it.
    end: () => (isOdd || !scan(SPACE) || state !== NOTHING ? undefined : root),
  }
}

const SPACE = Buffer.from(' ')

const ESCAPES: ReadonlySet<number> = new Set([...'"\\/bfnrt'].map(sign => sign.charCodeAt(0)))

function isHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102)
}

/** Digits, signs, points and letters: what numbers and words are made of. */
function isScalarByte(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || code === 45 || code === 43 || code === 46 || code === 69
}
