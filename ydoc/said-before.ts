import * as Y from 'yjs'
import { canonicalJson } from '../core/model/canonical.ts'
import { itemAt, placeOf, type Written } from './update-places.ts'

/**
 * The client numbers under which an update says something else at a clock than is known from before. Yjs would drop it without a word,
 * and its sender would be told that it is stored; that happens to a program on a machine that was set back to an earlier moment. What was
 * deleted since cannot be compared, and is gone in either case.
 */
export function rewrittenBy(doc: Y.Doc, written: readonly Written[]): readonly number[] {
  return [...new Set(written.filter(one => isOther(doc, one)).map(({ item }) => item.id.client))]
}

function isOther(doc: Y.Doc, { item, place }: Written): boolean {
  const known = itemAt(doc, item.id)
  if (!known || !place || !(known.content instanceof Y.ContentAny) || !(item.content instanceof Y.ContentAny)) return false
  const before = placeOf(doc, known)
  if (before && (before.table !== place.table || before.key !== place.key)) return true
  return !isSame(known.content.arr[item.id.clock - known.id.clock], item.content.arr[0])
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b)
  return canonicalJson(a) === canonicalJson(b)
}
