import { expect, test } from 'vitest'
import { newEntry } from '../../core/model/ledger.ts'
import { lastFetched } from '../../renderer/state/fetched.ts'
import { entryWords } from '../../renderer/views/reports/ledger-model.ts'

const client = { name: 'agent', version: '2.1' }
const copied = (at: string, more: Readonly<Record<string, unknown>>) =>
  newEntry([], 'prompt-copied', { workItem: 'W-00001', target: 'markdown', ...more }, { at, by: 'Somebody' })

test('who fetched last is told by the ledger alone; a copying by hand and a broken client are nobody', () => {
  const entries = [
    copied('2026-11-20T10:00:00Z', { client: { name: 'older', version: '1' } }),
    copied('2026-11-21T10:00:00Z', { client }),
    copied('2026-11-22T10:00:00Z', {}),
    copied('2026-11-23T10:00:00Z', { client: { name: 7 } }),
  ]
  expect(lastFetched({ entries })).toEqual({ ...client, at: '2026-11-21T10:00:00Z', workItem: 'W-00001' })
  expect(lastFetched({ entries: entries.slice(2) })).toBeUndefined()
})

test('the ledger says through whom a prompt went', () => {
  expect(entryWords(copied('2026-11-21T10:00:00Z', { client }))).toBe('W-00001 · for markdown · through agent 2.1')
  expect(entryWords(copied('2026-11-21T10:00:00Z', { client: 'x' }))).toBe('W-00001 · for markdown')
})
