import { labelOf } from '../../model/lookup.ts'
import { hasRow, rowsOf } from '../../model/table.ts'
import { changeWords, countWords, waiverSentence, worstFirst } from '../../verdict/as-markdown.ts'
import type { CheckVerdict, Verdict, VerdictRecord } from '../../verdict/record.ts'
import { cell, columns, each, heading, paragraph, placeCell, table } from '../document/blocks.ts'
import type { Block, Cell, ReportDocument, Span, Tone } from '../document/types.ts'
import { type Facts, factsOf } from '../facts.ts'
import { gapBlocks } from '../gaps.ts'
import { type ReportInput, stampOf } from '../input.ts'
import { withIndex } from './index-of-ids.ts'
import { lastRecords } from './records.ts'

/** What was judged of each work item, check by check, as the ledger's last verdict records say. */
export function reviewReport(input: ReportInput): ReportDocument {
  const facts = factsOf(input.design, input.packs, input.at)
  const stamp = stampOf(input)
  const all = lastRecords(input.ledger?.state)
  const items = rowsOf(input.design.workItems).filter(({ id }) => input.workItem === undefined || id === input.workItem)
  const judged = items.flatMap(({ id }) => all.get(id) ?? [])
  const unjudged = items.filter(({ id }) => !all.has(id)).map(({ id }): readonly Span[] => [{ ref: id }, ' has no verdict.'])
  return withIndex(facts, {
    kind: 'review',
    title: `Review record: ${stamp.design}`,
    stamp,
    notCovered: gapBlocks(facts, [
      ...(items.length === 0 ? [['No work item is named, so nothing was to be judged.']] : []),
      ...(unjudged.length > LISTED ? [[`${unjudged.length} work items have no verdict.`]] : unjudged),
      ...judged.flatMap(notProven),
    ]),
    sections: [
      heading('Verdicts', 'verdicts'),
      summaryTable(facts, judged),
      heading('Checks', 'checks'),
      checksTable(judged),
      heading('Evidence', 'evidence'),
      evidenceTable(judged),
      ...judged.flatMap(recordBlocks),
    ],
  })
}

/** So many lines of one sort are read; more are counted. */
const LISTED = 12

/** A record stands for its commit and its evidence only, and says which of its checks nothing proved. */
function notProven(record: VerdictRecord): readonly (readonly Span[])[] {
  const { inconclusive, waived } = record.counts
  const self = record.checks.filter(check => check.verdict === 'pass' && check.selfReported).length
  const said = [
    ...(inconclusive > 0 ? [`${inconclusive} checks could not be told`] : []),
    ...(waived > 0 ? [`${waived} were waived`] : []),
    ...(self > 0 ? [`${self} passed on evidence that nobody vouches for`] : []),
  ]
  return said.length === 0 ? [] : [['Of ', { ref: record.workItem }, `: ${said.join(', ')}.`]]
}

const TONES: Readonly<Record<Verdict, Tone>> = {
  pass: 'good',
  fail: 'bad',
  inconclusive: 'attention',
  waived: 'attention',
  'not-applicable': 'muted',
}

const WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'pass',
  fail: 'fail',
  inconclusive: 'cannot tell',
  waived: 'waived',
  'not-applicable': 'not applicable',
}

/** A verdict in words, with its tone; what came from outside and is none of ours is only named. */
export function verdictCell(verdict: Verdict, more = ''): Cell {
  return cell(`${WORDS[verdict] ?? verdict}${more}`, TONES[verdict])
}

function summaryTable({ design }: Facts, records: readonly VerdictRecord[]): Block {
  return table({
    name: 'verdicts',
    caption: 'The last verdict on each work item.',
    columns: columns({
      workItem: 'Work item',
      name: ['Name', 2],
      verdict: 'Verdict',
      counts: ['Checks', 3],
      judged: ['What was judged', 2],
      at: ['When', 2],
    }),
    nothing: 'No verdict is noted.',
    rows: () =>
      each(records, record => [
        placeCell(record.workItem),
        cell(hasRow(design.workItems, record.workItem) ? labelOf(design, record.workItem) : '-'),
        verdictCell(record.verdict),
        cell(countWords(record)),
        cell(changeWords(record)),
        cell(`${record.at.slice(0, 16).replace('T', ' ')} UTC`),
      ]),
  })
}

