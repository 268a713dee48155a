import { useMemo, useState } from 'react'
import { addOwnThreat } from '../../commands/definitions/mitigate.ts'
import { useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { AddLine } from '../../ui/add-line.tsx'
import { Empty } from '../../ui/empty.tsx'
import panel from '../../ui/panel.module.css'
import { Segments } from '../../ui/segments.tsx'
import { t } from '../../words/translate.ts'
import { inOrderOfNeed } from './mitigate-model.ts'
import styles from './mitigate-view.module.css'
import { OwnersPart } from './owners-part.tsx'
import { RiskMatrix } from './risk-matrix.tsx'
import { ThreatDetail } from './threat-detail.tsx'
import { ThreatList } from './threat-list.tsx'

/** Step 4: every real threat with its answer, and the risk before and after. */
export function MitigateView() {
  const states = useFacts().states()
  const run = useRun()
  const selected = useSession(session => session.selection[0])
  const [only, setOnly] = useState<'all' | 'open'>('all')
  const ordered = useMemo(() => inOrderOfNeed(states), [states])
  // What is in view stays in view when its answer moves it down the list.
  const [last, setLast] = useState<string>()
  const shown = ordered.find(state => isAbout(state, selected)) ?? ordered.find(state => state.threat.id === last) ?? ordered[0]
  if (shown && shown.threat.id !== last) setLast(shown.threat.id)
  const open = states.filter(state => state.response === 'open').length
  const listed = only === 'open' && open > 0 ? ordered.filter(state => state.response === 'open') : ordered
  return (
    <section aria-label={t('Mitigate')} className={styles.view}>
      <div className={styles.list}>
        <div className={styles.listHead}>
          <div>
            <h1 className={panel.title}>{t('Mitigate')}</h1>
            <p className={panel.sub}>
              {states.length === 0
                ? t('No threat is judged real yet.')
                : open === 0
                  ? t('Every threat has an answer.')
                  : t('{{count}} threats without an answer.', { count: open })}
            </p>
          </div>
          {open > 0 && open < states.length ? (
            <Segments
              label={t('Which threats')}
              value={only}
              choices={[
                { value: 'all', label: t('All') },
                { value: 'open', label: t('Open') },
              ]}
              onPick={setOnly}
            />
          ) : null}
        </div>
        <ThreatList states={listed} shown={shown?.threat.id} />
        <AddLine
          label={t('New threat')}
          placeholder={t('Write a threat in your own words')}
          focus="new-threat"
          onAdd={statement => run(addOwnThreat, { statement, category: 'tampering' })}
        />
      </div>
      <div className={styles.detail}>
        {shown ? (
          <>
            <ThreatDetail key={shown.threat.id} state={shown} />
            <RiskMatrix key={`matrix ${shown.threat.id}`} states={states} shown={shown} />
            <OwnersPart />
          </>
        ) : (
          <Empty title={t('Every open threat needs one of: mitigate, accept, transfer, not applicable.')}>
            <p className={styles.emptyWords}>
              {t('Threats come from findings that somebody judged real, or are written by hand in the line at the left.')}
            </p>
            <p>
              <a href="#/threats">{t('Go to the findings')}</a>
            </p>
          </Empty>
        )}
      </div>
    </section>
  )
}

function isAbout(state: ReturnType<typeof inOrderOfNeed>[number], id: string | undefined): boolean {
  return (
    id !== undefined && (state.threat.id === id || state.acceptance?.id === id || state.mitigations.some(one => one.id === id))
  )
}
