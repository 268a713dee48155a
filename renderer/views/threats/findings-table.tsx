import { type MouseEvent, useCallback, useId, useMemo, useRef } from 'react'
import { selectObjects } from '../../commands/definitions/select.ts'
import { markAll, toggleMark } from '../../commands/definitions/threats-look.ts'
import { mergedOf } from '../../state/facts.ts'
import { useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import table from '../../ui/table.module.css'
import { t } from '../../words/translate.ts'
import { FindingRow } from './finding-row.tsx'
import styles from './findings-table.module.css'
import type { RegisterLine } from './threats-model.ts'
import { useRows } from './use-rows.ts'
import { useWindow } from './use-window.ts'
import { piecesOf } from './window-model.ts'

const COLUMNS = 5

/** Findings as a table of any length: only what is in view is drawn, and every row knows its place in the whole. */
export function FindingsTable({ title, lines }: { readonly title: string; readonly lines: readonly RegisterLine[] }) {
  const run = useRun()
  const hint = useId()
  const facts = useFacts()
  const selectedId = useSession(session => session.selection[0])
  const selected = selectedId?.startsWith('N-') ? (mergedOf(facts, selectedId)?.lead.id ?? selectedId) : selectedId
  const marked = useSession(session => session.marked)
  const isMarked = useMemo(() => new Set(marked), [marked])
  const places = useMemo(() => new Map(lines.map((line, index) => [line.id, index])), [lines])
  const current = useKeptPlace(selected === undefined ? undefined : places.get(selected), lines.length)
  const { scroller, from, to, row, reveal } = useWindow(lines.length)
  const { onRowClick, ...keys } = useRows({ lines, current, isMarked, scroller, reveal })
  const onSelect = useCallback((id: string) => run(selectObjects, [id]), [run])
  const onMark = useCallback((id: string) => run(toggleMark, id), [run])
  const clicked = useRef(onRowClick)
  clicked.current = onRowClick
  const onClick = useCallback((event: MouseEvent, id: string) => clicked.current(event, id), [])
  const markable = useMemo(() => lines.filter(line => line.found).map(line => line.id), [lines])
  const allMarked = markable.length > 0 && markable.every(id => isMarked.has(id))
  return (
    <>
      <div ref={scroller} className={styles.scroller}>
        <table
          className={`${table.table} ${styles.findings}`}
          aria-label={t('Findings: {{title}}', { title })}
          aria-describedby={hint}
          aria-rowcount={lines.length + 1}
        >
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col" className={styles.markColumn}>
                <input
                  type="checkbox"
                  aria-label={t('Mark all of {{title}}', { title })}
                  checked={allMarked}
                  disabled={markable.length === 0}
                  onChange={() => run(markAll, allMarked ? [] : markable)}
                />
              </th>
              <th scope="col" className={styles.categoryColumn}>
                <span className={styles.word}>{t('Category')}</span>
              </th>
              <th scope="col">{t('Finding, and why')}</th>
              <th scope="col" className={styles.onColumn}>
                {t('On')}
              </th>
              <th scope="col" className={styles.stateColumn}>
                {t('Where it stands')}
              </th>
            </tr>
          </thead>
          <tbody {...keys}>
            {piecesOf(lines.length, { from, to }, current).flatMap(piece =>
              piece.kind === 'gap'
                ? [
                    <tr key={`gap ${piece.from}`} aria-hidden className={styles.gap}>
                      <td colSpan={COLUMNS} height={piece.rows * row} />
                    </tr>,
                  ]
                : lines
                    .slice(piece.from, piece.to)
                    .map((line, i) => (
                      <FindingRow
                        key={line.id}
                        line={line}
                        index={piece.from + i}
                        isSelected={line.id === selected}
                        isMarked={isMarked.has(line.id)}
                        isStop={piece.from + i === current}
                        onSelect={onSelect}
                        onMark={onMark}
                        onClick={onClick}
                      />
                    )),
            )}
          </tbody>
        </table>
      </div>
      <p id={hint} className={styles.hint}>
        {t(
          'Arrows walk the list, with Shift they mark. In the list Tab takes a finding as real, Backspace leaves it, Enter puts it in own words; after Esc, Tab moves on.',
        )}
      </p>
    </>
  )
}

/** The place of the selected row; where it is not in the list, the place it last had, so that Tab comes back to it. */
function useKeptPlace(place: number | undefined, count: number): number {
  const last = useRef(0)
  if (place !== undefined) last.current = place
  return place ?? Math.max(0, Math.min(last.current, count - 1))
}
