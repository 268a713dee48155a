import * as Y from 'yjs'

/** An update as Yjs reads it. */
export type Decoded = ReturnType<typeof Y.decodeUpdate>

/** A key of one of our tables, as what an update writes or deletes stands under it. */
export type Place = { readonly table: string; readonly key: string }

/** One thing an update puts under a key; no place when what it stands behind was forgotten, so that it counts for nothing. */
export type Written = { readonly item: Y.Item; readonly place: Place | undefined }

/** Where every item of an update goes. The update was found to be connected before: an item is written after what it stands behind. */
export function writtenBy(doc: Y.Doc, { structs }: Decoded): readonly Written[] {
  const own = new Map<number, Y.Item[]>()
  const items = structs.filter(struct => struct instanceof Y.Item)
  for (const item of items) {
    const list = own.get(item.id.client)
    if (list) list.push(item)
    else own.set(item.id.client, [item])
  }
  const places = new Map<Y.Item, Place | undefined>()
  for (const item of items) settle(item)
  return items.map(item => ({ item, place: places.get(item) }))

  /** Walks to the first that names its place; what stands on the way gets the same one. */
  function settle(first: Y.Item): void {
    const way: Y.Item[] = []
    let place: Place | undefined
    for (let item: Y.Item | undefined = first; item; ) {
      if (places.has(item)) {
        place = places.get(item)
        break
      }
      way.push(item)
      const { origin, parent, parentSub } = item
      if (origin === null) {
        place = typeof parent === 'string' && parentSub !== null ? { table: parent, key: parentSub } : undefined
        break
      }
      const before = itemIn(own.get(origin.client) ?? [], origin.clock)
      if (!before) {
        place = placeIn(doc, origin)
        break
      }
      item = before
    }
    for (const item of way) places.set(item, place)
  }
}

/** What an update takes away of what is live in the document, by where it stands. */
export function deletedBy(doc: Y.Doc, { ds }: Decoded): readonly Place[] {
  const places: Place[] = []
  for (const [client, ranges] of ds.clients) {
    const structs = doc.store.clients.get(client) ?? []
    for (const { clock, len } of ranges) {
      const last = structs.at(-1)
      if (!last || clock >= last.id.clock + last.length) continue
      for (let at = Y.findIndexSS(structs, clock); at < structs.length; at++) {
        const struct = structs[at] as Y.Item | Y.GC
        if (struct.id.clock >= clock + len) break
        if (!(struct instanceof Y.Item) || struct.deleted) continue
        const place = placeOf(doc, struct)
        if (place) places.push(place)
      }
    }
  }
  return places
}

function placeIn(doc: Y.Doc, id: Y.ID): Place | undefined {
  const item = itemAt(doc, id)
  return item && placeOf(doc, item)
}

/** What the document has under a client number and clock; nothing where it has none yet, or only knows that something was there. */
export function itemAt(doc: Y.Doc, { client, clock }: Y.ID): Y.Item | undefined {
  const structs = doc.store.clients.get(client) ?? []
  const last = structs.at(-1)
  if (!last || clock >= last.id.clock + last.length) return undefined
  const struct = structs[Y.findIndexSS(structs, clock)]
  return struct instanceof Y.Item ? struct : undefined
}

/** The key that an item of the document stands under. */
export function placeOf(doc: Y.Doc, { parent, parentSub }: Y.Item): Place | undefined {
  if (!(parent instanceof Y.AbstractType) || parentSub === null) return undefined
  for (const [table, root] of doc.share) if (root === parent) return { table, key: parentSub }
  return undefined
}

/** Items of one client come in the order of their clocks. */
function itemIn(items: readonly Y.Item[], clock: number): Y.Item | undefined {
  let low = 0
  let high = items.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const item = items[middle] as Y.Item
    if (clock < item.id.clock) high = middle - 1
    else if (clock >= item.id.clock + item.length) low = middle + 1
    else return item
  }
  return undefined
}
