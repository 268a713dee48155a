import { expect, test, vi } from 'vitest'
import { run } from '../../bench/corpus.ts'
import { referenceText } from '../../bench/reference.ts'
import type { RulePack } from '../../core/model/types.ts'
import { builtinPacks } from '../../packs/builtin.ts'

test('the interaction patterns give exactly the reference table', () => {
  const { text, isExact } = referenceText(builtinPacks.rules)
  expect(isExact, text).toBe(true)
  expect(text.match(/as in the table/g)).toHaveLength(5)
})

test('one rule more or less is seen', () => {
  const without = builtinPacks.rules.map(
    (pack): RulePack => ({ ...pack, rules: pack.rules.filter(({ id }) => id !== 'SI-CROSS-D1') }),
  )
  expect(referenceText(without)).toMatchObject({ isExact: false, text: expect.stringContaining('DIFFERS: 2 0 2 1 2 2, 9, 12') })
})

test('without a corpus every command says so and is content', () => {
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const usage = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  for (const command of ['coverage', 'noise', 'record', 'evidence']) expect(run('/nowhere/at/all', [command])).toBe(0)
  expect(run('/nowhere/at/all', ['sing'])).toBe(2)
  expect(said.mock.calls.map(([text]) => String(text))).toEqual(
    [1, 2, 3, 4].map(() => expect.stringMatching(/^There is no corpus [^\n]*\n$/)),
  )
  expect(usage).toHaveBeenCalledOnce()
  vi.restoreAllMocks()
})
