import { type InputHTMLAttributes, type ReactNode, useId } from 'react'
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
  const described = note ? { 'aria-describedby': `${id}-note` } : {}
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
          describedBy={note ? `${id}-note` : undefined}
          onText={onText}
        />
      ) : (
        <input
          {...rest}
          id={id}
          className={styles.input}
          value={value}
          {...described}
          onChange={event => onText(event.target.value)}
        />
      )}
      {note ? (
        <p id={`${id}-note`} className={styles.note}>
          {note}
        </p>
      ) : null}
    </div>
  )
}
