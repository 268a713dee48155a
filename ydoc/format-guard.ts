import * as Y from 'yjs'
import { FORMAT } from '../core/model/migrate.ts'
import { type Decoded, writtenBy } from './update-places.ts'

const ROW = 'design'
const FIELD = 'design/format'

/**
 * What is wrong with the format that an update states for a design; nothing where it states none, or the one the design has. Formats
 * change only where a folder is brought over as a whole: stated from afar, a newer one would shut the folder to everybody who has it.
 */
export function formatFault(doc: Y.Doc, decoded: Decoded): string | undefined {
  if (!decoded.structs.some(mayStateIt)) return undefined
  const known = formatIn(doc)
  for (const { item, place } of writtenBy(doc, decoded)) {
    if (place?.table !== 'settings' || !(item.content instanceof Y.ContentAny)) continue
    const [value] = item.content.arr
    const isRow = place.key === ROW && typeof value === 'object' && value !== null
    const stated: unknown = isRow ? value.format : value
    if ((isRow || place.key === FIELD) && stated !== known)
      return `It states format ${typeof stated === 'number' ? stated : 'that is none'}, and the design has format ${known}.`
  }
  return undefined
}

/** What replaces something names no table, only what it replaces. */
function mayStateIt(struct: Decoded['structs'][number]): boolean {
  if (!(struct instanceof Y.Item)) return false
  const table: unknown = struct.parent
  return struct.origin !== null || table === 'settings'
}

/** The format of the design; that of this program where it has none yet, or one that no program of this version wrote. */
function formatIn(doc: Y.Doc): number {
  const settings = doc.share.has('settings') ? doc.getMap('settings') : undefined
  const row = settings?.get(ROW)
  const stated: unknown = settings?.get(FIELD) ?? (row as { readonly format?: unknown } | undefined)?.format
  return typeof stated === 'number' && Number.isInteger(stated) && stated >= 1 && stated <= FORMAT ? stated : FORMAT
}
