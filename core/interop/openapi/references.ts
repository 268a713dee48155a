import { type Raw, recordOf } from '../reading/json-fields.ts'
import { type ImportReport, many, tally } from '../report.ts'

/** More than any real file chains. */
const MOST_HOPS = 20

/** The document that references are looked up in, and who is told of those that lead nowhere. */
export type Document = { readonly root: Raw; readonly report: ImportReport }

/** An object of the document, through references within the document only: nothing else is ever opened. Circles end. */
export function resolved(document: Document, value: unknown, at: string): Raw | undefined {
  let found = recordOf(value)
  for (let hops = 0; found && typeof found.$ref === 'string'; hops++) {
    const target = hops < MOST_HOPS ? pointed(document.root, found.$ref) : undefined
    if (!target) {
      tellLost(document.report, at, found.$ref)
      return undefined
    }
    found = target
  }
  return found
}

function pointed(root: Raw, reference: string): Raw | undefined {
  if (!reference.startsWith('#/') || reference.length > 1000) return undefined
  let at: unknown = root
  for (const part of reference.slice(2).split('/')) {
    const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined
    at = (at as Raw)[key]
  }
  return recordOf(at)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function tellLost(report: ImportReport, at: string, reference: string): void {
  const isLocal = reference.startsWith('#')
  tally(report, at, {
    what: count => many(count, isLocal ? 'reference' : 'reference to another file'),
    why: isLocal
      ? 'It leads nowhere in this file, or in a circle.'
      : 'Other files are never opened: put all into one file first.',
  })
}

/** The name of the schema that a value refers to by itself, as a list of it, or as a choice. */
export function schemaNamesIn(schema: unknown): readonly string[] {
  const raw = recordOf(schema)
  if (!raw) return []
  const parts = [
    raw,
    raw.items,
    ...[raw.allOf, raw.oneOf, raw.anyOf].flatMap(list => (Array.isArray(list) ? list.slice(0, 20) : [])),
  ]
  return parts.flatMap(part => {
    const reference = recordOf(part)?.$ref
    const found = typeof reference === 'string' ? /^#\/(?:components\/schemas|definitions)\/([^/]{1,400})$/.exec(reference) : null
    return found?.[1] === undefined ? [] : [decoded(found[1]).replaceAll('~1', '/').replaceAll('~0', '~')]
  })
}
