import { describe, expect, it } from 'vitest'
import { applyChanges } from '../../core/model/change.ts'
import { rowsOf } from '../../core/model/table.ts'
import { goToProblem } from '../../renderer/commands/definitions/gate.ts'
import { splitOneWorkItem } from '../../renderer/commands/definitions/split.ts'
import { ID, TRANSFERS } from '../core/gate/transfers.ts'
import { withThreats } from '../core/prompts/large.ts'
import { contextWith } from './support.ts'

const LARGE = withThreats({ [ID.submit]: 7, [ID.book]: 6 })
const planned = splitOneWorkItem.plan(contextWith(LARGE, { workItem: ID.work }))
const effects = planned.ok ? planned.value : []

describe('splitting the work item in view', () => {
  it('is one step that can be undone, and shows the first part', () => {
    const writes = effects.flatMap(effect => (effect.kind === 'write' ? [effect] : []))
    expect(writes.map(({ label }) => label)).toEqual([`split ${ID.work}`])
    const changed = applyChanges(LARGE, writes[0]?.changes ?? [])
    expect(rowsOf(changed.workItems)).toHaveLength(rowsOf(LARGE.workItems).length + 1)
    expect(effects).toContainEqual({ kind: 'session', set: expect.objectContaining({ workItem: ID.work }) as object })
    expect(effects).toContainEqual({ kind: 'say', text: 'Split into 2 work items; this is the first of them.' })
  })

  it('says no for what fits, and where no cut helps', () => {
    expect(splitOneWorkItem.plan(contextWith(TRANSFERS, { workItem: ID.work }))).toMatchObject({
      ok: false,
      problems: [{ message: 'It fits into one prompt.' }],
    })
    expect(splitOneWorkItem.plan(contextWith(withThreats({ [ID.api]: 14 }), { workItem: ID.work }))).toMatchObject({
      ok: false,
      problems: [{ code: 'workItem.noSplit' }],
    })
  })

  it('is where the gate leads when a work item is too large', () => {
    const problem = { at: ID.work, fix: { kind: 'split', id: ID.work } }
    expect(goToProblem.plan(contextWith(LARGE, {}), problem)).toMatchObject({
      ok: true,
      value: [{ set: { step: 'prompts', workItem: ID.work } }, { kind: 'focus', name: 'split' }],
    })
  })
})
