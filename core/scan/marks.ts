import type { Find } from './engine.ts'
import type { Rule } from './rule.ts'

/** Lines of program text in a row that no requirement needs. */
const LONG = 25

/** Ends or begins like a statement; prose seldom does, and never in so many lines. */
const STATEMENT =
  /[;{}]\s*$|^\s*(?:import |from \S+ import |#include|def |class |function |return\b|if \(|for \(|public |private |package |using |const |let |var )/

const code: Find = text => {
  const spans: { start: number; end: number }[] = []
  let start = 0
  let from = 0
  let lines = 0
  for (const line of `${text}\n\n`.split('\n')) {
    if (STATEMENT.test(line)) {
      if (lines === 0) from = start
      lines++
    } else if (line.trim() !== '' || start >= text.length) {
      if (lines >= LONG) spans.push({ start: from, end: Math.min(start, text.length) })
      lines = 0
    }
    start += line.length + 1
  }
  return spans
}

/** Signs that a text belongs to somebody else, or was meant to stay where it was. */
export const MARK_RULES: readonly Rule[] = [
  mark(
    'scan.confidential',
    'a mark that says it is confidential',
    ['confidential', 'internal use', 'distribut', 'proprietary', 'trade secret', 'vertraulich', 'dienstgebrauch'],
    {
      pattern:
        '\\b(?:(?:STRICTLY |HIGHLY |COMPANY |COMMERCIAL[ -]IN[ -])?CONFIDENTIAL|STRENG VERTRAULICH|VERTRAULICH|TRADE SECRETS?|NOT FOR DISTRIBUTION|DO NOT DISTRIBUTE)\\b|\\b(?:[Ff]or |FOR )?(?:[Ii]nternal|INTERNAL) (?:[Uu]se|USE) (?:[Oo]nly|ONLY)\\b|\\b(?:[Pp]roprietary (?:and|&) [Cc]onfidential|[Ss]trictly [Cc]onfidential|[Nn]ur für den (?:internen )?Dienstgebrauch)',
    },
  ),
  mark(
    'scan.licence',
    'a notice of copyright or licence',
    ['copyright', 'spdx-license', 'general public license', 'all rights reserved', '©'],
    {
      pattern:
        '(?:\\bCopyright|©) {0,2}(?:\\([cC]\\)|©)? {0,2}(?:19|20)\\d{2}|\\bSPDX-License-Identifier: ?[A-Za-z]|\\b(?:Lesser |Affero )?General Public License\\b|\\b[Aa]ll [Rr]ights [Rr]eserved\\b',
    },
  ),
  mark('scan.code', `more than ${LONG} lines of program text`, [';', '{', 'import', 'def '], { find: code }),
]

function mark(id: string, what: string, keywords: readonly string[], how: { pattern: string } | { find: Find }): Rule {
  return {
    id,
    action: 'warn',
    what,
    label: 'TEXT',
    cure: 'Make sure that it may be handed to a coding tool; else say it in your own words.',
    keywords,
    ...how,
  }
}
