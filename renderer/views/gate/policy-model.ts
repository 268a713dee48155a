import type { PolicySince } from '../../../core/gate/policy-since.ts'
import type { Preset } from '../../../core/gate/presets.ts'
import type { SimulatedRow, Simulation } from '../../../core/gate/simulate.ts'
import type { Policy } from '../../../core/model/types.ts'
import { ZONE_NAMES } from '../../state/words.ts'
import { t } from '../../words/translate.ts'

/** The preset to look at first: the next stricter one than that in use. */
export function otherPreset({ preset }: Pick<Policy, 'preset'>): Preset {
  return preset === 'team' ? 'strict' : 'regulated'
}

/** Whether a policy says something else of a row: another zone, or the same for another reason. */
export function differs({ change, before, after }: SimulatedRow): boolean {
  return change !== 'same' || before.from !== after.from || before.reviewers !== after.reviewers
}

/** Who decides, in words. */
export function decidedWords(from: string): string {
  if (from === 'default') return t('the default decides')
  if (from === 'tool.none') return t('no listed tool may be used')
  if (from.startsWith('floor.')) return t('the floor for {{code}} code decides', { code: from.slice(6) })
  if (from.startsWith('tool.')) return t('the tool {{tool}} may not be used', { tool: from.slice(5) })
  return t('rule {{id}} decides', { id: from })
}

/** How a change is marked, never by colour alone. */
export function toneOf(change: SimulatedRow['change']): { readonly sign: string; readonly words: string } | undefined {
  if (change === 'same') return undefined
  return change === 'stricter' ? { sign: '▲', words: t('stricter') } : { sign: '▼', words: t('looser') }
}

/** What a policy would do, in one sentence. */
export function simulationSentence({ stricter, looser, same }: Simulation['counts']): string {
  if (stricter + looser + same === 0) return t('There is nothing yet that a policy could be held against.')
  if (stricter + looser === 0) return t('Every work item and element keeps its zone.')
  return t('{{stricter}} stricter, {{looser}} looser, {{same}} as now.', { stricter, looser, same })
}

/** How the policy became stricter since a prompt went out. */
export function policySinceSentence({ before, now, from, added, refuses }: PolicySince): string {
  const head =
    before === now
      ? t('The policy became stricter after the prompt was issued.')
      : t('The policy became stricter after the prompt was issued: {{before}} then, {{now}} now, because {{why}}.', {
          before: ZONE_NAMES[before],
          now: ZONE_NAMES[now],
          why: decidedWords(from),
        })
  const more = added.length > 0 ? ` ${t('Asked for besides: {{added}}.', { added: added.join(', ') })}` : ''
  const end = refuses ? ` ${t('No new prompt would be made; a person decides what becomes of the change.')}` : ''
  return `${head}${more}${end}`
}
