import { ROW_LIMIT } from '../core/gate/control-rows.ts'
import { labelOf } from '../core/model/lookup.ts'
import type { Design, Packs } from '../core/model/types.ts'
import { TOKEN_BUDGET } from '../core/prompts/lint/gp05-length.ts'
import type { Templates } from '../core/prompts/render.ts'
import type { RenderInput } from '../core/prompts/rendering.ts'
import { type RowIds, type Split, type SplitPart, splitOf } from '../core/prompts/split.ts'
import type { Result } from '../core/support/result.ts'
import { answer, type Outcome } from './frame.ts'
import { count } from './table.ts'

/** How a work item could be cut, and which control would go where; changes nothing. 1: too large, and no cut helps. */
export function answerSplit(design: Design, packs: Packs, templates: Templates, input: RenderInput): Result<Outcome> {
  const found = splitOf(design, packs, templates, input)
  if (!found.ok) return found
  const { value } = found
  const json = { workItem: input.workItem, target: input.target, budget: { rows: ROW_LIMIT, tokens: TOKEN_BUDGET }, ...value }
  return answer(json, wordsOf(design, input.workItem, value), value.isOver && value.parts.length === 0 ? 1 : 0)
}

function wordsOf(design: Design, id: string, { rows, tokens, isOver, parts, shared }: Split): string {
  const size = `${count(rows, 'control')} of ${ROW_LIMIT}, about ${tokens} of ${TOKEN_BUDGET} tokens`
  if (!isOver) return `${id} fits into one prompt: ${size}.`
  if (parts.length === 0)
    return `${id} is too large: ${size}. No cut between its flows helps.\n  Draw the component as several processes, or shorten requirements and reference material.`
  const lines = parts.flatMap((part, n) => ['', ...partLines(design, part, { n, shared })])
  const last =
    shared.length === 0 ? [] : ['', `In every part, because they hold for the component itself: ${shared.map(nameOf).join(', ')}`]
  return [`${id} is too large: ${size}. Proposed are ${parts.length} work items:`, ...lines, ...last].join('\n')
}

function partLines(design: Design, part: SplitPart, by: { readonly n: number; readonly shared: readonly RowIds[] }) {
  const own = part.rows.filter(row => !by.shared.some(other => nameOf(other) === nameOf(row)))
  const named = (ids: readonly string[]) => ids.map(id => `${id} ${labelOf(design, id)}`).join(', ')
  return [
    `${by.n + 1}  ${count(part.rows.length, 'control')}, about ${part.tokens} tokens${part.fits ? '' : ', still too large'}`,
    ...(part.elements.length > 0 ? [`   in            ${named(part.elements)}`] : []),
    ...(part.flows.length > 0 ? [`   flows         ${named(part.flows)}`] : []),
    ...(part.requirements.length > 0 ? [`   requirements  ${part.requirements.join(', ')}`] : []),
    ...(own.length > 0 ? [`   controls      ${own.map(nameOf).join(', ')}`] : []),
  ]
}

function nameOf({ threat, mitigation }: RowIds): string {
  return `${threat} ${mitigation}`
}
