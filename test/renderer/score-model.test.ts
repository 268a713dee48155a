import { describe, expect, it } from 'vitest'
import { parseCvss } from '../../core/mitigations/cvss.ts'
import type { OwaspFactor } from '../../core/mitigations/owasp.ts'
import { OWASP_OPTIONS } from '../../core/mitigations/owasp-severity.ts'
import { sourceWords } from '../../renderer/views/mitigate/mitigate-model.ts'
import { FACTOR_WORDS } from '../../renderer/views/mitigate/owasp-words.ts'
import { factorChoices, owaspSentences, readVector } from '../../renderer/views/mitigate/score-model.ts'

const VECTOR = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'

describe('OWASP factors', () => {
  it('have words for every value with a meaning', () => {
    for (const factor of Object.keys(OWASP_OPTIONS) as OwaspFactor[])
      expect([factor, FACTOR_WORDS[factor].values.length]).toEqual([factor, OWASP_OPTIONS[factor].length])
  })

  it('offer a value that was stated and has no meaning of its own, in its place', () => {
    expect(factorChoices('motive', 5).map(choice => choice.value)).toEqual(['1', '4', '5', '9'])
    expect(factorChoices('motive', 4)).toHaveLength(3)
  })

  it('say what they come to, what it rests on and what is missing', () => {
    expect(owaspSentences({})).toEqual([])
    expect(owaspSentences({ skillLevel: 6, motive: 9 })).toEqual([
      'Likelihood 7.5 of 9 from 2 of 8 factors: high, 5 of 5 here.',
      'Impact is unknown: nothing of it is stated.',
    ])
    const both = owaspSentences({ motive: 1, lossOfIntegrity: 9, financialDamage: 3 })
    expect(both[1]).toBe('Impact 3 of 9 from 1 of 4 factors: medium, 3 of 5 here. It rests on what the organisation loses.')
    expect(both[2]).toBe('OWASP calls this low.')
  })
})

describe('a CVSS vector', () => {
  it('shows its score as it is typed', () => {
    expect(readVector(` ${VECTOR} `)).toMatchObject({ kind: 'score', score: '9.3' })
    expect(readVector('  ')).toEqual({ kind: 'empty' })
  })

  it('is refused in the words of core, with the part to blame', () => {
    const wrong = VECTOR.replace('PR:N', 'PR:X')
    const reading = readVector(wrong)
    const parsed = parseCvss(wrong)
    if (reading.kind !== 'fault' || parsed.ok) throw new Error('PR cannot be X')
    expect(reading.problem).toEqual(parsed.problems[0])
    expect(reading.parts[1]).toBe('PR:X')
    expect(reading.parts.join('')).toBe(wrong)
  })
})

describe('where a number comes from', () => {
  it.each([
    ['own', 'own estimate'],
    ['owasp', 'from OWASP factors'],
    ['cvss', 'from the CVSS vector'],
    ['triage', 'from the decision on'],
    ['finding', 'as the rule proposes on'],
  ] as const)('%s', (source, words) => expect(sourceWords({ value: 3, source })).toBe(words))

  it('says how many OWASP factors nobody stated', () => {
    expect(sourceWords({ value: 3, source: 'owasp', missing: ['size'] })).toBe('from OWASP factors, 1 factor not stated')
  })
})
