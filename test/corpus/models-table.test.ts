import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { isRight, type ModelRow, modelRows, modelsText } from '../../bench/models-table.ts'
import { FORMATS } from '../../core/interop/formats.ts'

const folder = path.resolve(import.meta.dirname, '../../../shared/corpus/models')
const here = existsSync(folder)

describe.skipIf(!here)('every file of the corpus of models', () => {
  const rows = here ? modelRows(folder) : []

  test('is read, or refused with place, reason and cure; nothing crashes', () => {
    expect(rows.length).toBeGreaterThan(70)
    expect(
      rows.filter(row => !isRight(row)).map(({ file, crash, counted, problems }) => [file, crash, counted, problems]),
    ).toEqual([])
  })

  test('is counted a second way whenever it is read', () => {
    const once = rows.filter(({ format, counted }) => format !== undefined && counted.length === 0).map(({ file }) => file)
    expect(once).toEqual([])
  })

  test('has a line in the table, and the sum below it', () => {
    const text = modelsText(rows, false)
    expect(text.split('\n')).toHaveLength(rows.length + 4)
    expect(text).toMatch(/\n\n\d+ files: \d+ read, \d+ of them counted twice, \d+ refused, 0 wrong\.\n$/)
    expect(FORMATS.map(({ name }) => name)).toEqual(
      expect.arrayContaining([...new Set(rows.flatMap(({ format }) => format ?? []))]),
    )
  })
})

describe('a row is wrong', () => {
  const row: ModelRow = {
    file: 'a',
    isNegative: false,
    format: 'otm',
    counts: { flows: 1 },
    losses: [],
    problems: [],
    counted: [],
  }
  test.each([
    ['when the counts differ', { ...row, counted: [{ kind: 'flows', ours: 1, theirs: 2 }] }],
    ['when the reader falls over', { ...row, crash: 'no' }],
    ['when what is broken on purpose was read without a word', { ...row, isNegative: true }],
    ['when it is refused without a cure', { file: 'a', isNegative: false, counts: {}, losses: [], counted: [], problems: [] }],
  ] as const)('%s', (_why, wrong: ModelRow) => {
    expect(isRight(wrong)).toBe(false)
    expect(modelsText([wrong], true)).toContain('1 wrong.')
  })

  test('and no other', () => expect(isRight(row)).toBe(true))
})
