import type { KeyboardEvent } from 'react'
import type { ThreatState } from '../../../core/mitigations/derive.ts'
import { selectObjects } from '../../commands/definitions/select.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Badge } from '../../ui/badge.tsx'
import { PeerMarks } from '../../ui/peer-marks.tsx'
import { t } from '../../words/translate.ts'
import { endOf, responseName } from './mitigate-model.ts'
import styles from './mitigate-view.module.css'
import { RiskChange } from './risk-change.tsx'

type Props = { readonly states: readonly ThreatState[]; readonly shown: string | undefined }

/** All threats in order of need; arrows walk, the detail follows. */
export function ThreatList({ states, shown }: Props) {
  const run = useRun()
  function onKeyDown(event: KeyboardEvent) {
    const item = event.target instanceof Element ? event.target.closest('li') : null
    const to = { ArrowDown: item?.nextElementSibling, ArrowUp: item?.previousElementSibling }[event.key]?.querySelector('button')
    if (!to) return
    event.preventDefault()
    to.focus()
  }
  return (
    <ul className={styles.threats} aria-label={t('Threats')} onKeyDown={onKeyDown}>
      {states.map(state => (
        <li key={state.threat.id}>
          <button
            type="button"
            className={styles.threat}
            data-focus={`object ${state.threat.id}`}
            aria-current={state.threat.id === shown}
            onFocus={() => run(selectObjects, [state.threat.id])}
            onClick={() => run(selectObjects, [state.threat.id])}
          >
            <span className={styles.statement}>{state.threat.statement}</span>
            <span className={styles.line}>
              <code className={styles.id}>{state.threat.id}</code>
              <PeerMarks id={state.threat.id} />
              <RiskChange state={state} />
              <span className={styles.grow} />
              <Badge tone={state.response === 'open' ? 'bad' : state.response === 'mitigated' ? 'good' : 'warn'}>
                {responseName(state.response)}
              </Badge>
            </span>
            <Warnings state={state} />
          </button>
        </li>
      ))}
    </ul>
  )
}

/** What is weak about an answer: it ends soon or has ended, or nothing could show it. */
function Warnings({ state }: { readonly state: ThreatState }) {
  const now = useSession(session => session.now)
  const end = state.acceptance ? endOf(state.acceptance, now) : undefined
  const isEnding = end !== undefined && end.tone !== 'plain'
  const isHope = state.mitigations.length > 0 && !state.verifiable
  if (!isEnding && !isHope) return null
  return (
    <span className={styles.line}>
      {isEnding ? <Badge tone={end.tone}>{end.text}</Badge> : null}
      {isHope ? <Badge tone="warn">{t('Not verifiable yet')}</Badge> : null}
    </span>
  )
}
