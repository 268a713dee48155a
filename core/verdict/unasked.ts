import { anyPathMatches } from '../evidence/globs.ts'
import type { WorkItem } from '../model/types.ts'
import { idsOf } from '../support/order.ts'

/** A changed file that the work item does not cover, and how: it must be left alone, or nobody named it. */
export type UnaskedFile = { readonly path: string; readonly why: 'forbidden' | 'outside' }

/** Files of a change that nobody asked for. A work item that names no files asks for none in particular, so only what it forbids counts. */
export function unaskedFiles(item: Pick<WorkItem, 'mayEdit' | 'mustNotTouch'>, paths: readonly string[]): readonly UnaskedFile[] {
  const [mayEdit, mustNot] = [idsOf(item.mayEdit), idsOf(item.mustNotTouch)]
  return paths.flatMap((path): readonly UnaskedFile[] => {
    if (anyPathMatches(mustNot, path)) return [{ path, why: 'forbidden' }]
    return mayEdit.length === 0 || anyPathMatches(mayEdit, path) ? [] : [{ path, why: 'outside' }]
  })
}
