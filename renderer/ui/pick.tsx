import { ChevronDown } from 'lucide-react'
import { useId } from 'react'
import { groupedBy } from '../state/grouped-by.ts'
import { t } from '../words/translate.ts'
import styles from './field.module.css'

/** A value and the word for it. */
export type Choice<Value extends string = string> = { readonly value: Value; readonly label: string }

/** A choice under a heading of the list; choices of one heading stand together. */
export type GroupedChoice<Value extends string = string> = Choice<Value> & { readonly group?: string }

type Props<Value extends string> = {
  readonly label: string
  readonly value: Value | ''
  readonly choices: readonly GroupedChoice<Value>[]
  readonly onPick: (value: Value) => void
  readonly hideLabel?: boolean
  readonly empty?: string
  readonly bare?: boolean
  /** Language of the choices, where they are content and not words of the window. */
  readonly lang?: string
}

/** One of a few: the system's own list, which every keyboard and screen reader knows. */
export function Pick<Value extends string>({ label, value, choices, onPick, hideLabel, empty, bare, lang }: Props<Value>) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      <div className={styles.pick}>
        <select
          id={id}
          className={`${styles.select} ${bare ? styles.quiet : ''}`}
          value={value}
          onChange={event => onPick(event.target.value as Value)}
        >
          {empty !== undefined || value === '' ? (
            <option value="" disabled={empty === undefined}>
              {empty ?? t('Choose…')}
            </option>
          ) : null}
          {groupsOf(choices).map(({ name, choices: own }) => {
            const options = own.map(choice => (
              <option key={choice.value} value={choice.value} lang={lang}>
                {choice.label}
              </option>
            ))
            return name === '' ? (
              options
            ) : (
              <optgroup key={name} label={name}>
                {options}
              </optgroup>
            )
          })}
        </select>
        <ChevronDown size={14} aria-hidden className={styles.chevron} />
      </div>
    </div>
  )
}

function groupsOf<Value extends string>(choices: readonly GroupedChoice<Value>[]) {
  return [...groupedBy(choices, ({ group = '' }) => group)].map(([name, own]) => ({ name, choices: own }))
}
