import { ArrowLeftRight } from 'lucide-react'
import { useMemo } from 'react'
import { chooseCompared } from '../../commands/definitions/history.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { useHostRead } from '../../state/use-host-read.ts'
import { Button } from '../../ui/button.tsx'
import panel from '../../ui/panel.module.css'
import { Pick } from '../../ui/pick.tsx'
import { ProblemList } from '../../ui/problem-list.tsx'
import { t } from '../../words/translate.ts'
import styles from './before-after.module.css'
import { Origin } from './before-after.tsx'
import { Comparison } from './comparison.tsx'
import { askedFor, endChoices, firstEnd, issuedIn, NOW } from './ends-model.ts'
import { usePast, useRestedDesign } from './use-past.ts'

/** Any two states of the design against each other: now, an entry of the ledger, a revision of git, or a state kept here. */
export function CompareView() {
  const run = useRun()
  const turn = useSession(session => session.ledgerTurn)
  const ledger = useHostRead('ledger.read', {}, turn)
  const states = useHostRead('states.list', {}, turn)
  const revisions = useHostRead('design.revisions', {}, turn)
  const chosen = useSession(session => session.compared)
  if ([ledger, states, revisions].some(({ kind }) => kind === 'reading')) return <p role="status">{t('Reading the past…')}</p>
  const known = {
    ledger: ledger.kind === 'read' ? ledger.value : undefined,
    states: states.kind === 'read' ? states.value.states : [],
    revisions: revisions.kind === 'read' ? revisions.value : undefined,
  }
  const problems = [ledger, states, revisions].flatMap(read => (read.kind === 'refused' ? read.problems : []))
  const choices = endChoices(known)
  const [before, after] = [chosen[0] || firstEnd(choices), chosen[1]]
  const more = known.revisions?.kind === 'repository' && known.revisions.more
  return (
    <section aria-label={t('Compare')} className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>{t('Two states of the design')}</h2>
      </div>
      <div className={styles.body}>
        {problems.length > 0 ? <ProblemList problems={problems} /> : null}
        <div className={styles.ends}>
          <Pick label={t('Before')} value={before} choices={choices} onPick={end => run(chooseCompared, [end, after])} />
          <Button icon={<ArrowLeftRight size={14} aria-hidden />} onPress={() => run(chooseCompared, [after, before])}>
            {t('Swap')}
          </Button>
          <Pick label={t('After')} value={after} choices={choices} onPick={end => run(chooseCompared, [before, end])} />
        </div>
        {more ? <p className={styles.note}>{t('Of branches, tags and commits the newest are offered.')}</p> : null}
        {known.revisions?.kind === 'none' ? (
          <p className={styles.note}>{t('Git revisions can be compared once the design folder is in a git repository.')}</p>
        ) : null}
        {choices.length === 1 ? (
          <p>{t('There is nothing to compare with yet: states are kept as you work.')}</p>
        ) : (
          <Ends key={`${before} ${after}`} before={before} after={after} known={known} />
        )}
      </div>
    </section>
  )
}

type EndsProps = {
  readonly before: string
  readonly after: string
  readonly known: Parameters<typeof endChoices>[0]
}

function Ends({ before, after, known: { ledger } }: EndsProps) {
  const now = useRestedDesign()
  const [from, to] = [usePast(askedFor(before)), usePast(askedFor(after))]
  const was = before === NOW ? now : from.design
  const is = after === NOW ? now : to.design
  const issued = useMemo(() => (is ? issuedIn(is, ledger) : undefined), [is, ledger])
  const sides = [
    { end: before, label: t('Before'), read: from.read },
    { end: after, label: t('After'), read: to.read },
  ].filter(({ end }) => end !== NOW)
  const entryOf = (end: string) => ledger?.entries.find(({ hash }) => end === `entry ${hash}`)
  const isReading = sides.some(({ read }) => read.kind === 'reading' || (read.kind === 'read' && read.isStale))
  return (
    <>
      {sides.map(({ end, label, read }) => {
        const entry = entryOf(end)
        return <Origin key={label} read={read} label={label} {...(entry ? { entry } : {})} />
      })}
      {isReading ? <p role="status">{t('Reading the past…')}</p> : null}
      {!isReading && was && is && issued ? <Comparison before={was} after={is} issued={issued} copies /> : null}
    </>
  )
}
