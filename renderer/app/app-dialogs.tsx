import { closeDialog } from '../commands/definitions/app.ts'
import { useSession } from '../state/session.ts'
import { useRun } from '../state/use-commands.ts'
import { ConflictsDialog } from './conflicts-dialog.tsx'
import { CopyByHand } from './copy-by-hand.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { PersonDialog } from './person-dialog.tsx'
import { ShortcutsSheet } from './shortcuts-sheet.tsx'

/** What the frame itself asks, one part of the program. */
export function AppDialogs() {
  const dialog = useSession(session => session.dialog)
  const run = useRun()
  const onClose = () => run(closeDialog)
  switch (dialog?.kind) {
    case 'import':
      return <ImportDialog />
    case 'export':
      return <ExportDialog format={dialog.format} onClose={onClose} />
    case 'conflicts':
      return <ConflictsDialog turn={dialog.turn} />
    case 'person':
      return <PersonDialog onClose={onClose} />
    case 'shortcuts':
      return <ShortcutsSheet onClose={onClose} />
    case 'copyByHand':
      return <CopyByHand text={dialog.text} onClose={onClose} />
    default:
      return null
  }
}
