import { ok, type Result } from '../../../core/support/result.ts'
import type { Output } from '../../contract.ts'
import type { Desk } from '../handlers.ts'
import { loadPacks } from './packs.ts'

/** The model report of the design as it stands, in Markdown. */
export async function readReport({ room, now }: Desk): Promise<Result<Output<'report.read'>>> {
  const { modelReport } = await import('../../../core/reports/model-report.ts')
  return ok({ markdown: modelReport(room.design(), await loadPacks(room.folder), { at: now() }) })
}
