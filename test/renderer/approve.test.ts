import { describe, expect, it } from 'vitest'
import { applyChanges, type Change } from '../../core/model/change.ts'
import type { Requirement } from '../../core/model/types.ts'
import type { Effect } from '../../renderer/commands/command.ts'
import { approveMarked, approveReady, toggleRequirement } from '../../renderer/commands/definitions/approve.ts'
import { AT, contextWith, designOf } from './support.ts'

function put(id: string, more: { readonly [K in keyof Requirement]?: Requirement[K] | undefined } = {}): Change {
  const row = {
    id,
    statement: 'The API shall refuse it.',
    kind: 'functional',
    status: 'draft',
    actor: 'API',
    verification: 'test',
    provenance: { kind: 'human', at: AT },
    ...more,
  }
  return { kind: 'put', table: 'requirements', row: row as Requirement }
}

const ai = { kind: 'ai', at: AT } as const
const design = designOf(
  put('R-00001'),
  put('R-00002', { verification: undefined }),
  put('R-00003', { statement: 'Must be refused.', actor: undefined, verification: undefined }),
  put('R-00004', { provenance: ai }),
  put('R-00005', { status: 'approved' }),
  put('R-00006'),
)

function done(effects: readonly Effect[]) {
  const writes = effects.filter(effect => effect.kind === 'write')
  const after = applyChanges(
    design,
    writes.flatMap(effect => effect.changes),
  )
  const said = effects.flatMap(effect => (effect.kind === 'say' ? [effect.text] : []))
  const approved = Object.values(after.requirements).flatMap(row => (row.status === 'approved' ? [row.id] : []))
  return { writes, said, approved, after }
}

describe('approving several requirements', () => {
  it('approves every draft that lacks nothing in one step, and names the others with what they lack', () => {
    const planned = approveReady.plan(contextWith(design))
    if (!planned.ok) throw new Error(planned.problems[0].message)
    const { writes, said, approved } = done(planned.value)
    expect(writes).toHaveLength(1)
    expect(approved).toEqual(['R-00001', 'R-00005', 'R-00006'])
    expect(said).toEqual([
      'Approved 2 requirements. Left out: R-00002 (no way to show it), R-00003 (no actor, no way to show it), R-00004 (proposed by an AI, not confirmed).',
    ])
  })

  it('approves what is marked, an AI proposal too: marking it is a decision on it', () => {
    const context = contextWith(design, { markedRequirements: ['R-00004', 'R-00002', 'R-00005'] })
    const planned = approveMarked.plan(context)
    if (!planned.ok) throw new Error(planned.problems[0].message)
    const { approved, after, said } = done(planned.value)
    expect(approved).toEqual(['R-00004', 'R-00005'])
    expect(after.requirements['R-00004']?.provenance.confirmedBy).toBe('architect')
    expect(said[0]).toBe('Approved 1 requirement. Left out: R-00002 (no way to show it).')
  })

  it('says why where nothing can be approved', () => {
    const none = contextWith(design, { markedRequirements: ['R-00002'] })
    const planned = approveMarked.plan(none)
    expect(planned.ok).toBe(false)
    expect(!planned.ok && planned.problems[0].message).toBe('None is ready. Left out: R-00002 (no way to show it).')
    expect(approveMarked.plan(contextWith(design)).ok).toBe(false)
    expect(approveReady.plan(contextWith(designOf())).ok).toBe(false)
  })

  it('marks and unmarks', () => {
    const planned = toggleRequirement.plan(contextWith(design, { markedRequirements: ['R-00001'] }), 'R-00001')
    expect(planned.ok && planned.value[0]).toMatchObject({ set: { markedRequirements: [] } })
  })
})
