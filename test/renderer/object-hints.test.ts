import { describe, expect, it } from 'vitest'
import { objectItems } from '../../renderer/commands/palette-filter.ts'
import { placeIn } from '../../renderer/state/places.ts'
import { hashBefore, hintsFor, withId } from '../../renderer/ui/object-hints.ts'
import { smallDesign } from '../support/small-design.ts'

const items = objectItems(smallDesign(), [])

describe('a # being typed', () => {
  it.each([
    ['#', 1, { at: 0, typed: '' }],
    ['see #tr', 7, { at: 4, typed: 'tr' }],
    ['see (#E-1', 9, { at: 5, typed: 'E-1' }],
    ['see #tr and', 11, undefined],
    ['C#', 2, undefined],
    ['no sign', 7, undefined],
  ] as const)('%s at %i', (text, caret, expected) => expect(hashBefore(text, caret)).toEqual(expected))

  it('becomes the id, with one space behind it and the caret there', () => {
    expect(withId('see #tr', { at: 4, typed: 'tr' }, 'E-TRAP1')).toEqual({ text: 'see E-TRAP1 ', caret: 12 })
    expect(withId('see #tr now', { at: 4, typed: 'tr' }, 'E-TRAP1')).toEqual({ text: 'see E-TRAP1 now', caret: 12 })
  })

  it('offers what begins so first, by id or by name, and a few at most', () => {
    expect(hintsFor(items, 'trans')[0]?.text).toMatch(/ Transfer/)
    expect(hintsFor(items, 'e-trap')[0]?.id).toBe('E-TRAP1')
    expect(hintsFor(items, '').length).toBeLessThanOrEqual(8)
    expect(hintsFor(items, 'xyzzy')).toEqual([])
  })
})

describe('a place in the history', () => {
  it.each([[null], [{}], [{ place: 'here' }], [{ place: { selection: 'E-1' } }]])('%j is none', state => {
    expect(placeIn(state)).toBeUndefined()
  })

  it('is found as it was left', () => {
    const place = { selection: ['E-1'], scrolled: [[3, 120]], focused: 4 }
    expect(placeIn({ place })).toEqual(place)
  })
})
