/** What a rule's texts may name. */
export type Slots = { readonly source: string; readonly target: string; readonly flow: string; readonly element: string }
type SlotName = keyof Slots

export const SLOT_NAMES: readonly SlotName[] = ['source', 'target', 'flow', 'element']

/** A text with slots, taken apart once: literal pieces and slot names in turn. */
export type SlotText = readonly (readonly [literal: string, slot: SlotName | undefined])[]

/** Takes a text apart; undefined names the slots nobody fills. */
export function slotText(text: string): { readonly parts: SlotText } | { readonly unknown: string } {
  const parts: [string, SlotName | undefined][] = []
  let rest = text
  for (let match = SLOT.exec(rest); match; match = SLOT.exec(rest)) {
    const name = SLOT_NAMES.find(slot => slot === match?.[1])
    if (!name) return { unknown: match[0] }
    parts.push([rest.slice(0, match.index), name])
    rest = rest.slice(match.index + match[0].length)
  }
  return { parts: [...parts, [rest, undefined]] }
}

const SLOT = /\{([^{}]*)\}/

/** Names may hold anything, braces included: they are put in once and never read again as slots. */
export function fillText(parts: SlotText, slots: Slots): string {
  let text = ''
  for (const [literal, slot] of parts) text += slot === undefined ? literal : literal + slots[slot]
  return text
}
