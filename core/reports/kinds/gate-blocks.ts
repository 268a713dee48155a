import type { Examination } from '../../gate/examine.ts'
import type { ProblemList } from '../../gate/problem-list.ts'
import { cell, columns, each, paragraph, placeCell, refCell, table } from '../document/blocks.ts'
import type { Block, Cell } from '../document/types.ts'

/** Open or closed, and what stands between the design and its prompts: the first `most` of it, the least effort first. */
export function gateBlocks(gate: Examination, most = 100): readonly Block[] {
  return [
    gateSentence(gate),
    ...problemTables('gate-problems', 'What would open it', gate.problems, most),
    ...problemTables('gate-warnings', 'Warnings, which keep nothing closed', gate.warnings, most),
    ...(gate.waived.length === 0 ? [] : [paragraph(`Waived: ${gate.waived.join(', ')}.`)]),
  ]
}

/** The answer of the gate in one sentence. */
export function gateSentence({ open, problems }: Examination): Block {
  return open
    ? { kind: 'paragraph', spans: ['Open: this design may be prompted, work item by work item.'], tone: 'good' }
    : {
        kind: 'paragraph',
        spans: [
          `Closed: ${problems.count} ${problems.count === 1 ? 'thing stands' : 'things stand'} between it and the prompts, about ${problems.effort} minutes.`,
        ],
        tone: 'bad',
      }
}

function problemTables(name: string, what: string, problems: ProblemList, most: number): readonly Block[] {
  const { count } = problems
  if (count === 0) return []
  const caption = count > most ? `${what}: the first ${most} of ${count}; the gate certificate lists all.` : `${what}.`
  const rows = table({
    name,
    caption,
    columns: columns({
      at: 'At',
      problem: ['What is missing', 4],
      cure: ['What would settle it', 4],
      rule: ['Rule', 2],
      minutes: ['Minutes', 'end'],
    }),
    rows: () =>
      each(problems.first(most), problem => [
        atCell(problem.at),
        cell(problem.message),
        cell(problem.cure ?? ''),
        { spans: [{ code: problem.code }] },
        cell(String(problem.effort)),
      ]),
  })
  return [rows]
}

/** An id of the design leads there, and a finding has its place here; a code or a table is only named. */
function atCell(at: string | undefined): Cell {
  if (at === undefined || !/^[A-Z]-[0-9A-Z]+$/.test(at)) return cell(at ?? '-')
  return at.startsWith('N-') ? placeCell(at) : refCell(at)
}
