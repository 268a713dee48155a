import type { Packs } from '../../../core/model/types.ts'
import { ok, type Result } from '../../../core/support/result.ts'
import type { Output } from '../../contract.ts'
import type { Desk } from '../handlers.ts'

/** The packs that come with the program and those of the design folder; read only when a call needs them. */
export async function loadPacks(folder: string): Promise<Packs> {
  const [{ builtinPacks }, { withTeamPacks }] = await Promise.all([
    import('../../../packs/builtin.ts'),
    import('../team-packs.ts'),
  ])
  return withTeamPacks(folder, builtinPacks)
}

/** The team's own packs, for a window that has the others already. */
export async function readPacks({ room }: Desk): Promise<Result<Output<'packs.read'>>> {
  const [{ builtinPacks }, { teamPacksIn }] = await Promise.all([import('../../../packs/builtin.ts'), import('../team-packs.ts')])
  return ok(teamPacksIn(room.folder, builtinPacks))
}
