import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { evidenceRows, evidenceText, isEqual } from '../../bench/evidence-table.ts'

const folder = path.resolve(import.meta.dirname, '../../../shared/corpus/evidence')

describe.skipIf(!existsSync(folder))('every file of the corpus of evidence', () => {
  const rows = existsSync(folder) ? evidenceRows(folder) : []

  test('is read, or refused with place, reason and cure', () => {
    expect(rows.length).toBeGreaterThan(120)
    for (const { file, format, says, problem, crashed } of rows) {
      expect(crashed, `${file}: ${says}`).toBe(false)
      expect(says.length, file).toBeGreaterThan(3)
      if (format !== undefined) continue
      expect(problem?.at, file).toContain(path.basename(file))
      expect(problem?.message, file).toMatch(/[.?]$/)
      expect(problem?.cure?.length ?? 0, file).toBeGreaterThan(10)
    }
  })

  test('holds as much as a second, separately written count finds', () => {
    expect(rows.filter(row => !isEqual(row)).map(({ file, counted }) => [file, counted])).toEqual([])
    expect(rows.filter(row => row.counted.length > 0).length).toBeGreaterThan(125)
  })

  test('has a line in the table, and the sum below it', () => {
    const text = evidenceText(rows)
    expect(text.split('\n')).toHaveLength(rows.length + 4)
    expect(text).toMatch(/\n\n\d+ files: \d+ read, \d+ of them counted twice, \d+ refused, 0 wrong\.\n$/)
  })
})

describe('a count that differs', () => {
  test('is wrong, and the table shows both', () => {
    const row = {
      file: 'a',
      format: 'grype',
      says: 'x',
      counted: [{ kind: 'vulnerabilities', ours: 1, theirs: 2 }],
      crashed: false,
    }
    expect(isEqual(row)).toBe(false)
    expect(evidenceText([row])).toContain('vulnerabilities 2, NOT 1')
    expect(evidenceText([row])).toContain('1 wrong.')
  })
})
