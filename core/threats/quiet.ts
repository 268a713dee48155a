import type { Element, Flow } from '../model/types.ts'
import { phrasesIn } from './lexicon.ts'

/**
 * Whether an edit of an element changed nothing that a rule reads, so that the same rules match as before. Its technology counts by the
 * phrases that rules look for in it; where none is stated the name stands for it. Everything a condition reads stands here.
 */
export function isQuietElement(was: Element, is: Element): boolean {
  return (
    was.kind === is.kind &&
    was.boundary === is.boundary &&
    was.attributes === is.attributes &&
    was.codeClasses === is.codeClasses &&
    was.data === is.data &&
    was.outOfScope === is.outOfScope &&
    was.foreign === is.foreign &&
    isSamePhrases(was.technology ?? was.name, is.technology ?? is.name)
  )
}

/** The same of a flow and its protocol. */
export function isQuietFlow(was: Flow, is: Flow): boolean {
  return (
    was.source === is.source &&
    was.target === is.target &&
    was.bidirectional === is.bidirectional &&
    was.authentication === is.authentication &&
    was.encryption === is.encryption &&
    was.publicNetwork === is.publicNetwork &&
    was.data === is.data &&
    was.outOfScope === is.outOfScope &&
    was.foreign === is.foreign &&
    isSamePhrases(was.protocol, is.protocol)
  )
}

function isSamePhrases(a: string | undefined, b: string | undefined): boolean {
  if (a === b) return true
  const before = a === undefined ? NONE : phrasesIn(a)
  const after = b === undefined ? NONE : phrasesIn(b)
  return before.length === after.length && before.every(phrase => after.includes(phrase))
}

const NONE: readonly number[] = []
