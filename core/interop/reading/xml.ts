import { SaxesParser } from 'saxes'
import { ok, type Problem, type Result, refuse } from '../../support/result.ts'
import { type Places, placesIn } from './text-places.ts'

/** An element of the file with what stands in it. */
export type XmlNode = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlNode[]
  /** Text directly in it, without that of its children. */
  readonly text: string
  /** Offset of its tag in the file. */
  readonly at: number
  /** Offset of the first character after its tag. */
  readonly inside: number
}

/** The largest public template has 1.6 MB, 16,000 elements and 7 levels. */
export const XML_LIMITS = { length: 16 * 1024 * 1024, depth: 30, elements: 500_000 }

/** What a reader expects of its documents, and how it speaks of them. */
export type XmlKind = {
  /** First part of the codes of its problems. */
  readonly code: string
  /** One document, as in "no real template comes near this". */
  readonly noun: string
  /** What to do when a document is cut off. */
  readonly cure: string
  /** Elements that are left out with all in them, such as pictures. */
  readonly skipped: ReadonlySet<string>
  /** Whether a document may name the file that defines its type; nothing is ever fetched, and declarations of its own are refused. */
  readonly namesType?: true
}

/** Reads a document whole. What declares anything, is cut off, too deep or too large is refused where it is. */
export function readXml(file: string, text: string, kind: XmlKind): Result<{ readonly root: XmlNode; readonly places: Places }> {
  const places = placesIn(file, text)
  const parser = new SaxesParser({ xmlns: false })
  const tree = newTree(text, kind)
  let fault: XmlFault | undefined
  const stop = (problem: XmlFault | undefined) => {
    if (!problem) return
    fault = problem
    throw STOP
  }
  parser.on('error', error => stop(notWellFormed(error, kind)))
  parser.on('doctype', type => stop(kind.namesType && !type.includes('[') ? undefined : declares(kind)))
  parser.on('opentag', ({ name, attributes }) => stop(tree.open(name, attributes, parser.position)))
  parser.on('text', piece => tree.write(piece))
  parser.on('cdata', piece => tree.write(piece))
  parser.on('closetag', () => tree.close())
  try {
    parser.write(text).close()
  } catch (error) {
    if (error !== STOP || !fault) throw error
    return refuse({ ...fault, at: places.at(Math.min(parser.position, text.length)) })
  }
  return tree.root
    ? ok({ root: tree.root, places })
    : refuse({ code: `${kind.code}.empty`, message: 'The file is empty.', cure: 'Fetch it again.', at: file })
}

/** What a document is refused for, before its place is known. */
export type XmlFault = Omit<Problem, 'severity' | 'at'>
type Growing = XmlNode & { readonly children: XmlNode[]; text: string }

const STOP = new Error('The document is refused.')

function newTree(text: string, kind: XmlKind) {
  const open: Growing[] = []
  let skipping = 0
  let elements = 0
  return {
    root: undefined as XmlNode | undefined,
    open(name: string, attributes: Readonly<Record<string, string>>, inside: number): XmlFault | undefined {
      if (open.length + skipping === XML_LIMITS.depth)
        return tooMuch(kind, `It is nested more than ${XML_LIMITS.depth} levels deep.`)
      if (++elements > XML_LIMITS.elements) return tooMuch(kind, `It holds more than ${XML_LIMITS.elements} elements.`)
      if (skipping > 0 || kind.skipped.has(name)) {
        skipping++
        return undefined
      }
      const node: Growing = { name, attributes, children: [], text: '', at: text.lastIndexOf('<', inside - 1), inside }
      open.at(-1)?.children.push(node)
      open.push(node)
      this.root ??= node
      return undefined
    },
    write(piece: string): void {
      const node = open.at(-1)
      if (node && skipping === 0) node.text += piece
    },
    close(): void {
      if (skipping > 0) skipping--
      else open.pop()
    },
  }
}

/** The refusal of a document that breaks the rules of XML. */
export function notWellFormed(error: Error, { code, cure }: XmlKind): XmlFault {
  const reason = error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')
  return {
    code: `${code}.xml`,
    message: `Not well-formed XML: ${reason.length > 200 ? `${reason.slice(0, 199)}…` : reason}.`,
    cure: `The file may be cut off: fetch it again, or ${cure}.`,
  }
}

/** The refusal of a document that declares entities or a type. */
export function declares({ code, noun }: XmlKind): XmlFault {
  return {
    code: `${code}.doctype`,
    message: `The file declares a document type of its own, which no ${noun} needs and which attacks do.`,
    cure: 'Remove the declaration if you trust the file.',
  }
}

/** The refusal of a document that is deeper or larger than any real one. */
export function tooMuch({ code, noun }: XmlKind, message: string): XmlFault {
  return { code: `${code}.limit`, message, cure: `Check that it is the right file: no real ${noun} comes near this.` }
}
