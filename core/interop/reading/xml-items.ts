import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { ok, type Result, refuse } from '../../support/result.ts'
import { placesIn } from './text-places.ts'
import { declares, notWellFormed, tooMuch, XML_LIMITS, type XmlFault, type XmlKind } from './xml.ts'

/**
 * One object of a large document, read whole when it ends and then forgotten: a file of any size is read in the memory of its largest
 * object. Names are local ones, for prefixes differ from file to file.
 */
export type XmlItem = {
  readonly name: string
  /** What kind of object it says it is (`i:type`), without prefix; empty when it does not. */
  readonly type: string
  /** Text directly in it. */
  readonly text: string
  readonly children: readonly XmlItem[]
}

/**
 * What to look at: an object is read whole or with some of its children only, a branch is passed through, and the rest is left out with
 * all in it. `*` stands for every other name; what stands in a list has `[]` after its name, and its place has a number.
 */
export type XmlPlan = { readonly [name: string]: XmlPlan | XmlStep }
export type XmlStep = { readonly item: 'whole' | ReadonlySet<string> } | 'skip'

/** Whom a reader of objects tells what it met. */
export type XmlHandlers = {
  /**
   * An object and the names of the elements around it. Its place is a path of local names, as XPath writes them. Whoever has enough of
   * the document answers why.
   */
  readonly onItem: (path: readonly string[], item: XmlItem, place: string) => XmlFault | undefined
  /** A branch begins. */
  readonly onEnter: (path: readonly string[], place: string) => XmlFault | undefined
  /** An element that the plan does not know. */
  readonly onUnknown: (path: readonly string[], place: string) => void
  /** A reference to an object that does not stand before it, or only around it. */
  readonly onDangling: (place: string, name: string) => void
}

/** The largest object of any real file has 300 elements. */
export const MOST_IN_ITEM = 20_000

/** Reads a document object by object. What declares anything, is cut off, too deep or too large is refused where it is. */
export function readXmlItems(
  file: string,
  text: string,
  { kind, plan, handlers }: { readonly kind: XmlKind; readonly plan: XmlPlan; readonly handlers: XmlHandlers },
): Result<undefined> {
  const parser = new SaxesParser({ xmlns: false })
  let fault: XmlFault | undefined
  const stop = (problem: XmlFault | undefined) => {
    if (!problem) return
    fault = problem
    throw STOP
  }
  const write = (piece: string) => walk.write(piece)
  // The reader of XML collects text only while somebody asks for it: most of a large file is never copied.
  const listen = (isOn: boolean) => {
    if (!isOn) parser.off('text')
    else parser.on('text', write)
  }
  const walk = newWalk(plan, handlers, { kind, listen, referenced: referencedIn(text) })
  parser.on('error', error => stop(notWellFormed(error, kind)))
  parser.on('doctype', () => stop(declares(kind)))
  parser.on('opentag', tag => stop(walk.open(tag)))
  parser.on('cdata', write)
  parser.on('closetag', () => stop(walk.close()))
  try {
    parser.write(text).close()
  } catch (error) {
    if (error !== STOP || !fault) throw error
    return refuse({ ...fault, at: placesIn(file, text).at(Math.min(parser.position, text.length)) })
  }
  return ok(undefined)
}

const STOP = new Error('The document is refused.')

