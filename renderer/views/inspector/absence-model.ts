import { labelOf, ruleOf } from '../../../core/model/lookup.ts'
import type { Category, Design, Packs } from '../../../core/model/types.ts'
import type { Absence, Consideration } from '../../../core/threats/absence.ts'
import type { MergedFinding } from '../../../core/threats/merged.ts'
import { fillText } from '../../../core/threats/text.ts'
import { inWords } from '../../state/attribute-words.ts'
import { CATEGORIES } from '../../state/words.ts'
import { packTitle } from './pack-title.ts'

/** How many considered rules are read before the rest is asked for. */
export const SHOWN_RULES = 12

/** A rule that was held against the subject, as a person reads it. */
export type ConsideredLine = {
  readonly rule: string
  readonly pack: string
  /** What the rule looks for, in the names of the place where it got furthest. */
  readonly title: string
  readonly outcome: Consideration['outcome']
  readonly sentence: string
  /** The same without most of a long list; equal where there is none. */
  readonly short: string
  readonly finding: string | undefined
}

/** Rules considered, as core orders them: those that got furthest first. */
export function consideredLines(design: Design, packs: Pick<Packs, 'rules'>, absence: Absence): readonly ConsideredLine[] {
  return absence.considered.map(({ rule, pack, outcome, findings, on, sentence }) => ({
    rule,
    pack: packTitle(packs, pack),
    title: titleOf(design, ruleOf(packs.rules, rule)?.title ?? rule, on),
    outcome,
    sentence: inWords(sentence),
    short: inWords(shortened(sentence)),
    finding: findings[0],
  }))
}

/** From so many alternatives on a list is cut, and this many of it stay. */
const LONG = 6
const KEPT = 4

/** A sentence that names a few of what a rule waits for, and how many more there are. */
export function shortened(sentence: string): string {
  return sentence.replace(/waits for (.+?)\.(?= "|$)/g, (whole, list: string) => {
    const items = list.split(' or ')
    if (items.length < LONG) return whole
    return `waits for ${items.slice(0, KEPT).join(', ')} or ${items.length - KEPT} others.`
  })
}

const ROLES = { source: 'the source', target: 'the target', flow: 'the flow', element: 'the element' } as const

function titleOf(design: Design, title: string, on: Consideration['on']): string {
  if (!on) return fillText(title, ROLES)
  if (on.kind === 'element') return fillText(title, { ...ROLES, element: labelOf(design, on.element) })
  const { source, target, flow } = on
  return fillText(title, {
    ...ROLES,
    source: labelOf(design, source),
    target: labelOf(design, target),
    flow: labelOf(design, flow),
  })
}

/** The STRIDE categories of which nothing was found at a subject, not even kept back. */
export function categoriesWithout(about: readonly MergedFinding[]): readonly Category[] {
  const met = new Set(about.filter(({ lead }) => lead.applicability !== 'gone').flatMap(({ lead }) => lead.categories))
  return CATEGORIES.filter(category => !met.has(category))
}
