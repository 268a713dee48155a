import { diagramShown, drawingOf } from '../../canvas/drawing.ts'
import { alsoSelect } from '../../commands/definitions/model-clipboard.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { kindName } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { ChooseOne } from '../../ui/choose-one.tsx'
import { Modal } from '../../ui/modal.tsx'
import { t } from '../../words/translate.ts'

/** Selecting several without a pointer: type the name of the next one. */
export function AddToSelectionDialog({ onClose }: { readonly onClose: () => void }) {
  const design = useDesign()
  const run = useRun()
  const diagram = useSession(session => session.diagram)
  const selection = useSession(session => session.selection)
  const { boxes, flows } = drawingOf(design, diagramShown(design, diagram))
  const choices = [
    ...boxes.map(box => ({ id: box.id, text: box.name, note: kindName(box.kind) })),
    ...flows.map(flow => ({ id: flow.id, text: flow.name, note: kindName('flow') })),
  ].filter(choice => !selection.includes(choice.id))
  return (
    <Modal title={t('Add to selection…')} onClose={onClose}>
      <ChooseOne label={t('Also select')} choices={choices} onChoose={id => run(alsoSelect, id)} />
    </Modal>
  )
}
