import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const provenance = { kind: 'human', at: '2026-01-01T00:00:00Z' }

/** A design folder with so many drawn elements, twenty to a row, each sending a flow to the next. */
export function wideDesign(count: number): string {
  const root = path.join(mkdtempSync(path.join(tmpdir(), 'skeptic-wide-')), 'threat-model')
  const write = (table: string, row: { readonly id: string }) => {
    mkdirSync(path.join(root, table), { recursive: true })
    writeFileSync(path.join(root, table, `${row.id}.json`), JSON.stringify(row))
  }
  mkdirSync(root, { recursive: true })
  writeFileSync(path.join(root, 'skeptic.json'), JSON.stringify({ designId: 'ABM6MR9BHV', epoch: 1, format: 1, name: 'Wide' }))
  const numbers = Array.from({ length: count }, (_, i) => i)
  for (const i of numbers) {
    write('elements', {
      id: idOf('E', i),
      name: `Service ${i}`,
      kind: i % 3 === 0 ? 'dataStore' : 'process',
      provenance,
    } as never)
    write('layout', { id: `G-W1DE0.${idOf('E', i)}`, ...placeOf(i), width: 160, height: 64 } as never)
    if (i > 0)
      write('flows', {
        id: idOf('F', i),
        name: `Call ${i}`,
        source: idOf('E', i - 1),
        target: idOf('E', i),
        provenance,
      } as never)
  }
  const all = (prefix: string, from: number) => Object.fromEntries(numbers.slice(from).map(i => [idOf(prefix, i), true]))
  write('diagrams', { id: 'G-W1DE0', name: 'Overview', elements: all('E', 0), flows: all('F', 1), provenance } as never)
  return root
}

/** Where an element of it lies on the drawing. */
export function placeOf(i: number): { readonly x: number; readonly y: number } {
  return { x: (i % 20) * 240, y: Math.floor(i / 20) * 160 }
}

function idOf(prefix: string, i: number): string {
  return `${prefix}-${String(i).padStart(5, '0')}`
}
