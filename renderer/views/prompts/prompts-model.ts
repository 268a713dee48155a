import type { Gate } from '../../../core/gate/evaluate.ts'
import type { Design, Packs } from '../../../core/model/types.ts'
import { makePrompt, type Prompt } from '../../../core/prompts/make.ts'
import { memoLast } from '../../../core/support/memo.ts'
import type { Result } from '../../../core/support/result.ts'
import * as templates from '../../../templates/generated/templates.js'

/** The prompt as it would be issued now: final behind an open gate, else a draft that says it is one. */
export const promptNow = memoLast(
  (design: Design, packs: Packs, workItem: string, target: string, at: string, gate: Gate): Result<Prompt> => {
    const final = gate.pass ? makePrompt(design, packs, templates, { workItem, target, at, pass: gate.pass }) : undefined
    return final?.ok ? final : makePrompt(design, packs, templates, { workItem, target, at, pass: 'draft' })
  },
)

/** A line of the prompt and the objects that put it there. */
export type GutterLine = { readonly number: number; readonly text: string; readonly from: readonly string[] }

/** Every line of the prompt with the objects that put it there; template files are left to the code. */
export function gutterLines(prompt: Prompt): readonly GutterLine[] {
  const origins = new Map(prompt.lines.map(line => [line.line, line.from.filter(id => !id.includes('/'))]))
  return prompt.text.split('\n').map((text, index) => ({ number: index + 1, text, from: origins.get(index + 1) ?? [] }))
}

/** What kind of line it is, for the eye only; the text stays as it is. */
export function lookOf(line: string): 'head' | 'rule' | 'table' | 'plain' {
  if (/^#{1,6} /.test(line)) return 'head'
  if (/^(---|```|===)/.test(line)) return 'rule'
  return line.startsWith('|') ? 'table' : 'plain'
}
