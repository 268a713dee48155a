import type { Examination } from '../../gate/examine.ts'
import { GATE_RULES } from '../../gate/gate-rules.ts'
import { openingOf } from '../../gate/opening.ts'
import { waiverLines } from '../../gate/waivers.ts'
import { isInForce } from '../../mitigations/acceptance.ts'
import { designDigest } from '../../model/digest.ts'
import { policyOf } from '../../model/lookup.ts'
import { rowsOf } from '../../model/table.ts'
import type { Design } from '../../model/types.ts'
import { cell, columns, each, heading, paragraph, placeCell, table } from '../document/blocks.ts'
import type { Block, Cell, ReportDocument } from '../document/types.ts'
import { type Facts, factsOf } from '../facts.ts'
import { gapBlocks } from '../gaps.ts'
import { type ReportInput, stampOf } from '../input.ts'
import { waiversTable } from './answers.ts'
import { gateBlocks } from './gate-blocks.ts'
import { withIndex } from './index-of-ids.ts'

/** The gate as a certificate: its answer, the digest it holds for, by which rules, and whose approvals it rests on. */
export function gateReport(input: ReportInput): ReportDocument {
  const facts = factsOf(input.design, input.packs, input.at)
  const { design, at, gate } = facts
  const stamp = stampOf(input)
  const more = gate.open ? [] : [['This is no certificate: the gate is closed.']]
  return withIndex(facts, {
    kind: 'gate',
    title: `Gate certificate: ${stamp.design}`,
    stamp,
    notCovered: gapBlocks(facts, [
      ...more,
      ['Whether the software does what the design says; that is for the review records.'],
      ['Any other state of the design: one changed decision makes another digest, and this page says nothing of it.'],
    ]),
    sections: [
      heading('Answer', 'answer'),
      answerFacts(facts),
      ...gateBlocks(gate, Number.POSITIVE_INFINITY),
      ...openingBlocks(input, gate),
      heading('Rules by which', 'rules'),
      rulesTable(design, gate),
      heading('Approved by', 'approvals'),
      approvalsTable(input, at),
      heading('Waivers', 'waivers'),
      waiversTable(facts),
    ],
  })
}

function answerFacts({ design, gate, at }: Facts): Block {
  const policy = policyOf(design)
  return {
    kind: 'facts',
    rows: [
      { name: 'The gate is', spans: [{ strong: gate.open ? 'open' : 'closed' }], tone: gate.open ? 'good' : 'bad' },
      { name: 'For the design', spans: [{ code: designDigest(design) }] },
      { name: 'As of', spans: [at] },
      { name: 'By the policy', spans: [`${policy.preset}, AI ${policy.default} where nothing else is said`] },
      { name: 'Rules held', spans: [`${gate.passed.length} examined something and found nothing`] },
    ],
  }
}

/** The shortest way to an open gate, if answers turn out as hoped. */
function openingBlocks({ design, packs, at }: ReportInput, gate: Examination): readonly Block[] {
  if (gate.open) return []
  const { steps, left, effort, opens } = openingOf(design, packs, { at, outlook: 'hoped' })
  const rest = opens ? '' : ', and something stays open after them'
  return [
    paragraph(
      `If every answer turns out as hoped, ${steps.length + left.length} answers of about ${effort} minutes open it${rest}.`,
    ),
  ]
}

function rulesTable(design: Design, gate: Examination): Block {
  const counts = new Map([...gate.problems.byRule, ...gate.warnings.byRule])
  const passed = new Set(gate.passed)
  const policy = policyOf(design)
  return table({
    name: 'rules',
    caption: 'Every rule of the gate, what the policy makes of it, and what it found.',
    columns: columns({ rule: ['Rule', 3], does: ['Does', 2], locked: ['May be turned down', 2], found: ['Found', 2] }),
    rows: () =>
      each(Object.entries(GATE_RULES), ([code, rule]) => {
        const does = rule.isLocked ? rule.does : (policy.gate?.[code] ?? rule.does)
        const count = counts.get(code) ?? 0
        return [
          { spans: [{ code }] },
          cell(DOES[does], does === 'off' ? 'attention' : 'plain'),
          cell(rule.isLocked ? 'no' : 'yes'),
          foundCell({ does, count, isPassed: passed.has(code) }),
        ]
      }),
  })
}

const DOES = { block: 'keeps it closed', warn: 'warns', off: 'off, by the policy' } as const

function foundCell(of: { readonly does: keyof typeof DOES; readonly count: number; readonly isPassed: boolean }): Cell {
  if (of.count > 0)
    return cell(`${of.count} ${of.count === 1 ? 'problem' : 'problems'}`, of.does === 'block' ? 'bad' : 'attention')
  if (of.isPassed) return cell('nothing', 'good')
  return cell(of.does === 'off' ? 'not asked' : 'not asked here, or waived', 'muted')
}

type Approval = { readonly what: Cell; readonly who: string; readonly until: string; readonly counts: boolean }

/** People whose agreement the answer rests on: acceptances, waivers, and what the ledger notes as approved. */
function approvalsTable({ design, ledger }: ReportInput, at: string): Block {
  const rows: readonly Approval[] = [
    ...rowsOf(design.acceptances).map(row => ({
      what: { ...placeCell(row.id), spans: [`${row.id} `, `${row.response} `, { ref: row.threat }] },
      who: row.approver ?? 'nobody',
      until: row.expires ?? 'no end',
      counts: isInForce(row, at),
    })),
    ...waiverLines(policyOf(design), at).map(line => ({
      what: { spans: ['waiver ', { ref: line.id }] },
      who: line.approver,
      until: line.expires,
      counts: line.counts === 'yes',
    })),
    ...(ledger?.state.entries ?? [])
      .filter(({ entry }) => entry.type === 'approved')
      .map(({ entry }) => ({
        what: cell(`state of ${entry.at}`),
        who: entry.actor,
        until: 'as long as nothing changes',
        counts: true,
      })),
  ]
  return table({
    name: 'approvals',
    caption: 'Acceptances, waivers and approvals, with those who gave them.',
    columns: columns({ what: ['What', 3], who: ['Approved by', 2], until: 'Until', counts: 'Counts' }),
    nothing: 'Nobody had to approve anything, or nobody did.',
    rows: () =>
      each(rows, ({ what, who, until, counts }) => [
        what,
        cell(who),
        cell(until),
        counts ? cell('yes', 'good') : cell('no', 'bad'),
      ]),
  })
}
