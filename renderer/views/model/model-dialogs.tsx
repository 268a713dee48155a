import { closeDialog } from '../../commands/definitions/app.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { AddToSelectionDialog } from './add-to-selection-dialog.tsx'
import { ConnectDialog } from './connect-dialog.tsx'
import { MoveToDialog } from './move-to-dialog.tsx'
import { PasteDialog } from './paste-dialog.tsx'

/** The questions about what is drawn, one part of the program. Whoever opens one by a key types on at once: it is read beside the views. */
export function ModelDialogs() {
  const dialog = useSession(session => session.dialog)
  const run = useRun()
  const onClose = () => run(closeDialog)
  switch (dialog?.kind) {
    case 'connect':
      return <ConnectDialog source={dialog.source} onClose={onClose} />
    case 'moveTo':
      return <MoveToDialog ids={dialog.elements} onClose={onClose} />
    case 'addToSelection':
      return <AddToSelectionDialog onClose={onClose} />
    case 'paste':
      return <PasteDialog text={dialog.text} at={dialog.at} onClose={onClose} />
    default:
      return null
  }
}
