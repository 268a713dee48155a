import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useSession } from '../../state/session.ts'
import { useHostRead } from '../../state/use-host-read.ts'
import { counted } from '../../state/words.ts'
import { Empty } from '../../ui/empty.tsx'
import { ProblemList } from '../../ui/problem-list.tsx'
import { ENTRY_NAMES, entryWords, ledgerDays } from './ledger-model.ts'
import styles from './reports-view.module.css'

/** What was issued, answered and judged, in the order it happened; and whether the chain still holds. */
export function LedgerView() {
  const turn = useSession(session => session.ledgerTurn)
  const read = useHostRead('ledger.read', {}, turn)
  if (read.kind === 'reading') return <p role="status">Reading the ledger…</p>
  if (read.kind === 'refused') return <ProblemList problems={read.problems} />
  const ledger = read.value
  const Icon = ledger.ok ? ShieldCheck : ShieldAlert
  return (
    <div className={styles.ledger}>
      <p className={`${styles.integrity} ${ledger.ok ? styles.whole : styles.broken}`} role="status">
        <Icon size={16} aria-hidden />
        {ledger.ok
          ? `The chain holds: ${counted(ledger.entries.length, 'entry', 'entries')}, every hash and link fits.`
          : 'The chain is broken.'}
      </p>
      {ledger.ok ? null : <ProblemList problems={ledger.problems} />}
      {ledger.entries.length === 0 ? (
        <Empty title="Nothing is recorded yet.">
          <p>Copying a prompt, answering a check and verifying a change are written here.</p>
        </Empty>
      ) : null}
      {ledgerDays(ledger).map(({ day, entries }) => (
        <section key={day} aria-label={day}>
          <h2 className={styles.day}>{day}</h2>
          <ol className={styles.entries}>
            {entries.map(named => (
              <li key={named.hash} className={styles.entry}>
                <time className={styles.time} dateTime={named.entry.at}>
                  {named.entry.at.slice(11, 16)}
                </time>
                <span className={styles.type}>{ENTRY_NAMES[named.entry.type]}</span>
                <span className={styles.words}>{entryWords(named)}</span>
                <span className={styles.actor}>{named.entry.actor}</span>
                <code className={styles.hash}>{named.hash.slice(7, 13)}</code>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}
