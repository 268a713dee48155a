import { type Refusal, refuse } from '../../support/result.ts'
import { type Raw, recordOf } from './json-fields.ts'

/** More than any person writes; a file beyond it was made to hurt. */
export const MOST_LISTED = { objects: 50_000, links: 200_000, zones: 2000 } as const

/** The lists a format has, and how many references to other objects one object holds. */
export type ListShape = {
  readonly code: string
  readonly keys: readonly string[]
  readonly linksIn: (object: Raw) => number
  /** The key of its trust zones, of which fewer are read: whatever asks what lies between two elements climbs all around them. */
  readonly zones?: string
  /** Which schema says how it should be. */
  readonly schema: string
}

/** Wrong kinds and sizes are refused before anything is read, so that no list comes in silently empty. */
export function wrongLists(file: string, root: Raw, { code, keys, linksIn, zones, schema }: ListShape): Refusal | undefined {
  let links = 0
  for (const key of keys) {
    const list = root[key]
    if (list === undefined || list === null) continue
    if (!Array.isArray(list))
      return refuse({
        code,
        at: `${file}:/${key}`,
        message: `"${key}" must be a list; here stands ${recordOf(list) ? 'an object' : `a ${typeof list}`}.`,
        cure: `Correct the file at that place; ${schema} says how.`,
      })
    const what = key === zones ? 'zones' : 'objects'
    if (list.length > MOST_LISTED[what]) return tooMany(`${file}:/${key}`, list.length, what)
    for (const value of list) links += linksIn(recordOf(value) ?? {})
    if (links > MOST_LISTED.links) return tooMany(`${file}:/${key}`, links, 'links')
  }
  return undefined
}

function tooMany(at: string, count: number, what: keyof typeof MOST_LISTED): Refusal {
  return refuse({
    code: 'import.tooMany',
    at,
    message: `The file holds ${count} ${what} up to here; at most ${MOST_LISTED[what]} are read.`,
    cure: 'Split the model into several files.',
  })
}

/** Lengths of those values that are lists. */
export function lengthsOf(...values: readonly unknown[]): number {
  return values.reduce<number>((sum, value) => sum + (Array.isArray(value) ? value.length : 0), 0)
}
