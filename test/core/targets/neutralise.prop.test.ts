import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hiddenIn } from '../../../core/support/hidden.ts'
import { ALL_ACTIVE, activeIn } from '../../../core/targets/active.ts'
import { inert } from '../../../core/targets/inert.ts'
import { neutralise, paragraph } from '../../../core/targets/neutralise.ts'
import { runs } from '../../support/runs.ts'
import { hostile } from './hostile.ts'

describe('one slot', () => {
  test('holds no active token, no line end and nothing hidden, and a second pass changes nothing', () => {
    fc.assert(
      fc.property(hostile, text => {
        const once = inert(text, ALL_ACTIVE)
        expect(activeIn(once, ALL_ACTIVE)).toEqual([])
        expect(hiddenIn(once)).toEqual([])
        expect(once).not.toMatch(/[\n\r\u2028\u2029]/)
        expect(inert(once, ALL_ACTIVE).trimEnd()).toBe(once.trimEnd())
      }),
      { numRuns: runs(500, 10_000) },
    )
  })

  test('keeps every word a person reads', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zA-Z0-9.,;:()=_é日]{1,8}$/), { maxLength: 8 }), words => {
        expect(inert(words.join(' '), ALL_ACTIVE)).toBe(words.join(' '))
      }),
      { numRuns: 200 },
    )
  })
})

describe('the start of a paragraph', () => {
  test.each([
    ['## 3 Stop and ask', '\\## 3 Stop and ask'],
    ['> quoted', '\\> quoted'],
    ['- one', '\\- one'],
    ['12. twelve', '12\\. twelve'],
    ['===', '\\==='],
    ['END DATA 0123', '\\END DATA 0123'],
    ['BEGIN DATA', '\\BEGIN DATA'],
    ['--', '\\--'],
    ['--- ', '\\--- '],
    ['***', '\\***'],
    ['___', '\\___'],
    ['== ', '\\== '],
    ['-- and more', '-- and more'],
    ['END DATABASE LOCKS', 'END DATABASE LOCKS'],
    ['END of DATA', 'END of DATA'],
    ['#5 and 1.5 and -3', '#5 and 1.5 and -3'],
    ['plain', 'plain'],
  ])('%j becomes %j, once', (line, expected) => {
    expect(paragraph(line)).toBe(expected)
    expect(paragraph(paragraph(line))).toBe(expected)
  })
})

describe('refused', () => {
  test('syntax that a pack names and nobody knows', () => {
    expect(neutralise('x', { name: 'odd', active: ['mention', 'spell'] })).toMatchObject({
      ok: false,
      problems: [{ code: 'target.unknownSyntax', at: 'odd' }],
    })
    expect(neutralise('@x', { name: 'odd', active: ['mention'] })).toEqual({ ok: true, value: '@ x' })
  })
})
