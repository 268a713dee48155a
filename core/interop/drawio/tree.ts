import { listOf, recordOf } from '../reading/json-fields.ts'
import type { XmlNode } from '../reading/xml.ts'

/** An element of XML as plain data, to be kept under foreign. */
export type Tree = {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Tree[]
}

const DEEPEST = 12

export function treeOf({ name, attributes, children }: XmlNode, depth = 0): Tree {
  return {
    tag: name,
    attributes: Object.fromEntries(Object.entries(attributes).filter(([key]) => key !== '__proto__')),
    children: depth < DEEPEST ? children.map(child => treeOf(child, depth + 1)) : [],
  }
}

/** Kept data as a tree again; undefined when somebody made something else of it. */
export function treeFrom(value: unknown, depth = 0): Tree | undefined {
  const raw = recordOf(value)
  if (!raw || typeof raw.tag !== 'string' || !NAME.test(raw.tag) || depth > DEEPEST) return undefined
  const attributes = Object.entries(recordOf(raw.attributes) ?? {}).filter(
    (entry): entry is [string, string] => NAME.test(entry[0]) && typeof entry[1] === 'string',
  )
  return {
    tag: raw.tag,
    attributes: Object.fromEntries(attributes),
    children: listOf(raw.children).flatMap(child => treeFrom(child, depth + 1) ?? []),
  }
}

/** What a tag or an attribute may be called. */
export const NAME = /^(?!xml)[A-Za-z_][\w.-]{0,100}$/i

/** The element as text; characters that XML forbids are left out. */
export function xmlOf({ tag, attributes, children }: Tree, indent: string): string {
  const head = `${indent}<${tag}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('')}`
  if (children.length === 0) return `${head}/>`
  return `${head}>\n${children.map(child => xmlOf(child, `${indent}  `)).join('\n')}\n${indent}</${tag}>`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
}

function escaped(text: string): string {
  return inXml(text).replace(/[&<>"\n\t]/g, char => ESCAPES[char] ?? char)
}

/** Text without what no XML may hold: control characters, halves of pairs, and the two that are no characters. */
export function inXml(text: string): string {
  return text.replace(/(?![\n\t])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu, '')
}
