import type { RequirementHint } from './hint.ts'

/** The statement after a hint's rewrite. */
export function rewritten(
  statement: string,
  { offset, quoted, rewrite }: Pick<RequirementHint, 'offset' | 'quoted' | 'rewrite'>,
): string {
  if (rewrite === undefined || !statement.startsWith(quoted, offset)) return statement
  const before = statement.slice(0, offset)
  const after = statement.slice(offset + quoted.length)
  if (rewrite === '') return without(before.trimEnd(), after.trimStart())
  return `${/^[.,;]/.test(rewrite) ? before.trimEnd() : before}${rewrite}${after}`
}

/** The rest of a sentence, with the comma that led to the words gone and a capital where it now begins. */
function without(before: string, after: string): string {
  if (before === '') return after.replace(/^[,;:]\s*/, '').replace(/^\p{Ll}/u, letter => letter.toUpperCase())
  return /^[.,;:]/.test(after) ? `${before.replace(/,$/, '')}${after}` : `${before} ${after}`.trimEnd()
}