/** Ids that some reference names; only objects with one of these are remembered. */
function referencedIn(text: string): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const [, , id] of text.matchAll(/:Ref\s{0,9}=\s{0,9}(["'])([^"'<]{1,100})\1/g)) ids.add(id as string)
  return ids
}

/** An object on its way: one for each element, of which a large file has half a million. */
type Growing = XmlItem & {
  type: string
  text: string
  children: XmlItem[]
  id: string
  ref: string
  /** How many elements of its object had begun before it. */
  began: number
}
type Branch = { readonly plan: XmlPlan; readonly place: string; readonly counts: Map<string, number> }
type Known = { readonly item: Growing; readonly size: number }

type Walking = {
  readonly kind: XmlKind
  /** Turns the collecting of text on and off. */
  readonly listen: (isOn: boolean) => void
  readonly referenced: ReadonlySet<string>
}

function newWalk(plan: XmlPlan, { onItem, onEnter, onUnknown, onDangling }: XmlHandlers, { kind, listen, referenced }: Walking) {
  const localOf = localNames()
  const known = new Map<string, Known>()
  const path: string[] = []
  const branches: Branch[] = [{ plan, place: '', counts: new Map() }]
  const open: Growing[] = []
  let wanted: XmlItemStep['item'] = 'whole'
  let place = ''
  let skipping = 0
  let size = 0

  const skip = (): undefined => {
    skipping = 1
    listen(false)
    return undefined
  }
  const grow = (name: string, attributes: Readonly<Record<string, string>>) => {
    const item = newItem(name, attributes, size)
    const around = open.at(-1)
    if (around?.children === NONE) around.children = [item]
    else around?.children.push(item)
    open.push(item)
    return ++size > MOST_IN_ITEM ? tooMuch(kind, `One object in it holds more than ${MOST_IN_ITEM} elements.`) : undefined
  }
  const step = (name: string, attributes: Readonly<Record<string, string>>): XmlFault | undefined => {
    const branch = branches.at(-1) as Branch
    const [found, at] = stepFor(branch, name)
    if (found === undefined) onUnknown([...path, name], at)
    if (found === undefined || found === 'skip') return skip()
    place = at
    if (isItemStep(found)) {
      wanted = found.item
      size = 0
      listen(true)
      return grow(name, attributes)
    }
    path.push(name)
    branches.push({ plan: found, place: at, counts: new Map() })
    return onEnter(path, at)
  }
  /** What a reference names is shared, not copied; it counts anew each time, so that few references cannot stand for millions. */
  const resolve = (item: Growing): XmlFault | undefined => {
    const target = known.get(item.ref)
    if (!target) {
      onDangling(place, item.ref)
      return undefined
    }
    Object.assign(item, { type: target.item.type, text: target.item.text, children: target.item.children })
    size += target.size
    return size > MOST_IN_ITEM ? tooMuch(kind, `One object in it refers to more than ${MOST_IN_ITEM} elements.`) : undefined
  }
  const finish = (item: Growing): XmlFault | undefined => {
    listen(false)
    return onItem(path, item, place)
  }

  return {
    open({ name, attributes }: SaxesTagPlain): XmlFault | undefined {
      if (path.length + open.length + skipping === XML_LIMITS.depth)
        return tooMuch(kind, `It is nested more than ${XML_LIMITS.depth} levels deep.`)
      if (skipping > 0) {
        skipping++
        return undefined
      }
      const local = localOf(name)
      if (open.length === 0) return step(local, attributes)
      if (open.length === 1 && wanted !== 'whole' && !wanted.has(local)) return skip()
      return grow(local, attributes)
    },
    write(piece: string): void {
      const top = open.at(-1)
      if (top && skipping === 0) top.text += piece
    },
    close(): XmlFault | undefined {
      if (skipping > 0) {
        if (--skipping === 0 && open.length > 0) listen(true)
        return undefined
      }
      const item = open.pop()
      if (!item) {
        path.pop()
        branches.pop()
        return undefined
      }
      const fault = item.ref === '' ? undefined : resolve(item)
      if (referenced.has(item.id) && !known.has(item.id)) known.set(item.id, { item, size: size - item.began })
      return fault ?? (open.length === 0 ? finish(item) : undefined)
    },
  }
}

type XmlItemStep = Exclude<XmlStep, 'skip'>

function isItemStep(step: XmlPlan | XmlItemStep): step is XmlItemStep {
  return 'item' in step
}

function stepFor({ plan, place, counts }: Branch, name: string): readonly [XmlPlan | XmlStep | undefined, string] {
  if (Object.hasOwn(plan, name)) return [plan[name], `${place}/${name}`]
  const list = Object.hasOwn(plan, `${name}[]`) ? plan[`${name}[]`] : plan['*']
  const count = (counts.get(name) ?? 0) + 1
  counts.set(name, count)
  return [list, `${place}/${name}[${count}]`]
}

/** Most elements hold nothing but text; they share one list. */
const NONE: XmlItem[] = []

function newItem(name: string, attributes: Readonly<Record<string, string>>, began: number): Growing {
  const item: Growing = { name, type: '', text: '', children: NONE, id: '', ref: '', began }
  for (const key of Object.keys(attributes)) {
    const value = attributes[key] as string
    if (key.endsWith(':type')) item.type = value.slice(value.indexOf(':') + 1)
    else if (key.endsWith(':Id')) item.id = value
    else if (key.endsWith(':Ref')) item.ref = value
  }
  return item
}

/** A file has few names, each thousands of times. */
function localNames(): (name: string) => string {
  const known = new Map<string, string>()
  return name => {
    const found = known.get(name)
    if (found !== undefined) return found
    const local = name.slice(name.indexOf(':') + 1)
    if (known.size < MOST_NAMES) known.set(name, local)
    return local
  }
}

const MOST_NAMES = 1000
