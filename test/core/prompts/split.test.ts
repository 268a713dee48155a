import { describe, expect, test } from 'vitest'
import { evaluateGate } from '../../../core/gate/evaluate.ts'
import { applyChanges } from '../../../core/model/change.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Design } from '../../../core/model/types.ts'
import { tokensIn } from '../../../core/prompts/lint/gp05-length.ts'
import { type Split, splitOf } from '../../../core/prompts/split.ts'
import { splitWorkItem } from '../../../core/prompts/split-edit.ts'
import * as templates from '../../../templates/generated/templates.js'
import { AT, ID, PACKS, STAMP, TRANSFERS, withFields } from '../gate/transfers.ts'
import { withThreats } from './large.ts'
import { promptOf } from './prompts.ts'

function split(design: Design, target = 'markdown'): Split {
  const found = splitOf(design, PACKS, templates, { workItem: ID.work, target, at: AT })
  if (!found.ok) throw new Error(found.problems[0].message)
  return found.value
}

const keysOf = (rows: Split['shared']) => rows.map(({ threat, mitigation }) => `${threat} ${mitigation}`).sort()

describe('the proposed split', () => {
  test('none for what fits', () => {
    expect(split(TRANSFERS)).toMatchObject({ rows: 2, isOver: false, parts: [], shared: [] })
  })

  test('the tokens are those of the prompt, but for its seals', () => {
    expect(Math.abs(split(TRANSFERS).tokens - tokensIn(promptOf(TRANSFERS).text))).toBeLessThan(25)
  })

  const large = withThreats({ [ID.submit]: 7, [ID.book]: 6, [ID.api]: 2 })

  test('cuts between flows, names every row, and says which stand in each part', () => {
    const { rows, isOver, parts, shared } = split(large)
    expect([rows, isOver, parts.length]).toEqual([17, true, 2])
    expect(parts.map(part => [part.flows, part.elements, part.fits])).toEqual([
      [[ID.book], [ID.api], true],
      [[ID.submit], [ID.api], true],
    ])
    const whole = new Set(parts.flatMap(part => keysOf(part.rows)))
    expect(whole.size).toBe(17)
    expect(keysOf(shared)).toEqual(['T-AP100 M-AP100', 'T-AP101 M-AP101', `${ID.disclosure} ${ID.logs}`])
  })

  test('a requirement goes where it is about, and one about no place of it to the first', () => {
    const item = { requirements: { [ID.limit]: true, [ID.otherRequirement]: true } }
    const [first, second] = split(withFields(large, 'workItems', ID.work, item)).parts
    expect([first?.requirements, second?.requirements]).toEqual([[ID.otherRequirement], [ID.limit]])
  })

  test('too many words alone are cut as well', () => {
    const word = { statement: `The Transfer API shall answer with ${'a long text '.repeat(80)}.` }
    const wordy = ['00', '01', '02', '03', '04', '05'].reduce(
      (design, n) => withFields(design, 'mitigations', `M-B00${n}`, word),
      withThreats({ [ID.submit]: 2, [ID.book]: 6 }),
    )
    const { rows, tokens, isOver, parts } = split(wordy)
    expect(rows).toBeLessThanOrEqual(12)
    expect(tokens).toBeGreaterThan(2000)
    expect([isOver, parts.length]).toEqual([true, 2])
  })

  test('none where every row holds for the component itself', () => {
    expect(split(withThreats({ [ID.api]: 14 }))).toMatchObject({ rows: 16, isOver: true, parts: [], shared: [] })
    expect(promptOf(withThreats({ [ID.api]: 14 }), { pass: 'draft' }).lint).toContainEqual(
      expect.objectContaining({ code: 'GP04', cure: expect.stringContaining('draw the component as several') as string }),
    )
  })

  test('an unknown work item', () => {
    expect(splitOf(TRANSFERS, PACKS, templates, { workItem: 'W-N0NE1', target: 'markdown', at: AT })).toMatchObject({
      ok: false,
      problems: [{ code: 'workItem.unknown' }],
    })
  })
})

describe('splitting a work item', () => {
  const large = withThreats({ [ID.submit]: 7, [ID.book]: 6 })
  const { parts } = split(large)
  const edit = splitWorkItem(large, { id: ID.work, parts }, STAMP)
  const changed = applyChanges(large, edit.ok ? edit.value : [])
  const before = new Set(rowsOf(large.workItems).map(({ id }) => id))
  const added = rowsOf(changed.workItems).filter(({ id }) => !before.has(id))

  test('each part holds the rows that were promised, and the gate is open for each', () => {
    const prompts = [ID.work, ...added.map(({ id }) => id)].map(workItem => promptOf(changed, { workItem }))
    expect(prompts).toHaveLength(parts.length)
    for (const [n, prompt] of prompts.entries()) {
      for (const { threat, mitigation } of parts[n]?.rows ?? []) expect(prompt.text).toMatch(`${threat} ${mitigation}`)
      expect(prompt.lint.map(({ code }) => code)).not.toContain('GP04')
    }
    expect(evaluateGate(large, PACKS, { at: AT, workItem: ID.work }).open).toBe(false)
  })

  test('the first keeps id and history, and all keep files, language and packages', () => {
    const [second] = added
    expect(changed.workItems[ID.work]).toMatchObject({
      name: 'Step-up authentication for transfers: Book transfer',
      flows: { [ID.book]: true },
      packages: { 'pkg:npm/otplib@12.0.1': true },
    })
    const { id: _id, name, goal, flows, elements, requirements: _none, ...rest } = second ?? { id: '' }
    const item = large.workItems[ID.work]
    expect(rest).toMatchObject({ mayEdit: item?.mayEdit, mustNotTouch: item?.mustNotTouch, language: item?.language })
    expect([name, goal]).toEqual([`${item?.name}: Submit transfer`, `${item?.goal} (Submit transfer)`])
    expect([flows, elements]).toEqual([{ [ID.submit]: true }, { [ID.api]: true }])
  })

  test('nothing to split is refused, and so is an unknown work item', () => {
    const [part] = parts
    expect(splitWorkItem(large, { id: ID.work, parts: part ? [part] : [] }, STAMP)).toMatchObject({
      ok: false,
      problems: [{ code: 'workItem.noSplit' }],
    })
    expect(splitWorkItem(large, { id: 'W-N0NE1', parts }, STAMP)).toMatchObject({
      ok: false,
      problems: [{ code: 'workItem.unknown' }],
    })
  })

  test('titles and goals stay within what a work item may hold', () => {
    const long = withFields(large, 'workItems', ID.work, { name: 'n'.repeat(399), goal: 'g'.repeat(4000) })
    expect(splitWorkItem(long, { id: ID.work, parts }, STAMP).ok).toBe(true)
  })
})
