import { ok, type Result } from '../../../core/support/result.ts'
import type { Output } from '../../contract.ts'
import type { Desk } from '../handlers.ts'

/** The team's templates of the design folder, looked through in a worker. */
export async function readTemplates({ room }: Desk): Promise<Result<Output<'templates.read'>>> {
  const { checkTemplates, teamTemplatesIn } = await import('../templates/team-templates.ts')
  return ok(await checkTemplates(teamTemplatesIn(room.folder)))
}
