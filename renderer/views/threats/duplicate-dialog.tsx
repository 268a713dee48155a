import { labelOf } from '../../../core/model/lookup.ts'
import { judgeDuplicate } from '../../commands/definitions/threats.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { ChooseOne } from '../../ui/choose-one.tsx'
import { Modal } from '../../ui/modal.tsx'
import { t } from '../../words/translate.ts'
import { ChosenWords } from './chosen-words.tsx'
import { possibleOriginals } from './threats-model.ts'
import { chosenWords, useChosen } from './use-chosen.ts'

type Props = { readonly findings: readonly string[]; readonly onClose: () => void }

/** Duplicate: of which finding. Those on the same subject come first. */
export function DuplicateDialog({ findings, onClose }: Props) {
  const chosen = useChosen(findings)
  const design = useDesign()
  const all = useFacts().merged()
  const run = useRun()
  const choices = possibleOriginals(design, all, chosen).map(finding => ({
    id: finding.id,
    text: finding.title,
    note: labelOf(design, finding.subject),
  }))
  return (
    <Modal title={t('Judge {{what}} a duplicate of…', { what: chosenWords(chosen) })} onClose={onClose} wide>
      <ChosenWords chosen={chosen} />
      <ChooseOne
        label={t('The finding that says the same')}
        choices={choices}
        onChoose={of => run(judgeDuplicate, { findings, of })}
      />
    </Modal>
  )
}
