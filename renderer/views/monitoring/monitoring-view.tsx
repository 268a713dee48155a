import { CircleCheck, TriangleAlert } from 'lucide-react'
import { lookAtMonitoring } from '../../commands/definitions/monitoring.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Empty } from '../../ui/empty.tsx'
import panel from '../../ui/panel.module.css'
import { Segments } from '../../ui/segments.tsx'
import { t } from '../../words/translate.ts'
import { EventsPart } from './events-part.tsx'
import { FilesPart } from './files-part.tsx'
import { IntegrityPart } from './integrity-part.tsx'
import styles from './monitoring-view.module.css'
import { ThreatsPart } from './threats-part.tsx'
import { type Derived, useHandOff } from './use-hand-off.ts'

/** What the design hands over to those who run it; what is not covered first. */
export function MonitoringView() {
  const derived = useHandOff()
  return (
    <div className={styles.monitoring} data-focus="monitoring" tabIndex={-1}>
      {derived ? <HandedOver derived={derived} /> : <p role="status">{t('Deriving detections…')}</p>}
    </div>
  )
}

function HandedOver({ derived }: { readonly derived: Derived }) {
  const run = useRun()
  const { part } = useSession(session => session.monitoring)
  if (derived.handOff.watches.length === 0)
    return (
      <div className={panel.card}>
        <Empty title={t('No threat is written yet, so nothing follows for monitoring.')}>
          <p>
            <a href="#/threats">{t('Decide findings in step 3')}</a>.{' '}
            {t('Each that is real becomes a threat, and its controls say what the log must show.')}
          </p>
        </Empty>
      </div>
    )
  return (
    <>
      <Summary derived={derived} />
      <Segments
        label={t('Part of the hand-off')}
        value={part}
        choices={[
          { value: 'threats', label: t('Detections') },
          { value: 'events', label: t('Audit events') },
          { value: 'integrity', label: t('Integrity') },
          { value: 'files', label: t('Files') },
        ]}
        onPick={next => run(lookAtMonitoring, { shown: { part: next, open: undefined } })}
      />
      {part === 'threats' ? <ThreatsPart derived={derived} /> : null}
      {part === 'events' ? <EventsPart derived={derived} /> : null}
      {part === 'integrity' ? <IntegrityPart derived={derived} /> : null}
      {part === 'files' ? <FilesPart derived={derived} /> : null}
    </>
  )
}

/** How much is covered and how much is not, in one line; and what that does not say. */
function Summary({ derived: { handOff, facts } }: { readonly derived: Derived }) {
  const { watches, signals, demands } = handOff
  const open = watches.filter(({ isCovered }) => !isCovered).length
  const hasControls = facts.packs.controls.some(pack => pack.controls.length > 0)
  return (
    <section aria-label={t('What is covered')} className={`${styles.summary} ${open > 0 ? styles.lacking : styles.covered}`}>
      {open > 0 ? <TriangleAlert size={18} aria-hidden /> : <CircleCheck size={18} aria-hidden />}
      <div>
        <p className={styles.headline}>
          {open > 0
            ? t('{{open}} of {{all}} threats are not covered by a detection.', { open, all: watches.length })
            : t('Each threat leads to a detection.')}
        </p>
        <p className={panel.sub}>
          {t('{{count}} detections on components', { count: signals.length })} ·{' '}
          {t('{{count}} audit events', { count: demands.length })}
          {'. '}
          {t('A rule that is written has not fired yet: run the samples in your log store.')}
        </p>
        {hasControls ? null : (
          <p className={styles.noPack}>{t('No control pack is in use, so detections follow only from rules and weaknesses.')}</p>
        )}
      </div>
    </section>
  )
}
