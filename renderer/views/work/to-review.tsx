import type { LedgerState } from '../../../core/model/ledger.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { WorkItem } from '../../../core/model/types.ts'
import { startReview } from '../../commands/definitions/home.ts'
import { ago } from '../../state/ago.ts'
import { useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Empty } from '../../ui/empty.tsx'
import panel from '../../ui/panel.module.css'
import { Progress } from '../../ui/progress.tsx'
import { t } from '../../words/translate.ts'
import { type ReviewRead, useReviews } from './use-reviews.ts'
import { type Waiting, waitingOf } from './work-model.ts'
import styles from './work-view.module.css'

/** Changes that wait: how much is decided, since when, and whether the design moved on. How a check came out stays behind the diff. */
export function ToReview({ ledger }: { readonly ledger: LedgerState | undefined }) {
  const items = rowsOf(useDesign().workItems)
  const turn = useSession(session => session.ledgerTurn)
  const ids = items.map(item => item.id)
  const reads = useReviews(ids, turn)
  const isReading = reads.size < items.length
  const waiting = items.filter(item => hasChange(reads.get(item.id)))
  const idle = items.filter(item => !waiting.includes(item) && reads.has(item.id))
  return (
    <>
      <p className={`${panel.sub} ${styles.lead}`} role="status">
        {isReading
          ? t('Reading the changes: {{done}} of {{of}}', { done: reads.size, of: items.length })
          : t('{{count}} changes wait for a review', { count: waiting.length })}
      </p>
      {waiting.length > 0 ? (
        <ul className={styles.items} aria-label={t('Changes waiting')}>
          {waiting.map(item => (
            <Change key={item.id} item={item} read={reads.get(item.id)} ledger={ledger} />
          ))}
        </ul>
      ) : isReading ? null : (
        <div className={panel.card}>
          <Empty title={t('Nothing waits for a review.')}>
            <p>{t('A change shows up here as soon as files of a work item differ from where the work began.')}</p>
          </Empty>
        </div>
      )}
      {idle.length > 0 ? (
        <section aria-label={t('Without a change')} className={styles.idle}>
          <h2 className={styles.idleTitle}>{t('Without a change')}</h2>
          <ul className={styles.idleItems}>
            {idle.map(item => (
              <li key={item.id}>
                <Chip id={item.id} /> <span>{item.name}</span>
                {reads.get(item.id)?.kind === 'refused' ? <Badge tone="warn">{t('cannot be read')}</Badge> : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}

function hasChange(read: ReviewRead | undefined): boolean {
  return read?.kind === 'read' && read.files > 0
}

type Props = { readonly item: WorkItem; readonly read: ReviewRead | undefined; readonly ledger: LedgerState | undefined }

function Change({ item, read, ledger }: Props) {
  const facts = useFacts()
  const run = useRun()
  if (read?.kind !== 'read') return null
  const waiting = waitingOf(item.id, { record: read.record, files: read.files, ledger, design: facts.digest() })
  const isBegun = waiting.since?.what === 'verdict'
  return (
    <li className={`${panel.card} ${styles.item}`} aria-label={item.name}>
      <div className={styles.about}>
        <p className={styles.name}>
          <span>{item.name}</span>
          <Chip id={item.id} />
          {waiting.isStale ? <Badge tone="warn">{t('Stale: the design moved on')}</Badge> : null}
        </p>
        <p className={styles.facts}>
          <span>{t('{{count}} files changed', { count: waiting.files })}</span>
          <Since waiting={waiting} />
        </p>
        <div className={styles.progress}>
          <Progress label={t('Checks decided')} done={waiting.decided} of={waiting.of} />
        </div>
      </div>
      <div className={styles.deeds}>
        <Button
          look="primary"
          aria-label={
            isBegun ? t('Continue review of {{name}}', { name: item.name }) : t('Start review of {{name}}', { name: item.name })
          }
          onPress={() => run(startReview, item.id)}
        >
          {isBegun ? t('Continue review') : t('Start review')}
        </Button>
      </div>
    </li>
  )
}

function Since({ waiting: { since } }: { readonly waiting: Waiting }) {
  const now = useSession(session => session.now)
  if (!since) return <span>{t('no prompt of ours went out for it')}</span>
  const when = ago(since.at, now)
  return <span>{since.what === 'verdict' ? t('last verdict {{when}}', { when }) : t('prompt taken {{when}}', { when })}</span>
}
