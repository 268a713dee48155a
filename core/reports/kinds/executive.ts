import { RISK_LEVELS, type RiskLevel } from '../../mitigations/risk.ts'
import { settingsOf } from '../../model/lookup.ts'
import { rowsOf, sizeOf } from '../../model/table.ts'
import type { VerdictRecord } from '../../verdict/record.ts'
import { cell, columns, each, heading, paragraph, placeCell, table } from '../document/blocks.ts'
import type { Block, ReportDocument, Span } from '../document/types.ts'
import { type Facts, factsOf } from '../facts.ts'
import { gapBlocks, shortened } from '../gaps.ts'
import { type ReportInput, stampOf } from '../input.ts'
import { gravestFirst, responseCell, riskCell } from './answers.ts'
import { gateSentence } from './gate-blocks.ts'
import { withoutIndex } from './index-of-ids.ts'
import { lastRecords } from './records.ts'

/** Risks on the page, and words on each gap: fewer of both where more lines than these say what is not covered. Other reports have the rest. */
const FEW = 5
const ROOMY = { top: 5, gaps: { named: 1, longest: 58 } }
const CROWDED = { top: 3, gaps: { named: 1, longest: 40 } }
/** Steps to an open gate; the gate certificate has them all. */
const STEPS = 3
/** So many characters of a statement, and of what the design is for: more would push the rest off the page. */
const LONGEST = 105
const PURPOSE = 300

/** One page for whoever decides: what this is, what is risked, what is decided, what is not covered, and what comes next. */
export function executiveReport(input: ReportInput): ReportDocument {
  const facts = factsOf(input.design, input.packs, input.at)
  const stamp = stampOf(input)
  const roomy = gapBlocks(facts, [], ROOMY.gaps)
  const lines = stamp.stale.length + roomy.reduce((sum, block) => sum + (block.kind === 'list' ? block.items.length : 0), 0)
  const { top, gaps } = lines > FEW ? CROWDED : ROOMY
  return withoutIndex({
    kind: 'executive',
    title: `In one page: ${stamp.design}`,
    stamp,
    notCovered: gaps === ROOMY.gaps ? roomy : gapBlocks(facts, [], gaps),
    sections: [
      heading('What this is', 'what'),
      paragraph(...whatItIs(facts)),
      heading('Top risks', 'top-risks'),
      topRisks(facts, top),
      levels(facts),
      heading('Where it stands', 'state'),
      gateSentence(facts.gate),
      { kind: 'list', items: [...decided(facts), [verdicts(input)]] },
      heading('Next', 'next'),
      next(facts),
    ],
  })
}

function whatItIs({ design }: Facts): readonly Span[] {
  const { purpose } = settingsOf(design) ?? {}
  const { elements, flows, boundaries, requirements } = design
  const drawn = `${many(sizeOf(elements), 'element')}, ${many(sizeOf(flows), 'data flow')} and ${many(sizeOf(boundaries), 'trust boundary', 'trust boundaries')} are drawn, and ${many(sizeOf(requirements), 'requirement')} written down.`
  return [...(purpose ? [`${shortened(purpose.trim(), PURPOSE).replace(/[.…]?$/, stop => stop || '.')} `] : []), drawn]
}

function topRisks({ states }: Facts, most: number): Block {
  const top = gravestFirst(states).slice(0, most)
  return table({
    name: 'top-risks',
    caption: states.length > most ? `The ${most} gravest of ${states.length} threats.` : 'Every threat, the gravest first.',
    columns: columns({ id: 'Id', threat: ['What could happen', 9], before: 'Before', after: 'After', decision: 'Decision' }),
    nothing: 'Nothing was judged real so far.',
    rows: () =>
      each(top, ({ threat, inherent, residual, response }) => [
        placeCell(threat.id),
        cell(shortened(threat.statement, LONGEST)),
        riskCell(inherent),
        riskCell(residual),
        responseCell(response),
      ]),
  })
}

const LEVELS: readonly (RiskLevel | 'unknown')[] = [...RISK_LEVELS.toReversed(), 'unknown']

/** How many threats lie at each level, before and after. */
function levels({ states }: Facts): Block {
  const count = (when: 'inherent' | 'residual', level: string) =>
    cell(String(states.filter(state => (state[when]?.level ?? 'unknown') === level).length))
  return {
    kind: 'matrix',
    name: 'risk-levels',
    caption: 'Threats by risk, before and after what is done about them.',
    corner: 'When',
    columns: LEVELS,
    rows: [
      { head: ['Before'], cells: LEVELS.map(level => count('inherent', level)) },
      { head: ['After'], cells: LEVELS.map(level => count('residual', level)) },
    ],
  }
}

function decided({ states, findings, design }: Facts): readonly (readonly Span[])[] {
  const having = (response: string) => states.filter(state => state.response === response).length
  const triaged = findings.filter(({ id }) => design.triage[id] !== undefined).length
  return [
    [`Of ${many(findings.length, 'finding')} of the rules ${triaged} ${triaged === 1 ? 'is' : 'are'} decided.`],
    [
      `Of ${many(states.length, 'threat')} ${having('mitigated')} mitigated, ${having('accepted')} accepted, ${having('transferred')} transferred, ${having('avoided')} avoided; ${having('open')} open.`,
    ],
  ]
}

function verdicts({ design, ledger }: ReportInput): string {
  const items = rowsOf(design.workItems)
  if (items.length === 0) return 'There is no work item yet, so no change was judged.'
  if (!ledger) return `${many(items.length, 'work item')}; without the ledger nothing is known of their verdicts.`
  const records = lastRecords(ledger.state)
  const count = (verdict: VerdictRecord['verdict']) => items.filter(({ id }) => records.get(id)?.verdict === verdict).length
  const none = items.filter(({ id }) => !records.has(id)).length
  return `${many(items.length, 'work item')}: ${count('pass')} passed, ${count('fail')} failed, ${count('inconclusive')} cannot be told, ${none} not judged.`
}

function next({ gate }: Facts): Block {
  const steps = gate.problems.first(STEPS)
  return table({
    name: 'next',
    caption:
      gate.problems.count > STEPS
        ? `The first ${STEPS} of ${gate.problems.count} steps to an open gate.`
        : 'Steps to an open gate.',
    columns: columns({ at: 'At', step: ['What is missing', 9], minutes: ['Minutes', 'end'] }),
    nothing: 'The gate is open: prompt the work items, and judge their changes.',
    rows: () =>
      each(steps, ({ at, message, effort }) => [
        cell(at === undefined ? '-' : shortened(at, 24)),
        cell(shortened(message, LONGEST)),
        cell(String(effort)),
      ]),
  })
}

function many(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`
}
