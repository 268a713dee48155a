import { useState } from 'react'
import { riskOf } from '../../../core/mitigations/risk.ts'
import { judgeReal } from '../../commands/definitions/threats.ts'
import { gravest } from '../../state/merged.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Modal, ModalEnd } from '../../ui/modal.tsx'
import { RiskBadge } from '../../ui/risk-badge.tsx'
import { ScaleField } from '../../ui/scale-field.tsx'
import { t } from '../../words/translate.ts'
import { ChosenWords } from './chosen-words.tsx'
import styles from './threats-view.module.css'
import { chosenWords, useChosen } from './use-chosen.ts'

type Props = { readonly findings: readonly string[]; readonly onClose: () => void }

/** Real: how likely, how bad. The rule proposes, the person decides; a threat is written. */
export function RealDialog({ findings, onClose }: Props) {
  const chosen = useChosen(findings)
  const run = useRun()
  const [likelihood, setLikelihood] = useState(() => gravest(chosen, 'likelihood'))
  const [impact, setImpact] = useState(() => gravest(chosen, 'impact'))
  return (
    <Modal title={t('Judge {{what}} real', { what: chosenWords(chosen) })} onClose={onClose}>
      <form
        className={styles.scales}
        onSubmit={event => {
          event.preventDefault()
          run(judgeReal, { findings, likelihood, impact })
        }}
      >
        <ChosenWords chosen={chosen} />
        <ScaleField label={t('Likelihood')} value={likelihood} onPick={setLikelihood} autoFocus />
        <ScaleField label={t('Impact')} value={impact} onPick={setImpact} />
        <p>
          {t('Inherent risk:')} <RiskBadge risk={riskOf(likelihood, impact)} />
        </p>
        <ModalEnd>
          <Button onPress={onClose}>{t('Cancel')}</Button>
          <Button look="primary" type="submit">
            {t('It is real')}
          </Button>
        </ModalEnd>
      </form>
    </Modal>
  )
}
