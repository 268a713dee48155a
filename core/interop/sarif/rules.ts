import { wordsOf } from '../../mitigations/categories.ts'
import { riskOf } from '../../mitigations/risk.ts'
import type { Packs, Rule } from '../../model/types.ts'
import { byText } from '../../support/order.ts'
import { levelOf } from './levels.ts'

/** The rule of threats that come from no finding. */
export const BY_HAND = 'skeptic/threat'

/** Rules by their place in the list that results point into: those that some result names, by id. */
export function rulesOf(packs: Pick<Packs, 'rules'>, named: Iterable<string>): readonly SarifRule[] {
  const known = new Map(packs.rules.flatMap(pack => pack.rules.map(rule => [rule.id, { rule, pack: pack.id }] as const)))
  return [...new Set(named)].sort(byText).map(id => {
    const found = known.get(id)
    return found ? ruleOf(found.rule, found.pack) : HAND_RULE
  })
}

export type SarifRule = { readonly id: string } & Readonly<Record<string, unknown>>

const HAND_RULE: SarifRule = {
  id: BY_HAND,
  name: 'Threat',
  shortDescription: { text: 'A threat that people wrote down.' },
  fullDescription: { text: 'The threat model holds this threat, and no rule found it.' },
  defaultConfiguration: { level: 'warning' },
  properties: { tags: ['security'] },
}

function ruleOf(rule: Rule, pack: string): SarifRule {
  return {
    id: rule.id,
    shortDescription: { text: general(rule.title) },
    fullDescription: { text: general(rule.description) },
    help: { text: general(rule.question) },
    defaultConfiguration: { level: levelOf(riskOf(rule.likelihood, rule.impact).level) },
    properties: {
      tags: ['security', ...rule.categories.map(wordsOf), ...(rule.privacy ?? []).map(wordsOf), ...rule.cwe.map(cweTag)],
      pack,
      version: rule.version,
      controls: rule.controls,
    },
  }
}

/** The words of a rule with its slots filled by what they stand for: braces are placeholders in SARIF as well. */
function general(text: string): string {
  const words = text.replace(/\{(source|target|flow|element)\}/g, (_, slot: keyof typeof SLOTS) => SLOTS[slot])
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const SLOTS = { source: 'the source', target: 'the target', flow: 'the data flow', element: 'the element' } as const

/** As code scanning writes a weakness: external/cwe/cwe-079. */
export function cweTag(cwe: string): string {
  return `external/cwe/cwe-${cwe.slice(4).padStart(3, '0')}`
}
