import { labelOf } from '../../../core/model/lookup.ts'
import { goToObject } from '../../commands/definitions/select.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { usePoint } from './lit.ts'
import styles from './origin.module.css'

type Props = {
  readonly id: string
  readonly isLit: boolean
  /** Says in words what a bare id in the gutter is. */
  readonly label?: string
  readonly isNamed?: boolean
  readonly note?: string
  readonly tabIndex?: number
}

/** An object that put lines into the prompt: pointing at it lights its lines, Enter goes to it. */
export function Origin({ id, isLit, label, isNamed = false, note, tabIndex }: Props) {
  const design = useDesign()
  const run = useRun()
  const point = usePoint()
  const name = labelOf(design, id)
  return (
    <button
      type="button"
      className={`${styles.origin} ${isNamed ? styles.named : ''}`}
      tabIndex={tabIndex}
      data-lit={isLit}
      title={isNamed || name === id ? undefined : name}
      aria-label={label}
      onFocus={() => point.atId(id)}
      onBlur={() => point.atId(undefined)}
      onMouseEnter={() => point.atId(id)}
      onMouseLeave={() => point.atId(undefined)}
      onClick={() => run(goToObject, id)}
    >
      <span className={styles.id}>{id}</span>
      {isNamed ? <span className={styles.name}>{name === id ? '' : name}</span> : null}
      {note ? <span className={styles.note}>{note}</span> : null}
    </button>
  )
}
