import { useState } from 'react'
import { Fold } from '../../ui/fold.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import type { Review } from './use-review.ts'
import styles from './verify-view.module.css'

/** A change is judged by the checks and the policy from before it; what it would rather have is one press away. */
export function JudgedBefore({ review }: { readonly review: Review }) {
  const [isOpen, setOpen] = useState(false)
  const { record, told } = review
  if (record?.basis === undefined) return null
  const base = record.change.base?.slice(0, 9)
  const differs = told?.checklist.differs
  return (
    <section aria-label={t('What it is judged by')} className={styles.bandFold}>
      <p>
        {base === undefined
          ? t('Judged by the checks and the policy from before the change, not by its own.')
          : t('Judged by the checks and the policy from before the change ({{base}}), not by its own.', { base })}
      </p>
      {differs ? (
        <Fold isOpen={isOpen} onToggle={() => setOpen(!isOpen)}>
          {t('What differs')}
        </Fold>
      ) : null}
      {isOpen && differs ? <Differs review={review} differs={differs} /> : null}
    </section>
  )
}

type Told = NonNullable<NonNullable<Review['told']>['checklist']['differs']>

function Differs({ review, differs }: { readonly review: Review; readonly differs: Told }) {
  const { dropped, reworded, added, policy } = differs
  const was = new Map(review.told?.checklist.checks.map(check => [check.id, check.statement]))
  const is = new Map(review.own?.checks.map(check => [check.id, check.statement]))
  if (dropped.length + reworded.length + added.length === 0 && !policy)
    return <p className={styles.differs}>{t('Nothing that this checklist asks; other parts of the design differ.')}</p>
  return (
    <ul className={styles.differs}>
      {policy ? <li>{t('The policy is another one. That of before counts.')}</li> : null}
      <Group title={t('Left out by the change, asked all the same')} ids={dropped} words={id => was.get(id) ?? ''} />
      <Group
        title={t('Asked otherwise by the change, judged as before')}
        ids={reworded}
        words={id => was.get(id) ?? ''}
        more={id =>
          was.get(id) === is.get(id)
            ? t('In the same words; what settles it differs.')
            : t('The change would have: {{now}}', { now: is.get(id) ?? '' })
        }
      />
      <Group title={t('Added by the change, asked too')} ids={added} words={id => is.get(id) ?? was.get(id) ?? ''} />
    </ul>
  )
}

type GroupProps = {
  readonly title: string
  readonly ids: readonly string[]
  readonly words: (id: string) => string
  readonly more?: (id: string) => string
}

function Group({ title, ids, words, more }: GroupProps) {
  if (ids.length === 0) return null
  return (
    <li>
      {title}
      <ul className={styles.differing}>
        {ids.map(id => (
          <li key={id}>
            <code>{id}</code> {words(id)}
            {more ? <p className={panel.sub}>{more(id)}</p> : null}
          </li>
        ))}
      </ul>
    </li>
  )
}
