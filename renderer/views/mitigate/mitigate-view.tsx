import { useMemo } from 'react'
import { addOwnThreat } from '../../commands/definitions/mitigate.ts'
import { useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { counted } from '../../state/words.ts'
import { AddLine } from '../../ui/add-line.tsx'
import { Empty } from '../../ui/empty.tsx'
import panel from '../../ui/panel.module.css'
import { inOrderOfNeed } from './mitigate-model.ts'
import styles from './mitigate-view.module.css'
import { RiskMatrix } from './risk-matrix.tsx'
import { ThreatDetail } from './threat-detail.tsx'
import { ThreatList } from './threat-list.tsx'

/** Step 4: every real threat with its answer, and the risk before and after. */
export function MitigateView() {
  const states = useFacts().states()
  const run = useRun()
  const selected = useSession(session => session.selection[0])
  const ordered = useMemo(() => inOrderOfNeed(states), [states])
  const shown = ordered.find(state => isAbout(state, selected)) ?? ordered[0]
  const open = states.filter(state => state.response === 'open').length
  return (
    <section aria-label="Mitigate" className={styles.view}>
      <div className={styles.list}>
        <div className={styles.listHead}>
          <h1 className={panel.title}>Mitigate</h1>
          <p className={panel.sub}>
            {states.length === 0
              ? 'No threat is judged real yet.'
              : open === 0
                ? 'Every threat has an answer.'
                : `${counted(open, 'threat')} without an answer.`}
          </p>
        </div>
        <ThreatList states={ordered} shown={shown?.threat.id} />
        <AddLine
          label="New threat"
          placeholder="Write a threat in your own words"
          focus="new-threat"
          onAdd={statement => run(addOwnThreat, { statement, category: 'tampering' })}
        />
      </div>
      <div className={styles.detail}>
        {shown ? (
          <ThreatDetail key={shown.threat.id} state={shown} />
        ) : (
          <Empty title="Every real threat needs one of: mitigate, accept, transfer, avoid.">
            <p>
              Threats come from <a href="#/threats">findings judged real</a>, or are written by hand.
            </p>
          </Empty>
        )}
        {states.length > 0 ? <RiskMatrix states={states} /> : null}
      </div>
    </section>
  )
}

function isAbout(state: ReturnType<typeof inOrderOfNeed>[number], id: string | undefined): boolean {
  return (
    id !== undefined && (state.threat.id === id || state.acceptance?.id === id || state.mitigations.some(one => one.id === id))
  )
}
