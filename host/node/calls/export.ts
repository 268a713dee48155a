import { settingsOf } from '../../../core/model/lookup.ts'
import { ok, type Result } from '../../../core/support/result.ts'
import type { Input, Output } from '../../contract.ts'
import type { Desk } from '../handlers.ts'
import { loadPacks } from './packs.ts'

/** The design as a file of another program, with what that file does not hold; the window saves it. */
export async function writeExport(
  { room, now, version }: Desk,
  { format }: Input<'export.write'>,
): Promise<Result<Output<'export.write'>>> {
  const [{ exportModel }, { fileNameFor }, packs] = await Promise.all([
    import('../../../core/interop/export.ts'),
    import('../../../core/interop/file-name.ts'),
    loadPacks(room.folder),
  ])
  // Not refused where that fails: on a full disk, an export elsewhere may be what saves the work.
  await room.save()
  const design = room.design()
  const exported = exportModel(design, format, { at: now(), version, packs })
  if (!exported.ok) return exported
  const { text, losses, ending } = exported.value
  return ok({ name: fileNameFor(settingsOf(design)?.name ?? room.name(), ending), text, losses })
}
