import { useEffect, useState } from 'react'
import type { Problem } from '../../../core/support/result.ts'
import type { VerdictRecord } from '../../../core/verdict/record.ts'
import { useWorkbench } from '../../state/workbench.ts'

/** What the host says of one work item's change. */
export type ReviewRead =
  | { readonly kind: 'read'; readonly record: VerdictRecord | undefined; readonly files: number }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

/** Reads the changes one after another, so that a long list never floods the host; each shows as soon as it is there. */
export function useReviews(workItems: readonly string[], turn: number): ReadonlyMap<string, ReviewRead> {
  const { host } = useWorkbench()
  const key = workItems.join(' ')
  const [read, setRead] = useState<ReadonlyMap<string, ReviewRead>>(new Map())
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn of the ledger is a reason to read again
  useEffect(() => {
    let isWanted = true
    async function readAll() {
      for (const workItem of key.split(' ').filter(Boolean)) {
        const answer = await host.call('review.read', { workItem })
        if (!isWanted) return
        const one: ReviewRead = answer.ok
          ? { kind: 'read', record: recordOf(answer.value.record), files: answer.value.files.length }
          : { kind: 'refused', problems: answer.problems }
        setRead(before => new Map([...before, [workItem, one]]))
      }
    }
    void readAll()
    return () => {
      isWanted = false
    }
  }, [host, key, turn])
  return read
}

function recordOf(value: unknown): VerdictRecord | undefined {
  const record = value as Partial<VerdictRecord> | undefined
  return record && Array.isArray(record.checks) ? (record as VerdictRecord) : undefined
}
