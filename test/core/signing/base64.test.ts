import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOfBase64, textOfUtf8 } from '../../../core/signing/base64.ts'

test('bytes come back from either alphabet, padded or not', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), bytes => {
      const standard = Buffer.from(bytes).toString('base64')
      const [bare, url] = [standard.replace(/=+$/, ''), Buffer.from(bytes).toString('base64url')]
      for (const text of [standard, bare, url]) expect([...(bytesOfBase64(text) ?? [])]).toEqual([...bytes])
    }),
  )
})

test.each(['A', 'AB=', 'A===', 'AA==AA', 'A A=', 'AAé=', 'AB==', 'AAB='])('%s is no base64', text => {
  expect(bytesOfBase64(text)).toBeUndefined()
})

test('text comes back from UTF-8, however long', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat(9000), (text, pad) => {
      const whole = 'x'.repeat(pad) + text
      const wellFormed = Buffer.from(whole).toString()
      expect(textOfUtf8(Buffer.from(whole))).toBe(wellFormed)
    }),
  )
  expect(textOfUtf8(Buffer.from('é€😀'.repeat(5000)))).toBe('é€😀'.repeat(5000))
})

test.each([[[0xff]], [[0xc3]], [[0x80]], [[0xed, 0xa0, 0x80]], [[0xc0, 0xaf]]])('%j is no UTF-8', bytes => {
  expect(textOfUtf8(Uint8Array.from(bytes))).toBeUndefined()
})
