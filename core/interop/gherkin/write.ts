import { howOf } from '../../checklists/how.ts'
import { shortDigest } from '../../model/digest.ts'
import { labelOf, settingsOf } from '../../model/lookup.ts'
import { rowAt, rowsOf } from '../../model/table.ts'
import type { Check, Design, Mitigation, WorkItem } from '../../model/types.ts'
import { idsOf } from '../../support/order.ts'
import { ok, type Result } from '../../support/result.ts'
import type { Occasion, Written } from '../writers.ts'
import { checksByThreat, type Decided, decidedOf } from '../writing/decided.ts'
import { oneLine } from '../writing/one-line.ts'
import { gherkinLosses } from './losses.ts'

/**
 * One feature, because a Gherkin file holds one: a rule for each work item with a scenario for each check of its checklist, then a rule
 * for each threat that no checklist asks about, with a scenario for each of its mitigations. Every text of the design stands on one
 * line behind a word of ours, so nothing in it is read as a keyword, a tag, a comment or a table.
 */
export function writeGherkin(design: Design, { packs, at }: Occasion): Result<Written> {
  const decided = decidedOf(design, { packs, at })
  const rest = restOf(design, decided)
  const rules = [
    ...decided.checklists.map(({ workItem, checks }) =>
      workItemRule(design, rowAt(design.workItems, workItem) as WorkItem, checks),
    ),
    ...rest.map(one => threatRule(design, one)),
  ]
  const lines = [
    '# language: en',
    `Feature: Threat model ${oneLine(settingsOf(design)?.name ?? 'without a name')}`,
    '  Written by Skeptic from the checks of the design. Steps have no code behind them until somebody writes it.',
    ...rules.flatMap(rule => ['', ...rule]),
  ]
  return ok({ text: `${lines.join('\n')}\n`, losses: gherkinLosses(design, decided, new Set(rest.map(({ threat }) => threat))) })
}

/** A threat that no checklist asks about, and what is planned against it. */
type Rest = { readonly threat: string; readonly mitigations: readonly Mitigation[] }

function restOf(design: Design, decided: Decided): readonly Rest[] {
  const asked = checksByThreat(decided)
  return rowsOf(design.threats).flatMap(({ id }) => {
    const mitigations = decided.states.find(state => state.threat.id === id)?.mitigations ?? []
    return asked.has(id) || mitigations.length === 0 ? [] : [{ threat: id, mitigations }]
  })
}

function workItemRule(design: Design, item: WorkItem, checks: readonly Check[]): readonly string[] {
  return [
    `  Rule: ${item.id} ${oneLine(item.name)}`,
    `    Goal: ${oneLine(item.goal)}`,
    ...checks.flatMap(check => ['', ...checkScenario(design, item, check)]),
  ]
}

function checkScenario(design: Design, item: WorkItem, check: Check): readonly string[] {
  const threats = check.from.filter(id => id.startsWith('T-'))
  const who = check.how === 'person' ? 'people judge the change' : 'the change is judged by its evidence'
  return [
    `    ${tags([...threats, check.id, ...check.from.filter(id => !id.startsWith('T-')), check.severity, check.how])}`,
    `    Scenario: ${check.id} ${oneLine(check.statement)}`,
    `      Given a change for ${item.id}, checked against the design slice ${shortDigest(check.slice)}`,
    ...threats.map(id => `      And the threat ${id}: ${oneLine(labelOf(design, id))}`),
    `      When ${who} (${oneLine(howOf(check))})`,
    `      Then this holds: ${oneLine(check.statement)}`,
    ...(check.question === undefined ? [] : [`      And somebody answers with yes: ${oneLine(check.question)}`]),
  ]
}

function threatRule(design: Design, { threat, mitigations }: Rest): readonly string[] {
  const row = rowAt(design.threats, threat)
  return [
    `  Rule: ${threat} ${oneLine(row?.statement ?? '')}`,
    '    No work item asks about this threat; its mitigations are what would have to be shown.',
    ...mitigations.flatMap(mitigation => ['', ...mitigationScenario(design, threat, mitigation)]),
  ]
}

function mitigationScenario(design: Design, threat: string, mitigation: Mitigation): readonly string[] {
  const row = rowAt(design.threats, threat)
  const places = [...idsOf(row?.elements), ...idsOf(row?.flows)]
  return [
    `    ${tags([threat, mitigation.id, mitigation.status])}`,
    `    Scenario: ${mitigation.id} ${oneLine(mitigation.statement)}`,
    ...(places.length > 0
      ? [`      Given the system as designed, with ${places.map(id => `${id} ${oneLine(labelOf(design, id))}`).join(', ')}`]
      : ['      Given the system as designed']),
    ...(row?.prerequisite ? [`      And an attacker who has this: ${oneLine(row.prerequisite)}`] : []),
    `      When somebody tries this: ${oneLine(row?.action ?? row?.statement ?? '')}`,
    `      Then this holds: ${oneLine(mitigation.statement)}`,
    ...idsOf(mitigation.checks).map(key => `      And this holds: ${oneLine(mitigation.checks?.[key]?.statement ?? '')}`),
  ]
}

/** Ids and words of ours as tags; what does not fit a tag, as nothing of ours should, is left out. */
function tags(words: readonly string[]): string {
  return [...new Set(words)]
    .filter(word => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(word))
    .map(word => `@${word}`)
    .join(' ')
}
