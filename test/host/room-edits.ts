import type { Change } from '../../core/model/change.ts'

const AT = '2026-11-22T16:00:00Z'
const ROWS = 8

/** Edit number n of a run: each row says of itself which edit made it last. */
export function editOf(n: number): readonly Change[] {
  const id = `E-1000${(n * 5) % ROWS}`
  const other = `E-2000${(n * 3) % ROWS}`
  const description = 'd'.repeat((n * 37) % 3000)
  const put: Change = {
    kind: 'put',
    table: 'elements',
    row: { id, name: String(n), kind: 'process', description, provenance: { kind: 'human', at: AT } },
  }
  if (n % 4 === 0) return [put, { kind: 'remove', table: 'elements', id: other }]
  if (n % 4 === 1) return [put, { ...put, row: { ...put.row, id: other } } as Change]
  return [put]
}
