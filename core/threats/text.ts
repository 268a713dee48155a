/** What a rule's texts may name. */
export type Slots = { readonly source: string; readonly target: string; readonly flow: string; readonly element: string }

export const SLOT_NAMES: readonly (keyof Slots)[] = ['source', 'target', 'flow', 'element']

/** The first slot of a text that nobody fills, braces included. */
export function unknownSlot(text: string): string | undefined {
  if (!text.includes('{')) return undefined
  return text.match(/\{[^{}]*\}/g)?.find(slot => !(SLOT_NAMES as readonly string[]).includes(slot.slice(1, -1)))
}

/** Names may hold anything, braces included: they are put in once and never read again as slots. */
export function fillText(text: string, slots: Slots): string {
  const parts = partsOf(text)
  let filled = parts[0] as string
  for (let i = 1; i < parts.length; i += 2) filled += slots[parts[i] as keyof Slots] + (parts[i + 1] as string)
  return filled
}

const SLOT = /\{(source|target|flow|element)\}/

const split = new Map<string, readonly string[]>()

/** Literal pieces and slot names in turn; a text is split when a finding first shows it, since most rules find nothing. */
function partsOf(text: string): readonly string[] {
  const known = split.get(text)
  if (known) return known
  const parts = text.split(SLOT)
  split.set(text, parts)
  return parts
}
