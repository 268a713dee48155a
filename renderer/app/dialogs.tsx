import { lazy, Suspense } from 'react'
import { closeDialog } from '../commands/definitions/app.ts'
import { useSession } from '../state/session.ts'
import { useRun } from '../state/use-commands.ts'

const AddToSelectionDialog = lazy(() =>
  import('../views/model/add-to-selection-dialog.tsx').then(({ AddToSelectionDialog: view }) => ({ default: view })),
)
const ConnectDialog = lazy(() =>
  import('../views/model/connect-dialog.tsx').then(({ ConnectDialog: view }) => ({ default: view })),
)
const MoveToDialog = lazy(() => import('../views/model/move-to-dialog.tsx').then(({ MoveToDialog: view }) => ({ default: view })))
const PasteDialog = lazy(() => import('../views/model/paste-dialog.tsx').then(({ PasteDialog: view }) => ({ default: view })))
const AcceptRiskDialog = lazy(() =>
  import('../views/threats/accept-risk-dialog.tsx').then(({ AcceptRiskDialog: view }) => ({ default: view })),
)
const DuplicateDialog = lazy(() =>
  import('../views/threats/duplicate-dialog.tsx').then(({ DuplicateDialog: view }) => ({ default: view })),
)
const NotApplicableDialog = lazy(() =>
  import('../views/threats/not-applicable-dialog.tsx').then(({ NotApplicableDialog: view }) => ({ default: view })),
)
const RealDialog = lazy(() => import('../views/threats/real-dialog.tsx').then(({ RealDialog: view }) => ({ default: view })))
const ReassignDialog = lazy(() =>
  import('../views/threats/reassign-dialog.tsx').then(({ ReassignDialog: view }) => ({ default: view })),
)
const SentenceDialog = lazy(() =>
  import('../views/threats/sentence-dialog.tsx').then(({ SentenceDialog: view }) => ({ default: view })),
)
const CopyByHand = lazy(() => import('./copy-by-hand.tsx').then(({ CopyByHand: view }) => ({ default: view })))
const PersonDialog = lazy(() => import('./person-dialog.tsx').then(({ PersonDialog: view }) => ({ default: view })))
const ShortcutsSheet = lazy(() => import('./shortcuts-sheet.tsx').then(({ ShortcutsSheet: view }) => ({ default: view })))
const ImportDialog = lazy(() => import('./import-dialog.tsx').then(({ ImportDialog: view }) => ({ default: view })))
const ExportDialog = lazy(() => import('./export-dialog.tsx').then(({ ExportDialog: view }) => ({ default: view })))
const PromptFilesDialog = lazy(() =>
  import('../views/prompts/prompt-files-dialog.tsx').then(({ PromptFilesDialog: view }) => ({ default: view })),
)

/** The question that stands in front of the view, if one does; each is loaded when it is first asked. */
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
      return <RealDialog findings={dialog.findings} onClose={onClose} />
    case 'notApplicable':
      return <NotApplicableDialog findings={dialog.findings} onClose={onClose} />
    case 'duplicate':
      return <DuplicateDialog findings={dialog.findings} onClose={onClose} />
    case 'acceptRisk':
      return <AcceptRiskDialog findings={dialog.findings} onClose={onClose} />
    case 'reassign':
      return <ReassignDialog finding={dialog.finding} onClose={onClose} />
    case 'sentence':
      return <SentenceDialog asked={dialog} onClose={onClose} />
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
