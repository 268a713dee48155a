import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { corpusBeside, readCorpus } from '../../bench/corpus-models.ts'
import { countsOf, type LintCounts, lintCorpus } from '../../bench/lint.ts'
import judged from '../../bench/lint-judged.json'
import { builtinPacks } from '../../packs/builtin.ts'
import kept from './lint.json'

const models = corpusBeside(path.resolve(import.meta.dirname, '../..'))
const record: LintCounts = kept

describe.skipIf(models === undefined)('requirement lint on the sentences of others', () => {
  const linted = models === undefined ? [] : lintCorpus(models, readCorpus(models), builtinPacks.words)
  const today = countsOf(linted)

  test('reads them all', () => {
    expect(today.sentences).toBeGreaterThanOrEqual(record.sentences)
  })

  test('no rule speaks more often than when every hint was last read by a person', () => {
    // Who makes a rule find more reads what is new with: node setup/corpus.mjs lint --all, and then records it.
    const louder = Object.entries(today.hints).filter(([rule, count]) => count > (record.hints[rule] ?? 0))
    expect(louder).toEqual([])
  })

  test('of a hundred hints at most three are false alarms', () => {
    const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((total, n) => total + n, 0)
    expect(sum(today.falseAlarms)).toBeLessThanOrEqual(sum(today.hints) * 0.03)
  })

  test('what is judged is about sentences that are there', () => {
    const there = new Set(linted.map(({ statement }) => statement))
    expect(judged.filter(({ statement }) => !there.has(statement))).toEqual([])
  })

  test('every quote stands in its sentence', () => {
    const wrong = linted.flatMap(({ statement, hints }) =>
      hints.filter(({ quoted, offset }) => !statement.startsWith(quoted, offset)),
    )
    expect(wrong).toEqual([])
  })
})
