import type { Ternary } from '../../core/model/types.ts'
import { TERNARIES } from '../state/words.ts'
import { Segments } from './segments.tsx'
import styles from './ternary-field.module.css'
import { useSettled } from './use-settled.ts'

type Props = {
  readonly label: string
  readonly value: Ternary | undefined
  readonly onPick: (value: Ternary) => void
  /** Name commands move focus to. */
  readonly focus?: string
}

/** Yes, no or unknown: unknown is an answer of its own, and the one that stands while nobody said. */
export function TernaryField({ label, value, onPick, focus }: Props) {
  const settled = useSettled<Ternary>(value ?? 'unknown', onPick)
  return (
    <div className={styles.row} data-focus={focus}>
      <span className={styles.label} aria-hidden>
        {label}
      </span>
      <Segments label={label} value={settled.shown} choices={TERNARIES} onPick={settled.onPick} handlers={settled.handlers} />
    </div>
  )
}
