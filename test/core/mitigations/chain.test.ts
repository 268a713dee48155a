import { describe, expect, it } from 'vitest'
import { chainOf } from '../../../core/mitigations/chain.ts'
import { traceOf } from '../../../core/mitigations/trace.ts'
import { EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { Design, Provenance } from '../../../core/model/types.ts'

const provenance: Provenance = { kind: 'human', at: '2026-11-22T16:00:00Z' }
const design: Design = {
  ...EMPTY_DESIGN,
  elements: {
    'E-1': { id: 'E-1', name: 'API', kind: 'process', provenance },
    'E-2': { id: 'E-2', name: 'Log', kind: 'dataStore', provenance },
  },
  requirements: {
    'R-1': {
      id: 'R-1',
      statement: 'The API shall check.',
      kind: 'security',
      status: 'draft',
      elements: { 'E-1': true },
      verification: 'test',
      provenance,
    },
    'R-2': {
      id: 'R-2',
      statement: 'The Log shall keep.',
      kind: 'functional',
      status: 'draft',
      elements: { 'E-2': true },
      provenance,
    },
  },
  threats: {
    'T-1': { id: 'T-1', statement: 'Somebody else pays.', categories: { spoofing: true }, elements: { 'E-1': true }, provenance },
  },
  mitigations: {
    'M-1': {
      id: 'M-1',
      statement: 'Check the session.',
      threats: { 'T-1': true },
      status: 'planned',
      checks: { seen: { statement: 'It is checked.' } },
      provenance,
    },
  },
}
const rows = traceOf(design, { rules: [], controls: [] }, '2026-11-22T16:00:00Z')
const chain = (id: string) => chainOf(design, rows, id)
const whole = { requirements: ['R-1'], subjects: ['E-1'], threats: ['T-1'], mitigations: ['M-1'] }

describe('the chain an object hangs in', () => {
  it('is empty for what is not there', () => {
    expect(chainOf(EMPTY_DESIGN, [], 'E-1')).toEqual({ requirements: [], subjects: [], threats: [], mitigations: [], checks: [] })
  })

  it.each(['E-1', 'T-1', 'M-1'])('is the same seen from %s', id => {
    expect(chain(id)).toMatchObject({ ...whole, checks: ['own/seen'] })
  })

  it('of a requirement has its own check too, and no other requirement', () => {
    expect(chain('R-1')).toEqual({ ...whole, checks: ['own/seen', 'requirement'] })
  })

  it('ends where nothing follows', () => {
    expect(chain('E-2')).toEqual({ requirements: ['R-2'], subjects: ['E-2'], threats: [], mitigations: [], checks: [] })
  })
})
