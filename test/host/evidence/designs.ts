import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { newDesign } from '../../../core/model/create.ts'
import { randomFrom } from '../../../core/model/identity.ts'
import type { LedgerState } from '../../../core/model/ledger.ts'
import type { Design, Packs } from '../../../core/model/types.ts'

export const AT = '2026-11-22T16:00:00Z'
export const PACKS: Packs = { rules: [], controls: [], words: [], targets: [] }
export const NO_LEDGER: LedgerState = { entries: [], heads: [], ok: true, problems: [] }

const stamp = { at: AT, by: 'architect', random: randomFrom('evidence') }
const provenance = { kind: 'human', at: AT, by: 'architect' } as const

/** One requirement that a test shows, one work item that may edit `src` and `test`, and everything self-reported allowed. */
export function smallDesign(): Design {
  return applyChanges(EMPTY_DESIGN, [
    ...newDesign('Shop', stamp),
    { kind: 'put', table: 'policy', row: { id: 'policy', preset: 'team', default: 'assisted', selfReported: 'always' } },
    {
      kind: 'put',
      table: 'requirements',
      row: {
        id: 'R-TEST1',
        statement: 'When a caller reads an invoice, the shop shall check its owner.',
        kind: 'security',
        status: 'approved',
        verification: 'test',
        provenance,
      },
    },
    {
      kind: 'put',
      table: 'workItems',
      row: {
        id: 'W-00001',
        name: 'Read invoices',
        goal: 'Callers read their own invoices.',
        operation: 'generate',
        requirements: { 'R-TEST1': true },
        mayEdit: { 'src/**': true, 'test/**': true },
        provenance,
      },
    },
  ])
}
