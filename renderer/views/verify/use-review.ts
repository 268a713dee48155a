import { useEffect, useMemo } from 'react'
import { type Checklist, deriveChecklist } from '../../../core/checklists/derive.ts'
import type { LedgerState } from '../../../core/model/ledger.ts'
import { rowAt } from '../../../core/model/table.ts'
import type { WorkItem } from '../../../core/model/types.ts'
import type { Problem } from '../../../core/support/result.ts'
import { type People, peopleOn } from '../../../core/verdict/people.ts'
import type { VerdictRecord } from '../../../core/verdict/record.ts'
import { type UnaskedFile, unaskedFiles } from '../../../core/verdict/unasked.ts'
import type { ChangedFile, ReviewShown } from '../../../host/contract.ts'
import { workItemShown } from '../../commands/definitions/prompts.ts'
import { noteReview } from '../../commands/definitions/review.ts'
import { recordOf } from '../../commands/definitions/review-verdict.ts'
import { useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { useHostRead } from '../../state/use-host-read.ts'
import { useDesign } from '../../state/workbench.ts'
import { fileKey, type QueueLine, queueOf } from './verify-model.ts'

/** Everything the review of one work item shows. */
export type Review = {
  readonly workItem: string | undefined
  readonly item: WorkItem | undefined
  readonly isReading: boolean
  readonly problems: readonly Problem[]
  readonly queue: readonly QueueLine[]
  readonly shown: QueueLine | undefined
  readonly record: VerdictRecord | undefined
  readonly files: readonly ChangedFile[]
  readonly unasked: readonly UnaskedFile[]
  readonly ledger: LedgerState | undefined
  readonly people: (line: QueueLine) => People | undefined
  /** The checklist was judged as it was before the design changed. */
  readonly isStale: boolean
  /** What the host told besides the record; absent until it did. */
  readonly told: ReviewShown | undefined
  /** The checklist as the design has it now, whatever was judged. */
  readonly own: Checklist | undefined
  /** Whether claims may be shown: the change was looked at. */
  readonly isRevealed: boolean
}

/** The checklist from the design, the change and its verdicts from the host. */
export function useReview(): Review {
  const run = useRun()
  const design = useDesign()
  const facts = useFacts()
  const session = useSession()
  const workItem = workItemShown({ design, session })
  const item = workItem === undefined ? undefined : rowAt(design.workItems, workItem)
  const read = useHostRead('review.read', workItem === undefined ? undefined : { workItem }, session.ledgerTurn)
  const ledgerRead = useHostRead('ledger.read', {}, session.ledgerTurn)
  const ledger = ledgerRead.kind === 'read' ? ledgerRead.value : undefined
  const derived = useMemo(
    () => (workItem === undefined ? undefined : deriveChecklist(design, facts.packs, { workItem, at: facts.at })),
    [design, facts, workItem],
  )
  const checklist = derived?.ok ? derived.value : undefined
  const answered = read.kind === 'read' ? read.value : undefined
  const whole = useMemo(() => recordOf(answered?.record), [answered])
  const record = whole?.workItem === workItem ? whole : undefined
  const files = record ? (answered?.files ?? []) : []
  const told = record ? answered : undefined
  const isStale = told !== undefined && checklist !== undefined && told.slice !== checklist.slice
  const judged = isStale || !checklist ? undefined : told?.checklist
  const checks = useMemo(() => {
    if (judged) return judged.checks
    const own = checklist?.checks ?? []
    return [...own, ...(record?.raised ?? []).filter(({ id }) => checklist && !own.some(check => check.id === id))]
  }, [checklist, judged, record])
  const queue = useMemo(() => queueOf(checks, record), [checks, record])
  const keys = useMemo(() => (answered?.files ?? []).map(fileKey), [answered])
  const people = useMemo(
    () =>
      new Map(
        checklist && record && ledger && told
          ? checks.map(check => {
              const { slice } = judged ?? checklist
              const signers = new Map(Object.entries(told.signers))
              return [check.id, peopleOn(check, { checklist: { ...checklist, slice }, ledger, change: record.change, signers })]
            })
          : [],
      ),
    [checklist, checks, judged, record, ledger, told],
  )
  const doubts = useMemo(
    () =>
      [...people].flatMap(([check, { answers }]) =>
        answers
          .filter(one => one.answer !== 'pass' && one.stale === undefined && one.observation !== '')
          .map(({ by, observation }) => ({ check, by, observation })),
      ),
    [people],
  )
  useEffect(() => {
    run(
      noteReview,
      workItem === undefined || !record ? null : { workItem, files: keys, record, doubts, checks, waivers: told?.waivers ?? [] },
    )
  }, [run, workItem, keys, record, doubts, checks, told])
  return {
    workItem,
    item,
    isReading:
      workItem !== undefined && (read.kind === 'reading' || (read.kind === 'read' && record === undefined && read.isStale)),
    problems: [...(read.kind === 'refused' ? read.problems : []), ...(derived && !derived.ok ? derived.problems : [])],
    queue,
    shown: queue.find(line => line.check.id === session.check) ?? queue[0],
    record,
    files,
    unasked: useMemo(
      () =>
        item
          ? unaskedFiles(
              item,
              keys.map(file => file.path),
            )
          : [],
      [item, keys],
    ),
    ledger,
    people: ({ check }) => people.get(check.id),
    isStale,
    told,
    own: checklist,
    isRevealed: session.revealed || (keys.length > 0 && keys.every(file => session.viewed.includes(file.key))),
  }
}
