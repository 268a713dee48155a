import { closeDialog } from '../../commands/definitions/app.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { AcceptRiskDialog } from './accept-risk-dialog.tsx'
import { DuplicateDialog } from './duplicate-dialog.tsx'
import { NotApplicableDialog } from './not-applicable-dialog.tsx'
import { RealDialog } from './real-dialog.tsx'
import { ReassignDialog } from './reassign-dialog.tsx'
import { SentenceDialog } from './sentence-dialog.tsx'

/** The questions about findings and threats, one part of the program: no window needs them before its first view stands. */
export function ThreatDialogs() {
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
    default:
      return null
  }
}
