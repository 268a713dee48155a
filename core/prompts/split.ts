import { ROW_LIMIT, rowsOfSlice } from '../gate/control-rows.ts'
import { type SliceParts, slicePartsOf } from '../gate/slice-parts.ts'
import { rowAt } from '../model/table.ts'
import type { Design, Packs, WorkItem } from '../model/types.ts'
import { byText, idsOf } from '../support/order.ts'
import { ok, type Result } from '../support/result.ts'
import { TOKEN_BUDGET, tokensIn } from './lint/gp05-length.ts'
import { mainTemplate } from './parts.ts'
import { NO_DIGEST } from './prompt-digest.ts'
import type { Templates } from './render.ts'
import { blankRendering, type Ingredients, ingredientsOf, type RenderInput } from './rendering.ts'

/** A line of the threats-and-controls table, by its two ids. */
export type RowIds = { readonly threat: string; readonly mitigation: string }

/** One work item of a proposed split: what it would name, and what its prompt would then hold. */
export type SplitPart = {
  readonly elements: readonly string[]
  readonly flows: readonly string[]
  readonly requirements: readonly string[]
  readonly rows: readonly RowIds[]
  readonly tokens: number
  /** Within the budget of a prompt. */
  readonly fits: boolean
}

/** How a work item that is too large could be cut. */
export type Split = {
  /** Controls and tokens of its prompt as it is. */
  readonly rows: number
  readonly tokens: number
  /** More than a prompt carries. */
  readonly isOver: boolean
  /** Two or more work items, or none: it fits, or no cut makes it smaller. */
  readonly parts: readonly SplitPart[]
  /** Rows that hold for the component itself, and so stand in every part. */
  readonly shared: readonly RowIds[]
}

/** Looks a work item up and proposes how to cut it. */
export function splitOf(design: Design, packs: Packs, templates: Templates, input: RenderInput): Result<Split> {
  const found = ingredientsOf(design, packs, templates, { ...input, isDraft: true })
  return found.ok ? ok(proposeSplit(found.value, input.at)) : found
}

/**
 * Cuts a slice between its flows, those of one element together. Every part is tried: its slice is taken and its prompt
 * written, so what is promised is what the new work item will hold.
 */
export function proposeSplit(from: Ingredients, at: string): Split {
  const { slice } = from
  const whole = { rows: rowsOfSlice(slice).length, tokens: tokensOf(from, slice) }
  const isOver = whole.rows > ROW_LIMIT || whole.tokens > TOKEN_BUDGET
  const parts = isOver ? cut(from, at) : []
  const [first, ...rest] = parts
  const shared = first?.rows.filter(row => rest.every(part => part.rows.some(other => isSame(row, other)))) ?? []
  return parts.length > 1 && helps(whole, parts, shared)
    ? { ...whole, isOver, parts, shared }
    : { ...whole, isOver, parts: [], shared: [] }
}

/** Rows that stand in every part cannot be cut away; with too many of them each part is as large as the whole. */
function helps(whole: Pick<Split, 'rows' | 'tokens'>, parts: readonly SplitPart[], shared: Split['shared']): boolean {
  if (whole.rows > ROW_LIMIT) return shared.length < ROW_LIMIT && parts.every(part => part.rows.length < whole.rows)
  return parts.every(part => part.tokens < whole.tokens)
}

/** The least that can move to another work item: a flow with the element that is changed for it. */
type Seam = { readonly element: string | undefined; readonly flow: string | undefined }

function cut(from: Ingredients, at: string): readonly SplitPart[] {
  const parts: SplitPart[] = []
  let held: readonly Seam[] = []
  let last: SplitPart | undefined
  for (const seam of seamsOf(from.design, from.slice)) {
    const tried = tryPart(from, [...held, seam], { at, isFirst: parts.length === 0 })
    if (last === undefined || tried.fits) {
      held = [...held, seam]
      last = tried
      continue
    }
    parts.push(last)
    held = [seam]
    last = tryPart(from, held, { at, isFirst: false })
  }
  return last ? [...parts, last] : parts
}

/** Ordered by element and flow. An element to which no flow goes is named with one it sends, for alone it would draw in all others. */
function seamsOf(design: Design, slice: SliceParts): readonly Seam[] {
  const ends = new Map(slice.flows.map(id => [id, rowAt(design.flows, id)]))
  const inFocus = (id: string | undefined) => id !== undefined && slice.focus.includes(id)
  const flows = [...ends].map(([flow, row]): Seam => ({ flow, element: [row?.target, row?.source].find(inFocus) }))
  const others = slice.focus.filter(id => !flows.some(seam => seam.element === id))
  const senders = others.map((element): Seam => ({ element, flow: [...ends].find(([, row]) => row?.source === element)?.[0] }))
  return [...flows, ...senders].sort((a, b) => byText(a.element ?? '', b.element ?? '') || byText(a.flow ?? '', b.flow ?? ''))
}

function tryPart(from: Ingredients, seams: readonly Seam[], by: { readonly at: string; readonly isFirst: boolean }): SplitPart {
  const { design, packs, slice } = from
  const names = idsOf(slice.workItem.elements).length > 0
  const elements = names ? unique(seams.map(seam => seam.element)) : []
  const flows = unique(seams.map(seam => seam.flow))
  const requirements = requirementsFor(design, slice.workItem, { places: [...elements, ...flows], isFirst: by.isFirst })
  const workItem = {
    ...slice.workItem,
    elements: linksTo(elements),
    flows: linksTo(flows),
    requirements: linksTo(requirements),
  }
  const parts = slicePartsOf(design, packs, { workItem, at: by.at })
  const rows = rowsOfSlice(parts).map(({ threat, mitigation }) => ({ threat: threat.id, mitigation: mitigation.id }))
  const tokens = tokensOf(from, parts)
  return { elements, flows, requirements, rows, tokens, fits: rows.length <= ROW_LIMIT && tokens <= TOKEN_BUDGET }
}

/** Those that are about a place of the part; what is about none of the whole stays with the first. */
function requirementsFor(design: Design, item: WorkItem, by: { readonly places: readonly string[]; readonly isFirst: boolean }) {
  const all = new Set([...idsOf(item.elements), ...idsOf(item.flows)])
  return idsOf(item.requirements).filter(id => {
    const row = rowAt(design.requirements, id)
    const about = [...idsOf(row?.elements), ...idsOf(row?.flows)]
    return about.some(place => by.places.includes(place)) || (by.isFirst && !about.some(place => all.has(place)))
  })
}

function tokensOf(from: Ingredients, parts: SliceParts): number {
  const trial = { ...from, slice: { ...from.slice, ...parts }, edit: undefined }
  return tokensIn(blankRendering(trial).file(mainTemplate(from.target), NO_DIGEST).text)
}

function linksTo(ids: readonly string[]): Readonly<Record<string, true>> {
  return Object.fromEntries(ids.map(id => [id, true as const]))
}

function unique(ids: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(ids.filter(id => id !== undefined))].sort(byText)
}

function isSame(a: RowIds, b: RowIds): boolean {
  return a.threat === b.threat && a.mitigation === b.mitigation
}
