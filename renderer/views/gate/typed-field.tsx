import { useEffect, useId, useRef, useState } from 'react'
import field from '../../ui/field.module.css'
import { WordsList } from '../../ui/words-list.tsx'
import styles from './typed-field.module.css'

type Props = {
  readonly label: string
  readonly placeholder: string
  readonly words?: readonly string[]
  /** Told at every letter, so that the count may fall before anything is written. */
  readonly onTyped: (isTyped: boolean) => void
  readonly onCommit: (text: string) => void
}

/** A short answer: Enter or leaving keeps it, Escape takes it back. */
export function TypedField({ label, placeholder, words, onTyped, onCommit }: Props) {
  const id = useId()
  const [text, setText] = useState('')
  const told = useRef(onTyped)
  told.current = onTyped
  useEffect(() => () => told.current(false), [])
  function set(next: string) {
    setText(next)
    onTyped(next.trim() !== '')
  }
  function commit() {
    if (text.trim()) onCommit(text.trim())
    onTyped(false)
  }
  return (
    <div className={styles.box}>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <input
        id={id}
        className={field.input}
        value={text}
        placeholder={placeholder}
        list={words ? `${id}-words` : undefined}
        autoComplete="off"
        data-clean={text === ''}
        onChange={event => set(event.target.value)}
        onBlur={commit}
        onKeyDown={event => {
          if (event.key === 'Enter') {
            event.preventDefault()
            commit()
          }
          if (event.key === 'Escape' && text !== '') {
            event.stopPropagation()
            set('')
          }
        }}
      />
      {words ? <WordsList id={`${id}-words`} words={words} /> : null}
    </div>
  )
}
