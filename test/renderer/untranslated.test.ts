import { describe, expect, it } from 'vitest'
import { englishOf, untranslated } from '../support/untranslated.ts'

const english = englishOf(
  {
    Reports: 'Berichte',
    Text: 'Text',
    'Go to {{name}} and decide': 'Gehe zu {{name}} und entscheide',
    '{{name}} of {{field}}': '{{field}} von {{name}}',
    '{{count}} open findings_one': '{{count}} offener Befund',
    '{{count}} open findings_other': '{{count}} offene Befunde',
  },
  { '{{count}} open findings_one': '{{count}} open finding', '{{count}} open findings_other': '{{count}} open findings' },
)
const found = (...seen: readonly string[]) => untranslated(seen, english, new Set(['Ledger', 'Reports of today']))

describe('untranslated text', () => {
  it('is what English says and German says otherwise', () => {
    expect(found('Reports', 'Berichte', 'Reports')).toEqual(['Reports'])
    expect(found('Text')).toEqual([])
  })

  it('is found with values in it, in both forms of a number', () => {
    expect(found('Go to Ledger and decide', '1 open finding', '1.234 open findings')).toHaveLength(3)
    expect(found('Gehe zu Ledger und entscheide', 'many open findings')).toEqual([])
  })

  it('is not what the design says, nor a sentence that a pattern of two letters fits', () => {
    expect(found('Ledger', 'Reports of today', 'Loss of integrity')).toEqual([])
  })

  it('is looked for among all the words of the window', () => expect(englishOf().texts.size).toBeGreaterThan(800))
})
