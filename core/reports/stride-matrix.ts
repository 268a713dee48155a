import { answersIn } from '../mitigations/answers.ts'
import { STRIDE, wordsOf } from '../mitigations/categories.ts'
import { standingOf } from '../mitigations/tallies.ts'
import { rowsOf } from '../model/table.ts'
import { findingsById } from '../threats/engine.ts'
import { cell } from './document/blocks.ts'
import type { Block, Cell } from './document/types.ts'
import type { Facts } from './facts.ts'

/** STRIDE against what is threatened: findings decided of findings there are, counted as the coverage counts them. */
export function strideMatrix(facts: Facts): Block {
  const cellOf = cellMaker()
  const counted = countsBySubject(facts)
  const { elements, flows } = facts.design
  const rows = [...rowsOf(elements), ...rowsOf(flows)].flatMap(({ id, name }) => {
    const counts = counted.get(id)
    if (!counts) return []
    return [{ head: [{ ref: id }, ` ${name}`], cells: STRIDE.map((_, i) => cellOf(counts[2 * i] ?? 0, counts[2 * i + 1] ?? 0)) }]
  })
  return {
    kind: 'matrix',
    name: 'findings',
    caption: 'Findings decided of all there are, by what is threatened and STRIDE category.',
    corner: 'Subject',
    columns: STRIDE.map(wordsOf),
    rows,
  }
}

/** Decided and undecided findings of each category in turn, of every subject that has one. */
function countsBySubject({ design, derived, states }: Facts): ReadonlyMap<string, readonly number[]> {
  const answerOf = answersIn(design.triage, { get: id => findingsById(derived).get(id) }, states)
  const counts = new Map<string, number[]>()
  for (const finding of derived) {
    if (finding.applicability === 'gone' || finding.categories.length === 0) continue
    const standing = standingOf(answerOf(finding))
    if (standing === 'asksNobody') continue
    const known = counts.get(finding.subject)
    const row = known ?? STRIDE.flatMap(() => [0, 0])
    if (!known) counts.set(finding.subject, row)
    for (const category of finding.categories) {
      const at = 2 * STRIDE.indexOf(category) + (standing === 'decided' ? 0 : 1)
      row[at] = (row[at] ?? 0) + 1
    }
  }
  return counts
}

const NONE: Cell = cell('-', 'muted')

/** One cell for all that say the same: large designs have many, and few of them differ. */
function cellMaker(): (decided: number, undecided: number) => Cell {
  const known = new Map<number, Cell>([[0, NONE]])
  return (decided, undecided) => {
    const key = decided * 2 ** 20 + undecided
    const made = known.get(key) ?? cell(`${decided}/${decided + undecided}`, undecided === 0 ? 'good' : 'attention')
    known.set(key, made)
    return made
  }
}
