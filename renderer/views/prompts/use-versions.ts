import { useMemo } from 'react'
import type { LedgerState } from '../../../core/model/ledger.ts'
import { type PromptVersion, promptVersions } from '../../../core/prompts/versions.ts'
import { useSession } from '../../state/session.ts'
import { type HostRead, useHostRead } from '../../state/use-host-read.ts'

/** The ledger as the host keeps it, read again after every entry. */
export function useLedger(): HostRead<LedgerState> {
  const turn = useSession(session => session.ledgerTurn)
  return useHostRead('ledger.read', {}, turn)
}

/** The issued versions of a work item's prompt; none while the ledger is read. */
export function useVersions(ledger: HostRead<LedgerState>, workItem: string | undefined): readonly PromptVersion[] {
  const entries = ledger.kind === 'read' ? ledger.value : undefined
  return useMemo(() => (entries && workItem !== undefined ? promptVersions(workItem, entries) : []), [entries, workItem])
}
