import { rowsOf } from '../model/table.ts'
import type { Design, Guard, Rule } from '../model/types.ts'
import { wordsOf } from './lexicon.ts'
import { bitsOfElement, bitsOfFlow, isMet, type Need, needsOf, PERSONAL, tellingWordsOf } from './needs.ts'

/** The guard of rules that each wait for something; one that waits for nothing must be asked always, and has no guard. */
export function guardOf(rules: readonly Rule[]): Guard {
  const needs = new Map<string, Guard['needs'][number]>()
  for (const rule of rules) {
    const alternatives = needsOf(rule)
    if (!alternatives) throw new Error(`guardOf: rule ${rule.id} waits for nothing; put it into a pack that is always asked`)
    for (const { source, target, element, flow } of alternatives)
      needs.set([source, target, element, flow].join(), [source, target, element, flow])
  }
  const words = tellingWordsOf(rules)
  return { needs: [...needs.values()], technology: [...words.technology], protocol: [...words.protocol] }
}

/** Whether a rule behind the guard may find anything in a design; in doubt it may. */
export function mayFind(design: Pick<Design, 'elements' | 'flows' | 'data'>, guard: Guard): boolean {
  const hasOneOf = (words: readonly string[]) => {
    const telling = new Set(words)
    return (text: string | undefined) =>
      text !== undefined &&
      wordsOf(text)
        .split(' ')
        .some(word => telling.has(word))
  }
  const [technology, protocol] = [hasOneOf(guard.technology), hasOneOf(guard.protocol)]
  let element = 0
  let flow = 0
  for (const row of rowsOf(design.elements)) element |= bitsOfElement(row, technology(row.technology ?? row.name))
  for (const row of rowsOf(design.flows)) flow |= bitsOfFlow(row, protocol(row.protocol))
  if (!rowsOf(design.data).some(row => row.personal === 'yes' || row.personal === 'no')) {
    element &= ~PERSONAL
    flow &= ~PERSONAL
  }
  const stated: Need = { source: element, target: element, element, flow }
  return guard.needs.some(([source, target, own, between]) => isMet([{ source, target, element: own, flow: between }], stated))
}
