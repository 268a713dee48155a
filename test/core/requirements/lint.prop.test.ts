import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { approvalProblems } from '../../../core/requirements/checks.ts'
import { hintsOn, lintRequirements } from '../../../core/requirements/lint.ts'
import { rewritten } from '../../../core/requirements/rewritten.ts'
import { builtinWords } from '../../../packs/words.ts'
import { ends } from '../../support/ends.ts'
import { runs } from '../../support/runs.ts'
import { asset, designOf, element, requirement } from '../model/designs.ts'

const MODEL = [element('E-00001', { name: 'Transfer API' }), element('E-00002', { name: 'Ledger' }), asset('D-00001')]
const DESIGN = designOf(...MODEL)

const PIECES = [
  ...[
    'the',
    'The Transfer API',
    'shall',
    'should',
    'may',
    'it',
    'they',
    'all',
    'every 5',
    'fast',
    'be',
    'logged',
    'port-scanned',
    'and',
    'and log the',
    'or',
  ],
  ...[
    'not',
    'accept',
    'by the',
    '5',
    '1,5',
    'in 5',
    'ms',
    '%',
    '€',
    'TBD',
    '[x]',
    '[',
    ']',
    '???',
    'when',
    'While',
    'if',
    'then',
    ',',
    '.',
    ':',
    ';',
    '(',
    ')',
  ],
  ...[
    'API',
    'CRM',
    'Acceptable Use Policy',
    'appropriate',
    'where possible',
    'and/or',
    'such as',
    'be able to',
    'Ledger',
    'D-00001',
    '$',
    '\u{1F3E6}',
    '\u0301',
    '\t',
    '\n',
  ],
  ...[
    'Das System',
    'muss',
    'dürfen',
    'darf',
    'nicht',
    'keine',
    'werden',
    'gespeichert',
    'prüfen',
    'und',
    'Wenn',
    ', falls',
    'die Transfer API',
    'schnell',
    'ggf.',
    'alle',
    'nach 5',
    'durch die',
  ],
  ...['El sistema debe', 'должна', '系统应', 'يجب', 'µs', 'İ', 'ſ', 'ẞ', '\u2028', '\u00a0', '\ud800'],
]

const statement = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 30 }).map(words => words.join(' ')) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 30 }).map(words => words.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }) },
)

describe('requirement lint on any text', () => {
  test('never throws; quotes stand where they say; every hint has a message and a cure; rewriting gives a text', () => {
    fc.assert(
      fc.property(statement, text => {
        for (const hint of hintsOn(DESIGN, builtinWords, requirement('R-00001', text, { verification: undefined as never }))) {
          expect(text.slice(hint.offset, hint.offset + hint.quoted.length)).toBe(hint.quoted)
          expect(hint.code).toBe(`requirement.${hint.rule}`)
          expect(hint.message.length * (hint.cure?.length ?? 0)).toBeGreaterThan(0)
          expect(typeof rewritten(text, hint)).toBe('string')
        }
        approvalProblems(DESIGN, requirement('R-00001', text))
      }),
      { numRuns: runs(200, 10_000) },
    )
  })

  test('what is said about two texts quotes the one it is said about', () => {
    fc.assert(
      fc.property(statement, statement, fc.boolean(), (first, other, isTwice) => {
        const texts: Readonly<Record<string, string>> = { 'R-00001': first, 'R-00002': isTwice ? first : other }
        const rows = Object.entries(texts).map(([id, text]) => requirement(id, text))
        for (const hint of lintRequirements(designOf(...MODEL, ...rows), builtinWords))
          expect(texts[hint.at]?.startsWith(hint.quoted, hint.offset)).toBe(true)
      }),
      { numRuns: runs(100, 10_000) },
    )
  })

  test('the same text gets the same hints', () => {
    fc.assert(
      fc.property(statement, text => {
        const again = () => hintsOn(designOf(...MODEL), builtinWords, requirement('R-00001', text))
        expect(again()).toEqual(again())
      }),
      { numRuns: runs(50, 10_000) },
    )
  })

  // A hundred thousand signs: a pass over them is a fraction of a second, a pass for each of them many minutes.
  test.each([
    ...[', ', '   ', '5 ', '5 ms ', '1,', '€ 5 ', '[', '[x', '??? ', '( ', '-', 'x, ', 'D-00001 '],
    ...['when ', 'the ', 'shall ', 'it ', 'and ', 'The Ledger ', 'AB(', 'Ab ', 'as ', 'not ', 'be ', 'lylyed', 'every ', 'by '],
    ...['muss ', 'und ', 'nicht ', 'werden ', 'prüfen und '],
  ])('is read once, however often %j stands in it', piece => {
    const many = piece.repeat(100_000 / piece.length)
    const isGerman = /muss|und|nicht|werden/.test(piece)
    const text = isGerman
      ? `Wenn x, muss die API ${many} nicht prüfen und melden.`
      : `The API shall log ${many.trim()} (x) and log the end.`
    const design = designOf(...MODEL, requirement('R-00001', text))
    expect(Array.isArray(ends(() => lintRequirements(design, builtinWords)))).toBe(true)
  })
})
