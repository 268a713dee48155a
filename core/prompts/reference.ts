import { digestOfText } from '../model/digest.ts'
import { madeVisible } from '../support/hidden.ts'
import { withoutActive } from '../targets/active.ts'
import { tagged } from './tags.ts'

/** Untrusted material, fenced: a nonce nobody could have written into it, and every space marked as data. */
export type Reference = {
  readonly nonce: string
  readonly digest: string
  readonly lines: readonly string[]
}

/** More than this is refused, never cut: a cut text can mean the opposite (AISVS AC.3.5). */
export const REFERENCE_LIMIT = 6000

/** Stands for each space, so that no line reads as a sentence addressed to the tool (Hines 2024, datamarking). */
export const DATA_MARK = 'ˆ'

/** The nonce comes from slice and content, so that the same design gives the same prompt. */
export function fenced(id: string, text: string, input: { slice: string; active: readonly string[] }): Reference {
  const digest = digestOfText(text)
  const lines = text.split(/\r\n|[\n\r\u0085\u2028\u2029\v\f]/).map(line => marked(line, input.active))
  let round = 0
  let nonce = nonceOf(input.slice, digest, round)
  while (text.includes(nonce)) nonce = nonceOf(input.slice, digest, ++round)
  return { nonce, digest, lines: lines.map(line => tagged([id], line)) }
}

function nonceOf(slice: string, digest: string, round: number): string {
  return digestOfText(`${slice}\n${digest}\n${round}`).slice(7, 23)
}

/** Marked first, then made inert: the space inside a broken token stays a space, which nothing acts on. */
function marked(line: string, active: readonly string[]): string {
  // A space that no keyboard has is read as one all the same, so it is marked as one.
  const visible = madeVisible(
    line
      .replace(/\t/g, '  ')
      .replace(/[^\S\ufeff]/g, ' ')
      .trimEnd(),
  ).replaceAll(DATA_MARK, '^')
  return withoutActive(
    visible.replace(/\S( +)(?=\S)/g, run => run[0] + DATA_MARK.repeat(run.length - 1)),
    active,
  )
}
