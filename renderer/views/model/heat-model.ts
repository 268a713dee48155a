import { highestClass } from '../../../core/dfd/data-class.ts'
import { RISK_LEVELS, type RiskLevel, riskOf } from '../../../core/mitigations/risk.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Design } from '../../../core/model/types.ts'
import { idsOf } from '../../../core/support/order.ts'
import type { HeatMap, Warmth } from '../../canvas/heat.tsx'
import type { Facts } from '../../state/facts.ts'
import type { Heat } from '../../state/session.ts'
import { openBySubject } from './model-model.ts'

/** What the drawing shows in a mode; things about which the question has no answer are missing. */
export function heatOf(design: Design, facts: Facts, heat: Heat): HeatMap {
  switch (heat) {
    case 'off':
      return NONE
    case 'threats':
      return byOpenThreats(facts)
    case 'severity':
      return bySeverity(facts)
    case 'data':
      return byData(design)
    case 'unseen':
      return byAttention(design, facts)
  }
}

const NONE: HeatMap = new Map()

/** How many open questions make which step. */
const STEPS = [3, 6, 10] as const

function byOpenThreats(facts: Facts): HeatMap {
  const counts = openBySubject(facts.asking().map(({ lead }) => lead))
  return new Map([...counts].map(([id, count]) => [id, { level: stepOf(count), mark: String(count) }]))
}

function stepOf(count: number): Warmth['level'] {
  return (STEPS.filter(step => count >= step).length + 1) as Warmth['level']
}

/** The letter of a risk level; they stand in order of gravity. */
export const LEVEL_MARKS: Readonly<Record<RiskLevel, string>> = { low: 'L', medium: 'M', high: 'H', critical: 'C' }

/** The gravest of what is still open: risks that a rule proposes, and threats that nothing answers. */
function bySeverity(facts: Facts): HeatMap {
  const gravest = new Map<string, number>()
  const note = (id: string, level: RiskLevel | undefined) => {
    if (level !== undefined) gravest.set(id, Math.max(gravest.get(id) ?? 0, RISK_LEVELS.indexOf(level)))
  }
  for (const { lead } of facts.asking()) note(lead.subject, riskOf(lead.likelihood, lead.impact).level)
  for (const { threat, response, residual } of facts.states())
    if (response === 'open') for (const id of [...idsOf(threat.elements), ...idsOf(threat.flows)]) note(id, residual?.level)
  return new Map(
    [...gravest].map(([id, level]) => [
      id,
      { level: (level + 1) as Warmth['level'], mark: LEVEL_MARKS[RISK_LEVELS[level] ?? 'low'] },
    ]),
  )
}

function byData(design: Design): HeatMap {
  return new Map(
    [...rowsOf(design.elements), ...rowsOf(design.flows)].flatMap((row): [string, Warmth][] => {
      const found = highestClass(design, row.data)
      if (found === undefined) return []
      if (found === 'unknown') return [[row.id, { level: 1, mark: 'D?' }]]
      return [[row.id, { level: Number(found.slice(1)) as Warmth['level'], mark: found }]]
    }),
  )
}

/** Things that ask something and about which nobody has decided anything yet. */
function byAttention(design: Design, facts: Facts): HeatMap {
  const seen = new Set<string>()
  for (const finding of facts.findings()) if (design.triage[finding.id]) seen.add(finding.subject)
  for (const row of rowsOf(design.threats)) for (const id of [...idsOf(row.elements), ...idsOf(row.flows)]) seen.add(id)
  const asked = new Set(facts.asking().map(({ lead }) => lead.subject))
  return new Map([...asked].filter(id => !seen.has(id)).map(id => [id, { level: 2, mark: '?' }]))
}

/** The lines of the legend: each step that can occur, and how many things have it. */
export type LegendLine = Warmth & { readonly words: LegendWords; readonly count: number }

/** What a line says; the view has the words for it. */
export type LegendWords =
  | { readonly kind: 'open'; readonly from: number; readonly to: number | undefined }
  | { readonly kind: 'level'; readonly level: RiskLevel }
  | { readonly kind: 'class'; readonly name: string }
  | { readonly kind: 'unseen' }

/** A legend in which every sign of the mode stands once, hottest first. */
export function legendOf(heat: Heat, map: HeatMap): readonly LegendLine[] {
  const tallied = (line: Omit<LegendLine, 'count'>, fits: (warmth: Warmth) => boolean): LegendLine => ({
    ...line,
    count: [...map.values()].filter(fits).length,
  })
  switch (heat) {
    case 'off':
      return []
    case 'threats':
      return [10, 6, 3, 1].map((from, i, all) => {
        const level = (4 - i) as Warmth['level']
        const to = i === 0 ? undefined : (all[i - 1] ?? 0) - 1
        return tallied(
          { level, mark: to === undefined ? `${from}+` : `${from}–${to}`, words: { kind: 'open', from, to } },
          one => one.level === level,
        )
      })
    case 'severity':
      return [...RISK_LEVELS].reverse().map(level => {
        const mark = LEVEL_MARKS[level]
        return tallied(
          { level: (RISK_LEVELS.indexOf(level) + 1) as Warmth['level'], mark, words: { kind: 'level', level } },
          one => one.mark === mark,
        )
      })
    case 'data':
      return ['D4', 'D3', 'D2', 'D1', 'D0', 'D?'].map(mark => {
        const level = (mark === 'D?' ? 1 : Number(mark.slice(1))) as Warmth['level']
        return tallied({ level, mark, words: { kind: 'class', name: mark } }, one => one.mark === mark)
      })
    case 'unseen':
      return [tallied({ level: 2, mark: '?', words: { kind: 'unseen' } }, () => true)]
  }
}
