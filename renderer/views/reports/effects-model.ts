import type { Difference } from '../../../core/reports/difference.ts'
import { spoken, t } from '../../words/translate.ts'
import type { Kind } from './past-model.ts'

/** One thing that follows from a difference, and the object to go to. */
export type EffectLine = {
  readonly key: string
  readonly kind: Kind
  readonly id: string
  readonly text: string
  /** In the language of the window. */
  readonly more: string
}

export type EffectGroup = { readonly title: string; readonly lines: readonly EffectLine[] }

const CHECK_KINDS: Readonly<Record<'added' | 'changed' | 'dropped', Kind>> = {
  added: 'added',
  changed: 'changed',
  dropped: 'removed',
}

/** What became of a check, in words. */
const CHECK_WORDS = spoken({ added: 'a new check', changed: 'asks something else', dropped: 'not asked any more' })

/** What follows from a difference, in the order in which somebody has to act on it; groups with nothing in them are left out. */
export function effectGroups({ crossings, findings, stale }: Difference): readonly EffectGroup[] {
  const open = new Set(findings.undecided.map(({ id }) => id))
  const finding = (kind: Kind) => (one: Difference['findings']['gained'][number]) => ({
    key: one.id,
    kind,
    // What is gone has no place any more; what it was about may have.
    id: kind === 'removed' ? one.subject : one.id,
    text: one.title,
    more: '',
  })
  const crossing =
    (kind: Kind) =>
    ({ flow, boundary, sentence }: Difference['crossings']['added'][number]) => ({
      key: `${kind} ${flow} ${boundary}`,
      kind,
      id: flow,
      text: sentence,
      more: kind === 'removed' ? t('no longer') : '',
    })
  const groups: readonly EffectGroup[] = [
    { title: t('Findings without a decision'), lines: findings.undecided.map(finding('changed')) },
    { title: t('Other new findings'), lines: findings.gained.filter(({ id }) => !open.has(id)).map(finding('added')) },
    { title: t('Findings that are gone'), lines: findings.lost.map(finding('removed')) },
    {
      title: t('Boundary crossings'),
      lines: [...crossings.added.map(crossing('added')), ...crossings.removed.map(crossing('removed'))],
    },
    {
      title: t('Prompts to make again'),
      lines: stale.prompts.map(({ workItem, name, version }) => ({
        key: workItem,
        kind: 'changed',
        id: workItem,
        text: name,
        more: version === undefined ? '' : t('version {{version}} is out of date', { version }),
      })),
    },
    {
      title: t('Checks to look at again'),
      lines: stale.checks.map(({ id, workItem, what, statement }) => ({
        key: `${workItem} ${id}`,
        kind: CHECK_KINDS[what],
        id: workItem,
        text: statement,
        more: CHECK_WORDS[what],
      })),
    },
  ]
  return groups.filter(({ lines }) => lines.length > 0)
}
