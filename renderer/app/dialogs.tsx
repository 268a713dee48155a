import { lazy, Suspense } from 'react'
import { closeDialog } from '../commands/definitions/app.ts'
import { useSession } from '../state/session.ts'
import { useRun } from '../state/use-commands.ts'
import { Late, lateView } from '../ui/late-view.tsx'

/** Read beside the views, so that a key that opens one waits for nothing. */
export const THREAT_DIALOGS = lateView(() => import('../views/threats/threat-dialogs.tsx').then(module => module.ThreatDialogs))
const AddToSelectionDialog = lazy(() =>
  import('../views/model/add-to-selection-dialog.tsx').then(({ AddToSelectionDialog: view }) => ({ default: view })),
)
const ConnectDialog = lazy(() =>
  import('../views/model/connect-dialog.tsx').then(({ ConnectDialog: view }) => ({ default: view })),
)
const MoveToDialog = lazy(() => import('../views/model/move-to-dialog.tsx').then(({ MoveToDialog: view }) => ({ default: view })))
const PasteDialog = lazy(() => import('../views/model/paste-dialog.tsx').then(({ PasteDialog: view }) => ({ default: view })))
const CopyByHand = lazy(() => import('./copy-by-hand.tsx').then(({ CopyByHand: view }) => ({ default: view })))
const ShortcutsSheet = lazy(() => import('./shortcuts-sheet.tsx').then(({ ShortcutsSheet: view }) => ({ default: view })))
const ImportDialog = lazy(() => import('./import-dialog.tsx').then(({ ImportDialog: view }) => ({ default: view })))
const ExportDialog = lazy(() => import('./export-dialog.tsx').then(({ ExportDialog: view }) => ({ default: view })))
const PersonDialog = lazy(() => import('./person-dialog.tsx').then(({ PersonDialog: view }) => ({ default: view })))
const PromptFilesDialog = lazy(() =>
  import('../views/prompts/prompt-files-dialog.tsx').then(({ PromptFilesDialog: view }) => ({ default: view })),
)
const JoinTeamDialog = lazy(() => import('./team-dialog.tsx').then(({ JoinTeamDialog: view }) => ({ default: view })))
const TeamDialog = lazy(() => import('./team-dialog.tsx').then(({ TeamDialog: view }) => ({ default: view })))

/** The question that stands in front of the view, if one does. */
export function Dialogs() {
  return (
    <Suspense fallback={null}>
      <Asked />
    </Suspense>
  )
}

function Asked() {
  const dialog = useSession(session => session.dialog)
  const run = useRun()
  const onClose = () => run(closeDialog)
  switch (dialog?.kind) {
    case 'real':
    case 'notApplicable':
    case 'duplicate':
    case 'acceptRisk':
    case 'reassign':
    case 'sentence':
      return <Late view={THREAT_DIALOGS} />
    case 'connect':
      return <ConnectDialog source={dialog.source} onClose={onClose} />
    case 'moveTo':
      return <MoveToDialog ids={dialog.elements} onClose={onClose} />
    case 'addToSelection':
      return <AddToSelectionDialog onClose={onClose} />
    case 'paste':
      return <PasteDialog text={dialog.text} at={dialog.at} onClose={onClose} />
    case 'import':
      return <ImportDialog />
    case 'export':
      return <ExportDialog format={dialog.format} onClose={onClose} />
    case 'person':
      return <PersonDialog onClose={onClose} />
    case 'team':
      return <TeamDialog onClose={onClose} />
    case 'joinTeam':
      return <JoinTeamDialog problem={dialog.problem} onClose={onClose} />
    case 'shortcuts':
      return <ShortcutsSheet onClose={onClose} />
    case 'copyByHand':
      return <CopyByHand text={dialog.text} onClose={onClose} />
    case 'promptFiles':
      return <PromptFilesDialog folder={dialog.folder} conflicts={dialog.conflicts} onClose={onClose} />
    default:
      return null
  }
}
