import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editedText } from '../../../core/prompts/edited.ts'
import { weave, wovenText } from '../../../core/prompts/weave.ts'

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', 'seal 0', ''), { minLength: 1, maxLength: 10 })
  .map(lines => lines.join('\n'))
const NOTHING = { band: undefined, nonce: undefined }
const BY = { workItem: 'W-AAAAA', prompt: 'P-AAAAA' }

describe('an edit laid over a sealed text', () => {
  test('is the edited text where nothing is sealed, and tells each line by hand from each generated one', () => {
    fc.assert(
      fc.property(text, text, (blank, edited) => {
        const woven = weave({ blank, sealed: blank, ...NOTHING }, edited)
        expect(wovenText(woven, blank)).toBe(edited)
        expect([woven.fixed, woven.broken]).toEqual([[], []])
        const made = editedText(
          woven,
          { text: blank, stretches: [{ start: 0, end: blank.length, from: ['x/y'] }], lines: [] },
          BY,
        )
        expect(made.text).toBe(edited)
        expect(made.byHand).toHaveLength(made.lines.filter(line => line.edited).length)
        for (const { start, end, from } of made.stretches.filter(one => one.from[0] === 'x/y'))
          for (const hand of made.byHand)
            expect([from, start < hand.end && end > hand.start && hand.end > hand.start]).toEqual([from, false])
      }),
    )
  })

  test('is sealed wherever the generated text is, or says which seal it broke', () => {
    fc.assert(
      fc.property(text, text, (blank, edited) => {
        const sealed = blank.replaceAll('seal 0', 'seal 7')
        const woven = weave({ blank, sealed, ...NOTHING }, edited)
        const kept = woven.lines.filter(line => line.kind === 'generated').map(line => sealed.split('\n')[line.line])
        const seals = (rows: readonly (string | undefined)[], seal: string) => rows.filter(row => row === seal).length
        expect(seals(kept, 'seal 7') + woven.broken.length).toBe(seals(sealed.split('\n'), 'seal 7'))
        expect(woven.fixed).toHaveLength(seals(kept, 'seal 7'))
        for (const line of woven.fixed) expect(edited.split('\n')[line]).toBe('seal 0')
      }),
    )
  })

  test('a draft band comes in before its line, whatever was edited around it', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const blank = `top\nseal 0\nend`
        const sealed = 'top\nDRAFT\n\nseal 7\nend'
        const woven = weave({ blank, sealed, band: { at: 1, lines: 2 }, nonce: undefined }, `${before}\nseal 0\n${after}`)
        if (woven.broken.length > 0) return
        expect(wovenText(woven, sealed)).toContain('DRAFT\n\nseal 7')
      }),
    )
  })
})
