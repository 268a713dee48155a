import { designNamedBy, type NamedEntry } from '../../../core/model/ledger.ts'
import type { PastDesign } from '../../../host/contract.ts'
import type { HostRead } from '../../state/use-host-read.ts'
import { useRested } from '../../state/use-rested.ts'
import panel from '../../ui/panel.module.css'
import { ProblemList } from '../../ui/problem-list.tsx'
import { t } from '../../words/translate.ts'
import styles from './before-after.module.css'
import { Comparison } from './comparison.tsx'
import { doubtWords, lostWords, sourceWords } from './past-model.ts'
import { usePast, useRestedDesign } from './use-past.ts'

type Props = { readonly first: NamedEntry; readonly last: NamedEntry }

/** Somebody who drags over the ledger passes many entries; only where they stay is the past read. */
const REST_MS = 150

/** The design at two entries of the ledger, or at one and as it is now: what was added, changed and removed. */
export function BeforeAfter({ first, last }: Props) {
  const chosen = `${first.hash} ${last.hash}`
  const isRested = useRested(chosen, REST_MS) === chosen
  const title =
    first.hash === last.hash
      ? t('The design at {{when}} and now', { when: instantOf(first) })
      : t('The design at {{from}} and at {{to}}', { from: instantOf(first), to: instantOf(last) })
  return (
    <section aria-label={t('Before and after')} className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>{title}</h2>
      </div>
      <div className={styles.body}>{isRested ? <Pair key={chosen} first={first} last={last} /> : <Reading />}</div>
    </section>
  )
}

function Reading() {
  return <p role="status">{t('Reading the past…')}</p>
}

function Pair({ first, last }: Props) {
  const isOne = first.hash === last.hash
  const { read: before, design: from } = usePast({ entry: first.hash })
  const { read: after, design: then } = usePast(isOne ? undefined : { entry: last.hash })
  const now = useRestedDesign()
  const to = isOne ? now : then
  const ends = isOne ? [before] : [before, after]
  if (ends.some(end => end.kind === 'reading')) return <Reading />
  return (
    <>
      <Origin read={before} entry={first} label={t('Before')} />
      {isOne ? null : <Origin read={after} entry={last} label={t('After')} />}
      {from && to ? <Comparison before={from} after={to} /> : null}
    </>
  )
}

type OriginProps = {
  readonly read: HostRead<PastDesign>
  /** The entry of the ledger that was asked for, if it was one. */
  readonly entry?: NamedEntry
  readonly label: string
}

/** Where a state comes from and how far it may be believed; or why there is none. */
export function Origin({ read, entry, label }: OriginProps) {
  if (read.kind === 'refused') return <ProblemList problems={read.problems} />
  if (read.kind === 'reading') return null
  const past = read.value
  if (past.kind === 'lost')
    return (
      <p className={styles.lost}>
        {lostWords(past, entry ? instantOf(entry) : '')}{' '}
        {t('Every entry made here from now on keeps the design it was made from.')}
      </p>
    )
  const doubt = entry ? doubtWords(past, designNamedBy(entry.entry)) : undefined
  return (
    <p className={styles.origin}>
      <strong>{label}</strong> {sourceWords(past)}
      {doubt ? <span className={styles.doubt}>{doubt}</span> : null}
    </p>
  )
}

function instantOf({ entry }: NamedEntry): string {
  return `${entry.at.slice(0, 19).replace('T', ' ')} UTC`
}
