import { ChevronRight } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import type { HandOff } from '../../../core/monitoring/types.ts'
import { lookAtMonitoring } from '../../commands/definitions/monitoring.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { letterOf } from '../../state/words.ts'
import { Badge } from '../../ui/badge.tsx'
import { Chip } from '../../ui/chip.tsx'
import panel from '../../ui/panel.module.css'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import { DetectionDetail } from './detection-detail.tsx'
import { Lines, MOST } from './lines.tsx'
import { type Group, groupsOf, type ShownDetection, type ThreatLine, uncoveredOf } from './monitoring-model.ts'
import styles from './monitoring-view.module.css'
import { groupName, SEVERITY_NAMES, SEVERITY_TONES, WHY_NOT } from './monitoring-words.ts'
import type { Derived } from './use-hand-off.ts'

/** Threats without a detection first, then every category with its threats and what would show them. */
export function ThreatsPart({ derived: { handOff, facts } }: { readonly derived: Derived }) {
  const uncovered = useMemo(() => uncoveredOf(facts.design, handOff), [facts.design, handOff])
  const groups = useMemo(() => groupsOf(handOff), [handOff])
  const isPast = useIsPast(uncovered.map(({ line }) => line.threat.id))
  return (
    <>
      {uncovered.length > 0 ? (
        <section aria-label={t('Not covered')} className={`${panel.card} ${styles.uncovered}`}>
          <div className={panel.cardHead}>
            <h2 className={panel.cardTitle}>{t('Not covered')}</h2>
            <span className={panel.count}>{t('{{count}} threats', { count: uncovered.length })}</span>
          </div>
          <Lines of={uncovered} isWhole={isPast}>
            {({ line, why }) => (
              <li key={line.threat.id} className={styles.threat} data-focus={`watch ${line.threat.id}`} tabIndex={-1}>
                <ThreatHead line={line} />
                <p className={styles.reason}>{WHY_NOT[why]}</p>
                {line.here.length > 0 ? (
                  <>
                    <p className={panel.sub}>
                      {t('General for its category, which shows an attack of this kind and not this one:')}
                    </p>
                    <Detections of="uncovered" line={line} handOff={handOff} />
                  </>
                ) : null}
              </li>
            )}
          </Lines>
        </section>
      ) : null}
      {groups.map(group => (
        <GroupCard key={group.id} group={group} handOff={handOff} />
      ))}
    </>
  )
}

type GroupProps = { readonly group: Group; readonly handOff: HandOff }

function GroupCard({ group: { id, lines, detections }, handOff }: GroupProps) {
  const open = lines.filter(({ isCovered }) => !isCovered).length
  const name = groupName(id)
  const isPast = useIsPast(lines.map(({ threat }) => threat.id))
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
        <Lines of={lines} isWhole={isPast}>
          {line => (
            <li key={line.threat.id} className={styles.threat} data-focus={`watch ${line.threat.id}`} tabIndex={-1}>
              <ThreatHead line={line}>{line.isCovered ? null : <Badge tone="warn">{t('Not covered')}</Badge>}</ThreatHead>
              {line.here.length > 0 && line.isCovered ? <Detections of={id} line={line} handOff={handOff} /> : null}
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

/** A threat that is gone to is shown, however many stand before it. */
function useIsPast(ids: readonly string[]): boolean {
  const asked = useSession(session => session.monitoring.threat)
  return asked !== undefined && ids.indexOf(asked) >= MOST
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

type DetectionsProps = { readonly of: string; readonly line: ThreatLine; readonly handOff: HandOff }

function Detections({ of, line: { threat, here }, handOff }: DetectionsProps) {
  return (
    <ul className={styles.detections}>
      {here.map(shown => (
        <DetectionRow
          key={shown.detection.id}
          name={`${of} ${threat.id} ${shown.detection.id}`}
          shown={shown}
          handOff={handOff}
        />
      ))}
    </ul>
  )
}

type RowProps = { readonly name: string; readonly shown: ShownDetection; readonly handOff: HandOff }

/** One detection; its details open below it. */
function DetectionRow({ name, shown, handOff }: RowProps) {
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
      {isOpen ? <DetectionDetail shown={shown} handOff={handOff} /> : null}
    </li>
  )
}
