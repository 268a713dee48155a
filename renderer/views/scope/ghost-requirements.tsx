import { type KeyboardEvent, useRef } from 'react'
import { addSomeRequirements } from '../../commands/definitions/scope.ts'
import { useRun } from '../../state/use-commands.ts'
import { Keys } from '../../ui/keys.tsx'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import styles from './ghosts.module.css'

/**
 * Requirements somebody could begin with. Arrows walk them and Tab takes one; who only tabs through the page takes none. Enter and a
 * press take one too.
 */
export function GhostRequirements({ examples }: { readonly examples: readonly string[] }) {
  const run = useRun()
  const entered = useRef(false)
  const list = useRef<HTMLUListElement>(null)
  function take(example: string) {
    run(addSomeRequirements, example)
    const left = [...(list.current?.querySelectorAll('button') ?? [])].find(button => button.dataset.example !== example)
    const next = left ?? document.querySelector<HTMLElement>('[data-focus="new-requirement"]')
    const was = entered.current
    next?.focus()
    entered.current = was
  }
  function onKeyDown(event: KeyboardEvent, example: string) {
    const here = (event.target as HTMLElement).closest('li')
    const to = { ArrowDown: here?.nextElementSibling, ArrowUp: here?.previousElementSibling }[event.key]
    if (event.key === 'Escape') entered.current = false
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const was = list.current
      to?.querySelector('button')?.focus()
      entered.current = was !== null
    }
    if (event.key === 'Tab' && !event.shiftKey && entered.current) {
      event.preventDefault()
      take(example)
    }
  }
  return (
    <ul
      ref={list}
      aria-label={t('Examples to begin with')}
      className={styles.ghosts}
      onFocus={event => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) entered.current = false
      }}
    >
      {examples.map((example, index) => (
        <li key={example}>
          <button
            type="button"
            className={styles.ghost}
            tabIndex={index === 0 ? 0 : -1}
            data-example={example}
            data-focus={index === 0 ? 'ghost-requirement' : undefined}
            onKeyDown={event => onKeyDown(event, example)}
            onClick={() => take(example)}
          >
            <span className={styles.text} lang={CONTENT_LANGUAGE}>
              {example}
            </span>
            <span className={styles.take} aria-hidden>
              <Keys chord="Tab" /> {t('take')}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
