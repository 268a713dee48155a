import { X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import type { Problem } from '../../core/support/result.ts'
import { toggleDrawer } from '../commands/definitions/app.ts'
import { goToProblem } from '../commands/definitions/gate.ts'
import { chordFor } from '../commands/registry.ts'
import { useProblems } from '../state/facts-soon.tsx'
import { useRun } from '../state/use-commands.ts'
import { counted } from '../state/words.ts'
import { Empty } from '../ui/empty.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Segments } from '../ui/segments.tsx'
import { numberWords } from '../words/format.ts'
import { spoken, t } from '../words/translate.ts'
import styles from './drawer.module.css'

const SHOWN = 300
const SEVERITIES = ['error', 'warning', 'info'] as const
const NAMES = spoken({ error: 'Error', warning: 'Warning', info: 'Question' })
const MANY = spoken({ error: 'Errors', warning: 'Warnings', info: 'Questions' })

type Asked = 'all' | Problem['severity']

/** Everything that asks for a look, the gate apart; a line goes to its place. */
export function Drawer() {
  const problems = useProblems()
  const run = useRun()
  const [text, setText] = useState('')
  const [severity, setSeverity] = useState<Asked>('all')
  const fitting = problems.filter(problem => fits(problem, text))
  const shown = fitting.filter(problem => severity === 'all' || problem.severity === severity)
  const countOf = (asked: Asked) => fitting.filter(problem => asked === 'all' || problem.severity === asked).length
  return (
    <section aria-label={t('Problems')} className={styles.drawer} tabIndex={-1} data-focus="problems">
      <div className={styles.head}>
        <h2>{t('Problems')}</h2>
        <Segments
          label={t('Which problems')}
          value={severity}
          choices={[
            { value: 'all', label: t('All {{number}}', { number: countOf('all') }) },
            ...SEVERITIES.map(value => ({ value, label: `${MANY[value]} ${numberWords(countOf(value))}` })),
          ]}
          onPick={setSeverity}
        />
        <input
          type="search"
          aria-label={t('Filter problems')}
          placeholder={t('Filter by words or id')}
          className={styles.filter}
          value={text}
          onChange={event => setText(event.target.value)}
        />
        <IconButton label={t('Close the drawer')} chord={chordFor(toggleDrawer)} onPress={() => run(toggleDrawer)}>
          <X size={15} aria-hidden />
        </IconButton>
      </div>
      {problems.length === 0 ? <Empty title={t('Nothing asks for a look.')} /> : null}
      {problems.length > 0 && shown.length === 0 ? <Empty title={t('No problem fits the filter.')} /> : null}
      <ul className={styles.list}>
        {shown.slice(0, SHOWN).map(problem => (
          <li key={`${problem.code} ${problem.at} ${problem.message}`}>
            <button type="button" className={styles.line} onClick={() => run(goToProblem, problem)} onKeyDown={moveByArrows}>
              <span className={styles[problem.severity]}>{NAMES[problem.severity]}</span>
              <span className={styles.message}>
                {problem.message} {problem.cure ? <span className={styles.cure}>{problem.cure}</span> : null}
              </span>
              <code className={styles.at}>{problem.at}</code>
            </button>
          </li>
        ))}
        {shown.length > SHOWN ? (
          <li className={styles.more}>
            {t('and {{rest}} more: filter to see them', { rest: counted(shown.length - SHOWN, 'problem') })}
          </li>
        ) : null}
      </ul>
    </section>
  )
}

function fits({ message, at = '', code }: Problem, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return words.every(word => `${message} ${at} ${code}`.toLowerCase().includes(word))
}

/** Arrows walk the lines, so that a long list needs no hundred tabs. */
function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const line = event.currentTarget.parentElement
  const next = { ArrowDown: line?.nextElementSibling, ArrowUp: line?.previousElementSibling }[event.key]
  if (next === undefined) return
  event.preventDefault()
  next?.querySelector('button')?.focus()
}
