import { ArrowRight } from 'lucide-react'
import { isUnbegun } from '../../../core/model/create-from-start.ts'
import type { LedgerState } from '../../../core/model/ledger.ts'
import { settingsOf } from '../../../core/model/lookup.ts'
import { sizeOf } from '../../../core/model/table.ts'
import { doNext } from '../../commands/definitions/app.ts'
import { nextAction } from '../../commands/next-action.ts'
import { ago } from '../../state/ago.ts'
import { useContextNow, useRun } from '../../state/use-commands.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Keys } from '../../ui/keys.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import { firstDrawing, lastChange } from './home-model.ts'
import styles from './home-view.module.css'
import { Sketch } from './sketch.tsx'

/** The design of this window: what blocks it, when it was changed last, and the weakest spot to go on with. */
export function ContinueCard({ ledger }: { readonly ledger: LedgerState | undefined }) {
  const context = useContextNow()
  const run = useRun()
  const { design, facts, session } = context
  const isBlank = isUnbegun(design)
  const drawn = firstDrawing(design)
  const name = settingsOf(design)?.name ?? t('Unnamed design')
  return (
    <section aria-label={t('Continue')} className={`${panel.card} ${styles.continue}`}>
      {drawn.elements.length > 0 ? (
        <div className={styles.drawing}>
          <Sketch drawn={drawn} isNamed />
        </div>
      ) : null}
      <div className={styles.about}>
        <p className={styles.eyebrow}>{isBlank ? t('A blank design') : t('Continue')}</p>
        <h2 className={styles.design}>{name}</h2>
        {isBlank ? (
          <p className={panel.sub}>{t('Write what it must do, draw it, paste it, or take a template below.')}</p>
        ) : (
          <>
            <p className={styles.line}>
              <Blocking context={context} />
              <Changed change={lastChange(design, ledger)} now={session.now} person={session.preferences.person} />
            </p>
            <ul className={styles.counts} aria-label={t('What it holds')}>
              <li>{t('{{count}} requirements', { count: sizeOf(design.requirements) })}</li>
              <li>{t('{{count}} elements', { count: sizeOf(design.elements) })}</li>
              <li>{t('{{count}} flows', { count: sizeOf(design.flows) })}</li>
              <li>{t('{{count}} threats', { count: sizeOf(design.threats) })}</li>
              <li>{t('{{count}} work items', { count: sizeOf(design.workItems) })}</li>
            </ul>
            {facts.gate().problems[0] ? <p className={styles.blocks}>{facts.gate().problems[0]?.message}</p> : null}
          </>
        )}
        <div className={panel.actions}>
          <Button look="primary" icon={<ArrowRight size={14} aria-hidden />} data-focus="begin" onPress={() => run(doNext)}>
            {nextAction(context).text}
          </Button>
          <Keys chord="Mod+." />
        </div>
      </div>
    </section>
  )
}

function Blocking({ context: { facts } }: { readonly context: ReturnType<typeof useContextNow> }) {
  const gate = facts.gate()
  if (gate.open) return <Badge tone="good">{t('Gate open')}</Badge>
  return <Badge tone="bad">{t('{{count}} blocking', { count: gate.problems.length })}</Badge>
}

type ChangedProps = { readonly change: ReturnType<typeof lastChange>; readonly now: string; readonly person: string }

function Changed({ change, now, person }: ChangedProps) {
  if (!change) return null
  const when = ago(change.at, now)
  const by = change.by === person ? t('you') : change.by
  return (
    <span className={panel.sub}>
      {by === undefined ? t('changed {{when}}', { when }) : t('changed {{when}} by {{by}}', { when, by })}
    </span>
  )
}
