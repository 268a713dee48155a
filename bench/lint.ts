import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { table } from '../cli/table.ts'
import { EMPTY_DESIGN } from '../core/model/change.ts'
import { rowsOf } from '../core/model/table.ts'
import type { Requirement, WordList } from '../core/model/types.ts'
import type { RequirementHint } from '../core/requirements/hint.ts'
import { hintsOn, LINT_RULES, lintRequirements } from '../core/requirements/lint.ts'
import { PAIR_RULES } from '../core/requirements/lint-pairs.ts'
import { byText } from '../core/support/order.ts'
import type { Corpus } from './corpus-models.ts'
import judged from './lint-judged.json'

/** A sentence of the corpus and what requirement lint says about it. */
export type Linted = { readonly where: string; readonly statement: string; readonly hints: readonly RequirementHint[] }

/** How often each rule speaks, and how often it was wrong as far as somebody has judged it. */
export type LintCounts = {
  readonly sentences: number
  readonly hints: Readonly<Record<string, number>>
  readonly falseAlarms: Readonly<Record<string, number>>
}

/**
 * All requirements of the models that a reader reads, each beside its model, and all other sentences of the models in which something
 * shall or must be so, each alone: policies, goals, countermeasures.
 */
export function lintCorpus(models: string, { read }: Corpus, words: readonly WordList[]): readonly Linted[] {
  const own = read.flatMap(({ file, design }) => {
    const hints = lintRequirements(design, words)
    return rowsOf(design.requirements).map(({ id, statement }) => ({
      where: file,
      statement,
      hints: hints.filter(({ at }) => at === id),
    }))
  })
  const known = new Set(own.map(({ statement }) => statement))
  const others = sentencesIn(models).filter(({ statement }) => !known.has(statement))
  return [...own, ...others.map(one => ({ ...one, hints: hintsOn(EMPTY_DESIGN, words, alone(one.statement)) }))].map(one => ({
    ...one,
    // That nobody chose a verification method says nothing about the words.
    hints: one.hints.filter(({ rule }) => rule !== 'verification'),
  }))
}

function alone(statement: string): Requirement {
  return {
    id: 'R-00000',
    statement,
    kind: 'functional',
    status: 'draft',
    provenance: { kind: 'import', at: '2026-01-01T00:00:00Z', by: 'corpus' },
  }
}

/** Schemas say what a file shall be; a library of attacks says what must be so for an attack. */
const NO_REQUIREMENTS = /(^|\/)_|threatlib|\.tb7$|history-/
const SENTENCE = /(?<![.\w])[A-Z][^<>"{}\n\\.]{15,300}\b(?:shall|must)\b[^<>"{}\n\\.]{5,300}(?:\.|(?=[<"\n\\]))/g

function sentencesIn(models: string): readonly { readonly where: string; readonly statement: string }[] {
  const files = readdirSync(models, { recursive: true, encoding: 'utf8' }).filter(
    file => /\.(?:json|xml|ya?ml|otm|hcl|tm7)$/.test(file) && !NO_REQUIREMENTS.test(file),
  )
  const found = new Map<string, string>()
  for (const file of files.sort(byText))
    for (const [sentence] of readFileSync(path.join(models, file), 'utf8').matchAll(SENTENCE))
      if (!found.has(sentence.trim())) found.set(sentence.trim(), file)
  return [...found].map(([statement, where]) => ({ where, statement }))
}

/** Counts by rule; only rules that spoke. */
export function countsOf(linted: readonly Linted[]): LintCounts {
  const hints = linted.flatMap(one => one.hints.map(hint => ({ ...one, hint })))
  return {
    sentences: linted.length,
    hints: tally(hints.map(({ hint }) => hint.rule)),
    falseAlarms: tally(hints.filter(isFalseAlarm).map(({ hint }) => hint.rule)),
  }
}

/** Somebody read this hint and found that the sentence is in order as it stands. */
export function isFalseAlarm({ statement, hint }: { readonly statement: string; readonly hint: RequirementHint }): boolean {
  return judged.some(one => one.rule === hint.rule && one.quoted === hint.quoted && one.statement === statement)
}

function tally(rules: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const rule of [...rules].sort(byText)) counts[rule] = (counts[rule] ?? 0) + 1
  return counts
}

/** The counts as a table; with every hint above it on request. */
export function lintText(linted: readonly Linted[], isAll: boolean): string {
  const { sentences, hints, falseAlarms } = countsOf(linted)
  const rows = [...LINT_RULES, ...PAIR_RULES]
    .filter(({ id }) => id !== 'verification')
    .map(({ id, severity }) => [id, severity, String(hints[id] ?? 0), String(falseAlarms[id] ?? 0)])
  const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((total, n) => total + n, 0)
  const quiet = linted.filter(one => one.hints.every(({ severity }) => severity === 'info')).length
  const each = linted.flatMap(one => [one.statement, ...one.hints.map(hint => `    ${hint.rule}: ${hint.quoted}`)])
  return [
    ...(isAll ? [...each, ''] : []),
    'Requirement lint on the sentences of others in which something shall or must be so. False: judged by reading each hint.',
    '',
    table(['rule', 'severity', 'hints', 'false'], [...rows, ['all', '', String(sum(hints)), String(sum(falseAlarms))]]),
    '',
    `${sentences} sentences, ${quiet} of them without a warning.`,
    '',
  ].join('\n')
}
