import { howOf } from '../../../core/checklists/how.ts'
import { Badge } from '../../ui/badge.tsx'
import panel from '../../ui/panel.module.css'
import { AnswerForm } from './answer-form.tsx'
import { Answers } from './answers.tsx'
import { EvidencePart } from './evidence-part.tsx'
import type { Review } from './use-review.ts'
import styles from './verify-view.module.css'

/** The check in view: its question, what the evidence says, and the person's own answer. */
export function CheckPanel({ review }: { readonly review: Review }) {
  const { shown, workItem } = review
  if (!shown || workItem === undefined) return null
  const { check } = shown
  return (
    <section aria-label={`Check ${check.id}`} className={panel.card}>
      <div className={styles.checkHead}>
        <h2 className={styles.checkStatement}>{check.statement}</h2>
        <p className={styles.checkMore}>
          <code>{check.id}</code>
          <Badge tone={check.severity === 'blocker' ? 'bad' : 'plain'}>{check.severity}</Badge>
          {check.how === 'machine' ? 'Evidence decides' : 'A person decides'}: {howOf(check).replaceAll('`', '')}
        </p>
      </div>
      <EvidencePart review={review} />
      {check.how === 'person' ? <AnswerForm key={check.id} check={check} /> : null}
      <Answers ledger={review.ledger} workItem={workItem} check={check.id} />
    </section>
  )
}
