import { useRef } from 'react'

/** Rows for the canvas library; a row that did not change stays the same object, and so does the list. */
export function useRows<Row extends { readonly id: string }>(build: (before: ReadonlyMap<string, Row>) => readonly Row[]): Row[] {
  const before = useRef<ReadonlyMap<string, Row>>(new Map())
  const last = useRef<Row[]>([])
  const rows = build(before.current)
  if (rows.length !== last.current.length || rows.some((row, i) => row !== last.current[i])) {
    before.current = new Map(rows.map(row => [row.id, row]))
    last.current = [...rows]
  }
  return last.current
}
