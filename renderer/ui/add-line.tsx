import { Plus } from 'lucide-react'
import { useId, useState } from 'react'
import styles from './add-line.module.css'
import { HashText } from './hash-text.tsx'

type Props = {
  readonly label: string
  readonly placeholder: string
  readonly onAdd: (text: string) => void
  /** Name commands move focus to. */
  readonly focus?: string
  readonly hint?: string
  /** People that typing @ offers. */
  readonly people?: readonly string[]
}

/** One line at the end of a list: type, Enter, and the next one may follow at once. */
export function AddLine({ label, placeholder, onAdd, focus, hint, people }: Props) {
  const id = useId()
  const [text, setText] = useState('')
  function add() {
    if (!text.trim()) return
    onAdd(text)
    setText('')
  }
  return (
    <div className={styles.line}>
      <Plus size={15} aria-hidden className={styles.plus} />
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <HashText
        id={id}
        multiline
        className={styles.input}
        placeholder={placeholder}
        value={text}
        focus={focus}
        people={people}
        isClean={text === ''}
        describedBy={hint ? `${id}-hint` : undefined}
        onText={setText}
        onKeyDown={event => {
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault()
            add()
          }
        }}
        onPaste={event => {
          const pasted = event.clipboardData.getData('text/plain')
          if (text.trim() || !/\n\s*\S/.test(pasted.trim())) return
          event.preventDefault()
          onAdd(pasted)
        }}
      />
      {hint ? (
        <span id={`${id}-hint`} className={styles.hint}>
          {hint}
        </span>
      ) : null}
    </div>
  )
}
