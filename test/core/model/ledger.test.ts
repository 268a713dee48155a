import { describe, expect, test } from 'vitest'
import { digestOfText } from '../../../core/model/digest.ts'
import { entryFile, type LedgerState, newEntry, readLedger } from '../../../core/model/ledger.ts'
import type { LedgerEntry } from '../../../core/model/types.ts'
import { counted } from '../../support/counted.ts'

type Written = ReturnType<typeof newEntry>

const by = (day: number) => ({ at: `2026-11-${String(day).padStart(2, '0')}T00:00:00Z`, by: 'reviewer' })
const first = newEntry([], 'imported', { n: 1 }, by(1))
const second = newEntry([first.hash], 'approved', { n: 2 }, by(2))
const forkA = newEntry([second.hash], 'verdict', { n: 'a' }, by(4))
const forkB = newEntry([second.hash], 'verdict', { n: 'b' }, by(3))
const merged = newEntry([forkA.hash, forkB.hash], 'merged', {}, by(5))

function file({ hash, text, entry }: Written, fields: { name?: string; text?: string; entry?: LedgerEntry | undefined } = {}) {
  return { name: entryFile(hash), text, entry, ...fields }
}

/** The state of a ledger, and how often a field of any entry was read for it. */
function readCounted(files: readonly ReturnType<typeof file>[]) {
  const { watched, reads } = counted(files.flatMap(({ entry }) => entry ?? []))
  return { state: readLedger(files.map((one, i) => ({ ...one, entry: watched[i] }))), reads: reads() }
}

function hashes(state: LedgerState): readonly string[] {
  return state.entries.map(({ hash }) => hash)
}

describe('readLedger', () => {
  test('an empty ledger is whole', () => {
    expect(readLedger([])).toEqual({ entries: [], heads: [], ok: true, problems: [] })
  })

  test('a chain has one head and is read from its root', () => {
    const state = readLedger([file(second), file(first)])
    expect(state).toMatchObject({ ok: true, heads: [second.hash], problems: [] })
    expect(hashes(state)).toEqual([first.hash, second.hash])
  })

  test('a fork has two heads, a merge joins them', () => {
    expect(readLedger([first, second, forkA, forkB].map(entry => file(entry))).heads).toEqual([forkA.hash, forkB.hash].sort())
    const state = readLedger([merged, forkB, forkA, second, first].map(entry => file(entry)))
    expect(state).toMatchObject({ ok: true, heads: [merged.hash] })
    expect(hashes(state)).toEqual([first.hash, second.hash, forkB.hash, forkA.hash, merged.hash])
  })

  test('parents stand before children even when clocks disagree', () => {
    const early = newEntry([second.hash], 'verdict', {}, by(1))
    expect(hashes(readLedger([early, second, first].map(entry => file(entry))))).toEqual([first.hash, second.hash, early.hash])
  })

  test('the order of the files does not matter', () => {
    const files = [merged, forkA, first].map(entry => file(entry))
    expect(JSON.stringify(readLedger(files))).toBe(JSON.stringify(readLedger([...files].reverse())))
  })

  test('the final newline of a text file does not count', () => {
    expect(readLedger([file(first, { text: `${first.text}\n` })]).ok).toBe(true)
  })

  test.each([
    ['an edited text', file(second, { text: second.text.replace('reviewer', 'someone') }), 'ledger.hash'],
    ['another name', file(second, { name: `${'0'.repeat(64)}.json` }), 'ledger.hash'],
    ['nothing readable', file(second, { text: 'x', entry: undefined }), 'ledger.unreadable'],
  ])('%s is named, and does not count as an entry', (_name, broken, code) => {
    const state = readLedger([file(first), broken])
    expect(state.ok).toBe(false)
    expect(state.problems).toMatchObject([{ code, severity: 'error', at: `ledger/${broken.name}` }])
    expect(hashes(state)).toEqual([first.hash])
    expect(state.heads).toEqual([first.hash])
  })

  test('a payload that is not the digested one is named', () => {
    const entry = { ...second.entry, payload: { n: 3 } }
    const forged = newEntry([first.hash], 'approved', { n: 3 }, by(2))
    const text = forged.text.replace(forged.entry.payloadDigest, second.entry.payloadDigest)
    const hash = digestOfText(text)
    const state = readLedger([
      file(first),
      { name: entryFile(hash), text, entry: { ...entry, payloadDigest: second.entry.payloadDigest } },
    ])
    expect(state.problems.map(problem => problem.code)).toEqual(['ledger.payload'])
  })

  test('an entry whose parent was taken away says which', () => {
    const state = readLedger([file(second), file(forkA)])
    expect(state.ok).toBe(false)
    expect(state.problems).toMatchObject([{ code: 'ledger.parent', at: `ledger/${entryFile(second.hash)}` }])
    expect(state.problems[0]?.message).toContain(first.hash.slice(7, 19))
    expect(hashes(state)).toEqual([second.hash, forkA.hash])
  })

  test('tampering with the first of a chain breaks it for all who look', () => {
    const files = [file(first, { text: first.text.replace('"n":1', '"n":9') }), file(second), file(forkA)]
    expect(
      readLedger(files)
        .problems.map(problem => problem.code)
        .sort(),
    ).toEqual(['ledger.hash', 'ledger.parent'])
  })

  test('each of ten thousand entries of one instant is looked at a few times', () => {
    let head: readonly string[] = []
    const files = Array.from({ length: 10_000 }, (_, n) => {
      const entry = newEntry(head, 'verdict', { n }, by(1))
      head = [entry.hash]
      return file(entry)
    })
    const { state, reads } = readCounted(files)
    expect(state.ok).toBe(true)
    expect(state.entries.at(-1)?.hash).toBe(head[0])
    expect(reads).toBeLessThan(10 * files.length)
  })
})

test('each of five thousand branches of a root is looked at a few times', () => {
  const branches = Array.from({ length: 5000 }, (_, n) => file(newEntry([first.hash], 'verdict', { n }, by(2))))
  const { state, reads } = readCounted([...branches, file(first)])
  expect(state).toMatchObject({ ok: true })
  expect(state.heads).toHaveLength(5000)
  expect(hashes(state)[0]).toBe(first.hash)
  // Sorting them by halves asks for two instants at a time, 13 times for each; side by side it would be 12 million times.
  expect(reads).toBeLessThan(40 * branches.length)
})

describe('newEntry', () => {
  test('the same input gives the same file; parents are sorted', () => {
    expect(newEntry([forkB.hash, forkA.hash], 'merged', {}, by(5))).toEqual(merged)
    expect(merged.entry.parents).toEqual([forkA.hash, forkB.hash].sort())
  })
})
