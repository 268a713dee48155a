import { byText } from '../support/order.ts'
import { isTemplate, type PromptLine } from './lines.ts'
import type { Stretch } from './tags.ts'
import type { Woven } from './weave.ts'

/** A generated text with all that is known of its lines. */
export type Sealed = {
  readonly text: string
  readonly stretches: readonly Stretch[]
  readonly lines: readonly PromptLine[]
}

/** Where in a text something stands. */
export type Range = { readonly start: number; readonly end: number }

export type EditedText = Sealed & {
  /** What was written by hand. */
  readonly byHand: readonly Range[]
}

/**
 * The woven text, with the origins of its generated lines where these stand now. A line by hand belongs to the work item that
 * keeps it, and to whatever put the line there that it stands for; `prompt` owns its words.
 */
export function editedText(woven: Woven, sealed: Sealed, by: { readonly workItem: string; readonly prompt: string }): EditedText {
  const rows = sealed.text.split('\n')
  const starts = startsOf(rows)
  const origins = new Map(sealed.lines.map(line => [line.line, line.from]))
  const texts: string[] = []
  const lines: PromptLine[] = []
  const byHand: Range[] = []
  const moved: { readonly from: Range; readonly to: number }[] = []
  let at = 0
  for (const one of woven.lines) {
    const text = one.kind === 'generated' ? (rows[one.line] ?? '') : one.text
    const line = texts.push(text)
    if (one.kind === 'generated') {
      const start = starts[one.line] ?? 0
      moved.push({ from: { start, end: start + text.length + 1 }, to: at })
      const from = origins.get(one.line + 1)
      if (from) lines.push({ line, from })
    } else {
      byHand.push({ start: at, end: at + text.length })
      const was = one.was === undefined ? undefined : rows[one.was]
      const former = one.was === undefined ? [] : (origins.get(one.was + 1) ?? []).filter(id => !isTemplate(id))
      const from = [...new Set([by.workItem, ...former])].sort(byText)
      lines.push({ line, from, edited: was === undefined ? {} : { was } })
    }
    at += text.length + 1
  }
  const own = byHand.map(range => ({ ...range, from: [by.prompt] }))
  return { text: texts.join('\n'), lines, byHand, stretches: [...sealed.stretches.flatMap(one => shifted(one, moved)), ...own] }
}

function startsOf(rows: readonly string[]): readonly number[] {
  let at = 0
  return rows.map(row => {
    const start = at
    at += row.length + 1
    return start
  })
}

/** The parts of a stretch on lines that are still there; runs of lines that moved together stay one. */
function shifted(stretch: Stretch, moved: readonly { readonly from: Range; readonly to: number }[]): readonly Stretch[] {
  const parts: { start: number; end: number; from: readonly string[] }[] = []
  for (const { from, to } of moved) {
    const start = Math.max(stretch.start, from.start)
    const end = Math.min(stretch.end, from.end)
    if (start >= end) continue
    const last = parts.at(-1)
    const by = to - from.start
    if (last?.end === start + by) last.end = end + by
    else parts.push({ start: start + by, end: end + by, from: stretch.from })
  }
  return parts
}
