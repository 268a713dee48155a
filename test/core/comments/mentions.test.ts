import { describe, expect, test } from 'vitest'
import { isMentioned, mentionAt, mentionsIn, peopleLike, peopleOf } from '../../../core/comments/mentions.ts'
import { EMPTY_DESIGN } from '../../../core/model/change.ts'
import { FULL } from '../model/samples.ts'

describe('isMentioned', () => {
  test.each([
    ['@security lead, why?', 'security lead', true],
    ['see @security lead.', 'security lead', true],
    ['(@security lead)', 'security lead', true],
    ['@security leaders', 'security lead', false],
    ['mail@security lead', 'security lead', false],
    ['security lead', 'security lead', false],
    ['@Jürgen', 'J', false],
    ['@.*', '.*', true],
    ['@x', '.*', false],
    ['@', '', false],
    ['', 'security lead', false],
  ])('%s names %s: %s', (text, person, is) => {
    expect(isMentioned(text, person)).toBe(is)
  })
})

describe('mentionsIn', () => {
  test.each([
    ['', []],
    ['no one', [{ text: 'no one' }]],
    ['@security lead', [{ text: '@security lead', person: 'security lead' }]],
    [
      'a @security lead and @security b',
      [
        { text: 'a ' },
        { text: '@security lead', person: 'security lead' },
        { text: ' and ' },
        { text: '@security', person: 'security' },
        { text: ' b' },
      ],
    ],
    ['@nobody', [{ text: '@nobody' }]],
  ])('%s', (text, stretches) => {
    expect(mentionsIn(text, ['security', 'security lead', ''])).toEqual(stretches)
  })

  test('loses no character, whatever stands there', () => {
    for (const text of ['@@security', '<b>@security</b>', '\u202e@security\u0000', '@security'.repeat(50)])
      expect(
        mentionsIn(text, ['security', 'security lead'])
          .map(one => one.text)
          .join(''),
      ).toBe(text)
  })
})

test('peopleOf names owners, approvers and authors once each, and nobody in an empty design', () => {
  expect(peopleOf(EMPTY_DESIGN)).toEqual([])
  expect(peopleOf(FULL)).toEqual(['developer', 'operations', 'product owner', 'reviewer', 'security lead'])
})

describe('mentionAt', () => {
  test.each([
    ['', undefined],
    ['@', { at: 0, typed: '' }],
    ['why @sec', { at: 4, typed: 'sec' }],
    ['why @security le', { at: 4, typed: 'security le' }],
    ['why @security ', undefined],
    ['mail@sec', undefined],
    ['@sec\nx', undefined],
  ])('%j', (text, found) => {
    expect(mentionAt(text, text.length)).toEqual(found)
  })

  test('looks at what stands before the caret', () => {
    expect(mentionAt('@sec and more', 4)).toEqual({ at: 0, typed: 'sec' })
  })
})

test('peopleLike: the beginning of the name or of a later word; at most eight; not what is typed whole', () => {
  const people = ['product owner', 'security', 'security lead']
  expect(peopleLike(people, '')).toEqual(people)
  expect(peopleLike(people, 'SEC')).toEqual(['security', 'security lead'])
  expect(peopleLike(people, 'own')).toEqual(['product owner'])
  expect(peopleLike(people, 'security')).toEqual(['security lead'])
  expect(peopleLike(people, 'x')).toEqual([])
  expect(
    peopleLike(
      Array.from({ length: 20 }, (_, i) => `p${i}`),
      'p',
    ),
  ).toHaveLength(8)
})

test('a name that begins the name of somebody else known is not mistaken for it', () => {
  expect(isMentioned('@security lead', 'security', ['security lead'])).toBe(false)
  expect(isMentioned('@security lead and @security', 'security', ['security lead'])).toBe(true)
})
