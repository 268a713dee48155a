import type { TraceGap, TraceRow } from '../../../core/mitigations/trace.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Design, Requirement } from '../../../core/model/types.ts'
import { classifyEars } from '../../../core/requirements/ears.ts'
import type { EarsPattern } from '../../../core/requirements/ears-parts.ts'
import type { RequirementHint } from '../../../core/requirements/hint.ts'
import { groupedBy } from '../../state/grouped-by.ts'
import { requirementOutline } from '../../state/requirement-order.ts'
import { t } from '../../words/translate.ts'

/** A requirement as the list shows it. */
export type RequirementLine = {
  readonly row: Requirement
  readonly depth: number
  readonly pattern: EarsPattern
  readonly hints: readonly RequirementHint[]
}

/** Requirements as they are read, each with its parts below it, its pattern and its hints. */
export function requirementLines(design: Design, hints: readonly RequirementHint[]): readonly RequirementLine[] {
  const byRow = groupedBy(hints, hint => hint.at)
  return requirementOutline(design).map(({ row, depth }) => ({
    row,
    depth,
    pattern: classifyEars(row.statement).pattern,
    hints: row.status === 'retired' ? [] : (byRow.get(row.id) ?? []),
  }))
}

/** So many of so many. */
export type Coverage = {
  readonly id: 'approved' | 'modelled' | 'threatened' | 'checked'
  readonly done: number
  readonly of: number
}

/**
 * How far requirements reach: approved, linked to the model, met by a threat that names the same thing, and shown by some method. Read
 * from the trace that the command line and the reports print, so that all count alike.
 */
export function coverageOf(trace: readonly TraceRow[]): readonly Coverage[] {
  const rows = trace.filter(row => row.kind === 'requirement')
  const threatened = new Set(trace.flatMap(row => (row.kind === 'threat' ? row.requirements : [])))
  const without = (gap: TraceGap) => rows.filter(row => !row.gaps.includes(gap)).length
  return [
    { id: 'approved', done: without('requirement.notApproved'), of: rows.length },
    { id: 'modelled', done: without('requirement.linkedToNothing'), of: rows.length },
    { id: 'threatened', done: rows.filter(row => row.requirements.some(id => threatened.has(id))).length, of: rows.length },
    { id: 'checked', done: without('requirement.noCheck'), of: rows.length },
  ]
}

/** Examples for who has not begun, about what is drawn where something is; as long as nobody wrote anything else. */
export function examplesFor(design: Design): readonly string[] {
  const elements = rowsOf(design.elements)
  const doer = elements.find(({ kind }) => kind === 'process')?.name ?? 'API'
  const store = elements.find(({ kind }) => kind === 'dataStore')?.name ?? 'audit log'
  const examples = [
    `The ${doer} shall derive the account it acts on from the session.`,
    `When a request without a valid session arrives, the ${doer} shall refuse it.`,
    `When the ${doer} changes a record, the ${store} shall keep who did it and when.`,
  ]
  const written = new Set(rowsOf(design.requirements).map(row => row.statement))
  const left = examples.filter(example => !written.has(example))
  return written.size === examples.length - left.length ? left : []
}

/** The sentence pattern in one word. */
export function earsName(pattern: EarsPattern): string {
  return {
    ubiquitous: t('Always'),
    event: t('When'),
    state: t('While'),
    optional: t('Where'),
    unwanted: t('If / then'),
    complex: t('Complex'),
    none: t('Free text'),
  }[pattern]
}
