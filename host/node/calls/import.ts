import { randomInt } from 'node:crypto'
import { ok, type Result } from '../../../core/support/result.ts'
import type { Input, Output } from '../../contract.ts'
import type { Desk } from '../handlers.ts'

/** Reads a foreign model and says what it would add; the window writes it, as one step that can be undone. */
export async function readImport(
  { room, by, now }: Desk,
  { name, text }: Input<'import.read'>,
): Promise<Result<Output<'import.read'>>> {
  const [{ importModel }, { changesInto }, { explainRow }, { importedProblems }, { linearEngine }] = await Promise.all([
    import('../../../core/interop/import.ts'),
    import('../../../core/interop/reimport/into.ts'),
    import('../../../core/model/explain.ts'),
    import('../../../core/scan/imported.ts'),
    import('../../../core/scan/linear.ts'),
  ])
  const stamp = { at: now(), by, random: () => randomInt(2 ** 32) / 2 ** 32 }
  const imported = importModel(name, text, { stamp, explain: explainRow })
  if (!imported.ok) return imported
  const { design, summary } = imported.value
  const { changes, problems } = changesInto(room.design(), design)
  return ok({
    summary: { ...summary, problems: [...summary.problems, ...problems, ...importedProblems(design, linearEngine)] },
    changes,
  })
}
