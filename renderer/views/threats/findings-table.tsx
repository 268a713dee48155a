import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { selectObjects } from '../../commands/definitions/select.ts'
import { markAll, toggleMark } from '../../commands/definitions/threats.ts'
import { mergedOf } from '../../state/facts.ts'
import { useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import table from '../../ui/table.module.css'
import { FindingRow } from './finding-row.tsx'
import type { FindingLine } from './threats-model.ts'
import styles from './threats-view.module.css'

const PAGE = 100

type Props = {
  readonly title: string
  readonly lines: readonly FindingLine[]
  readonly empty: string
}

/** Findings as a table: arrows walk the rows, Space marks, the triage keys decide. */
export function FindingsTable({ title, lines, empty }: Props) {
  const run = useRun()
  const [shown, setShown] = useState(PAGE)
  const facts = useFacts()
  const selectedId = useSession(session => session.selection[0])
  const selected = selectedId === undefined ? undefined : (mergedOf(facts, selectedId)?.lead.id ?? selectedId)
  const marked = useSession(session => session.marked)
  const isMarked = useMemo(() => new Set(marked), [marked])
  const onSelect = useCallback((id: string) => run(selectObjects, [id]), [run])
  const onMark = useCallback((id: string) => run(toggleMark, id), [run])
  useKeptFocus(lines, selected)
  if (lines.length === 0) return empty ? <p className={styles.none}>{empty}</p> : null
  const rows = lines.slice(0, shown)
  const current = rows.some(line => line.finding.id === selected) ? selected : rows[0]?.finding.id
  const allMarked = isMarked.size >= lines.length && lines.every(line => isMarked.has(line.finding.id))

  function onKeyDown(event: KeyboardEvent<HTMLTableSectionElement>) {
    const row = event.target instanceof Element ? event.target.closest('tr') : null
    if (!row || event.target !== row) return
    const to = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key]
    if (to instanceof HTMLElement) {
      event.preventDefault()
      to.focus()
    }
    if (event.key === ' ' && row.dataset.id) {
      event.preventDefault()
      run(toggleMark, row.dataset.id)
    }
  }
  return (
    <div className={table.wrap}>
      <table className={`${table.table} ${styles.findings}`} aria-label={`Findings: ${title}`}>
        <thead>
          <tr>
            <th scope="col" className={styles.markColumn}>
              <input
                type="checkbox"
                aria-label={`Mark all of ${title}`}
                checked={allMarked}
                onChange={() => run(markAll, allMarked ? [] : lines.map(line => line.finding.id))}
              />
            </th>
            <th scope="col">
              <span className={styles.word}>Category</span>
            </th>
            <th scope="col">Finding</th>
            <th scope="col">On</th>
            <th scope="col">Why {title === 'Now' ? 'now' : ''}</th>
            <th scope="col">Decision</th>
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {rows.map(line => (
            <FindingRow
              key={line.finding.id}
              line={line}
              isSelected={line.finding.id === selected}
              isMarked={isMarked.has(line.finding.id)}
              isStop={line.finding.id === current}
              onSelect={onSelect}
              onMark={onMark}
            />
          ))}
        </tbody>
      </table>
      {lines.length > shown ? (
        <div className={styles.none}>
          <Button onPress={() => setShown(shown + PAGE)}>Show {Math.min(PAGE, lines.length - shown)} more</Button>
        </div>
      ) : null}
    </div>
  )
}

/** When the row that had the focus leaves the list, the one now in its place takes it. */
function useKeptFocus(lines: readonly FindingLine[], selected: string | undefined): void {
  const at = useRef(-1)
  useEffect(() => {
    const now = lines.findIndex(line => line.finding.id === selected)
    const before = at.current
    at.current = now
    if (now >= 0 || before < 0) return
    const next = lines[Math.min(before, lines.length - 1)]?.finding.id
    const timer = setTimeout(() => {
      if (next && document.activeElement === document.body) document.querySelector<HTMLElement>(`tr[data-id="${next}"]`)?.focus()
    }, 120)
    return () => clearTimeout(timer)
  }, [lines, selected])
}
