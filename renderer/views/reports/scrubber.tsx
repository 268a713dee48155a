import { useId } from 'react'
import { showState } from '../../commands/definitions/history.ts'
import { useRun } from '../../state/use-commands.ts'
import { t } from '../../words/translate.ts'
import { instantWords, WHY_NAMES } from './ends-model.ts'
import { LENGTH, nearest, type Scale, type Stop, stopFor } from './history-model.ts'
import styles from './scrubber.module.css'

type Props = {
  readonly scale: Scale
  /** Which stop is shown. */
  readonly at: number
}

/** The line of time: dragging rests at the nearest state, arrows move by one, and small marks are entries of the ledger. */
export function Scrubber({ scale: { stops, marks }, at }: Props) {
  const run = useRun()
  const id = useId()
  const stop = stops[at]
  const go = (to: number) => (to === at ? undefined : run(showState, stops[to]?.digest ?? null))
  return (
    <div className={styles.scrubber}>
      <label htmlFor={id} className={styles.label}>
        {t('Time')}
      </label>
      <output htmlFor={id} className={styles.value}>
        {stop ? wordsOf(stop) : ''}
      </output>
      <div className={styles.line}>
        <svg className={styles.marks} aria-hidden focusable="false">
          {marks.map(({ hash, place }) => (
            <line key={hash} x1={percent(place)} x2={percent(place)} y1="0" y2="9" className={styles.mark} />
          ))}
          {stops.map(({ digest, place }) => (
            <circle key={digest ?? 'now'} cx={percent(place)} cy="18" r="4" className={styles.stop} />
          ))}
        </svg>
        <input
          id={id}
          type="range"
          data-focus="history time"
          className={styles.range}
          min={0}
          max={LENGTH}
          value={stop?.place ?? LENGTH}
          aria-valuetext={stop ? `${wordsOf(stop)}, ${t('state {{at}} of {{all}}', { at: at + 1, all: stops.length })}` : ''}
          onChange={event => go(nearest(stops, Number(event.target.value)))}
          onKeyDown={event => {
            const to = stopFor(event.key, at, stops.length)
            if (to === undefined) return
            event.preventDefault()
            go(to)
          }}
        />
      </div>
      {marks.length > 0 ? (
        <p className={styles.note}>{t('{{count}} marks above the line are entries of the ledger.', { count: marks.length })}</p>
      ) : null}
    </div>
  )
}

function wordsOf({ digest, at, why }: Stop): string {
  return digest === undefined || !why ? t('Now') : `${instantWords(at)}, ${WHY_NAMES[why]}`
}

function percent(place: number): string {
  return `${(place / LENGTH) * 100}%`
}
