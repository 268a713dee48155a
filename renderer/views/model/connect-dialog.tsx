import { labelOf } from '../../../core/model/lookup.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { connectElements } from '../../commands/definitions/model.ts'
import { useRun } from '../../state/use-commands.ts'
import { kindName } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { ChooseOne } from '../../ui/choose-one.tsx'
import { Modal } from '../../ui/modal.tsx'

/** Connecting without a pointer: type the name of the target. */
export function ConnectDialog({ source, onClose }: { readonly source: string; readonly onClose: () => void }) {
  const design = useDesign()
  const run = useRun()
  const choices = rowsOf(design.elements)
    .filter(row => row.id !== source)
    .map(row => ({ id: row.id, text: row.name, note: kindName(row.kind) }))
  return (
    <Modal title={`Connect ${labelOf(design, source)} to…`} onClose={onClose}>
      <ChooseOne label="Target" choices={choices} onChoose={target => run(connectElements, { source, target })} />
    </Modal>
  )
}
