import { type KeyboardEvent, useMemo, useState } from 'react'
import type { Gate } from '../../../core/gate/evaluate.ts'
import { labelOf } from '../../../core/model/lookup.ts'
import type { Prompt } from '../../../core/prompts/make.ts'
import { goToObject } from '../../commands/definitions/select.ts'
import { useRun } from '../../state/use-commands.ts'
import { counted } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { gutterLines, lookOf } from './prompts-model.ts'
import styles from './prompts-view.module.css'

const IN_GUTTER = 2

/** The prompt line by line; the gutter says which requirement, threat or mitigation put a line there. */
export function PromptText({ prompt, gate }: { readonly prompt: Prompt; readonly gate: Gate }) {
  const design = useDesign()
  const run = useRun()
  const lines = useMemo(() => gutterLines(prompt), [prompt])
  const [lit, setLit] = useState<string>()
  return (
    <>
      {prompt.draft ? (
        <p className={styles.draft}>
          <strong>DRAFT</strong> The gate is closed: {counted(gate.problems.length, 'thing')} to do.{' '}
          <a href="#/gate">Open the gate</a>
        </p>
      ) : null}
      <section
        aria-label="Prompt text"
        aria-description="Enter walks the lines that come from the design, arrows go on, Escape comes back."
        className={styles.lines}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard
        tabIndex={0}
        onKeyDown={walkOrigins}
      >
        {lines.map(line => (
          <div
            key={line.number}
            className={styles.lineRow}
            data-blank={line.text.trim() === ''}
            data-lit={lit !== undefined && line.from.includes(lit)}
          >
            <span className={`${styles.lineText} ${styles[lookOf(line.text)]}`}>{line.text || ' '}</span>
            <span className={styles.gutter}>
              {line.from.slice(0, IN_GUTTER).map(id => (
                <button
                  key={id}
                  type="button"
                  tabIndex={-1}
                  className={styles.origin}
                  aria-label={`Line ${line.number} comes from ${id} ${labelOf(design, id)}`}
                  onFocus={() => setLit(id)}
                  onBlur={() => setLit(undefined)}
                  onMouseEnter={() => setLit(id)}
                  onMouseLeave={() => setLit(undefined)}
                  onClick={() => run(goToObject, id)}
                >
                  {id}
                </button>
              ))}
              {line.from.length > IN_GUTTER ? <span title={line.from.join(', ')}>+{line.from.length - IN_GUTTER}</span> : null}
            </span>
          </div>
        ))}
      </section>
    </>
  )
}

/** One tab stop for the whole text: its origins are walked from inside, so that nobody tabs through every line. */
function walkOrigins(event: KeyboardEvent<HTMLElement>): void {
  const text = event.currentTarget
  const origins = [...text.querySelectorAll<HTMLElement>('button')]
  const at = origins.indexOf(event.target as HTMLElement)
  const next =
    at < 0
      ? event.key === 'Enter'
        ? origins[0]
        : undefined
      : { ArrowDown: origins[at + 1], ArrowUp: origins[at - 1], Escape: text }[event.key]
  if (!next) return
  event.preventDefault()
  next.focus()
}
