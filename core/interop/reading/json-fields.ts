/** An object of a file nobody has checked. */
export type Raw = Readonly<Record<string, unknown>>

/** The value as an object, when it is one. */
export function recordOf(value: unknown): Raw | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : undefined
}

/** The value as a list; anything else is an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Text that says something, with line breaks; blank text and other values are nothing. */
export function textOf(value: unknown, length = 100_000): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = cleanText(value).trim()
  return text === '' ? undefined : cut(text, length)
}

/** Text as one line. */
export function lineOf(value: unknown, length: number): string | undefined {
  const text = typeof value === 'string' ? cleanText(value).replace(/\s+/g, ' ').trim() : ''
  return text === '' ? undefined : cut(text, length)
}

/** The keys whose text was read whole; what is longer, or no text, must be kept elsewhere. */
export function fitting(raw: Raw, lengths: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(lengths).flatMap(([key, length]) => {
    const value = raw[key]
    return value === null || (typeof value === 'string' && value.length <= length) ? [key] : []
  })
}

/** An id as files write it: text or a number. */
export function idOf(value: unknown): string | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : lineOf(value, 1000)
}

/** A number a drawing can use; some files write numbers as text. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\s*-?\d{1,15}(\.\d{1,15})?\s*$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Math.abs(number) <= FARTHEST ? number : undefined
}

/** No drawing is larger; beyond it, sums and products of coordinates stop being exact. */
const FARTHEST = 1e7

/** A point with both coordinates. */
export function pointOf(value: unknown): { readonly x: number; readonly y: number } | undefined {
  const x = numberOf(recordOf(value)?.x)
  const y = numberOf(recordOf(value)?.y)
  return x === undefined || y === undefined ? undefined : { x, y }
}

/** A copy that canonical JSON can hold: no lone surrogates, no infinite numbers. */
export function cleanJson(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (Array.isArray(value)) return value.map(cleanJson)
  const record = recordOf(value)
  return record ? Object.fromEntries(Object.entries(record).map(([key, inner]) => [cleanText(key), cleanJson(inner)])) : value
}

/** Whether canonical JSON can hold the value as it is. */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !/\p{Cs}/u.test(value)
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner))
}

/** A copy without the keys whose value is undefined, as exact optional fields want it. */
export function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Defined<T>
}

/** T with its undefined-able keys made optional. */
export type Defined<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K]
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> }

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/\p{Cs}$/u, '')}…`
}

/** Control characters and halves of surrogate pairs have no place in a text file. */
function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cc}/gu, char => (char === '\n' || char === '\t' ? char : ''))
    .replace(/\p{Cs}/gu, '\uFFFD')
}
