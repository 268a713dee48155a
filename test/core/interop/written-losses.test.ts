import { describe, expect, test } from 'vitest'
import { patchRow } from '../../../core/model/change.ts'
import { flatFields } from '../../../core/model/diff.ts'
import { TABLE_NAMES } from '../../../core/model/tables.ts'
import type { Design, TableName } from '../../../core/model/types.ts'
import { TRANSFERS } from '../gate/transfers.ts'
import { FULL, ROWS } from '../model/samples.ts'
import { written } from './written.ts'

/** Tables that one loss of a format speaks of together: "All but id and name of 4 drawn things". */
const TOGETHER: readonly TableName[] = ['elements', 'flows', 'boundaries', 'data']
/** Fields that say how a row is kept, not what it says; no format but ours has them. */
const KEPT: ReadonlySet<string> = new Set(['designId', 'epoch', 'format', 'membership'])

/** What the samples leave out of tables without a description. */
const MORE: { readonly [T in TableName]?: object } = {
  settings: { packs: { base: true }, insideWords: { inner: true }, ticketKeys: { PAY: true }, foreign: { x: 1 } },
  policy: { mostWaiverDays: 9, mostEvidenceDays: 9, agentDrafts: true, selfReported: 'never', foreign: { x: 1 } },
  triage: {},
}

/** The bank transfers, with every row as full as a row can be. */
const RICH = Object.fromEntries(
  TABLE_NAMES.map(table => {
    const words = MORE[table] ?? { description: 'Words.', foreign: { x: 1 } }
    const { id: _id, ...full } = { ...words, ...ROWS[table] } as Readonly<Record<string, unknown>>
    const rows = Object.values(TRANSFERS[table]).map(row => [row.id, { ...full, ...row }])
    return [table, rows.length > 0 ? Object.fromEntries(rows) : FULL[table]]
  }),
) as unknown as Design

describe.each(['csv', 'gherkin', 'sarif', 'markdown'])('%s', format => {
  const { text, losses } = written(RICH, format)
  const places = new Set(losses.map(({ at }) => at))

  test('every field of every row shows in the file, or a loss names it', () => {
    const silent: string[] = []
    for (const table of TABLE_NAMES) {
      if (places.has(table) && !TOGETHER.includes(table)) continue
      const told = places.has('elements') && TOGETHER.includes(table)
      const fields = new Set(
        Object.values(RICH[table]).flatMap(row => Object.keys(flatFields(table, row)).map(path => path.split('/')[0] ?? '')),
      )
      for (const field of fields) {
        if (told || KEPT.has(field) || places.has(`${table}/${field}`)) continue
        const rows = Object.values(RICH[table]).map(row => [row.id, without(row, field)])
        const other = { ...RICH, [table]: Object.fromEntries(rows) } as Design
        if (digestless(written(other, format).text) === digestless(text)) silent.push(`${table}/${field}`)
      }
    }
    expect(silent).toEqual([])
  })

  test('each loss has a place, words and a reason', () => {
    for (const { at, what, why } of losses) {
      expect(TABLE_NAMES).toContain(at.split('/')[0])
      expect(what.length).toBeGreaterThan(5)
      expect(why).toMatch(/\.$/)
    }
    expect(new Set(losses.map(({ at, what }) => `${at} ${what}`)).size).toBe(losses.length)
  })
})

/** The row without a field; one that must be there has another text. */
function without<Row extends object>(row: Row, field: string): Row {
  const value = (row as Readonly<Record<string, unknown>>)[field]
  if (field === 'categories') return { ...row, categories: {} }
  return patchRow(row, {
    [field]: typeof value === 'string' && REQUIRED.has(field) ? (OTHER[value] ?? `${value} and more`) : undefined,
  })
}

const REQUIRED = new Set([
  'name',
  'statement',
  'goal',
  'status',
  'kind',
  'operation',
  'decision',
  'response',
  'threat',
  'reason',
  'owner',
  'preset',
  'default',
  'by',
  'at',
])

/** Other values of fields that have few. */
const OTHER: Readonly<Record<string, string>> = {
  ...{ planned: 'verified', approved: 'retired', draft: 'approved', process: 'dataStore', security: 'functional' },
  ...{ generate: 'test', refactor: 'test', notApplicable: 'real', accept: 'avoid', team: 'strict', assisted: 'forbidden' },
  ...{ functional: 'security', operational: 'security' },
}

/** Digests change with every edit and show nothing of it. */
function digestless(text: string): string {
  return text.replace(/sha256:[0-9a-f]{64}/g, '').replace(/slice [0-9a-f]{6}\b/g, '')
}
