import { useMemo, useState } from 'react'
import { useFacts } from '../../state/use-commands.ts'
import { CATEGORIES, CATEGORY_NAMES, letterOf, PRIVACY_MARKS, PRIVACY_NAMES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import panel from '../../ui/panel.module.css'
import table from '../../ui/table.module.css'
import { CELL_MARKS, MapCells } from './map-cells.tsx'
import { strideMap } from './map-model.ts'
import styles from './stride-map.module.css'
import { privacyIn } from './threats-model.ts'
import { useGrid } from './use-grid.ts'

const PAGE = 60

/** STRIDE by element as a real table: readable aloud, printable, and every cell leads to its findings or says why there are none. */
export function StrideMap() {
  const design = useDesign()
  const merged = useFacts().merged()
  const [shown, setShown] = useState(PAGE)
  const rows = useMemo(() => strideMap(design, merged), [design, merged])
  const privacy = useMemo(() => privacyIn(merged), [merged])
  const grid = useGrid()
  const span = privacy.length > 0 ? { rowSpan: 2 } : {}
  return (
    <section aria-label="STRIDE by element" className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>STRIDE by element</h2>
        <span className={panel.grow} />
        <span className={panel.count}>
          {CELL_MARKS.decided} decided {CELL_MARKS.partly} partly {CELL_MARKS.open} not decided {CELL_MARKS.kept} kept back{' '}
          {CELL_MARKS.none} nothing found
        </span>
      </div>
      <div className={table.wrap}>
        <table className={`${table.table} ${styles.map}`}>
          <thead>
            <tr>
              <th scope="col" className={styles.nameHead} {...span}>
                Element or flow
              </th>
              {privacy.length > 0 ? (
                <>
                  <th scope="colgroup" colSpan={CATEGORIES.length}>
                    STRIDE
                  </th>
                  <th scope="colgroup" colSpan={privacy.length} className={styles.privacy}>
                    Privacy
                  </th>
                </>
              ) : (
                <StrideHeads />
              )}
            </tr>
            {privacy.length > 0 ? (
              <tr>
                <StrideHeads />
                {privacy.map((category, index) => (
                  <th key={category} scope="col" className={`${styles.head} ${index === 0 ? styles.privacy : ''}`}>
                    <span aria-hidden>{PRIVACY_MARKS[category]}</span> {PRIVACY_NAMES[category]}
                  </th>
                ))}
              </tr>
            ) : null}
          </thead>
          <tbody onKeyDown={grid.onKeyDown} onFocus={grid.onFocus}>
            {rows.slice(0, shown).map((row, index) => (
              <MapCells key={row.id} row={row} privacy={privacy} stop={grid.stop(row.id, index === 0)} />
            ))}
          </tbody>
        </table>
        {rows.length > shown ? (
          <div className={styles.more}>
            <Button onPress={() => setShown(shown + PAGE)}>Show {Math.min(PAGE, rows.length - shown)} more</Button>
          </div>
        ) : null}
      </div>
    </section>
  )
}

function StrideHeads() {
  return CATEGORIES.map(category => (
    <th key={category} scope="col" className={styles.head}>
      <span aria-hidden>{letterOf(category)}</span> {CATEGORY_NAMES[category]}
    </th>
  ))
}
