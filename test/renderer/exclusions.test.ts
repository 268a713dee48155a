import { describe, expect, it } from 'vitest'
import { exclusionId } from '../../core/frameworks/exclusions.ts'
import { applyChanges } from '../../core/model/change.ts'
import type { Design } from '../../core/model/types.ts'
import type { Command } from '../../renderer/commands/command.ts'
import { callNotApplicable, confirmNotApplicable, withdrawNotApplicable } from '../../renderer/commands/definitions/exclusions.ts'
import { COMMANDS } from '../../renderer/commands/registry.ts'
import { differenceLines } from '../../renderer/views/reports/past-model.ts'
import { rowWords } from '../../renderer/views/suggest/suggest-model.ts'
import { smallDesign } from '../support/small-design.ts'
import { AT, contextWith } from './support.ts'

const NAME = { framework: 'owasp-asvs', entry: 'V4.3.1' }
const ID = exclusionId(NAME.framework, NAME.entry)
const INPUT = { ...NAME, reason: 'Nothing here speaks GraphQL.', expires: '' }

function done<In>(design: Design, command: Command<In>, input: In): Design {
  const planned = command.plan(contextWith(design), input)
  if (!planned.ok) throw new Error(planned.problems[0].message)
  const writes = planned.value.filter(effect => effect.kind === 'write')
  expect(writes).toHaveLength(1)
  expect(planned.value).toContainEqual({ kind: 'focus', name: `row ${NAME.entry}` })
  return applyChanges(
    design,
    writes.flatMap(({ changes }) => changes),
  )
}

describe('deeds on an entry of a framework', () => {
  const called = done(smallDesign(), callNotApplicable, INPUT)

  it('write one decision under the name of the person, and take it back', () => {
    expect(called.exclusions[ID]).toEqual({
      ...{ id: ID, ...NAME, reason: INPUT.reason },
      provenance: { kind: 'human', at: AT, by: 'architect' },
    })
    expect(done(called, withdrawNotApplicable, NAME).exclusions).toEqual({})
  })

  it('have a name of their own, though the table of commands does not hold them', () => {
    const ids = [callNotApplicable, withdrawNotApplicable, confirmNotApplicable].map(({ id }) => id)
    expect(COMMANDS.filter(({ id }) => ids.includes(id))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each([
    [callNotApplicable, { ...INPUT, reason: ' ' }],
    [callNotApplicable, { ...INPUT, expires: '2020-01-01' }],
    [withdrawNotApplicable, INPUT],
    [confirmNotApplicable, INPUT],
  ])('say why not', (command, input) => {
    const planned = command.plan(contextWith(), input)
    expect(planned.ok ? '' : planned.problems[0].message).toMatch(/\S{2,}.*[.]$/)
  })

  it('let a person stand behind what an AI proposed', () => {
    const provenance = { kind: 'ai', at: AT, tool: 'assistant' } as const
    const row = { ...called.exclusions[ID], provenance } as Design['exclusions'][string]
    const proposed = applyChanges(called, [{ kind: 'put', table: 'exclusions', row }])
    expect(done(proposed, confirmNotApplicable, NAME).exclusions[ID]?.provenance.confirmedBy).toBe('architect')
  })

  it('are named by framework and entry where states and suggestions are compared', () => {
    const label = 'V4.3.1 of owasp-asvs, not applicable'
    expect(differenceLines(smallDesign(), called)).toMatchObject([{ kind: 'added', id: ID, label, isObject: false }])
    expect(differenceLines(called, smallDesign())).toMatchObject([{ kind: 'removed', id: ID, label, isObject: false }])
    const change = { table: 'exclusions', id: ID, after: { ...called.exclusions[ID] } } as const
    expect(rowWords(smallDesign(), change)).toBe(label)
  })
})
