import { ChevronRight } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { lookAtMonitoring } from '../../commands/definitions/monitoring.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { letterOf } from '../../state/words.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import panel from '../../ui/panel.module.css'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import { DetectionDetail } from './detection-detail.tsx'
import { type Group, groupsOf, type ShownDetection, type ThreatLine, uncoveredOf } from './monitoring-model.ts'
import styles from './monitoring-view.module.css'
import { groupName, SEVERITY_NAMES, SEVERITY_TONES, WHY_NOT } from './monitoring-words.ts'
import type { Derived } from './use-hand-off.ts'

/** Threats without a detection first, then every category with its threats and what would show them. */
export function ThreatsPart({ derived: { handOff, facts } }: { readonly derived: Derived }) {
  const uncovered = useMemo(() => uncoveredOf(facts.design, handOff), [facts.design, handOff])
  const groups = useMemo(() => groupsOf(handOff), [handOff])
  return (
    <>
      {uncovered.length > 0 ? (
        <section aria-label={t('Not covered')} className={`${panel.card} ${styles.uncovered}`}>
          <div className={panel.cardHead}>
            <h2 className={panel.cardTitle}>{t('Not covered')}</h2>
            <span className={panel.count}>{t('{{count}} threats', { count: uncovered.length })}</span>
          </div>
          <Lines of={uncovered} ids={uncovered.map(({ line }) => line.threat.id)}>
            {({ line, why }) => (
              <li key={line.threat.id} className={styles.threat} data-focus={`watch ${line.threat.id}`} tabIndex={-1}>
                <ThreatHead line={line} />
                <p className={styles.reason}>{WHY_NOT[why]}</p>
                {line.here.length > 0 ? (
                  <>
                    <p className={panel.sub}>
                      {t('General for its category, which shows an attack of this kind and not this one:')}
                    </p>
                    <Detections of="uncovered" line={line} />
                  </>
                ) : null}
              </li>
            )}
          </Lines>
        </section>
      ) : null}
      {groups.map(group => (
        <GroupCard key={group.id} group={group} />
      ))}
    </>
  )
}

function GroupCard({ group: { id, lines, detections } }: { readonly group: Group }) {
  const open = lines.filter(({ isCovered }) => !isCovered).length
  const name = groupName(id)
  return (
    <section aria-label={name} className={panel.card}>
      <div className={`${panel.cardHead} ${styles.cardHead} ${lines.length === 0 ? styles.last : ''}`}>
        {id === 'privacy' || id === 'none' ? null : (
          <span className={styles.letter} aria-hidden>
            {letterOf(id)}
          </span>
        )}
        <h2 className={panel.cardTitle}>{name}</h2>
        {open > 0 ? <Badge tone="warn">{t('{{open}} not covered', { open })}</Badge> : null}
        <span className={panel.grow} />
        <span className={panel.count}>
          {lines.length === 0
            ? t('No threat of this kind is written, so nothing is looked for.')
            : `${t('{{count}} threats', { count: lines.length })} · ${t('{{count}} detections', { count: detections })}`}
        </span>
      </div>
      {lines.length > 0 ? (
        <Lines of={lines} ids={lines.map(({ threat }) => threat.id)}>
          {line => (
            <li key={line.threat.id} className={styles.threat} data-focus={`watch ${line.threat.id}`} tabIndex={-1}>
              <ThreatHead line={line}>{line.isCovered ? null : <Badge tone="warn">{t('Not covered')}</Badge>}</ThreatHead>
              {line.here.length > 0 && line.isCovered ? <Detections of={id} line={line} /> : null}
              {line.here.length === 0 && line.elsewhere > 0 ? (
                <p className={styles.reason}>
                  {t('None of its detections is for this category: {{count}} are for its other ones.', { count: line.elsewhere })}
                </p>
              ) : null}
            </li>
          )}
        </Lines>
      ) : null}
    </section>
  )
}

/** More threats than this are shown when asked for, or when one of them is gone to. */
const MOST = 40

type LinesProps<Line> = {
  readonly of: readonly Line[]
  readonly ids: readonly string[]
  readonly children: (line: Line) => ReactNode
}

function Lines<Line>({ of, ids, children }: LinesProps<Line>) {
  const asked = useSession(session => session.monitoring.threat)
  const [isAsked, setAsked] = useState(false)
  const isWhole = isAsked || (asked !== undefined && ids.indexOf(asked) >= MOST)
  return (
    <>
      <ul>{(isWhole ? of : of.slice(0, MOST)).map(children)}</ul>
      {of.length > MOST && !isWhole ? (
        <div className={styles.whole}>
          <Button small look="quiet" onPress={() => setAsked(true)}>
            {t('Show all {{count}}', { count: of.length })}
          </Button>
        </div>
      ) : null}
    </>
  )
}

function ThreatHead({ line: { threat }, children }: { readonly line: ThreatLine; readonly children?: ReactNode }) {
  return (
    <p className={styles.threatHead}>
      <Chip id={threat.id} />
      <span>{threat.statement}</span>
      {children}
    </p>
  )
}

function Detections({ of, line: { threat, here } }: { readonly of: string; readonly line: ThreatLine }) {
  return (
    <ul className={styles.detections}>
      {here.map(shown => (
        <DetectionRow key={shown.detection.id} name={`${of} ${threat.id} ${shown.detection.id}`} shown={shown} />
      ))}
    </ul>
  )
}

/** One detection; its details open below it. */
function DetectionRow({ name, shown }: { readonly name: string; readonly shown: ShownDetection }) {
  const run = useRun()
  const isOpen = useSession(session => session.monitoring.open === name)
  const { detection, signals } = shown
  return (
    <li className={isOpen ? styles.opened : undefined}>
      <button
        type="button"
        className={styles.rowHead}
        aria-expanded={isOpen}
        onClick={() => run(lookAtMonitoring, { shown: { open: isOpen ? undefined : name } })}
      >
        <ChevronRight size={14} aria-hidden className={styles.arrow} />
        <span className={styles.rowName} lang={CONTENT_LANGUAGE}>
          {detection.title}
        </span>
        <span className={styles.where}>
          {signals
            .flatMap(({ service }) => service?.element.name ?? [])
            .slice(0, 2)
            .join(', ') || t('all components')}
          {signals.length > 2 ? ` +${signals.length - 2}` : ''}
        </span>
        <Badge tone={SEVERITY_TONES[detection.severity]}>{SEVERITY_NAMES[detection.severity]}</Badge>
      </button>
      {isOpen ? <DetectionDetail shown={shown} /> : null}
    </li>
  )
}
