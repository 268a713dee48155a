import { lazy, Suspense } from 'react'
import { closeDialog } from '../commands/definitions/app.ts'
import { useSession } from '../state/session.ts'
import { useRun } from '../state/use-commands.ts'
import { Late, lateView } from '../ui/late-view.tsx'
import { AddToSelectionDialog } from '../views/model/add-to-selection-dialog.tsx'
import { ConnectDialog } from '../views/model/connect-dialog.tsx'
import { MoveToDialog } from '../views/model/move-to-dialog.tsx'
import { PasteDialog } from '../views/model/paste-dialog.tsx'
import { CopyByHand } from './copy-by-hand.tsx'
import { ShortcutsSheet } from './shortcuts-sheet.tsx'

/** Read beside the views, so that a key that opens one waits for nothing. */
export const THREAT_DIALOGS = lateView(() => import('../views/threats/threat-dialogs.tsx').then(module => module.ThreatDialogs))
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
      return (
        <Suspense fallback={null}>
          <ImportDialog />
        </Suspense>
      )
    case 'export':
      return (
        <Suspense fallback={null}>
          <ExportDialog format={dialog.format} onClose={onClose} />
        </Suspense>
      )
    case 'person':
      return (
        <Suspense fallback={null}>
          <PersonDialog onClose={onClose} />
        </Suspense>
      )
    case 'team':
      return (
        <Suspense fallback={null}>
          <TeamDialog onClose={onClose} />
        </Suspense>
      )
    case 'joinTeam':
      return (
        <Suspense fallback={null}>
          <JoinTeamDialog problem={dialog.problem} onClose={onClose} />
        </Suspense>
      )
    case 'shortcuts':
      return <ShortcutsSheet onClose={onClose} />
    case 'copyByHand':
      return <CopyByHand text={dialog.text} onClose={onClose} />
    case 'promptFiles':
      return (
        <Suspense fallback={null}>
          <PromptFilesDialog folder={dialog.folder} conflicts={dialog.conflicts} onClose={onClose} />
        </Suspense>
      )
    default:
      return null
  }
}
