import { describe, expect, test } from 'vitest'
import { digestOf } from '../../../core/model/digest.ts'
import type { Design } from '../../../core/model/types.ts'
import { issuedPayload } from '../../../core/prompts/issued.ts'
import * as templates from '../../../templates/generated/templates.js'
import { AT, ID, PACKS, TRANSFERS } from '../gate/transfers.ts'
import { type Options, promptOf } from './prompts.ts'

function payloadOf(design: Design, options: Options = {}, model?: string) {
  const target = options.target ?? 'markdown'
  const prompt = promptOf(design, options)
  return {
    prompt,
    payload: issuedPayload(prompt, { design, packs: PACKS, templates }, { workItem: ID.work, target, at: AT, model }),
  }
}

describe('what the ledger keeps of an issued prompt', () => {
  const { prompt, payload } = payloadOf(TRANSFERS)

  test('its text and digests, and by digest what it was made from', () => {
    expect(payload).toMatchObject({
      workItem: ID.work,
      id: prompt.id,
      digest: prompt.digest,
      slice: prompt.slice,
      text: prompt.text,
      target: 'markdown',
      draft: false,
      format: {
        verifiedOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        files: ['gp-step1-step-up-authentication-for-transfers.md'],
      },
      templates: { names: ['prompt'], hash: expect.stringMatching(/^sha256:/) },
      entities: {
        [ID.derive]: digestOf(TRANSFERS.requirements[ID.derive]),
        [ID.tampering]: digestOf(TRANSFERS.threats[ID.tampering]),
        [ID.submit]: digestOf(TRANSFERS.flows[ID.submit]),
      },
      decision: { level: 'assisted', matched: expect.any(Array) },
      approvals: [{ id: ID.acceptance, kind: 'acceptance', by: 'security lead', until: '2027-01-31' }],
    })
  })

  test('the bindings are the objects whose words stand in it, and no template', () => {
    expect(payload.bindings).toEqual(expect.arrayContaining([ID.work, ID.derive, ID.tampering, ID.ownership, ID.submit]))
    expect(payload.bindings).not.toEqual(expect.arrayContaining([ID.fraud]))
    expect((payload.bindings as string[]).filter(one => one.includes('/'))).toEqual([])
  })

  test('a rule and a place for each finding, and never the words that were found', () => {
    const problem = (code: string) =>
      ({ code, severity: 'warning', at: ID.work, message: 'Holds robert@corp.', cure: 'Not properly.' }) as const
    const found = { ...prompt, scan: [problem('scan.email')], lint: [problem('GP20')] }
    const issue = { workItem: ID.work, target: 'markdown', at: AT }
    const kept = issuedPayload(found, { design: TRANSFERS, packs: PACKS, templates }, issue)
    expect(kept.scan).toEqual([{ code: 'scan.email', severity: 'warning', at: ID.work }])
    expect(kept.lint).toEqual([{ code: 'GP20', severity: 'warning', at: ID.work }])
    expect(JSON.stringify({ ...kept, text: '' })).not.toMatch(/robert|properly/)
  })

  test('another template, another target and the model it is meant for can be told apart', () => {
    const skill = payloadOf(TRANSFERS, { target: 'skill' }, 'some-model-1').payload
    expect(skill.templates).not.toEqual(payload.templates)
    expect(skill).toMatchObject({ model: 'some-model-1', templates: { names: ['skill', 'skill-checklist', 'skill-threats'] } })
    expect(payload).not.toHaveProperty('model')
  })
})
