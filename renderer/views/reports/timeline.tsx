import { type KeyboardEvent, type PointerEvent, useId } from 'react'
import type { LedgerState, NamedEntry } from '../../../core/model/ledger.ts'
import { chooseRange } from '../../commands/definitions/reports.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { t } from '../../words/translate.ts'
import { ENTRY_NAMES, entryWords, placesOf, rangeOf } from './ledger-model.ts'
import styles from './timeline.module.css'

/** The ledger as one line of time: arrows walk it, Shift widens, dragging does the same, Escape shows all. */
export function Timeline({ ledger }: { readonly ledger: LedgerState }) {
  const run = useRun()
  const id = useId()
  const range = useSession(session => session.ledgerRange)
  const { entries } = ledger
  const places = placesOf(ledger)
  const chosen = rangeOf(ledger, range)
  const anchor = entries.findIndex(one => one.hash === range?.[0])
  const active = entries.findIndex(one => one.hash === range?.[1])

  function choose(from: number, to: number) {
    const [start, end] = [entries[from], entries[to]]
    if (start && end) run(chooseRange, [start.hash, end.hash])
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape' && range) {
      event.preventDefault()
      return run(chooseRange, null)
    }
    const last = entries.length - 1
    const from = active < 0 ? entries.length : active
    const to = { ArrowLeft: from - 1, ArrowRight: active < 0 ? 0 : from + 1, Home: 0, End: last }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = Math.max(0, Math.min(last, to))
    choose(event.shiftKey && anchor >= 0 ? anchor : next, next)
  }

  function nearest(event: PointerEvent<HTMLElement>): number {
    const box = event.currentTarget.getBoundingClientRect()
    const x = ((event.clientX - box.left - PAD) / (box.width - 2 * PAD)) * 1000
    return places.reduce((best, place, at) => (Math.abs(place - x) < Math.abs((places[best] ?? 0) - x) ? at : best), 0)
  }

  return (
    <div
      role="listbox"
      aria-label={t('Time of the ledger')}
      aria-orientation="horizontal"
      aria-multiselectable
      aria-activedescendant={active < 0 ? undefined : `${id}-${active}`}
      tabIndex={0}
      className={styles.line}
      onKeyDown={onKeyDown}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        const at = nearest(event)
        choose(event.shiftKey && anchor >= 0 ? anchor : at, at)
      }}
      onPointerMove={event => {
        const at = nearest(event)
        if (event.buttons === 1 && anchor >= 0 && at !== active) choose(anchor, at)
      }}
    >
      <svg className={styles.drawing} role="presentation" focusable="false">
        <line x1="0%" x2="100%" y1="50%" y2="50%" className={styles.track} />
        {chosen ? (
          <line x1={percent(places[chosen.from])} x2={percent(places[chosen.to])} y1="50%" y2="50%" className={styles.span} />
        ) : null}
        {entries.map((named, at) => {
          const isChosen = chosen !== undefined && at >= chosen.from && at <= chosen.to
          return (
            <circle
              key={named.hash}
              id={`${id}-${at}`}
              role="option"
              aria-selected={isChosen}
              aria-label={spoken(named)}
              cx={percent(places[at])}
              cy="50%"
              r={at === active ? 8 : 5.5}
              className={`${styles.dot} ${styles[toneOf(named)]} ${isChosen ? styles.on : ''} ${at === active ? styles.active : ''}`}
            />
          )
        })}
      </svg>
    </div>
  )
}

/** Room left and right of the line in pixels, the same as in its styles. */
const PAD = 20

function percent(place: number | undefined): string {
  return `${(place ?? 0) / 10}%`
}

function spoken(named: NamedEntry): string {
  return `${named.entry.at.slice(0, 16).replace('T', ' ')} ${ENTRY_NAMES[named.entry.type]}, ${entryWords(named)}`
}

/** Verdicts and answers carry their colour, everything else stays quiet. */
function toneOf({ entry }: NamedEntry): 'good' | 'bad' | 'warn' | 'plain' {
  const said = entry.type === 'verdict' ? entry.payload.verdict : entry.type === 'signed-off' ? entry.payload.answer : undefined
  if (said === 'pass') return 'good'
  if (said === 'fail') return 'bad'
  return said === 'inconclusive' || said === 'cannotTell' ? 'warn' : 'plain'
}
