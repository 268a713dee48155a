import { useFactsSoon } from '../../state/facts-soon.tsx'
import { useSession } from '../../state/session.ts'
import { useHostRead } from '../../state/use-host-read.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ProblemList } from '../../ui/problem-list.tsx'
import { RiskBadge } from '../../ui/risk-badge.tsx'
import { instantWords } from '../../words/format.ts'
import { t } from '../../words/translate.ts'
import { responseName } from '../mitigate/mitigate-model.ts'
import { FindingsPart } from './findings-part.tsx'
import { historyOf, threatsOn } from './history-model.ts'
import inspector from './inspector.module.css'
import { Part } from './part.tsx'
import styles from './tabs.module.css'

/** What may happen to an element, a flow or data: threats somebody wrote with where they stand, and what the rules found. */
export function ThreatsSide({ id, isRuled }: { readonly id: string; readonly isRuled: boolean }) {
  const states = threatsOn(useFactsSoon(), id)
  return (
    <div className={inspector.fields}>
      <Part title={t('Threats ({{number}})', { number: states.length })}>
        {states.length === 0 ? <p className={inspector.mute}>{t('No finding on it is judged real yet.')}</p> : null}
        <ul className={styles.rows}>
          {states.map(({ threat, response, residual }) => (
            <li key={threat.id} className={styles.row}>
              <span>{threat.statement}</span>
              <span className={styles.more}>
                <Chip id={threat.id} />
                <Badge tone={response === 'open' ? 'bad' : response === 'mitigated' ? 'good' : 'warn'}>
                  {responseName(response)}
                </Badge>
                <RiskBadge risk={residual} />
              </span>
            </li>
          ))}
        </ul>
      </Part>
      {isRuled ? <FindingsPart subject={id} /> : null}
    </div>
  )
}

/** What happened to an object, the latest first. */
export function HistorySide({ id }: { readonly id: string }) {
  const design = useDesign()
  const facts = useFactsSoon()
  const read = useHostRead(
    'ledger.read',
    {},
    useSession(session => session.ledgerTurn),
  )
  const happenings = historyOf(design, facts, id, read.kind === 'read' ? read.value.entries : [])
  return (
    <div className={inspector.fields}>
      {read.kind === 'reading' ? <p className={inspector.mute}>{t('Reading the ledger…')}</p> : null}
      {read.kind === 'refused' ? <ProblemList problems={read.problems} /> : null}
      <ol className={styles.rows} aria-label={t('History')}>
        {happenings.map(({ key, at, by, words, about }) => (
          <li key={key} className={styles.row}>
            <span>{words}</span>
            <span className={styles.more}>
              <time dateTime={at}>{instantWords(at)}</time>
              {by ? <span>{by}</span> : null}
              {about ? <Chip id={about} /> : null}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
