import { useId } from 'react'
import { SCALE } from '../state/words.ts'
import styles from './scale-field.module.css'

type Props = {
  readonly label: string
  readonly value: number
  readonly onPick: (value: number) => void
  readonly autoFocus?: boolean
}

/** 1 to 5 as radio buttons; digits and arrows choose. */
export function ScaleField({ label, value, onPick, autoFocus = false }: Props) {
  const name = useId()
  return (
    <fieldset
      className={styles.scale}
      onKeyDown={event => {
        if (/^[1-5]$/.test(event.key)) onPick(Number(event.key))
      }}
    >
      <legend className={styles.label}>{label}</legend>
      <div className={styles.choices}>
        {SCALE.map(choice => (
          <label key={choice.value} className={styles.choice}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={String(value) === choice.value}
              // biome-ignore lint/a11y/noAutofocus: the dialog asks this first
              autoFocus={autoFocus && String(value) === choice.value}
              onChange={() => onPick(Number(choice.value))}
              className={styles.radio}
            />
            <span className={styles.face}>{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
