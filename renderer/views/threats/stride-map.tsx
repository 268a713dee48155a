import { useMemo, useState } from 'react'
import { strideCoverage } from '../../../core/mitigations/coverage.ts'
import type { CoverageCell } from '../../../core/mitigations/coverage-cell.ts'
import { useSession } from '../../state/session.ts'
import { useFacts } from '../../state/use-commands.ts'
import { CATEGORIES, CATEGORY_NAMES, letterOf, PRIVACY_MARKS, PRIVACY_NAMES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import panel from '../../ui/panel.module.css'
import table from '../../ui/table.module.css'
import { t } from '../../words/translate.ts'
import { CELL_MARKS, MapCells } from './map-cells.tsx'
import { type CellLook, lookOf, mapRows } from './map-model.ts'
import styles from './stride-map.module.css'
import { useGrid } from './use-grid.ts'

const PAGE = 60

/** STRIDE by element as a real table, counted as the command line and the reports count: every cell leads to its findings or says why there are none. */
export function StrideMap() {
  const design = useDesign()
  const { packs } = useFacts()
  const now = useSession(session => session.now)
  const [shown, setShown] = useState(PAGE)
  const coverage = useMemo(() => strideCoverage(design, packs, now), [design, packs, now])
  const rows = useMemo(() => mapRows(design, coverage), [design, coverage])
  const privacy = coverage.privacy.filter(name => rows.some(row => isSaid(row.privacy[name])))
  const grid = useGrid()
  const span = privacy.length > 0 ? { rowSpan: 2 } : {}
  return (
    <section aria-label={t('STRIDE by element')} className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>{t('STRIDE by element')}</h2>
        <span className={panel.grow} />
        <ul className={styles.legend}>
          {LEGEND.map(look => (
            <li key={look}>
              <span aria-hidden className={styles[look]}>
                {CELL_MARKS[look]}
              </span>{' '}
              {lookName(look)}
            </li>
          ))}
        </ul>
      </div>
      <div className={table.wrap}>
        <table className={`${table.table} ${styles.map}`}>
          <thead>
            <tr>
              <th scope="col" className={styles.nameHead} {...span}>
                {t('Element or flow')}
              </th>
              {privacy.length > 0 ? (
                <>
                  <th scope="colgroup" colSpan={CATEGORIES.length}>
                    STRIDE
                  </th>
                  <th scope="colgroup" colSpan={privacy.length} className={styles.privacy}>
                    {t('Privacy')}
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
            <Button onPress={() => setShown(shown + PAGE)}>
              {t('Show {{count}} more', { count: Math.min(PAGE, rows.length - shown) })}
            </Button>
          </div>
        ) : null}
      </div>
      {coverage.unplaced.length > 0 ? (
        <p className={styles.unplaced}>
          {t('{{count}} threats name nothing drawn, so no cell shows them.', { count: coverage.unplaced.length })}
        </p>
      ) : null}
    </section>
  )
}

/** A privacy type that no cell says anything of needs no column. */
function isSaid(cell: CoverageCell | undefined): boolean {
  return cell !== undefined && lookOf(cell) !== 'nothing'
}

const LEGEND: readonly CellLook[] = ['covered', 'partly', 'asking', 'waiting', 'notApplicable', 'kept', 'nothing']

function lookName(look: CellLook): string {
  return {
    covered: t('covered'),
    partly: t('open'),
    asking: t('not looked at'),
    waiting: t('may wait'),
    notApplicable: t('not applicable'),
    kept: t('kept back'),
    nothing: t('nothing found'),
  }[look]
}

function StrideHeads() {
  return CATEGORIES.map(category => (
    <th key={category} scope="col" className={styles.head}>
      <span aria-hidden>{letterOf(category)}</span> {CATEGORY_NAMES[category]}
    </th>
  ))
}
