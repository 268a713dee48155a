import { SaxesParser } from 'saxes'
import { ok, type Problem, type Result, refuse } from '../support/result.ts'

export type XmlLimits = { readonly depth: number; readonly elements: number }

export const XML_LIMITS: XmlLimits = { depth: 200, elements: 2_000_000 }

export type Attributes = Readonly<Record<string, string>>

/** Refuses the document at the place that is being read. */
export type Stop = (fault: Fault) => never

/** What a reader of XML listens to. */
export type XmlListener = {
  /** Names the root may have. */
  readonly roots: readonly string[]
  readonly open: (name: string, attributes: Attributes, stop: Stop) => void
  readonly close: () => void
  /** Text between tags, CDATA included; only readers that need it pay for it. */
  readonly text?: (text: string) => void
}

/** Walks a document once. What is not well-formed, cut off or too deep is refused with line and column; nothing is ever fetched. */
export function walkXml(file: string, text: string, listener: XmlListener, limits: XmlLimits = XML_LIMITS): Result<true> {
  const parser = new SaxesParser({ xmlns: false })
  let fault: Omit<Problem, 'severity'> | undefined
  const stop: Stop = problem => {
    fault = { ...problem, at: `${file}:${parser.line}:${parser.column + 1}` }
    throw new Error(problem.message)
  }
  let depth = 0
  let elements = 0
  parser.on('error', error => stop(notWellFormed(error)))
  parser.on('doctype', doctype => {
    if (doctype.includes('[')) stop(DECLARES)
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > limits.depth) stop(tooMuch(`Nested more than ${limits.depth} levels deep.`))
    if (++elements > limits.elements) stop(tooMuch(`Holds more than ${limits.elements} elements.`))
    if (depth === 1 && !listener.roots.includes(name)) stop(foreignRoot(name, listener.roots))
    listener.open(name, attributes, stop)
  })
  parser.on('closetag', () => {
    depth--
    listener.close()
  })
  if (listener.text) {
    parser.on('text', listener.text)
    parser.on('cdata', listener.text)
  }
  try {
    parser.write(text).close()
    return ok(true)
  } catch (error) {
    if (fault) return refuse(fault)
    throw error
  }
}

/** Name of the root element without its prefix and its line; undefined where no element begins. Comments, declarations and a document type are passed over. */
export function rootOf(text: string): { readonly name: string; readonly line: number } | undefined {
  let at = 0
  for (;;) {
    at = text.indexOf('<', at)
    if (at < 0) return undefined
    const end = text.startsWith('<!--', at)
      ? '-->'
      : text.startsWith('<?', at)
        ? '?>'
        : text.startsWith('<!', at)
          ? '>'
          : undefined
    if (end === undefined) {
      const name = /^<(?:[\w.-]{1,100}:)?([\w.-]{1,100})/.exec(text.slice(at, at + 210))?.[1]
      return name === undefined ? undefined : { name, line: text.slice(0, at).split('\n').length }
    }
    at = text.indexOf(end, at)
    if (at < 0) return undefined
  }
}

export type Fault = Omit<Problem, 'severity' | 'at'>

function notWellFormed(error: Error): Fault {
  const reason = error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')
  return {
    code: 'evidence.xml',
    message: `Not well-formed XML: ${reason}.`,
    cure: 'Often a run that was cut off: make the report again.',
  }
}

const DECLARES: Fault = {
  code: 'evidence.doctype',
  message: 'The document declares entities of its own, which no report needs and which attacks do.',
  cure: 'Remove the declaration if you trust the file.',
}

function tooMuch(message: string): Fault {
  return { code: 'evidence.limit', message, cure: 'Split the report, or check that it is the right file.' }
}

function foreignRoot(name: string, roots: readonly string[]): Fault {
  return {
    code: 'evidence.format',
    message: `XML with the root <${name.slice(0, 60)}>; <${roots.join('> or <')}> is read.`,
    cure: 'Formats that are read: skeptic formats --evidence.',
  }
}
