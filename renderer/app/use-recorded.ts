import { useEffect } from 'react'
import { noteRecorded } from '../commands/definitions/home.ts'
import { recordedIn } from '../state/recorded.ts'
import { useSession } from '../state/session.ts'
import { useRun } from '../state/use-commands.ts'
import { useHostRead } from '../state/use-host-read.ts'

/** Keeps what the ledger notes of the work items at hand: the next action leads on from there. */
export function useRecorded(): void {
  const run = useRun()
  const turn = useSession(session => session.ledgerTurn)
  const read = useHostRead('ledger.read', {}, turn)
  const ledger = read.kind === 'read' ? read.value : undefined
  useEffect(() => {
    if (ledger) run(noteRecorded, recordedIn(ledger))
  }, [run, ledger])
}
