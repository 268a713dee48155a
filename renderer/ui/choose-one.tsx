import { type KeyboardEvent, useId, useState } from 'react'
import { t } from '../words/translate.ts'
import styles from './choose-one.module.css'

/** A line to choose, with a note to tell it from others. */
export type Choosable = {
  readonly id: string
  readonly text: string
  readonly note?: string
  /** Other words it is found by; they are not shown. */
  readonly also?: string
}

type Props = {
  readonly label: string
  readonly choices: readonly Choosable[]
  readonly onChoose: (id: string) => void
  readonly placeholder?: string
}

/** One of many by typing a part of its name: arrows move, Enter takes it. */
export function ChooseOne({ label, choices, onChoose, placeholder = t('Type a part of the name') }: Props) {
  const id = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const found = choices.filter(choice =>
    words.every(word => `${choice.text} ${choice.note ?? ''} ${choice.id} ${choice.also ?? ''}`.toLowerCase().includes(word)),
  )
  const current = Math.min(at, found.length - 1)
  function onKeyDown(event: KeyboardEvent) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by !== undefined) {
      event.preventDefault()
      setAt(Math.max(0, Math.min(found.length - 1, current + by)))
    }
    const choice = found[current]
    if (event.key === 'Enter' && choice) {
      event.preventDefault()
      onChoose(choice.id)
    }
  }
  return (
    <div className={styles.box}>
      <input
        // biome-ignore lint/a11y/noAutofocus: it is opened to be typed into
        autoFocus
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={found[current] ? `${id}-${current}` : undefined}
        className={styles.input}
        placeholder={placeholder}
        value={typed}
        onChange={event => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div role="listbox" id={id} aria-label={label} className={styles.list}>
        {found.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box above holds the focus and the keys
          <div
            key={choice.id}
            role="option"
            id={`${id}-${index}`}
            tabIndex={-1}
            aria-selected={index === current}
            className={styles.option}
            ref={element => {
              if (index === current) element?.scrollIntoView({ block: 'nearest' })
            }}
            onClick={() => onChoose(choice.id)}
          >
            <span className={styles.text}>{choice.text}</span>
            {choice.note ? <span className={styles.note}>{choice.note}</span> : null}
          </div>
        ))}
      </div>
      {found.length === 0 ? <p className={styles.none}>{t('Nothing fits.')}</p> : null}
    </div>
  )
}
