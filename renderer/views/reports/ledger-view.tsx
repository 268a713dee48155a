import { ShieldCheck } from 'lucide-react'
import { firstBroken, type LedgerState, type NamedEntry } from '../../../core/model/ledger.ts'
import { chooseRange } from '../../commands/definitions/reports.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { useHostRead } from '../../state/use-host-read.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import panel from '../../ui/panel.module.css'
import { ProblemList } from '../../ui/problem-list.tsx'
import { t } from '../../words/translate.ts'
import { BeforeAfter } from './before-after.tsx'
import { BrokenChain } from './broken-chain.tsx'
import { ENTRY_NAMES, entryWords, ledgerDays, rangeOf } from './ledger-model.ts'
import styles from './reports-view.module.css'
import { Timeline } from './timeline.tsx'

/** What was issued, answered and judged, on one line of time; and whether the chain still holds. */
export function LedgerView() {
  const turn = useSession(session => session.ledgerTurn)
  const range = useSession(session => session.ledgerRange)
  const read = useHostRead('ledger.read', {}, turn)
  if (read.kind === 'reading') return <p role="status">{t('Reading the ledger…')}</p>
  if (read.kind === 'refused') return <ProblemList problems={read.problems} />
  const ledger = read.value
  const places = rangeOf(ledger, range)
  const entries = places ? ledger.entries.slice(places.from, places.to + 1) : ledger.entries
  const [first, last] = [entries[0], entries.at(-1)]
  return (
    <div className={styles.ledger}>
      <Chain ledger={ledger} />
      {ledger.entries.length === 0 ? (
        <div className={panel.card}>
          <Empty title={t('Nothing is recorded yet.')}>
            <p>{t('Copying a prompt, answering a check and verifying a change are written here.')}</p>
          </Empty>
        </div>
      ) : (
        <>
          <Timeline ledger={ledger} />
          <Chosen entries={entries} of={ledger.entries.length} isRange={places !== undefined} />
          {first && last && places ? <BeforeAfter first={first} last={last} /> : null}
          <Days entries={entries} />
        </>
      )}
    </div>
  )
}

/** Whether every hash and link fits; where not, the first entry that does not hold and both its hashes. */
function Chain({ ledger }: { readonly ledger: LedgerState }) {
  const first = firstBroken(ledger)
  if (!first)
    return (
      <p className={`${styles.integrity} ${styles.whole}`} role="status">
        <ShieldCheck size={16} aria-hidden />
        {t('The chain holds: {{count}} entries, every hash and link fits.', { count: ledger.entries.length })}
      </p>
    )
  return <BrokenChain first={first} count={ledger.problems.length} />
}

type ChosenProps = { readonly entries: readonly NamedEntry[]; readonly of: number; readonly isRange: boolean }

function Chosen({ entries, of, isRange }: ChosenProps) {
  const run = useRun()
  const [first, last] = [entries[0], entries.at(-1)]
  if (!first || !last) return null
  const instant = ({ entry }: NamedEntry) => entry.at.slice(0, 16).replace('T', ' ')
  return (
    <div className={styles.chosen}>
      <p role="status">
        <strong>{t('{{chosen}} of {{count}} entries', { chosen: entries.length, count: of })}</strong>{' '}
        <span className={panel.sub}>
          {first === last ? instant(first) : t('{{from}} to {{to}}', { from: instant(first), to: instant(last) })} UTC
        </span>
      </p>
      <span className={panel.grow} />
      {isRange ? (
        <Button small look="quiet" onPress={() => run(chooseRange, null)}>
          {t('Show all')}
        </Button>
      ) : (
        <span className={panel.sub}>
          {t('Drag, or arrow keys; with Shift a range. What is chosen shows the design before and after.')}
        </span>
      )}
    </div>
  )
}

function Days({ entries }: { readonly entries: readonly NamedEntry[] }) {
  return ledgerDays({ entries }).map(({ day, entries: ofDay }) => (
    <section key={day} aria-label={day}>
      <h2 className={styles.day}>{day}</h2>
      <ol className={styles.entries}>
        {ofDay.map(named => (
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
  ))
}
