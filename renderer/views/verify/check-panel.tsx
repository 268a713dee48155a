import { howOf } from '../../../core/checklists/how.ts'
import { Badge } from '../../ui/badge.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import { severityName } from '../checklist/checklist-model.ts'
import { AnswerForm } from './answer-form.tsx'
import { EvidencePart } from './evidence-part.tsx'
import { PeoplePart } from './people-part.tsx'
import type { Review } from './use-review.ts'
import styles from './verify-view.module.css'
import { WaiverPart } from './waiver-part.tsx'

/** The check in view: its question, what the evidence says, who answered, and the person's own answer. */
export function CheckPanel({ review }: { readonly review: Review }) {
  const { shown, queue } = review
  if (!shown) return null
  const { check } = shown
  const how = howOf(check).replaceAll('`', '')
  return (
    <section aria-label={t('Check {{id}}', { id: check.id })} className={panel.card}>
      <div className={styles.checkHead}>
        <p className={styles.checkMore}>
          <code>{check.id}</code>
          <Badge tone={check.severity === 'blocker' ? 'bad' : 'plain'}>{severityName(check.severity)}</Badge>
          <span>
            {check.how === 'machine' ? t('Evidence decides: {{how}}', { how }) : t('A person decides: {{how}}', { how })}
          </span>
          <span className={panel.grow} />
          <span className={panel.count}>{t('{{at}} of {{of}}', { at: queue.indexOf(shown) + 1, of: queue.length })}</span>
        </p>
        <h2 className={styles.checkStatement}>{check.statement}</h2>
      </div>
      <EvidencePart review={review} />
      <WaiverPart review={review} />
      <PeoplePart review={review} />
      <AnswerForm key={check.id} check={check} signing={review.told?.signing} asked={review.people(shown)?.asked} />
    </section>
  )
}
