import { useMemo } from 'react'
import { showCell } from '../../commands/definitions/threats.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { CATEGORIES, CATEGORY_NAMES, letterOf } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import panel from '../../ui/panel.module.css'
import table from '../../ui/table.module.css'
import { type MapCell, strideMap } from './threats-model.ts'
import styles from './threats-view.module.css'

const MARKS = { none: '–', open: '○', partly: '◐', decided: '●' } as const

/** STRIDE by element as a real table: readable aloud, printable, and every cell leads to its findings. */
export function StrideMap() {
  const design = useDesign()
  const findings = useFacts().findings()
  const run = useRun()
  const rows = useMemo(() => strideMap(design, findings), [design, findings])
  return (
    <section aria-label="STRIDE by element" className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>STRIDE by element</h2>
        <span className={panel.grow} />
        <span className={panel.count}>● decided ◐ partly ○ not decided – nothing found</span>
      </div>
      <div className={table.wrap}>
        <table className={`${table.table} ${styles.map}`}>
          <thead>
            <tr>
              <th scope="col">Element or flow</th>
              {CATEGORIES.map(category => (
                <th key={category} scope="col" className={styles.mapHead}>
                  <span aria-hidden>{letterOf(category)}</span> {CATEGORY_NAMES[category]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.id}>
                <th scope="row">{row.name}</th>
                {CATEGORIES.map(category => (
                  <td key={category} className={styles.mapCell}>
                    <Cell
                      cell={row.cells.get(category)}
                      label={`${row.name}, ${CATEGORY_NAMES[category]}`}
                      onOpen={() => run(showCell, { element: row.id, category })}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

type CellProps = { readonly cell: MapCell | undefined; readonly label: string; readonly onOpen: () => void }

function Cell({ cell, label, onOpen }: CellProps) {
  if (!cell)
    return (
      <span className={styles.mapNone}>
        <span aria-hidden>{MARKS.none}</span>
        <span className="visually-hidden">nothing found</span>
      </span>
    )
  return (
    <button
      type="button"
      className={`${styles.mapButton} ${styles[cell.state]}`}
      aria-label={`${MARKS[cell.state]} ${cell.decided}/${cell.all} decided, ${label}`}
      onClick={onOpen}
    >
      <span aria-hidden>{MARKS[cell.state]}</span>
      <span className={styles.mapCount} aria-hidden>
        {cell.decided}/{cell.all}
      </span>
    </button>
  )
}
