import { type Drawn, drawnOf, type Pasted, type PasteInto, pasteDrawn, withInside } from '../dfd/copied.ts'
import { applyChanges } from '../model/change.ts'
import { parseJson } from '../model/json.ts'
import { accepts } from '../model/parse.ts'
import type { Design, Stamp } from '../model/types.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { carryDecisions, type Decisions, decisionsOn } from './copied-decisions.ts'

/** What the clipboard holds after a copy: rows as they stand in a design folder, and where they were drawn. */
export type Selection = {
  readonly skeptic: 'selection'
  readonly format: 1
  readonly drawn: Drawn
  readonly decisions: Decisions
}

const MOST_CHARACTERS = 8_000_000
const MOST_ROWS = 5000

/** The text of a copy; undefined when nothing of it can be drawn. */
export function copyText(
  design: Design,
  { ids, diagram }: { readonly ids: readonly string[]; readonly diagram?: string | undefined },
): string | undefined {
  const all = withInside(design, ids)
  if (all.length === 0) return undefined
  const drawn = drawnOf(design, { ids: all, diagram })
  const selection: Selection = { skeptic: 'selection', format: 1, drawn, decisions: decisionsOn(design, all) }
  return JSON.stringify(selection)
}

/** The copy a text holds; undefined when it is some other text. Anyone may have written it, so every row is held to its schema. */
export function readSelection(text: string): Result<Selection | undefined> {
  if (text.length > MOST_CHARACTERS || !/^\s*\{\s*"skeptic"\s*:\s*"selection"/.test(text)) return ok(undefined)
  const read = parseJson('clipboard', text)
  const parsed = read.ok ? read.value : undefined
  if (!isObject(parsed) || parsed.format !== 1 || !isObject(parsed.drawn) || !isObject(parsed.decisions))
    return refuse(UNREADABLE)
  const { drawn, decisions } = parsed
  const rows = [
    ['elements', drawn.elements],
    ['boundaries', drawn.boundaries],
    ['flows', drawn.flows],
    ['data', drawn.data],
    ['triage', decisions.triage],
    ['threats', decisions.threats],
    ['mitigations', decisions.mitigations],
  ] as const
  let count = 0
  for (const [table, some] of rows) {
    if (!Array.isArray(some)) return refuse(UNREADABLE)
    count += some.length
    if (count > MOST_ROWS || !some.every(row => accepts(table, row))) return refuse(UNREADABLE)
    if (new Set(some.map(row => (row as { readonly id: string }).id)).size < some.length) return refuse(UNREADABLE)
  }
  const { places } = drawn
  if (typeof drawn.from !== 'string' || !Array.isArray(places) || places.length > MOST_ROWS) return refuse(UNREADABLE)
  // A place is a layout row without its diagram.
  if (!places.every(place => isObject(place) && accepts('layout', { ...place, id: `G-00000.${String(place.id)}` })))
    return refuse(UNREADABLE)
  return ok(parsed as unknown as Selection)
}

/** How many decisions a copy brings along, for the question whether to carry them. */
export function countDecisions({ decisions }: Selection): number {
  return decisions.triage.length + decisions.threats.length + decisions.mitigations.length
}

export type Paste = PasteInto & { readonly carry: boolean }

/** Everything a paste writes, as one step; with `carry` the decisions come along, bound to the findings of the copies. */
export function pasteSelection(design: Design, selection: Selection, { carry, ...into }: Paste, stamp: Stamp): Result<Pasted> {
  const pasted = pasteDrawn(design, selection.drawn, into, stamp)
  if (!pasted.ok) return pasted
  if (!carry) return pasted
  const carried = carryDecisions(applyChanges(design, pasted.value.changes), selection.decisions, pasted.value.ids, stamp)
  return carried.ok ? ok({ ...pasted.value, changes: [...pasted.value.changes, ...carried.value] }) : carried
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const UNREADABLE = {
  code: 'paste.unreadable',
  message: 'The clipboard holds a selection of Skeptic that cannot be read.',
  cure: 'Copy it again; it may come from another version.',
}
