import { shortDigest } from '../../../core/model/digest.ts'
import { outcomeOf } from '../../../core/verdict/outcome.ts'
import type { CheckVerdict, VerdictRecord } from '../../../core/verdict/record.ts'
import { passesWithoutEvidence } from '../../../core/verdict/rests-on.ts'
import { readOnlyBecause } from '../../commands/definitions/review.ts'
import {
  approve,
  copyQuestions,
  keepReviewing,
  requestChanges,
  VERDICT_NAMES,
} from '../../commands/definitions/review-verdict.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Chips } from '../../ui/chip.tsx'
import { Modal, ModalEnd } from '../../ui/modal.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import styles from './finish-dialog.module.css'
import { VERDICT_TONES } from './verify-model.ts'

/** The end of a review: the verdict with its reasons, and what may be made of it. */
export function FinishDialog({ record }: { readonly record: VerdictRecord }) {
  const run = useRun()
  const name = useSession(session => session.ledgerName)
  const readOnly = useSession(readOnlyBecause)
  const outcome = outcomeOf(record)
  const bare = passesWithoutEvidence(record).length
  return (
    <Modal wide title={t('Finish review')} onClose={() => run(keepReviewing)}>
      <div className={styles.body}>
        <p className={styles.verdict}>
          <Badge tone={VERDICT_TONES[record.verdict]}>{VERDICT_NAMES[record.verdict]}</Badge>
          <span>{verdictWords(record, bare)}</span>
        </p>
        {outcome.isBroken ? (
          <p className={styles.broken}>
            {t('Integrity is broken, so nothing here may be relied on: {{why}}', { why: record.integrity[0]?.message ?? '' })}
          </p>
        ) : null}
        <Reasons title={t('Failed')} checks={outcome.failed} />
        <Reasons title={t('Cannot be told')} checks={outcome.open} />
        <Reasons title={t('Set aside')} checks={outcome.setAside} />
        {outcome.canApprove ? null : (
          <div className={styles.residual}>
            <h3 className={styles.heading}>{t('Approve with residual risk')}</h3>
            <p className={panel.sub}>
              {t(
                'A review cannot set aside what failed or stays open. Somebody with the standing to do so accepts the threat behind it in the design, with owner, reason and an end; then this review is judged anew.',
              )}
            </p>
            {outcome.threats.length > 0 ? <Chips ids={outcome.threats} /> : null}
          </div>
        )}
        <p className={panel.sub}>
          {readOnly ??
            t('The verdict is noted in the ledger as {{name}}. Record {{digest}}.', { name, digest: shortDigest(record.digest) })}
        </p>
      </div>
      <ModalEnd>
        <Button onPress={() => run(keepReviewing)}>{t('Keep reviewing')}</Button>
        <Button isDisabled={outcome.open.length === 0} onPress={() => run(copyQuestions)}>
          {t('Copy questions')}
        </Button>
        <Button
          look={outcome.canApprove ? 'plain' : 'primary'}
          isDisabled={!outcome.canRequest || readOnly !== undefined}
          onPress={() => run(requestChanges)}
        >
          {t('Request changes')}
        </Button>
        <Button
          look={outcome.canApprove ? 'primary' : 'plain'}
          isDisabled={!outcome.canApprove || readOnly !== undefined}
          onPress={() => run(approve)}
        >
          {t('Approve')}
        </Button>
      </ModalEnd>
    </Modal>
  )
}

/** No more than what was shown: how many checks, and what nobody can read again. */
function verdictWords(record: VerdictRecord, bare: number): string {
  const { counts } = record
  if (record.verdict === 'fail') return t('{{count}} checks fail, so the change cannot be approved.', { count: counts.fail })
  if (record.verdict === 'inconclusive')
    return t('{{count}} checks cannot be told, so nobody can say that the change does what was asked.', {
      count: counts.inconclusive,
    })
  return bare > 0
    ? t('Every check passes; {{count}} of them without evidence that could be read again.', { count: bare })
    : t('Every check passes. It says nothing about what the checklist does not ask.')
}

/** The most that are told; the queue shows all. */
const MOST = 4

function Reasons({ title, checks }: { readonly title: string; readonly checks: readonly CheckVerdict[] }) {
  if (checks.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className={styles.heading}>
        {title} <span className={panel.count}>{checks.length}</span>
      </h3>
      <ul className={styles.reasons}>
        {checks.slice(0, MOST).map(check => (
          <li key={check.id}>
            <p className={styles.statement}>{check.statement}</p>
            <p className={panel.sub}>{check.sentence}</p>
          </li>
        ))}
        {checks.length > MOST ? <li className={panel.sub}>{t('and {{count}} more', { count: checks.length - MOST })}</li> : null}
      </ul>
    </section>
  )
}
