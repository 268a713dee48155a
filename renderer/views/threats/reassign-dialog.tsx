import { labelOf } from '../../../core/model/lookup.ts'
import { heirsOf } from '../../../core/threats/reassign.ts'
import { handDecisionOn } from '../../commands/definitions/threats-gone.ts'
import { mergedOf } from '../../state/facts.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { ChooseOne } from '../../ui/choose-one.tsx'
import { Modal, ModalEnd } from '../../ui/modal.tsx'
import { t } from '../../words/translate.ts'
import styles from './threats-view.module.css'

type Props = { readonly finding: string; readonly onClose: () => void }

/** Which living finding of the same rule takes over a decision whose own is gone. */
export function ReassignDialog({ finding, onClose }: Props) {
  const design = useDesign()
  const facts = useFacts()
  const run = useRun()
  const gone = mergedOf(facts, finding)?.lead
  const heirs = gone ? heirsOf(design, facts.findings(), gone) : []
  return (
    <Modal title={t('Reassign the decision on {{finding}}', { finding })} onClose={onClose} wide>
      <p>{gone?.title}</p>
      <p className={styles.note}>{gone?.reason}</p>
      {heirs.length > 0 ? (
        <ChooseOne
          label={t('The finding that takes it over')}
          choices={heirs.map(({ id, title, subject }) => ({ id, text: title, note: labelOf(design, subject) }))}
          onChoose={to => run(handDecisionOn, { from: finding, to })}
        />
      ) : (
        <>
          <p>{t('The same rule finds nothing else that is undecided. The decision is kept until it does.')}</p>
          <ModalEnd>
            <Button look="primary" onPress={onClose}>
              {t('Keep it')}
            </Button>
          </ModalEnd>
        </>
      )}
    </Modal>
  )
}
