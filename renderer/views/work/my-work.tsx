import { Copy } from 'lucide-react'
import { useMemo } from 'react'
import { deriveChecklist } from '../../../core/checklists/derive.ts'
import type { LedgerState } from '../../../core/model/ledger.ts'
import type { WorkItem } from '../../../core/model/types.ts'
import { makePrompt } from '../../../core/prompts/make.ts'
import * as templates from '../../../templates/generated/templates.js'
import { goToProblem } from '../../commands/definitions/gate.ts'
import { copyFor } from '../../commands/definitions/home.ts'
import { chooseTarget } from '../../commands/definitions/prompts.ts'
import { ago } from '../../state/ago.ts'
import { useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import panel from '../../ui/panel.module.css'
import { Pick } from '../../ui/pick.tsx'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import { checkCounts, type PromptState, promptState, workFor } from './work-model.ts'
import styles from './work-view.module.css'

/** Work items to build: for which tool, how far the prompt is, what the change will be judged by, and the prompt itself. */
export function MyWork({ ledger }: { readonly ledger: LedgerState | undefined }) {
  const design = useDesign()
  const facts = useFacts()
  const run = useRun()
  const target = useSession(session => session.target)
  const person = useSession(session => session.preferences.person)
  const targets = facts.packs.targets.flatMap(pack => pack.targets)
  return (
    <>
      <div className={styles.bar}>
        <p className={panel.sub}>{t('What a change will be judged by is known before it is written.')}</p>
        <div className={styles.target}>
          <Pick
            label={t('Coding tool')}
            hideLabel
            value={target}
            choices={targets.map(({ name, tool, title }) => ({ value: name, label: `${tool}: ${title}` }))}
            lang={CONTENT_LANGUAGE}
            onPick={name => run(chooseTarget, name)}
          />
        </div>
      </div>
      <ul className={styles.items} aria-label={t('Work items')}>
        {workFor(design, person).map(item => (
          <Item key={item.id} item={item} ledger={ledger} isOwn={item.assignee === person} />
        ))}
      </ul>
    </>
  )
}

type Props = { readonly item: WorkItem; readonly ledger: LedgerState | undefined; readonly isOwn: boolean }

function Item({ item, ledger, isOwn }: Props) {
  const design = useDesign()
  const facts = useFacts()
  const run = useRun()
  const now = useSession(session => session.now)
  const gate = facts.gateFor(item.id)
  const state = useMemo(() => {
    const make = (target: string) =>
      makePrompt(design, facts.packs, templates, { workItem: item.id, target, at: facts.at, pass: gate.pass ?? 'draft' })
    return promptState(ledger, item.id, target => {
      const made = make(target)
      return made.ok ? made.value.slice : undefined
    })
  }, [design, facts, ledger, gate, item.id])
  const checklist = deriveChecklist(design, facts.packs, { workItem: item.id, at: facts.at })
  const counts = checkCounts(checklist.ok ? checklist.value.checks : [])
  const [blocking] = gate.problems
  return (
    <li className={`${panel.card} ${styles.item}`} aria-label={item.name} data-focus={`work ${item.id}`} tabIndex={-1}>
      <div className={styles.about}>
        <p className={styles.name}>
          <span>{item.name}</span>
          <Chip id={item.id} />
          {item.assignee === undefined ? (
            <Badge>{t('Open to anyone')}</Badge>
          ) : (
            <Badge tone={isOwn ? 'accent' : 'plain'}>{isOwn ? t('Yours') : item.assignee}</Badge>
          )}
        </p>
        <p className={styles.goal}>{item.goal}</p>
        <p className={styles.facts}>
          {gate.open ? (
            <Badge tone="good">{t('Gate open')}</Badge>
          ) : (
            <Badge tone="bad">{t('{{count}} blocking', { count: gate.problems.length })}</Badge>
          )}
          <Taken state={state} now={now} />
          <span>
            {t('{{count}} checks', { count: counts.all })}
            {counts.all > 0 ? `: ${t('{{machine}} by tools, {{person}} by eye', counts)}` : ''}
          </span>
        </p>
        {blocking ? (
          <p className={styles.blocking}>
            <span>{blocking.message}</span>
            <Button look="quiet" small onPress={() => run(goToProblem, blocking)}>
              {t('Go there')}
            </Button>
          </p>
        ) : null}
      </div>
      <div className={styles.deeds}>
        <Button
          look={gate.open ? 'primary' : 'plain'}
          icon={<Copy size={14} aria-hidden />}
          aria-label={
            gate.open ? t('Copy prompt of {{name}}', { name: item.name }) : t('Copy as draft: {{name}}', { name: item.name })
          }
          onPress={() => run(copyFor, item.id)}
        >
          {gate.open ? t('Copy prompt') : t('Copy as draft')}
        </Button>
      </div>
    </li>
  )
}

function Taken({ state, now }: { readonly state: PromptState; readonly now: string }) {
  if (state.kind === 'none') return <span>{t('Prompt not taken yet')}</span>
  const { version, at, isDraft } = state
  const when = ago(at, now)
  return (
    <>
      {state.kind === 'stale' ? <Badge tone="warn">{t('Stale: the design moved on')}</Badge> : null}
      <span>
        {isDraft
          ? t('draft v{{version}} taken {{when}}', { version, when })
          : t('prompt v{{version}} taken {{when}}', { version, when })}
      </span>
    </>
  )
}
