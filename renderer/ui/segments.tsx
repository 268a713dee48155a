import { type HTMLAttributes, useId } from 'react'
import styles from './segments.module.css'

type Props<Value extends string> = {
  readonly label: string
  /** Undefined while nothing is chosen. */
  readonly value: Value | undefined
  readonly showLabel?: boolean
  readonly choices: readonly { readonly value: Value; readonly label: string }[]
  readonly onPick: (value: Value) => void
  /** What else the group hears, where choosing is more than one press. */
  readonly handlers?: Pick<HTMLAttributes<HTMLFieldSetElement>, 'onKeyDown' | 'onPointerDown' | 'onBlur'>
}

/** One of two to five, all in view: arrows move, one tab stop. */
export function Segments<Value extends string>({ label, value, showLabel = false, choices, onPick, handlers }: Props<Value>) {
  const name = useId()
  return (
    <fieldset className={styles.group} {...handlers}>
      <legend className={showLabel ? styles.legend : 'visually-hidden'}>{label}</legend>
      {choices.map(choice => (
        <label key={choice.value} className={styles.choice}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onPick(choice.value)}
            className={styles.radio}
          />
          <span className={styles.face}>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
