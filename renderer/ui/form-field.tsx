import { type InputHTMLAttributes, type ReactNode, useId, useState } from 'react'
import { ScanHint } from '../scan/scan-hint.tsx'
import { useScanned } from '../scan/use-scanned.ts'
import styles from './field.module.css'
import { HashText } from './hash-text.tsx'

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'className' | 'style'> & {
  readonly label: string
  readonly value: string
  readonly onText: (value: string) => void
  readonly note?: ReactNode
  readonly multiline?: boolean
}

/** A text of a form that is sent as a whole; nothing is written while typing. */
export function FormField({ label, value, onText, note, multiline, ...rest }: Props) {
  const id = useId()
  const [isWritten, setWritten] = useState(false)
  const scanned = useScanned(value, isWritten)
  const describedBy = [note ? `${id}-note` : '', scanned.length > 0 ? `${id}-scan` : ''].filter(Boolean).join(' ') || undefined
  const described = describedBy === undefined ? {} : { 'aria-describedby': describedBy }
  function write(text: string) {
    setWritten(true)
    onText(text)
  }
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {multiline ? (
        <HashText
          id={id}
          multiline
          rows={2}
          className={styles.input}
          value={value}
          required={rest.required}
          placeholder={rest.placeholder}
          describedBy={describedBy}
          onText={write}
        />
      ) : (
        <input
          {...rest}
          id={id}
          className={styles.input}
          value={value}
          {...described}
          onChange={event => write(event.target.value)}
        />
      )}
      {note ? (
        <p id={`${id}-note`} className={styles.note}>
          {note}
        </p>
      ) : null}
      {isWritten ? <ScanHint id={`${id}-scan`} text={value} found={scanned} onText={onText} /> : null}
    </div>
  )
}
