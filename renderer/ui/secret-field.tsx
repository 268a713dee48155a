import { useId } from 'react'
import styles from './field.module.css'

type Props = {
  readonly label: string
  readonly value: string
  readonly onText: (value: string) => void
  readonly note: string
}

/** A secret: neither shown, nor offered to be remembered, nor scanned as a text of the design. */
export function SecretField({ label, value, onText, note }: Props) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <input
        id={id}
        type="password"
        autoComplete="off"
        spellCheck={false}
        required
        className={styles.input}
        value={value}
        aria-describedby={`${id}-note`}
        onChange={event => onText(event.target.value)}
      />
      <p id={`${id}-note`} className={styles.note}>
        {note}
      </p>
    </div>
  )
}
