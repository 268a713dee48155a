import { ok, type Refusal, type Result, refuse } from '../../support/result.ts'
import { MOST_LISTED } from '../reading/list-limits.ts'
import type { Places } from '../reading/text-places.ts'
import type { XmlNode } from '../reading/xml.ts'

/** The objects of a file by their tag; which section an object stands in says nothing more. */
export type Objects = ReadonlyMap<string, readonly XmlNode[]>

/** Parts that name another object. */
const LINKS: ReadonlySet<string> = new Set([
  'dataflow_asset',
  'trust_boundary_component',
  'threat_attacker',
  'threatened_asset',
  'target',
  'target_response',
])

/** Sorts the objects by tag. Names and numbers that no person writes are refused before anything is read. */
export function objectsOf(root: XmlNode, places: Places): Result<Objects> {
  const wrong = forbiddenName(root, places) ?? tooManyLinks(root, places)
  if (wrong) return wrong
  const objects = new Map<string, XmlNode[]>()
  for (const section of root.children)
    for (const node of section.children) {
      const list = objects.get(node.name) ?? []
      objects.set(node.name, list)
      list.push(node)
      const what = node.name === 'trust_boundary' ? 'zones' : 'objects'
      if (list.length > MOST_LISTED[what]) return tooMany(places.at(node.at), `<${node.name}>`, MOST_LISTED[what])
    }
  return ok(objects)
}

/** A key that reaches into every object has no place in a design either. */
function forbiddenName(node: XmlNode, places: Places): Refusal | undefined {
  const key = '__proto__'
  if (node.name === key || Object.hasOwn(node.attributes, key))
    return refuse({
      code: 'cairis.key',
      at: places.at(node.at),
      message: `Holds the name "${key}", which no model uses and which attacks do.`,
      cure: 'Remove it if you trust the file.',
    })
  for (const child of node.children) {
    const wrong = forbiddenName(child, places)
    if (wrong) return wrong
  }
  return undefined
}

function tooManyLinks(root: XmlNode, places: Places): Refusal | undefined {
  let links = 0
  const walk = (node: XmlNode): Refusal | undefined => {
    if (LINKS.has(node.name) && ++links > MOST_LISTED.links) return tooMany(places.at(node.at), 'links', MOST_LISTED.links)
    for (const child of node.children) {
      const wrong = walk(child)
      if (wrong) return wrong
    }
    return undefined
  }
  return walk(root)
}

function tooMany(at: string, what: string, most: number): Refusal {
  return refuse({
    code: 'import.tooMany',
    at,
    message: `The file holds more than ${most} ${what}; at most so many are read.`,
    cure: 'Split the model into several files.',
  })
}
