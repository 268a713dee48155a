import { sizeOf } from '../core/model/table.ts'
import type { Packs } from '../core/model/types.ts'
import type { Problem } from '../core/support/result.ts'
import { vouchFor } from '../core/threats/compile.ts'
import { mayFind } from '../core/threats/guard.ts'
import { firstRules, guard } from '../packs/start.ts'
import type { Opened } from './design.ts'

/** The packs that judging a design needs: rules that may find something, the team's when it has any, controls only when a mitigation may name one. */
export async function packsFor({ design, folder }: Opened): Promise<Packs & { readonly problems: readonly Problem[] }> {
  const hasMitigations = sizeOf(design.mitigations) > 0
  const controls = hasMitigations ? (await import('../packs/controls.ts')).builtinControls : []
  const asksForMore = design.settings.design?.packs !== undefined || sizeOf(design.triage) > 0
  const isShort = folder === undefined && !asksForMore && !mayFind(design, guard)
  const rules = isShort ? vouchFor(firstRules) : await allRules()
  const builtin: Packs = { rules, controls, words: [], targets: [] }
  return folder === undefined ? { ...builtin, problems: [] } : withTeam(builtin, folder)
}

async function allRules(): Promise<Packs['rules']> {
  return vouchFor((await import('../packs/rules.ts')).builtinRules)
}

/** Every pack there is: for what reads, prompts and verifies. */
export async function allPacks({ folder }: Pick<Opened, 'folder'>): Promise<Packs & { readonly problems: readonly Problem[] }> {
  const { builtinPacks } = await import('../packs/builtin.ts')
  await allRules()
  return folder === undefined ? { ...builtinPacks, problems: [] } : withTeam(builtinPacks, folder)
}

async function withTeam(builtin: Packs, folder: string): Promise<Packs & { readonly problems: readonly Problem[] }> {
  const { withTeamPacks } = await import('../host/node/team-packs.ts')
  const { builtinControls } = await import('../packs/controls.ts')
  return withTeamPacks(folder, builtin, builtinControls)
}
