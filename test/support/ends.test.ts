import { expect, test } from 'vitest'
import { ends } from './ends.ts'

test('work gives its value or its error', () => {
  expect(ends(() => 6 * 7)).toBe(42)
  expect(() =>
    ends(() => {
      throw new Error('its own')
    }),
  ).toThrow('its own')
})

test.each([
  [
    'a loop',
    () => {
      for (;;);
    },
  ],
  ['a regular expression', () => /^(?:a+)+b$/.test('a'.repeat(100))],
])('%s without an end is stopped, and the next work is done', (_, work) => {
  expect(() => ends<unknown>(work, 50)).toThrow('timed out')
  expect(ends(() => 'next')).toBe('next')
})