function checksTable(records: readonly VerdictRecord[]): Block {
  return table({
    name: 'checks',
    caption: 'Every check and how it came out, what needs work first.',
    columns: columns({
      workItem: 'Work item',
      check: 'Check',
      statement: ['What must be so', 4],
      verdict: 'Verdict',
      why: ['Why', 4],
      from: 'From',
    }),
    nothing: 'No check was judged.',
    rows: () => each(pairsOf(records), ([record, check]) => [cell(record.workItem), ...checkCells(check)]),
  })
}

function* pairsOf(records: readonly VerdictRecord[]): Generator<readonly [VerdictRecord, CheckVerdict]> {
  for (const record of records) for (const check of [...record.checks].sort(worstFirst)) yield [record, check]
}

function checkCells({ id, statement, verdict, sentence, selfReported, from }: CheckVerdict): readonly Cell[] {
  const self = verdict === 'pass' && selfReported ? ', self-reported' : ''
  const spans = from.flatMap((one, i): Span[] => [...(i === 0 ? [] : [', ']), /^[A-Z]-[0-9A-Z]+$/.test(one) ? { ref: one } : one])
  return [cell(id), cell(statement), verdictCell(verdict, self), cell(sentence), { spans: spans.length === 0 ? ['-'] : spans }]
}

function evidenceTable(records: readonly VerdictRecord[]): Block {
  const lines = records.flatMap(record => record.evidence.map(line => ({ workItem: record.workItem, line })))
  return table({
    name: 'evidence',
    caption: 'What the verdicts rest on.',
    columns: columns({
      workItem: 'Work item',
      file: ['File', 3],
      binding: 'Belongs to the change',
      reported: 'Vouched for by',
      digest: ['Digest', 3],
      says: ['Says', 4],
    }),
    nothing: 'No evidence was found.',
    rows: () =>
      each(lines, ({ workItem, line }) => [
        cell(workItem),
        cell(line.file),
        cell(line.binding, line.binding === 'bound' ? 'good' : 'attention'),
        cell(line.reported === 'signed' ? 'an enrolled key' : line.reported === 'self' ? 'whoever made the change' : 'nobody'),
        { spans: [{ code: line.digest }] },
        cell(line.sentence),
      ]),
  })
}

/** What a record adds to its tables: broken integrity first, then waivers and remarks. */
function recordBlocks(record: VerdictRecord): readonly Block[] {
  const { workItem, integrity, waivers = [], problems, digest, checklist, slice } = record
  const remarks = problems.map(({ severity, at, message }): readonly Span[] => [`${severity}: ${at ?? ''} ${message}`])
  return [
    heading(`Record of ${workItem}`, `record-${workItem}`, 3),
    ...(integrity.length === 0
      ? []
      : [
          {
            kind: 'paragraph',
            spans: [{ strong: 'Integrity is broken: nothing of this record may be relied on.' }],
            tone: 'bad',
          } as const,
          { kind: 'list', items: integrity.map(({ at, message }) => [`${at ?? ''} ${message}`]) } as const,
        ]),
    {
      kind: 'facts',
      rows: [
        { name: 'Record', spans: [{ code: digest }] },
        { name: 'Checklist', spans: [checklist] },
        { name: 'Slice of the design', spans: [{ code: slice }] },
      ],
    },
    ...(waivers.length === 0
      ? []
      : [paragraph('Waivers of the policy:'), { kind: 'list', items: waivers.map(one => [waiverSentence(one)]) } as const]),
    ...(remarks.length === 0 ? [] : [paragraph('Remarks:'), { kind: 'list', items: remarks } as const]),
  ]
}
