import { deriveChecklist } from '../../../core/checklists/derive.ts'
import type { LedgerState } from '../../../core/model/ledger.ts'
import type { Problem } from '../../../core/support/result.ts'
import type { VerdictRecord } from '../../../core/verdict/record.ts'
import type { ChangedFile, Output } from '../../../host/contract.ts'
import { workItemShown } from '../../commands/definitions/prompts.ts'
import { useSession } from '../../state/session.ts'
import { useFacts } from '../../state/use-commands.ts'
import { useHostRead } from '../../state/use-host-read.ts'
import { useDesign } from '../../state/workbench.ts'
import { type QueueLine, queueOf, recordOf } from './verify-model.ts'

/** Everything the review of one work item shows. */
export type Review = {
  readonly workItem: string | undefined
  readonly isReading: boolean
  readonly problems: readonly Problem[]
  readonly queue: readonly QueueLine[]
  readonly shown: QueueLine | undefined
  readonly record: VerdictRecord | undefined
  readonly files: readonly ChangedFile[]
  readonly evidence: Output<'review.read'>['evidence']
  readonly ledger: LedgerState | undefined
  /** Whether claims may be shown: the change was looked at. */
  readonly isRevealed: boolean
}

/** The checklist from the design, the change and its verdicts from the host. */
export function useReview(): Review {
  const design = useDesign()
  const facts = useFacts()
  const session = useSession()
  const workItem = workItemShown({ design, session })
  const read = useHostRead('review.read', workItem === undefined ? undefined : { workItem }, session.ledgerTurn)
  const ledger = useHostRead('ledger.read', {}, session.ledgerTurn)
  const checklist = workItem === undefined ? undefined : deriveChecklist(design, facts.packs, { workItem, at: facts.at })
  const record = read.kind === 'read' ? recordOf(read.value.record) : undefined
  const files = read.kind === 'read' ? read.value.files : []
  const queue = queueOf(checklist?.ok ? checklist.value.checks : [], record)
  return {
    workItem,
    isReading: workItem !== undefined && read.kind === 'reading',
    problems: [...(read.kind === 'refused' ? read.problems : []), ...(checklist && !checklist.ok ? checklist.problems : [])],
    queue,
    shown: queue.find(line => line.check.id === session.check) ?? queue[0],
    record,
    files,
    evidence: read.kind === 'read' ? read.value.evidence : [],
    ledger: ledger.kind === 'read' ? ledger.value : undefined,
    isRevealed: session.revealed || (files.length > 0 && files.every(file => session.viewed.includes(file.path))),
  }
}
