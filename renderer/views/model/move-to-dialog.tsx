import { labelOf } from '../../../core/model/lookup.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { moveInto } from '../../commands/definitions/model.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { ChooseOne } from '../../ui/choose-one.tsx'
import { Modal } from '../../ui/modal.tsx'
import { t } from '../../words/translate.ts'

const NONE = 'none'

/** Membership without a pointer: choose the boundary. */
export function MoveToDialog({ ids, onClose }: { readonly ids: readonly string[]; readonly onClose: () => void }) {
  const design = useDesign()
  const run = useRun()
  const choices = [
    ...rowsOf(design.boundaries)
      .filter(row => !ids.includes(row.id))
      .map(row => ({ id: row.id, text: row.name, note: t('Trust boundary') })),
    { id: NONE, text: t('No boundary'), note: t('outside of all') },
  ]
  return (
    <Modal title={t('Move {{name}} to…', { name: ids.map(id => labelOf(design, id)).join(', ') })} onClose={onClose}>
      <ChooseOne
        label={t('Boundary')}
        choices={choices}
        onChoose={id => run(moveInto, { ids, boundary: id === NONE ? undefined : id })}
      />
    </Modal>
  )
}
