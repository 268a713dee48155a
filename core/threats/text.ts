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
  for (let end = rest.indexOf('}'); end >= 0; end = rest.indexOf('}', end + 1)) {
    const start = rest.lastIndexOf('{', end)
    if (start < 0) continue
    const name = SLOT_NAMES.find(slot => slot === rest.slice(start + 1, end))
    if (!name) return { unknown: rest.slice(start, end + 1) }
    parts.push([rest.slice(0, start), name])
    rest = rest.slice(end + 1)
    end = -1
  }
  return { parts: [...parts, [rest, undefined]] }
}

const taken = new Map<string, SlotText>()

/** The pieces of a rule's text, taken apart when a finding first shows it: most rules find nothing in most designs. */
function partsOf(text: string): SlotText {
  const known = taken.get(text)
  if (known) return known
  const read = slotText(text)
  if ('unknown' in read) throw new Error(`partsOf: ${read.unknown} was not refused`)
  taken.set(text, read.parts)
  return read.parts
}

/** Names may hold anything, braces included: they are put in once and never read again as slots. */
export function fillText(text: string, slots: Slots): string {
  let filled = ''
  for (const [literal, slot] of partsOf(text)) filled += slot === undefined ? literal : literal + slots[slot]
  return filled
}
