import { describe, expect, test } from 'vitest'
import { answerSplit } from '../../cli/prompt-split.ts'
import type { Design } from '../../core/model/types.ts'
import * as templates from '../../templates/generated/templates.js'
import { AT, ID, PACKS, TRANSFERS } from '../core/gate/transfers.ts'
import { withThreats } from '../core/prompts/large.ts'

function answerFor(design: Design, workItem: string = ID.work) {
  return answerSplit(design, PACKS, templates, { workItem, target: 'markdown', at: AT })
}

describe('skeptic prompt W --split', () => {
  test('says that a work item fits', () => {
    expect(answerFor(TRANSFERS)).toMatchObject({
      ok: true,
      value: {
        exit: 0,
        text: expect.stringMatching(/^W-STEP1 fits into one prompt: 2 controls of 12, about \d+ of 2000 tokens\.$/),
      },
    })
  })

  test('names for each part where it works and which controls it takes', () => {
    const found = answerFor(withThreats({ [ID.submit]: 7, [ID.book]: 6, [ID.api]: 1 }))
    if (!found.ok) throw new Error('refused')
    const { exit, json, text } = found.value
    expect(exit).toBe(0)
    expect(json).toMatchObject({
      budget: { rows: 12, tokens: 2000 },
      rows: 16,
      isOver: true,
      parts: [{ fits: true }, { fits: true }],
    })
    expect(text).toContain('Proposed are 2 work items:')
    expect(text).toContain(`   flows         ${ID.book} Book transfer`)
    expect(text).toMatch(/ {3}controls {6}T-B0000 M-B0000, T-B0001 M-B0001/)
    expect(text).toMatch(/^In every part, .*: T-AP100 M-AP100, T-D1SC1 M-N0L0G$|: T-D1SC1 M-N0L0G, T-AP100 M-AP100$/m)
    expect(text.split('\n').filter(line => line.startsWith('   controls') && line.includes('T-AP100'))).toEqual([])
  })

  test('answers no where no cut helps, and refuses what is not there', () => {
    expect(answerFor(withThreats({ [ID.api]: 14 }))).toMatchObject({ ok: true, value: { exit: 1 } })
    expect(answerFor(TRANSFERS, 'W-N0NE1')).toMatchObject({ ok: false, problems: [{ code: 'workItem.unknown' }] })
  })
})
