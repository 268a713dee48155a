import { error, type LintRule } from './input.ts'

/** Only the template opens and closes the fence around reference material. */
export const gp12Fence: LintRule = ({ id, text, slice, reference }) => {
  if (!reference) return []
  const count = text.split(reference.nonce).length - 1
  const inside = slice.workItem.reference?.includes(reference.nonce) ?? false
  if (count === 2 && !inside) return []
  return [
    error(id, {
      code: 'GP12',
      message: `The fence mark stands ${count} times; it belongs exactly once before and once after the material.`,
      cure: 'Put the reference section of the template back as it was.',
    }),
  ]
}
