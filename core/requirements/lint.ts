import { rowsOf } from '../model/table.ts'
import type { Boundary, DataAsset, Design, Element, Requirement, Settings, Table, WordList } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { byText } from '../support/order.ts'
import { classifyEars } from './ears.ts'
import type { Hit, LintContext, LintRule, RequirementHint } from './hint.ts'
import { type Language, languageOf, languagesOf } from './language.ts'
import { COMPOUND_RULE, NEGATIVE_RULE, PASSIVE_RULE } from './lint-grammar.ts'
import { ACTOR_RULE, DATA_CLASS_RULE, TERM_RULE, VERIFICATION_RULE } from './lint-model.ts'
import { TOLERANCE_RULE, UNIT_RULE } from './lint-numbers.ts'
import { isWithin, OPEN_POINT_RULE, PRONOUN_RULE, WEAK_MODAL_RULE, WORD_RULES } from './lint-words.ts'
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
  return rowsOf(design.requirements).flatMap(requirement => judge(requirement))
}

/** Hints on one requirement, in the design or not yet. */
export function hintsOn(design: Design, words: readonly WordList[], requirement: Requirement): readonly RequirementHint[] {
  return judgeOf(design.elements, design.boundaries, design.data, design.settings, words)(requirement)
}

/** The statement after a hint's rewrite. */
export function rewritten(
  statement: string,
  { offset, quoted, rewrite }: Pick<RequirementHint, 'offset' | 'quoted' | 'rewrite'>,
): string {
  if (rewrite === undefined || !statement.startsWith(quoted, offset)) return statement
  const before = statement.slice(0, offset)
  const after = statement.slice(offset + quoted.length)
  if (rewrite === '') return `${before.trimEnd()} ${after.trimStart()}`.trim()
  return `${/^[.,;]/.test(rewrite) ? before.trimEnd() : before}${rewrite}${after}`
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
  const found = LINT_RULES.flatMap(rule => rule.find(context).map(hit => ({ rule, hit })))
  return found
    .filter(({ rule, hit }, i) => !isCovered(hit, found, rule) && !isRepeated(i, found))
    .map(({ rule, hit }) => hintOf(requirement.id, rule, hit))
    .sort((a, b) => a.offset - b.offset || byText(a.rule, b.rule))
}

const WORD_RULE_IDS = new Set(WORD_RULES.map(rule => rule.id))

/** A word is not blamed twice: "as soon as possible" covers "soon". */
function isCovered(hit: Hit, found: readonly { readonly rule: LintRule; readonly hit: Hit }[], rule: LintRule): boolean {
  if (!WORD_RULE_IDS.has(rule.id)) return false
  return found.some(
    other =>
      (WORD_RULE_IDS.has(other.rule.id) || other.rule.id === 'tbd') &&
      other.hit.quoted.length > hit.quoted.length &&
      isWithin({ word: hit.quoted, offset: hit.offset }, { word: other.hit.quoted, offset: other.hit.offset }),
  )
}

/** One word, one hint: the second "it" of a sentence says nothing new. */
function isRepeated(index: number, found: readonly { readonly rule: LintRule; readonly hit: Hit }[]): boolean {
  const { rule, hit } = found[index] as { readonly rule: LintRule; readonly hit: Hit }
  const word = hit.quoted.toLowerCase()
  return found.slice(0, index).some(other => other.rule === rule && other.hit.quoted.toLowerCase() === word)
}

function hintOf(at: string, { id, severity }: LintRule, hit: Hit): RequirementHint {
  return { code: `requirement.${id}`, severity, at, rule: id, ...hit, field: hit.field ?? 'statement' }
}
