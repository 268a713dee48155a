import { expect, test } from 'vitest'
import { remembered } from '../../../core/scan/remembered.ts'

test('what was derived of a short text is not derived again, and each asker has answers of its own', () => {
  const asked: string[] = []
  const derive = remembered((text: string, { name }: { readonly name: string }) => {
    asked.push(`${name} ${text}`)
    return `${name}: ${text.length}`
  })
  const [one, other] = [{ name: 'one' }, { name: 'other' }]
  expect([derive('a', one), derive('a', one), derive('a', other)]).toEqual(['one: 1', 'one: 1', 'other: 1'])
  expect(asked).toEqual(['one a', 'other a'])
  const long = 'x'.repeat(2001)
  derive(long, one)
  derive(long, one)
  expect(asked).toHaveLength(4)
})

test('answers stay right when more texts come than are kept', () => {
  const derive = remembered((text: string, _asker: object) => text.toUpperCase())
  const asker = {}
  for (let i = 0; i < 5000; i++) expect(derive(`t${i % 2500}`, asker)).toBe(`T${i % 2500}`)
})
