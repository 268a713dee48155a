import { existsSync } from 'node:fs'
import path from 'node:path'
import { ok, type Result } from '../../../core/support/result.ts'
import type { Input, Output } from '../../contract.ts'
import type { Desk } from '../handlers.ts'
import { makeSaved, noteIssue } from './prompt.ts'

/** Writes the files of a prompt where the coding tools look for them, all or none, and notes it in the ledger. */
export async function savePrompt(desk: Desk, input: Input<'prompt.save'>): Promise<Result<Output<'prompt.save'>>> {
  const made = await makeSaved(desk, input)
  if (!made.ok) return made
  const { planSave, writeSave } = await import('../managed/save-prompt.ts')
  const letGo = new Map((input.replace ?? []).map(one => [one.path, one.sha256]))
  const folder = projectOf(desk.room.folder)
  const plan = planSave(made.value, { root: folder, designDir: desk.room.folder, letGo })
  if (!plan.ok) return plan
  const files = plan.value.plans.map(({ path: at, kind }) => ({ path: at, kind }))
  const { conflicts } = plan.value
  if (conflicts.length > 0) return ok({ folder, files, conflicts })
  const noted = await noteIssue(desk, made.value, { workItem: input.workItem, how: 'exported' })
  if (!noted.ok) return noted
  const written = await writeSave(plan.value)
  return written.ok ? ok({ folder, files, conflicts, entry: noted.value.entry }) : written
}

/** The repository that holds the design; where there is none, the folder around it. */
export function projectOf(designDir: string): string {
  const around = path.dirname(designDir)
  for (let folder = around; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, '.git'))) return folder
    if (path.dirname(folder) === folder) return around
  }
}
