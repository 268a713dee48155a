import { plain } from '../checklists/plain.ts'
import { answersIn } from '../mitigations/answers.ts'
import { STRIDE } from '../mitigations/categories.ts'
import { decidedIn, type Tally, tallyFindings } from '../mitigations/tallies.ts'
import { labelOf } from '../model/lookup.ts'
import { byText } from '../support/order.ts'
import { findingsById } from '../threats/engine.ts'
import type { Facts } from './facts.ts'
import { table } from './table.ts'

/** STRIDE against what is threatened: findings decided of findings there are, counted as the coverage counts them. */
export function strideTable({ design, derived, states }: Facts): readonly string[] {
  const tallies = tallyFindings(derived, answersIn(design.triage, findingsById(derived), states))
  const lines = [...tallies]
    .map(([id, row]) => ({ id, cells: STRIDE.map(category => cellWords(row.get(category))) }))
    .filter(({ cells }) => cells.some(cell => cell !== NONE))
    .sort((a, b) => byText(a.id, b.id))
    .map(({ id, cells }) => [`${id} ${plain(labelOf(design, id))}`, ...cells])
  return [
    '## Findings',
    '',
    'Decided of all, by what is threatened and STRIDE category.',
    '',
    ...table(['Subject', ...STRIDE.map(category => category.slice(0, 1).toUpperCase())], lines, 'No findings.'),
  ]
}

const NONE = '-'

function cellWords(tally: Tally | undefined): string {
  const { decided, undecided } = tally ? decidedIn(tally) : { decided: 0, undecided: 0 }
  return decided + undecided > 0 ? `${decided}/${decided + undecided}` : NONE
}
