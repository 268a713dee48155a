import { labelOf } from '../../../core/model/lookup.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Element } from '../../../core/model/types.ts'
import { diagramShown, drawingOf } from '../../canvas/drawing.ts'
import { connectElements, placeConnected } from '../../commands/definitions/model.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { kindName, NEW_NAMES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { ChooseOne } from '../../ui/choose-one.tsx'
import { Modal } from '../../ui/modal.tsx'
import { t } from '../../words/translate.ts'

const KINDS: readonly Element['kind'][] = ['process', 'dataStore', 'externalEntity']
/** How far to the right of its source a new element is put. */
const BESIDE = 300

/** Connecting without a pointer: type the name of the target, or make a new one. */
export function ConnectDialog({ source, onClose }: { readonly source: string; readonly onClose: () => void }) {
  const design = useDesign()
  const run = useRun()
  const diagram = useSession(session => session.diagram)
  const there = rowsOf(design.elements)
    .filter(row => row.id !== source)
    .map(row => ({ id: row.id, text: row.name, note: kindName(row.kind) }))
  const fresh = KINDS.map(kind => ({
    id: kind,
    text: NEW_NAMES[kind],
    note: t('is made'),
  }))

  function onChoose(target: string) {
    const kind = KINDS.find(one => one === target)
    if (!kind) return run(connectElements, { source, target })
    const box = drawingOf(design, diagramShown(design, diagram)).boxes.find(one => one.id === source)
    const at = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2 + BESIDE, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
    run(placeConnected, { source, kind, at })
  }
  return (
    <Modal title={t('Connect {{name}} to…', { name: labelOf(design, source) })} onClose={onClose}>
      <ChooseOne label={t('Target')} choices={[...there, ...fresh]} onChoose={onChoose} />
    </Modal>
  )
}
