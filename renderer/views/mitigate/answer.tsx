import { X } from 'lucide-react'
import { useState } from 'react'
import type { ThreatState } from '../../../core/mitigations/derive.ts'
import { removeAnswer, threatNotApplicable } from '../../commands/definitions/mitigate.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { t } from '../../words/translate.ts'
import styles from './answer.module.css'
import { AnswerForm } from './answer-form.tsx'
import { endOf } from './mitigate-model.ts'
import view from './mitigate-view.module.css'

/** The other answer: living with what remains, knowingly, in somebody's name and for a time. */
export function Answer({ state }: { readonly state: ThreatState }) {
  const run = useRun()
  const now = useSession(session => session.now)
  const [isOpen, setOpen] = useState(false)
  const { acceptance, threat } = state
  const end = acceptance ? endOf(acceptance, now) : undefined
  const fromFinding = Object.keys(threat.findings ?? {}).length > 0
  return (
    <section aria-label={t('Accept, transfer or avoid')} className={view.part}>
      <h2 className={view.partTitle}>{t('Accept, transfer or avoid')}</h2>
      {acceptance ? (
        <div className={styles.accepted}>
          <Chip id={acceptance.id} />
          <div>
            <p>
              <strong>{{ accept: t('Accepted'), transfer: t('Transferred'), avoid: t('Avoided') }[acceptance.response]}</strong>:{' '}
              {acceptance.reason}
            </p>
            <p className={styles.who}>
              {[
                t('Owner {{name}}', { name: acceptance.owner }),
                acceptance.approver ? t('agreed by {{name}}', { name: acceptance.approver }) : t('agreed by nobody'),
                acceptance.expires ? t('until {{day}}', { day: acceptance.expires }) : t('without an end'),
              ].join(', ')}
            </p>
          </div>
          {end ? <Badge tone={end.tone}>{end.text}</Badge> : <span />}
          <IconButton label={t('Remove {{id}}', { id: acceptance.id })} onPress={() => run(removeAnswer, acceptance.id)}>
            <X size={14} aria-hidden />
          </IconButton>
        </div>
      ) : null}
      {isOpen ? (
        <AnswerForm threat={threat.id} before={acceptance} onDone={() => setOpen(false)} />
      ) : (
        <div className={styles.doors}>
          <Button onPress={() => setOpen(true)}>{acceptance ? t('Decide again…') : t('Accept…')}</Button>
          {fromFinding ? (
            <Button look="quiet" onPress={() => run(threatNotApplicable, threat.id)}>
              {t('Not applicable…')}
            </Button>
          ) : null}
        </div>
      )}
    </section>
  )
}
