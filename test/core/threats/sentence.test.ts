import { describe, expect, it } from 'vitest'
import { NO_PARTS, partsOf, sentenceFields, sentenceOf, sentenceOffers } from '../../../core/threats/sentence.ts'
import { smallDesign } from '../../support/small-design.ts'

const design = smallDesign()

describe('a threat as one sentence', () => {
  it.each([
    [{}, ''],
    [{ source: 'rogue partner', action: 'replay orders' }, 'A rogue partner can replay orders.'],
    [{ source: 'insider', prerequisite: 'a key.', action: 'read it ' }, 'An insider with a key can read it.'],
    [{ source: 'the operator', action: 'edit rows', assets: ['E-1EDG1'] }, 'The operator can edit rows against Ledger.'],
    [
      { source: 'insider', action: 'edit rows', impact: 'wrong balances', assets: ['E-1EDG1', 'E-TRAP1'] },
      'An insider can edit rows, which leads to wrong balances on Ledger and Transfer service.',
    ],
    [{ action: 'read it' }, 'A person can read it.'],
  ])('%j', (parts, sentence) => {
    expect(sentenceOf(design, { ...NO_PARTS, ...parts })).toBe(sentence)
  })

  it('is kept in the fields of the threat, and read from them again', () => {
    const parts = { source: 'insider', prerequisite: '', action: 'edit rows', impact: 'loss', assets: ['E-1EDG1', 'F-B00KG'] }
    const fields = sentenceFields(parts)
    expect(fields).toMatchObject({ source: 'insider', prerequisite: undefined, elements: { 'E-1EDG1': true }, data: undefined })
    expect(partsOf({ ...fields, id: 'T-00001', statement: '', categories: {}, provenance: {} } as never)).toEqual(parts)
  })

  it('is offered who reaches the place, through what, and what is there, each once', () => {
    const offers = sentenceOffers(design, { subject: 'E-TRAP1', category: 'tampering' })
    expect(offers.source).toContain('Customer')
    expect(offers.prerequisite).toContain('access to transfer order')
    expect(offers.assets[0]).toBe('E-TRAP1')
    for (const list of Object.values(offers)) expect(new Set(list).size).toBe(list.length)
    expect(sentenceOffers(design, {}).action).toEqual([])
  })
})
