import { rowsOf } from '../model/table.ts'
import type { Boundary, DataAsset, Design, Element, Requirement, Settings, Table, WordList } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { byText } from '../support/order.ts'
import { classifyEars } from './ears.ts'
import type { Hit, LintContext, LintRule, RequirementHint } from './hint.ts'
import { type Language, languageOf, languagesOf } from './language.ts'
import { COMPOUND_RULE, NEGATIVE_RULE } from './lint-grammar.ts'
import { ACTOR_RULE, DATA_CLASS_RULE, TERM_RULE, VERIFICATION_RULE } from './lint-model.ts'
import { TOLERANCE_RULE, UNIT_RULE } from './lint-numbers.ts'
import { pairHints } from './lint-pairs.ts'
import { PASSIVE_RULE } from './lint-passive.ts'
import { OPEN_POINT_RULE, PRONOUN_RULE, WEAK_MODAL_RULE, WORD_RULES } from './lint-words.ts'
import { type Names, namesIn, namesOf } from './names.ts'

export type { RequirementHint } from './hint.ts'

/** All rules, in the order of a report. Each names the published rule it follows. */
export const LINT_RULES: readonly LintRule[] = [
  ...WORD_RULES,
  PRONOUN_RULE,
  WEAK_MODAL_RULE,
  OPEN_POINT_RULE,
  PASSIVE_RULE,
  NEGATIVE_RULE,
  COMPOUND_RULE,
  UNIT_RULE,
  TOLERANCE_RULE,
  ACTOR_RULE,
  TERM_RULE,
  DATA_CLASS_RULE,
  VERIFICATION_RULE,
]

/** Hints on all requirements that are not retired, by id and place. Only what an edit touched is judged again. */
export function lintRequirements(design: Design, words: readonly WordList[]): readonly RequirementHint[] {
  const judge = judgeOf(design.elements, design.boundaries, design.data, design.settings, words)
  const pairs = pairHints(design, languagesOf(words))
  return rowsOf(design.requirements).flatMap(requirement => {
    const pair = pairs.get(requirement.id)
    const hints = judge(requirement)
    return pair ? [...hints, pair].sort(byPlace) : hints
  })
}

/** Hints on one requirement alone, in the design or not yet: nothing about others that say the same or the contrary. */
export function hintsOn(design: Design, words: readonly WordList[], requirement: Requirement): readonly RequirementHint[] {
  return judgeOf(design.elements, design.boundaries, design.data, design.settings, words)(requirement)
}

type Judge = (requirement: Requirement) => readonly RequirementHint[]

const judgeOf = memoLast(
  (
    elements: Table<Element>,
    boundaries: Table<Boundary>,
    data: Table<DataAsset>,
    settings: Table<Settings>,
    words: readonly WordList[],
  ): Judge => {
    const design = { elements, boundaries, data, settings } as Design
    const names = namesOf(design)
    const languages = languagesOf(words)
    const judged = new WeakMap<Requirement, readonly RequirementHint[]>()
    return requirement => {
      const known = judged.get(requirement)
      if (known) return known
      const hints = judge(design, requirement, { names, languages })
      judged.set(requirement, hints)
      return hints
    }
  },
)

type Knowledge = { readonly names: Names; readonly languages: readonly Language[] }

function judge(design: Design, requirement: Requirement, { names, languages }: Knowledge): readonly RequirementHint[] {
  if (requirement.status === 'retired') return []
  const { statement } = requirement
  const context: LintContext = {
    design,
    requirement,
    statement,
    ears: classifyEars(statement),
    language: languageOf(statement, languages),
    names,
    namesFound: namesIn(statement, names),
  }
  return withoutRepeats(LINT_RULES.flatMap(rule => rule.find(context).map(hit => ({ rule, hit }))))
    .map(({ rule, hit }) => hintOf(requirement.id, rule, hit))
    .sort(byPlace)
}

function byPlace(a: RequirementHint, b: RequirementHint): number {
  return a.offset - b.offset || byText(a.rule, b.rule)
}

type RuleHit = { readonly rule: LintRule; readonly hit: Hit }

/** Rules that look at single words; an open point covers them too. */
const COVERABLE = new Set([...WORD_RULES.map(rule => rule.id), 'tbd'])

/** A word is not blamed twice: "as soon as possible" covers "soon". And one word, one hint: the second "it" says nothing new. */
function withoutRepeats(found: readonly RuleHit[]): readonly RuleHit[] {
  const words = found.filter(({ rule }) => COVERABLE.has(rule.id))
  const inOrder = [...words].sort((a, b) => a.hit.offset - b.hit.offset || b.hit.quoted.length - a.hit.quoted.length)
  const covered = new Set<RuleHit>()
  let widest = { start: 0, end: -1 }
  for (const one of inOrder) {
    const { offset, quoted } = one.hit
    const end = offset + quoted.length
    if (end > widest.end) widest = { start: offset, end }
    else if (one.rule.id !== 'tbd' && (end < widest.end || offset > widest.start)) covered.add(one)
  }
  const said = new Set<string>()
  return found.filter(one => {
    if (covered.has(one)) return false
    const key = `${one.rule.id} ${one.hit.quoted.toLowerCase()}`
    if (said.has(key)) return false
    said.add(key)
    return true
  })
}

function hintOf(at: string, { id, severity }: LintRule, hit: Hit): RequirementHint {
  return { code: `requirement.${id}`, severity, at, rule: id, ...hit, field: hit.field ?? 'statement' }
}
