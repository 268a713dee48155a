import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { corpusBeside, readCorpus } from '../../bench/corpus-models.ts'
import { type CorpusRecord, recordOf } from '../../bench/corpus-record.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import kept from './noise.json'

const models = corpusBeside(path.resolve(import.meta.dirname, '../..'))
const record: CorpusRecord = kept
const ANEW = 'record it with: node setup/corpus.mjs record'

/** Figures that differ in the wrong direction; those that got better are told, so that the record does not go stale. */
function worse(
  now: Readonly<Record<string, number>>,
  before: Readonly<Record<string, number>>,
  isWorse: (a: number, b: number) => boolean,
) {
  const changed = Object.keys(now).filter(name => now[name] !== before[name])
  const lines = changed.map(name => `${name}: ${before[name] ?? 'not recorded'} before, ${now[name]} now`)
  const bad = lines.filter((_, i) => isWorse(now[changed[i] ?? ''] ?? 0, before[changed[i] ?? ''] ?? 0))
  if (bad.length < lines.length)
    process.stderr.write(`${lines.filter(line => !bad.includes(line)).join('\n')}\nBetter; ${ANEW}\n`)
  return bad
}

describe.skipIf(models === undefined)('the rules on the models of others', () => {
  const today = models === undefined ? record : recordOf(readCorpus(models), builtinPacks.rules)

  test('no model asks for more at once than was recorded', () => {
    expect(worse(today.now, record.now, (a, b) => a > b)).toEqual([])
  })

  test('the share of all findings that ask now does not creep up', () => {
    expect(Object.keys(today.now)).toEqual(expect.arrayContaining(Object.keys(record.now)))
    expect(today.total.now / today.total.all).toBeLessThanOrEqual(record.total.now / record.total.all)
  })

  test('no threat that people wrote is lost again', () => {
    expect(Object.keys(today.covered)).toEqual(expect.arrayContaining(Object.keys(record.covered)))
    expect(worse(today.covered, record.covered, (a, b) => a < b)).toEqual([])
  })
})
