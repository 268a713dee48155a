import { History } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { LedgerState } from '../../../core/model/ledger.ts'
import type { Design } from '../../../core/model/types.ts'
import type { KeptState } from '../../../host/contract.ts'
import { bringBackObject, bringBackState } from '../../commands/definitions/history.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { useHostRead } from '../../state/use-host-read.ts'
import { useRested } from '../../state/use-rested.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DeedForm } from '../../ui/deed-form.tsx'
import { Empty } from '../../ui/empty.tsx'
import panel from '../../ui/panel.module.css'
import { ProblemList } from '../../ui/problem-list.tsx'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import styles from './before-after.module.css'
import { Comparison } from './comparison.tsx'
import { instantWords } from './ends-model.ts'
import { decisionsSince, type Scale, type Stop, scaleOf } from './history-model.ts'
import type { DifferenceLine } from './past-model.ts'
import { Scrubber } from './scrubber.tsx'
import { usePast, useRestedDesign } from './use-past.ts'

/** Somebody who drags passes many states; only where they stay is one read. */
const REST_MS = 150

/** The states that this machine kept, along one line of time: look at each beside now, and bring it back, whole or in part. */
export function HistoryView() {
  const turn = useSession(session => session.ledgerTurn)
  const now = useSession(session => session.now)
  const shown = useSession(session => session.stateShown)
  // What is kept while somebody looks shows with the next entry of the ledger, the next edit that was saved, or the next minute.
  const saved = useSession(session => session.save.kind)
  const states = useHostRead('states.list', {}, `${now} ${saved}`)
  const ledger = useHostRead('ledger.read', {}, turn)
  if (states.kind === 'reading' || ledger.kind === 'reading') return <p role="status">{t('Reading the past…')}</p>
  if (states.kind === 'refused') return <ProblemList problems={states.problems} />
  const entries = ledger.kind === 'read' ? ledger.value : NO_ENTRIES
  return (
    <section aria-label={t('History')} className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>{t('States kept on this machine')}</h2>
      </div>
      {states.value.states.length === 0 ? (
        <Empty title={t('No state is kept yet.')}>
          <p>{t('One is kept once edits have settled, and before an import or a large removal.')}</p>
        </Empty>
      ) : (
        <Line scale={scaleOf(states.value.states, entries, nowAfter(states.value.states, now))} shown={shown} />
      )}
    </section>
  )
}

const NO_ENTRIES: Pick<LedgerState, 'entries'> = { entries: [] }

/** Now is never before a state that stood: the clock of the window ticks in minutes, that of the host in seconds. */
function nowAfter(states: readonly KeptState[], now: string): string {
  const last = states.at(-1)?.at ?? now
  return last > now ? last : now
}

function Line({ scale, shown }: { readonly scale: Scale; readonly shown: string | undefined }) {
  const found = scale.stops.findIndex(({ digest }) => digest === shown)
  const at = found < 0 ? scale.stops.length - 1 : found
  const stop = scale.stops[at]
  const rested = useRested(stop?.digest, REST_MS)
  return (
    <div className={styles.body}>
      <Scrubber scale={scale} at={at} />
      {stop?.digest === undefined ? (
        <p className={styles.note}>{t('Shown is now. Arrow keys or dragging lead to earlier states.')}</p>
      ) : rested === stop.digest ? (
        <Then key={stop.digest} stop={stop} digest={stop.digest} />
      ) : (
        <p role="status">{t('Reading the past…')}</p>
      )}
    </div>
  )
}

function Then({ stop, digest }: { readonly stop: Stop; readonly digest: string }) {
  const { read, design } = usePast({ state: digest })
  const now = useRestedDesign()
  const when = instantWords(stop.at)
  if (read.kind === 'refused') return <ProblemList problems={read.problems} />
  if (!design) return <p role="status">{t('Reading the past…')}</p>
  return (
    <>
      <BringBack then={design} when={when} />
      <Comparison
        before={design}
        after={now}
        names={[t('Then'), t('Now')]}
        deed={line => <BringBackOne line={line} then={design} when={when} />}
      />
    </>
  )
}

type ThenProps = { readonly then: Design; readonly when: string }

/** So many decisions are told one by one. */
const TOLD = 20

/** Says first which decisions go, and only then does it: as one edit, which undo takes back. */
function BringBack({ then, when }: ThenProps) {
  const [isAsking, setAsking] = useState<boolean>()
  const first = useRef<HTMLDivElement>(null)
  // What was pressed is gone: focus follows to what takes its place, and back.
  useEffect(() => {
    if (isAsking !== undefined) first.current?.focus()
  }, [isAsking])
  if (!isAsking)
    return (
      <div>
        <Button autoFocus={isAsking === false} icon={<History size={14} aria-hidden />} onPress={() => setAsking(true)}>
          {t('Bring back this state…')}
        </Button>
      </div>
    )
  return (
    <DeedForm
      label={t('Bring back the state of {{when}}', { when })}
      deed={bringBackState}
      input={{ then, when }}
      send={t('Bring back')}
      onDone={() => setAsking(false)}
    >
      <div ref={first} tabIndex={-1} className={styles.asked}>
        <Lost then={then} />
        <p className={styles.note}>
          {t('It is one edit, and undo takes it back. The ledger and what people wrote to each other stay as they are.')}
        </p>
      </div>
    </DeedForm>
  )
}

function Lost({ then }: { readonly then: Design }) {
  const decisions = decisionsSince(then, useDesign())
  if (decisions.length === 0) return <p>{t('No decision was made since then.')}</p>
  return (
    <>
      <p>{t('{{count}} decisions made since then go with it:', { count: decisions.length })}</p>
      <ul aria-label={t('Decisions made since then')} className={styles.list}>
        {decisions.slice(0, TOLD).map(({ table, id, sentence }) => (
          <li key={`${table} ${id}`} className={styles.item}>
            <Chip id={id} />
            <span lang={CONTENT_LANGUAGE}>{sentence}</span>
          </li>
        ))}
      </ul>
      {decisions.length > TOLD ? (
        <p className={styles.note}>{t('and {{count}} more', { count: decisions.length - TOLD })}</p>
      ) : null}
    </>
  )
}

/** One object back as it was; what is new since then has no earlier self. */
function BringBackOne({ line, then, when }: ThenProps & { readonly line: DifferenceLine }) {
  const run = useRun()
  if (line.kind === 'added' || !line.isObject) return null
  return (
    <Button
      small
      look="quiet"
      aria-label={t('Bring back {{name}}', { name: line.label })}
      onPress={() => run(bringBackObject, { then, when, id: line.id, name: line.label })}
    >
      {t('Bring back')}
    </Button>
  )
}
