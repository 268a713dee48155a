import { ok, type Result } from '../../../core/support/result.ts'
import type { Output } from '../../contract.ts'
import type { Desk } from '../handlers.ts'
import { readLedgerFolder } from '../ledger.ts'
import { loadPacks } from './packs.ts'

/** The model report of the design as it stands, in Markdown; a broken ledger is said on top of it. */
export async function readReport({ room, now }: Desk): Promise<Result<Output<'report.read'>>> {
  const [{ modelReport }, { ledgerWarning }, packs, ledger] = await Promise.all([
    import('../../../core/reports/model-report.ts'),
    import('../../../core/reports/ledger-warning.ts'),
    loadPacks(room.folder),
    readLedgerFolder(room.folder),
  ])
  if (!ledger.ok) return ledger
  return ok({ markdown: `${ledgerWarning(ledger.value)}${modelReport(room.design(), packs, { at: now() })}` })
}
