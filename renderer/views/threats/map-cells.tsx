import type { PrivacyCategory } from '../../../core/model/types.ts'
import { showCell } from '../../commands/definitions/threats.ts'
import { nothingAt, whyNothing } from '../../commands/definitions/why.ts'
import { useRun } from '../../state/use-commands.ts'
import { CATEGORIES, CATEGORY_NAMES, PRIVACY_NAMES } from '../../state/words.ts'
import type { MapCell, MapRow } from './map-model.ts'
import styles from './stride-map.module.css'

/** How a cell looks, in signs that need no colour. */
export const CELL_MARKS = { none: '–', kept: '◌', open: '○', partly: '◐', decided: '●' } as const

type Props = {
  readonly row: MapRow
  readonly privacy: readonly PrivacyCategory[]
  /** Which of its places Tab reaches. */
  readonly stop: number | undefined
}

/** One element or flow of the map. */
export function MapCells({ row, privacy, stop }: Props) {
  const run = useRun()
  return (
    <tr data-row={row.id} data-out={row.isOutOfScope}>
      <th scope="row">
        {row.name}
        {row.isOutOfScope ? <span className={styles.out}>out of scope</span> : null}
      </th>
      {CATEGORIES.map((category, index) => {
        const cell = row.cells.get(category)
        const label = `${row.name}, ${CATEGORY_NAMES[category]}`
        const isStop = stop === index
        return (
          <td key={category} className={styles.cell}>
            {cell ? (
              <Count cell={cell} label={label} isStop={isStop} onOpen={() => run(showCell, { element: row.id, category })} />
            ) : (
              <button
                type="button"
                className={`${styles.button} ${styles.none}`}
                tabIndex={isStop ? 0 : -1}
                aria-label={`Nothing found: ${label}. Why?`}
                data-focus={nothingAt({ subject: row.id, category })}
                onClick={() => run(whyNothing, { subject: row.id, category })}
              >
                <span aria-hidden>{CELL_MARKS.none}</span>
                <span className={styles.ask} aria-hidden>
                  why?
                </span>
              </button>
            )}
          </td>
        )
      })}
      {privacy.map((category, index) => {
        const cell = row.cells.get(category)
        const label = `${row.name}, ${PRIVACY_NAMES[category]} (privacy)`
        return (
          <td key={category} className={`${styles.cell} ${index === 0 ? styles.privacy : ''}`}>
            {cell ? (
              <Count
                cell={cell}
                label={label}
                isStop={stop === CATEGORIES.length + index}
                onOpen={() => run(showCell, { element: row.id, privacy: category })}
              />
            ) : (
              <span className={styles.none}>
                <span aria-hidden>{CELL_MARKS.none}</span>
                <span className="visually-hidden">nothing found</span>
              </span>
            )}
          </td>
        )
      })}
    </tr>
  )
}

type CountProps = {
  readonly cell: MapCell
  readonly label: string
  readonly isStop: boolean
  readonly onOpen: () => void
}

function Count({ cell, label, isStop, onOpen }: CountProps) {
  const { state, decided, all, kept } = cell
  const words = state === 'kept' ? `${kept} kept back` : `${decided}/${all} decided${kept > 0 ? `, ${kept} kept back` : ''}`
  return (
    <button
      type="button"
      className={`${styles.button} ${styles[state]}`}
      tabIndex={isStop ? 0 : -1}
      aria-label={`${CELL_MARKS[state]} ${words}, ${label}`}
      onClick={onOpen}
    >
      <span aria-hidden>{CELL_MARKS[state]}</span>
      <span className={styles.count} aria-hidden>
        {state === 'kept' ? kept : `${decided}/${all}`}
      </span>
    </button>
  )
}
