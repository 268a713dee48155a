import { CircleSlash, Siren } from 'lucide-react'
import type { FlatEvent, Samples } from '../../../core/monitoring/samples.ts'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import { type SampleRun, sampleRuns } from './monitoring-model.ts'
import styles from './reading.module.css'

type PanesProps = {
  readonly samples: Samples
  /** An event as the format writes it. */
  readonly written?: (event: FlatEvent) => unknown
}

function asItIs(event: FlatEvent): unknown {
  return event
}

/** One sequence that sets the rule off and one that resembles it and does not, as the log would have them. */
export function SamplePanes({ samples: { positive, negative }, written = asItIs }: PanesProps) {
  return (
    <div className={styles.samples}>
      <Sample name={t('Sets it off')} isHit events={positive} written={written} />
      <Sample name={t('Does not set it off')} events={negative} written={written} />
    </div>
  )
}

type Props = {
  readonly name: string
  readonly events: readonly FlatEvent[]
  readonly written: (event: FlatEvent) => unknown
  readonly isHit?: boolean
}

function Sample({ name, events, written, isHit = false }: Props) {
  return (
    <section aria-label={name} className={`${styles.pane} ${isHit ? styles.hit : ''}`}>
      <div className={styles.paneHead}>
        {isHit ? <Siren size={14} aria-hidden /> : <CircleSlash size={14} aria-hidden />}
        <h3 className={styles.paneName}>{name}</h3>
        <span className={styles.grow} />
        <span className={styles.sub}>{t('{{count}} events', { count: events.length })}</span>
      </div>
      {sampleRuns(events).map(run => (
        <Run key={run.first['@timestamp']} run={run} text={JSON.stringify(written(run.first), null, 1)} />
      ))}
    </section>
  )
}

/** Events that are alike, by their first. */
function Run({ run: { count, every, varied }, text }: { readonly run: SampleRun; readonly text: string }) {
  return (
    <>
      {count > 1 ? (
        <p className={styles.place}>
          {varied === undefined
            ? t('{{count}} times, {{every}} s apart', { count, every })
            : t('{{count}} times, {{every}} s apart, each with another {{field}}', { count, every, field: varied })}
        </p>
      ) : null}
      <pre className={styles.code} lang={CONTENT_LANGUAGE}>
        {text}
      </pre>
    </>
  )
}
