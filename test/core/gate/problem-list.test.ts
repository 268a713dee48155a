import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GATE_RULES } from '../../../core/gate/gate-rules.ts'
import { ProblemList } from '../../../core/gate/problem-list.ts'

const asked = fc.record({
  code: fc.constantFrom(...Object.keys(GATE_RULES)),
  at: fc.string({ unit: fc.constantFrom('N', '-', 'A', 'B', '0'), maxLength: 4 }),
  message: fc.constant('missing'),
  cure: fc.constant('name it'),
})

describe('a list of problems', () => {
  it('begins with the least effort, then goes by place and rule', () => {
    const rows = [
      { code: 'gate.threat.undecided', at: 'T-1', message: '', cure: '' },
      { code: 'gate.exposure.unknown', at: 'E-2', message: '', cure: '' },
      { code: 'gate.data.unclassified', at: 'E-2', message: '', cure: '' },
      { code: 'gate.exposure.unknown', at: 'E-1', message: '', cure: '' },
    ]
    const list = new ProblemList(rows, 'error')
    expect(list.all().map(({ at, code, effort }) => `${effort} ${at} ${code}`)).toEqual([
      '1 E-1 gate.exposure.unknown',
      '1 E-2 gate.data.unclassified',
      '1 E-2 gate.exposure.unknown',
      '5 T-1 gate.threat.undecided',
    ])
    expect([list.count, list.effort, ...list.byRule]).toEqual([
      4,
      8,
      ['gate.threat.undecided', 1],
      ['gate.exposure.unknown', 2],
      ['gate.data.unclassified', 1],
    ])
  })

  it('gives the first so many as they stand in the whole list', () => {
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 60 }), fc.nat({ max: 70 }), (rows, most) => {
        const numbered = rows.map((row, i) => ({ ...row, message: String(i) }))
        const list = new ProblemList(numbered, 'warning')
        expect(list.first(most)).toEqual(list.all().slice(0, most))
      }),
      { seed: 8, numRuns: 500 },
    )
  })
})
