import { useState } from 'react'
import { judgeNotApplicable } from '../../commands/definitions/threats.ts'
import { lastReasonFor } from '../../state/merged.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { FormField } from '../../ui/form-field.tsx'
import { Modal, ModalEnd } from '../../ui/modal.tsx'
import { t } from '../../words/translate.ts'
import { ChosenWords } from './chosen-words.tsx'
import styles from './threats-view.module.css'
import { chosenWords, useChosen } from './use-chosen.ts'

type Props = { readonly findings: readonly string[]; readonly onClose: () => void }

/** Not applicable: never without a reason; the last one for the same rule stands ready. */
export function NotApplicableDialog({ findings, onClose }: Props) {
  const chosen = useChosen(findings)
  const design = useDesign()
  const run = useRun()
  const [reason, setReason] = useState(() => lastReasonFor(design, chosen))
  return (
    <Modal title={t('Judge {{what}} not applicable', { what: chosenWords(chosen) })} onClose={onClose}>
      <form
        className={styles.scales}
        onSubmit={event => {
          event.preventDefault()
          run(judgeNotApplicable, { findings, reason })
        }}
      >
        <ChosenWords chosen={chosen} />
        <FormField
          label={t('Reason')}
          value={reason}
          onText={setReason}
          required
          autoFocus
          note={
            chosen.length === 1
              ? t('Why it cannot happen here, in one sentence.')
              : t('Why none of them can happen here, in one sentence; it is written to each.')
          }
        />
        <ModalEnd>
          <Button onPress={onClose}>{t('Cancel')}</Button>
          <Button look="primary" type="submit">
            {t('Not applicable')}
          </Button>
        </ModalEnd>
      </form>
    </Modal>
  )
}
