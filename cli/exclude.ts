import { confirmExclusion, type EntryName, excludeEntry, withdrawExclusion } from '../core/frameworks/edits.ts'
import { applyChanges, type Change } from '../core/model/change.ts'
import type { Design, Stamp } from '../core/model/types.ts'
import { ok, type Result, refuse } from '../core/support/result.ts'
import { writeChanges } from '../host/node/store.ts'
import { builtinFrameworks } from '../packs/frameworks.ts'
import { openForEditing, tellTeam } from './design-write.ts'
import { answer, type Options, type Outcome, type World } from './frame.ts'

/** What is to be decided about entries of a framework. */
export type Decision =
  | { readonly kind: 'exclude'; readonly reason: string; readonly expires?: string }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'confirm' }

/** What the options decide; nothing where they only ask to be shown. */
export function decisionOf(options: Options, args: readonly string[]): Result<Decision | undefined> {
  const [reason, until] = [options.text('not-applicable'), options.text('until')]
  const given = [reason !== undefined, options.on('withdraw'), options.on('confirm')].filter(Boolean).length
  if (given > 1 || (until !== undefined && reason === undefined))
    return refuse({
      code: 'frameworks.decision',
      message: given > 1 ? 'Give one decision at a time.' : '--until says how long --not-applicable counts.',
      cure: '--not-applicable REASON [--until DATE], or --confirm, or --withdraw',
    })
  if (given === 0) return ok(undefined)
  if (args.length < 2)
    return refuse({
      code: 'frameworks.entry',
      message: 'No entry is named.',
      cure: 'skeptic frameworks FRAMEWORK ENTRY --not-applicable REASON',
    })
  if (reason === undefined) return ok({ kind: options.on('withdraw') ? 'withdraw' : 'confirm' })
  return ok({ kind: 'exclude', reason, ...(until === undefined ? {} : { expires: until }) })
}

/** Writes a decision about entries of a framework: about all of them, or none. */
export async function decideEntries(
  world: World,
  {
    framework,
    entries,
    decision,
  }: { readonly framework: string; readonly entries: readonly string[]; readonly decision: Decision },
): Promise<Result<Outcome>> {
  const opened = await openForEditing(world)
  if (!opened.ok) return opened
  const { design, folder } = opened.value
  const stamp: Stamp = { at: world.at, by: world.by, random: world.random }
  const changes: Change[] = []
  let now = design
  for (const entry of new Set(entries)) {
    const edit = editOf(now, { framework, entry }, decision, stamp)
    if (!edit.ok) return edit
    changes.push(...edit.value)
    now = applyChanges(now, edit.value)
  }
  const written = await writeChanges(folder, design, now)
  if (!written.ok) return written
  await tellTeam(world, folder)
  const lines = [...new Set(entries)].map(entry => `${entry} of ${framework}: ${SAID[decision.kind]}`)
  return answer({ changed: changes.map(change => (change.kind === 'put' ? change.row.id : change.id)) }, lines.join('\n'))
}

const SAID: { readonly [K in Decision['kind']]: string } = {
  exclude: 'called not applicable. A row that something answers keeps its state.',
  withdraw: 'no longer called not applicable.',
  confirm: 'confirmed as not applicable.',
}

function editOf(design: Design, name: EntryName, decision: Decision, stamp: Stamp): Result<readonly Change[]> {
  if (decision.kind === 'withdraw') return withdrawExclusion(design, name)
  if (decision.kind === 'confirm') return confirmExclusion(design, name, stamp)
  const { reason, expires } = decision
  return excludeEntry(design, { ...name, frameworks: builtinFrameworks, reason, ...(expires ? { expires } : {}) }, stamp)
}
