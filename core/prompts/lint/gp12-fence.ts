import { error, type LintRule } from './input.ts'

/** Only the template opens and closes the fence around reference material. */
export const gp12Fence: LintRule = ({ id, text, slice, reference }) => {
  if (!reference) return []
  const count = text.split(reference.nonce).length - 1
  const inside = slice.workItem.reference?.includes(reference.nonce) ?? false
  const fenced = text.slice(text.indexOf(reference.nonce) + reference.nonce.length, text.lastIndexOf(reference.nonce))
  const faults = [
    ...(count === 2 && !inside
      ? []
      : [`The fence mark stands ${count} times; it belongs exactly once before and once after the material.`]),
    // The last line of the stretch is the closing fence itself, up to its mark.
    ...(/^\W*(?:BEGIN|END) DATA\b.*\n/m.test(fenced) ? ['A line inside the fenced material reads like a fence.'] : []),
  ]
  return faults.map(message =>
    error(id, { code: 'GP12', message, cure: 'Put the reference section of the template back as it was.' }),
  )
}
