import type { Result } from '../support/result.ts'
import { type Attributes, walkXml } from './xml.ts'

/** An element with what it holds; names are without prefixes. */
export type XmlElement = {
  readonly name: string
  /** XPath, counted from 1 among siblings of the name. */
  readonly pointer: string
  readonly attributes: Attributes
  readonly children: readonly XmlElement[]
  /** Text directly in it, trimmed. */
  readonly text: string
}

type Open = { name: string; pointer: string; attributes: Attributes; children: XmlElement[]; text: string }

/** A whole document as a tree, for formats whose facts lie in texts. Attributes hold what declares namespaces, too. */
export function treeOf(file: string, text: string, root: string): Result<XmlElement> {
  const open: Open[] = []
  const counts: Map<string, number>[] = []
  let whole: XmlElement | undefined
  const written = new RegExp(`<((?:[\\w.-]{1,100}:)?${root})[\\s/>]`).exec(text)?.[1] ?? root
  const walked = walkXml(file, text, {
    roots: [root, written],
    open(qualified, attributes) {
      const name = qualified.slice(qualified.indexOf(':') + 1)
      const siblings = counts.at(-1)
      const number = (siblings?.get(name) ?? 0) + 1
      siblings?.set(name, number)
      const parent = open.at(-1)
      const pointer = parent ? `${parent.pointer}/${name}[${number}]` : `/${name}`
      open.push({ name, pointer, attributes, children: [], text: '' })
      counts.push(new Map())
    },
    text(piece) {
      const element = open.at(-1)
      if (element) element.text += piece
    },
    close() {
      const element = open.pop()
      counts.pop()
      if (!element) return
      element.text = element.text.trim()
      const parent = open.at(-1)
      if (parent) parent.children.push(element)
      else whole = element
    },
  })
  if (!walked.ok) return walked
  return { ok: true, value: whole as XmlElement }
}

export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter(child => child.name === name) ?? []
}

export function childOf(element: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined {
  return names.reduce((at, name) => at?.children.find(child => child.name === name), element)
}

/** Text of the first child of the name; undefined where it is missing or empty. */
export function textIn(element: XmlElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.text || undefined
}
