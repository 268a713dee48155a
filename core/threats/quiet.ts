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
    isSameMap(was.attributes, is.attributes) &&
    isSameMap(was.codeClasses, is.codeClasses) &&
    isSameMap(was.data, is.data) &&
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
    isSameMap(was.data, is.data) &&
    was.outOfScope === is.outOfScope &&
    was.foreign === is.foreign &&
    isSamePhrases(was.protocol, is.protocol)
  )
}

/** A shared document makes a map anew when any key of its row was set. */
function isSameMap(a: Readonly<Record<string, unknown>> | undefined, b: Readonly<Record<string, unknown>> | undefined): boolean {
  if (a === b) return true
  if (!a || !b) return false
  let count = 0
  for (const key in a) {
    if (a[key] !== b[key]) return false
    count++
  }
  for (const _ in b) count--
  return count === 0
}

function isSamePhrases(a: string | undefined, b: string | undefined): boolean {
  if (a === b) return true
  const before = a === undefined ? NONE : phrasesIn(a)
  const after = b === undefined ? NONE : phrasesIn(b)
  return before.length === after.length && before.every(phrase => after.includes(phrase))
}

const NONE: readonly number[] = []
