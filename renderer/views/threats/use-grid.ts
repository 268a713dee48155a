import { type FocusEvent, type KeyboardEvent, useState } from 'react'

/** A cell by its row and its place in it. */
type Cell = { readonly row: string; readonly column: number }

/** One stop for Tab in a table of buttons; arrows walk the cells, Home and End go to the ends of a row. */
export function useGrid() {
  const [at, setAt] = useState<Cell>()
  return {
    /** Which place of a row Tab reaches, or none of it; the first row's first until somebody was elsewhere. */
    stop: (row: string, isFirst: boolean): number | undefined =>
      at ? (at.row === row ? at.column : undefined) : isFirst ? 0 : undefined,
    onFocus: (event: FocusEvent) => {
      const cell = cellOf(event.target)
      const row = cell?.closest('tr')?.dataset.row
      if (cell && row !== undefined) setAt({ row, column: columnOf(cell) })
    },
    onKeyDown: (event: KeyboardEvent) => {
      const cell = cellOf(event.target)
      const to = cell && nextOf(cell, event.key)
      if (!to) return
      event.preventDefault()
      to.focus()
    },
  }
}

function cellOf(target: EventTarget): HTMLTableCellElement | null {
  return target instanceof Element ? target.closest('td') : null
}

function columnOf(cell: HTMLTableCellElement): number {
  return cell.cellIndex - 1
}

function nextOf(cell: HTMLTableCellElement, key: string): HTMLElement | undefined {
  const row = cell.closest('tr')
  const buttons = [...(row?.querySelectorAll<HTMLElement>('td button') ?? [])]
  const here = buttons.findIndex(button => cell.contains(button))
  const inRow: Readonly<Record<string, HTMLElement | undefined>> = {
    ArrowRight: buttons[here + 1],
    ArrowLeft: buttons[here - 1],
    Home: buttons[0],
    End: buttons.at(-1),
  }
  if (key in inRow) return inRow[key]
  const other = { ArrowDown: row?.nextElementSibling, ArrowUp: row?.previousElementSibling }[key]
  return other?.children[cell.cellIndex]?.querySelector('button') ?? undefined
}
