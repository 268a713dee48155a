import path from 'node:path'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'

/** The first day that a zip archive can state. */
const NO_DAY = new Date(1980, 0, 1)

/**
 * The same document without what its making left in it: the clock in its properties and its archive, random names of
 * relations, and numbers that went on counting from the document before.
 * @param at the time that the properties state
 */
export function sameBytes(docx: Uint8Array, at: string): Uint8Array {
  const files = withMetafiles(unzipSync(docx))
  const names = Object.keys(files).sort()
  const ids = new Map<string, string>()
  const counted = new Map<string, number>()
  const made = names.map(name => {
    const bytes = files[name] ?? new Uint8Array()
    if (!/\.(xml|rels)$/.test(name)) return [name, bytes] as const
    const text = strFromU8(bytes)
      .replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${at}`)
      .replace(
        /\b(r:id|Id|r:embed)="(?:rId)?([\w-]{15,})"/g,
        (_, attribute: string, id: string) => `${attribute}="${numbered(ids, id)}"`,
      )
      .replace(
        /(<w:bookmark(?:Start|End)[^>]*w:id|<wp:docPr[^>]*\bid|<pic:cNvPr[^>]*\bid)="(\d+)"/g,
        (_, attribute: string, id: string) => {
          const key = `${attribute.slice(0, 6)} ${id}`
          const known = counted.get(key) ?? counted.size + 1
          counted.set(key, known)
          return `${attribute}="${known}"`
        },
      )
    return [name, strToU8(text)] as const
  })
  return zipSync(Object.fromEntries(made), { level: 6, mtime: NO_DAY })
}

/** Metafiles came in under the name of the only pictures that the library knows; here they get their own, wherever it is said. */
function withMetafiles(files: Readonly<Record<string, Uint8Array>>): Readonly<Record<string, Uint8Array>> {
  const named = Object.keys(files).filter(name => name.endsWith('.png') && isMetafile(files[name] ?? new Uint8Array()))
  if (named.length === 0) return files
  const renamed = (text: string) =>
    named.reduce((all, name) => all.replaceAll(path.basename(name), path.basename(name).replace(/png$/, 'emf')), text)
  const entries = Object.entries(files).map(([name, bytes]): [string, Uint8Array] => {
    if (named.includes(name)) return [renamed(name), bytes]
    if (name.endsWith('.rels')) return [name, strToU8(renamed(strFromU8(bytes)))]
    if (name !== '[Content_Types].xml') return [name, bytes]
    return [name, strToU8(strFromU8(bytes).replace(/(<Types[^>]*>)/, '$1<Default Extension="emf" ContentType="image/x-emf"/>'))]
  })
  return Object.fromEntries(entries)
}

/** By the signature in its head. */
function isMetafile(bytes: Uint8Array): boolean {
  return strFromU8(bytes.subarray(40, 44), true) === ' EMF'
}

/** The same new name for the same old one, in the order they are met. */
function numbered(ids: Map<string, string>, id: string): string {
  const known = ids.get(id)
  if (known !== undefined) return known
  const name = `same${ids.size + 1}`
  ids.set(id, name)
  return name
}
