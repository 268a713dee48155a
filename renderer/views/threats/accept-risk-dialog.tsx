import { useState } from 'react'
import { acceptRisk } from '../../commands/definitions/threats.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { FormField } from '../../ui/form-field.tsx'
import { Modal, ModalEnd } from '../../ui/modal.tsx'
import { t } from '../../words/translate.ts'
import { halfYearAfter } from '../mitigate/mitigate-model.ts'
import { ChosenWords } from './chosen-words.tsx'
import styles from './threats-view.module.css'
import { chosenWords, useChosen } from './use-chosen.ts'

type Props = { readonly findings: readonly string[]; readonly onClose: () => void }

/** Real, and lived with: one reason, one owner and one end for all of them, and another person who agrees. */
export function AcceptRiskDialog({ findings, onClose }: Props) {
  const chosen = useChosen(findings)
  const run = useRun()
  const now = useSession(session => session.now)
  const [input, setInput] = useState({ reason: '', owner: '', approver: '', expires: halfYearAfter(now) })
  const set = (fields: Partial<typeof input>) => setInput({ ...input, ...fields })
  return (
    <Modal title={t('Judge {{what}} real and accept', { what: chosenWords(chosen) })} onClose={onClose}>
      <form
        className={styles.scales}
        onSubmit={event => {
          event.preventDefault()
          run(acceptRisk, { findings, ...input })
        }}
      >
        <ChosenWords chosen={chosen} />
        <FormField
          label={t('Reason')}
          value={input.reason}
          onText={reason => set({ reason })}
          required
          autoFocus
          note={t('Why the rest of the risk can stay. Likelihood and impact are those the rule proposes.')}
        />
        <FormField label={t('Owner of the risk')} value={input.owner} onText={owner => set({ owner })} required />
        <FormField
          label={t('Approved by')}
          value={input.approver}
          onText={approver => set({ approver })}
          required
          note={t('Another person than the owner')}
        />
        <FormField label={t('Until')} type="date" value={input.expires} onText={expires => set({ expires })} required />
        <ModalEnd>
          <Button onPress={onClose}>{t('Cancel')}</Button>
          <Button look="primary" type="submit">
            {t('Accept the risk')}
          </Button>
        </ModalEnd>
      </form>
    </Modal>
  )
}
