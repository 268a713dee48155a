import { constants, deflateRawSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inflateRaw } from '../../../core/interop/drawio/inflate.ts'
import { unpacked } from '../../../core/interop/drawio/packed.ts'
import { runs } from '../../support/runs.ts'

const MOST = 1_000_000

/** Bytes with repetitions near and far, so that every kind of copy is met. */
const bytes = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.tuple(fc.nat(255), fc.nat(600)).map(([value, count]) => new Uint8Array(count).fill(value)),
      fc.constant(new TextEncoder().encode('<mxCell style="rounded=0;whiteSpace=wrap"/>')),
    ),
    { maxLength: 60 },
  )
  .map(parts => Uint8Array.from(parts.flatMap(part => [...part])))

const options = fc.record({
  level: fc.constantFrom(0, 1, 6, 9),
  strategy: fc.constantFrom(constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY, constants.Z_RLE),
  memLevel: fc.constantFrom(1, 8),
})

describe('inflateRaw', () => {
  test('gives back what Node compressed, whatever the level and the strategy', () => {
    fc.assert(
      fc.property(bytes, options, (data, how) => {
        expect(Buffer.from(inflateRaw(deflateRawSync(data, how), MOST) as Uint8Array).equals(Buffer.from(data))).toBe(true)
      }),
      { numRuns: runs(150, 3000) },
    )
  })

  test('damaged bytes are refused, or give what Node gives', () => {
    let same = 0
    fc.assert(
      fc.property(
        bytes,
        options,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        (data, how, changes) => {
          const packed = Uint8Array.from(deflateRawSync(data, how))
          for (const [at, value] of changes) packed[at % packed.length] = value
          const ours = inflateRaw(packed, MOST)
          const theirs = inflatedByNode(packed)
          if (theirs === undefined || typeof ours === 'string') expect(typeof ours === 'string').toBe(theirs === undefined)
          else {
            same++
            expect(Buffer.from(ours).equals(theirs)).toBe(true)
          }
        },
      ),
      { numRuns: runs(300, 5000) },
    )
    expect(same).toBeGreaterThan(0)
  })

  test('cut off anywhere is damaged', () => {
    const packed = deflateRawSync(Buffer.from('<mxGraphModel><root/></mxGraphModel>'.repeat(20)))
    for (let length = 0; length < packed.length; length++) expect(inflateRaw(packed.subarray(0, length), MOST)).toBe('damaged')
  })

  test('stops at the most that is asked for, to the byte', () => {
    const packed = deflateRawSync(new Uint8Array(5000))
    expect(inflateRaw(packed, 4999)).toBe('tooLarge')
    expect((inflateRaw(packed, 5000) as Uint8Array).length).toBe(5000)
    const bomb = deflateRawSync(new Uint8Array(50_000_000), { level: 9 })
    expect(bomb.length).toBeLessThan(60_000)
    expect(inflateRaw(bomb, MOST)).toBe('tooLarge')
    const stored = deflateRawSync(new Uint8Array(5000), { level: 0 })
    expect(inflateRaw(stored, 4999)).toBe('tooLarge')
  })
})

describe('unpacked', () => {
  const packed = (text: string) => deflateRawSync(Buffer.from(text, 'latin1')).toString('base64')

  test('every text comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        expect(unpacked(packed(encodeURIComponent(text)), MOST)).toBe(text)
      }),
      { numRuns: runs(100, 2000) },
    )
  })

  test.each([
    ['no base64', '{}'],
    ['no deflate', 'AAAA'],
    ['cut off', packed('%3Croot%2F%3E'.repeat(50)).slice(0, 20)],
    ['a lone percent sign', packed('50% of it')],
    ['half a character', packed('%E4')],
  ])('%s is damaged', (_name, text) => {
    expect(unpacked(text, MOST)).toBe('damaged')
  })

  test('XML that an old version did not encode, and blanks in base64', () => {
    expect(unpacked(packed('<a b="50% of it"/>'), MOST)).toBe('<a b="50% of it"/>')
    expect(unpacked(packed('%3Ca%2F%3E').replace(/(.{4})/g, '$1\n '), MOST)).toBe('<a/>')
  })
})

function inflatedByNode(packed: Uint8Array): Buffer | undefined {
  try {
    return inflateRawSync(packed, { maxOutputLength: MOST })
  } catch {
    return undefined
  }
}
