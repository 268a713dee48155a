import { byName, type Item } from '../reading/items.ts'
import type { Lists } from './read.ts'

/** What a risk may name: rows of ours that a threat can hang on, and what has no such row. */
export type Targets = {
  /** By the id that the format uses: of an asset, of a link ("asset>link"), of data. */
  readonly find: (name: string) => Item | undefined
  /** Whether it names something that no threat here can hang on: a trust boundary or a shared runtime. */
  readonly isOther: (name: string) => boolean
}

/** Everything a risk may name, in the order in which names count. */
export function targetsIn(lists: Lists): Targets {
  const kinds = [byName(lists.assets), byName(lists.links), byName(lists.data)]
  const others = [byName(lists.boundaries), byName(lists.runtimes)]
  return {
    find: name => kinds.map(named => named.get(name)).find(item => item !== undefined),
    isOther: name => others.some(named => named.has(name)),
  }
}

/** Ids of one kind among the items, as links. */
export function linksAmong(items: readonly Item[], prefix: string): { readonly [id: string]: true } | undefined {
  const ids = items.map(({ id }) => id).filter(id => id.startsWith(prefix))
  return ids.length > 0 ? Object.fromEntries(ids.map(id => [id, true as const])) : undefined
}
