import type { TemplateValue } from '../../../core/prompts/render.ts'
import type { Fault, Parsed, Path, Piece } from './pieces.ts'
import { isGroup, isList, namesIn } from './run.ts'

/** Looks into every branch, taken or not, for names that are not there; where a list is empty nobody knows what its rows would hold. */
export function unknownNames(parsed: Parsed, context: TemplateValue): readonly Fault[] {
  return namesOf(parsed.pieces, [context])
}

function namesOf(pieces: readonly Piece[], around: readonly TemplateValue[]): readonly Fault[] {
  return pieces.flatMap((piece): readonly Fault[] => {
    if (piece.kind === 'text' || piece.kind === 'part') return []
    const found = lookUp(piece.path, around)
    if (found.fault) return [found.fault]
    if (piece.kind === 'value') return []
    const inner = insideOf(piece.kind, found.value)
    const body = inner === undefined ? [] : namesOf(piece.body, inner === 'same' ? around : [inner, ...around])
    return [...body, ...namesOf(piece.otherwise, around)]
  })
}

/** What stands inside a block; undefined where that cannot be known. */
function insideOf(kind: string, value: TemplateValue | undefined): TemplateValue | 'same' | undefined {
  if (kind === 'if' || kind === 'unless') return 'same'
  if (value === undefined || value === '') return undefined
  if (kind === 'with') return value
  return isList(value) ? sampleOf(value) : undefined
}

/** One row that has every name of all rows, and the longest list under each. */
function sampleOf(rows: readonly TemplateValue[]): TemplateValue | undefined {
  const groups = rows.filter(isGroup)
  if (groups.length === 0) return rows[0]
  const sample = new Map<string, TemplateValue>()
  for (const group of groups)
    for (const [name, value] of Object.entries(group)) if (sizeOf(value) >= sizeOf(sample.get(name))) sample.set(name, value)
  return Object.assign(Object.create(null), Object.fromEntries(sample)) as TemplateValue
}

function sizeOf(value: TemplateValue | undefined): number {
  if (value === undefined) return -1
  return typeof value === 'string' || isList(value) ? value.length : 1
}

function lookUp(
  { up, loop, parts, place, said }: Path,
  around: readonly TemplateValue[],
): { readonly value?: TemplateValue; readonly fault?: Fault } {
  if (loop) return {} // where it counts is known only when it is written
  let value = around[up]
  for (const part of parts) {
    if (value === undefined) return {}
    const inner: TemplateValue | undefined = isGroup(value) && Object.hasOwn(value, part) ? value[part] : undefined
    if (inner === undefined) {
      const cure = `Here are: ${namesIn(value).join(', ') || 'only texts'}.`
      return { fault: { code: 'template.unknownName', place, message: `There is nothing called "${said}" here.`, cure } }
    }
    value = inner
  }
  return value === undefined ? {} : { value }
}
