import { answersIn } from '../mitigations/answers.ts'
import { STRIDE, wordsOf } from '../mitigations/categories.ts'
import { decidedIn, type Tally, tallyFindings } from '../mitigations/tallies.ts'
import { labelOf } from '../model/lookup.ts'
import { byText } from '../support/order.ts'
import { findingsById } from '../threats/engine.ts'
import { cell } from './document/blocks.ts'
import type { Block, Cell } from './document/types.ts'
import type { Facts } from './facts.ts'

/** STRIDE against what is threatened: findings decided of findings there are, counted as the coverage counts them. */
export function strideMatrix({ design, derived, states }: Facts): Block {
  const tallies = tallyFindings(derived, answersIn(design.triage, { get: id => findingsById(derived).get(id) }, states))
  const cellOf = cellMaker()
  const rows = [...tallies]
    .map(([id, row]) => ({ id, cells: STRIDE.map(category => cellOf(row.get(category))) }))
    .filter(({ cells }) => cells.some(one => one !== NONE))
    .sort((a, b) => byText(a.id, b.id))
    .map(({ id, cells }) => ({ head: [{ ref: id }, ` ${labelOf(design, id)}`], cells }))
  return {
    kind: 'matrix',
    name: 'findings',
    caption: 'Findings decided of all there are, by what is threatened and STRIDE category.',
    corner: 'Subject',
    columns: STRIDE.map(wordsOf),
    rows,
  }
}

const NONE: Cell = cell('-', 'muted')

/** One cell for all that say the same: large designs have many, and few of them differ. */
function cellMaker(): (tally: Tally | undefined) => Cell {
  const known = new Map<string, Cell>()
  return tally => {
    const { decided, undecided } = tally ? decidedIn(tally) : { decided: 0, undecided: 0 }
    if (decided + undecided === 0) return NONE
    const text = `${decided}/${decided + undecided}`
    const made = known.get(text) ?? cell(text, undecided === 0 ? 'good' : 'attention')
    known.set(text, made)
    return made
  }
}
