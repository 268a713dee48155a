import type { Target } from '../model/types.ts'
import { hiddenIn } from '../support/hidden.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { ACTIVE, activeIn } from './active.ts'
import { inert } from './inert.ts'

/** What makes a heading, a quotation, a list, a table, a rule or an edge of fenced material of a line that begins with it. */
const BLOCK =
  /^(?:#{1,6}(?=\s|$)|[>|]|[-+*](?=\s|$)|(?:=+|-{2,}|\*{2,}|_{3,})(?=\s*$)|\d{1,9}(?=[.)](?:\s|$))|(?:BEGIN|END)(?= DATA\b))/

/** The same line as the beginning of a paragraph, which it stays: a backslash goes before the mark that would make it something else. */
export function paragraph(line: string): string {
  return line.replace(BLOCK, mark => (/^\d/.test(mark) ? `${mark}\\` : `\\${mark}`))
}

/**
 * Text from outside as one line that this target acts on nowhere. Refused when its pack names syntax that we do not
 * know how to take away, and when some is left: then nothing is written rather than something that runs.
 */
export function neutralise(text: string, { name, active }: Pick<Target, 'name' | 'active'>): Result<string> {
  const unknown = active.find(one => !Object.hasOwn(ACTIVE, one))
  if (unknown !== undefined)
    return refuse({
      code: 'target.unknownSyntax',
      at: name,
      message: `The pack says that ${name} acts on "${unknown}", and nobody taught us to take that away.`,
      cure: `Correct the pack: known are ${Object.keys(ACTIVE).join(', ')}.`,
    })
  const line = inert(text, active)
  const left = activeIn(line, active)[0]?.name ?? (hiddenIn(line).length > 0 ? 'hidden characters' : undefined)
  if (left === undefined) return ok(line)
  return refuse({
    code: 'target.stillActive',
    at: name,
    message: `A text still holds what ${name} acts on (${left}) after it was made harmless: "${line.slice(0, 60)}".`,
    cure: 'Write it in other words.',
  })
}
