import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { compareDesigns } from '../../../core/model/compare.ts'
import { controlDigest, designDigest, digestOf, digestOfText, shortDigest, sliceDigest } from '../../../core/model/digest.ts'
import { isSpoken, TABLE_NAMES, TABLES } from '../../../core/model/tables.ts'
import type { Design } from '../../../core/model/types.ts'
import { builtinControls } from '../../../packs/controls.ts'
import { anyDesign, designOf, element } from './designs.ts'
import { FULL } from './samples.ts'

/** The same design, with rows and fields built in reverse order. */
function turned<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(turned) as T
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, turned(inner)]),
  ) as T
}

describe('designDigest', () => {
  test('of the empty design is known, so that no release changes it unseen', () => {
    expect(designDigest(EMPTY_DESIGN)).toBe('sha256:e09149266b92279a06e0f2b298864ed73e4040f11e8f7805a7d8051ee79cc1d6')
  })

  test('of a full design is known, so that no release changes it unseen', () => {
    expect(designDigest(FULL)).toBe('sha256:f24f43fd0580a15ae9d1ee52272ef240bf732f2b5ccc9ccbd4a8979b5be8ae22')
  })

  test('does not depend on the order of rows or keys', () => {
    fc.assert(
      fc.property(anyDesign, design => {
        expect(designDigest(turned(design))).toBe(designDigest(design))
      }),
      { numRuns: 100 },
    )
  })

  test.each(TABLE_NAMES)('%s count exactly when they are decisions', table => {
    const without: Design = { ...FULL, [table]: {} }
    expect(designDigest(without) === designDigest(FULL)).toBe(TABLES[table].outsideDigest === true)
  })

  test('layout, diagrams, comments, suggestions and what is said of frameworks are left out, and nothing else', () => {
    const outside = ['exclusions', 'diagrams', 'layout', 'comments', 'suggestions']
    expect(TABLE_NAMES.filter(table => TABLES[table].outsideDigest)).toEqual(outside)
  })

  test('a difference tells of everything that counts, and of what is said of frameworks', () => {
    const counted = TABLE_NAMES.filter(table => !TABLES[table].outsideDigest)
    expect(new Set(TABLE_NAMES.filter(isSpoken))).toEqual(new Set([...counted, 'exclusions']))
  })

  test('the epoch of the shared document is left out, the name is not', () => {
    const settings = FULL.settings.design
    if (!settings) throw new Error('no settings')
    expect(designDigest({ ...FULL, settings: { design: { ...settings, epoch: 9 } } })).toBe(designDigest(FULL))
    expect(designDigest({ ...FULL, settings: { design: { ...settings, name: 'x' } } })).not.toBe(designDigest(FULL))
  })
})

test('what a file once gave counts in no digest; where a row came from does', () => {
  const noted = (provenance: object) => designOf({ ...element('E-00001'), provenance } as ReturnType<typeof element>)
  const from = { kind: 'import', at: '2026-11-22T16:00:00Z', file: 'a.json' }
  const [plain, marked] = [noted(from), noted({ ...from, asImported: { name: '000000' } })]
  const slice = [['elements', 'E-00001']] as const
  expect(designDigest(marked)).toBe(designDigest(plain))
  expect(sliceDigest(marked, slice, 1)).toBe(sliceDigest(plain, slice, 1))
  expect(compareDesigns(plain, marked)).toEqual([])
  const elsewhere = noted({ ...from, file: 'b.json', asImported: { name: '000000' } })
  expect(designDigest(elsewhere)).not.toBe(designDigest(plain))
  expect(compareDesigns(plain, elsewhere)).toMatchObject([{ kind: 'changed', fields: ['provenance'] }])
})

describe('sliceDigest', () => {
  const design = designOf(element('E-00001'), element('E-00002'))
  const slice = [['elements', 'E-00001']] as const

  test('a change elsewhere leaves it, a change inside does not', () => {
    const elsewhere = applyChanges(design, [{ kind: 'patch', table: 'elements', id: 'E-00002', fields: { name: 'x' } }])
    const inside = applyChanges(design, [{ kind: 'patch', table: 'elements', id: 'E-00001', fields: { name: 'x' } }])
    expect(sliceDigest(elsewhere, slice, 1)).toBe(sliceDigest(design, slice, 1))
    expect(sliceDigest(inside, slice, 1)).not.toBe(sliceDigest(design, slice, 1))
  })

  test('the versions it was read with are part of it', () => {
    expect(sliceDigest(design, slice, { rules: '2' })).not.toBe(sliceDigest(design, slice, { rules: '1' }))
  })

  test('order and repetition of ids do not matter, absent ids do not count', () => {
    const both = [
      ['elements', 'E-00002'],
      ['elements', 'E-00001'],
      ['elements', 'E-00002'],
    ] as const
    expect(sliceDigest(design, both, 1)).toBe(sliceDigest(design, [both[1], both[0], ['elements', 'E-00009']], 1))
  })
})

test('digestOfText is SHA-256 of UTF-8', () => {
  expect(digestOfText('abc')).toBe('sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(digestOfText('ü')).toBe(`sha256:${createHash('sha256').update('ü', 'utf8').digest('hex')}`)
  expect(shortDigest(digestOfText('abc'))).toBe('ba7816')
})

test('digestOf follows RFC 8785', () => {
  expect(digestOf({ b: 1, a: [1.0, 1e21, '\u20ac'] })).toBe(digestOfText('{"a":[1,1e+21,"€"],"b":1}'))
  expect(digestOf({ '10': 1, '9': 2, a: undefined })).toBe(digestOfText('{"10":1,"9":2}'))
})

describe('digestOfText', () => {
  const reference = (text: string) => `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`

  test.each([0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 1000, 100_000])('is SHA-256 of %i characters', length => {
    const text = 'abcdefg'.repeat(length).slice(0, length)
    expect(digestOfText(text)).toBe(reference(text))
  })

  test('is SHA-256 of the UTF-8 bytes of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), text => {
        expect(digestOfText(text)).toBe(reference(text))
      }),
      { numRuns: 200 },
    )
  })
})

describe('controlDigest', () => {
  const control = builtinControls[0]?.controls[0]
  if (!control) throw new Error('there is no control')

  test('changes with what the control asks', () => {
    expect(controlDigest({ ...control, requirement: `${control.requirement} At once.` })).not.toBe(controlDigest(control))
    expect(controlDigest({ ...control, checks: [] })).not.toBe(controlDigest(control))
  })

  test('stays when only a reference is corrected', () => {
    expect(controlDigest({ ...control, references: ['ASVS V99.9.9'] })).toBe(controlDigest(control))
  })
})
