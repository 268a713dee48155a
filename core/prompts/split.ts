import { type ControlRow, ROW_LIMIT } from '../gate/control-rows.ts'
import type { Slice } from '../gate/slice.ts'
import { byText, idsOf } from '../support/order.ts'

/** One work item of a proposed split: the flows or elements it would take over, and how many controls they bring. */
export type SplitPart = { readonly places: readonly string[]; readonly rows: number }

/** Cuts a slice between flows and elements, so that each part stays within the limit where that is possible. */
export function proposeSplit(rows: readonly ControlRow[], slice: Pick<Slice, 'flows' | 'findings'>): readonly SplitPart[] {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(placeOf(row, slice), (counts.get(placeOf(row, slice)) ?? 0) + 1)
  const parts: { places: string[]; rows: number }[] = []
  for (const [place, count] of [...counts].sort(([a], [b]) => byText(a, b))) {
    const last = parts[parts.length - 1]
    if (last && last.rows + count <= ROW_LIMIT) {
      last.places.push(place)
      last.rows += count
    } else parts.push({ places: [place], rows: count })
  }
  return parts
}

function placeOf({ threat }: ControlRow, slice: Pick<Slice, 'flows' | 'findings'>): string {
  const flow = idsOf(threat.flows).find(id => slice.flows.includes(id))
  const finding = slice.findings.find(one => threat.findings?.[one.id] === true)
  return (
    flow ?? (finding?.on.kind === 'interaction' ? finding.on.flow : finding?.on.element) ?? idsOf(threat.elements)[0] ?? threat.id
  )
}
