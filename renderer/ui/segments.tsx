import { Radio, RadioGroup } from 'react-aria-components'
import styles from './segments.module.css'

type Props<Value extends string> = {
  readonly label: string
  readonly value: Value
  readonly choices: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[]
  readonly onPick: (value: Value) => void
  readonly isDisabled?: boolean
}

/** One of two to five, all in view: arrows move, one tab stop. */
export function Segments<Value extends string>({ label, value, choices, onPick, isDisabled = false }: Props<Value>) {
  return (
    <RadioGroup
      aria-label={label}
      orientation="horizontal"
      value={value}
      onChange={next => onPick(next as Value)}
      isDisabled={isDisabled}
      className={styles.group ?? ''}
    >
      {choices.map(choice => (
        <Radio key={choice.value} value={choice.value} className={styles.choice ?? ''}>
          {choice.label}
          {choice.hint ? <span className={styles.hint}>{choice.hint}</span> : null}
        </Radio>
      ))}
    </RadioGroup>
  )
}
