import { describe, expect, test } from 'vitest'
import { answeredDesign } from '../../../bench/designs.ts'
import { answersIn } from '../../../core/mitigations/answers.ts'
import { STRIDE } from '../../../core/mitigations/categories.ts'
import { tallyFindings } from '../../../core/mitigations/tallies.ts'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { startChanges } from '../../../core/model/create-from-start.ts'
import { randomFrom } from '../../../core/model/identity.ts'
import type { Design, Start } from '../../../core/model/types.ts'
import { factsOf } from '../../../core/reports/facts.ts'
import { strideMatrix } from '../../../core/reports/stride-matrix.ts'
import { findingsById } from '../../../core/threats/engine.ts'
import { builtinControls } from '../../../packs/controls.ts'
import { builtinRules } from '../../../packs/rules.ts'
import { STARTS } from '../../../packs/starts/all.ts'

const PACKS = { rules: builtinRules, controls: builtinControls }
const AT = '2026-01-01T00:00:00Z'

function begun(start: Start): Design {
  const stamp = { at: AT, by: 'test', random: randomFrom(start.id) }
  return applyChanges(EMPTY_DESIGN, startChanges(EMPTY_DESIGN, start, stamp))
}

/** The matrix as text, from the tallies that the coverage is made of. */
function tallied(design: Design): Readonly<Record<string, readonly string[]>> {
  const { derived, states } = factsOf(design, PACKS, AT)
  const tallies = tallyFindings(derived, answersIn(design.triage, findingsById(derived), states))
  const rows = [...tallies].map(([id, row]) => {
    const cells = STRIDE.map(category => {
      const { decided = 0, undecidedNow = 0, undecidedLater = 0 } = row.get(category)?.counts ?? {}
      const all = decided + undecidedNow + undecidedLater
      return all === 0 ? '-' : `${decided}/${all}`
    })
    return [id, cells] as const
  })
  return Object.fromEntries(rows.filter(([, cells]) => cells.some(text => text !== '-')))
}

function shown(design: Design): Readonly<Record<string, readonly unknown[]>> {
  const block = strideMatrix(factsOf(design, PACKS, AT))
  if (block.kind !== 'matrix') throw new Error('the findings are no matrix')
  return Object.fromEntries(
    block.rows.map(({ head, cells }) => [(head[0] as { readonly ref: string }).ref, cells.map(({ spans }) => spans[0])]),
  )
}

describe('findings by subject and STRIDE category', () => {
  test.each([...STARTS.map(start => [start.id, begun(start)] as const), ['a design with answers', answeredDesign(60)] as const])(
    '%s: as the coverage counts them, each subject in the order of ids',
    (_, design) => {
      const expected = tallied(design)
      expect(Object.keys(expected).length).toBeGreaterThan(0)
      expect(shown(design)).toEqual(expected)
      expect(Object.keys(shown(design))).toEqual(Object.keys(expected).sort())
    },
  )
})
