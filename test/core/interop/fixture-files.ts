import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect } from 'vitest'
import { importModel } from '../../../core/interop/import.ts'
import { expectSound, stamp } from './imported.ts'

/** A file of ours in the notation of another program. */
export function fixture(name: string): string {
  return readFileSync(path.join(import.meta.dirname, 'fixtures', name), 'utf8')
}

/** The text with pieces of it cut out, doubled or replaced, at places and in ways that only the numbers decide. */
export function damagedText(text: string, pieces: readonly string[]): fc.Arbitrary<string> {
  const change = fc.record({ at: fc.nat(text.length), length: fc.nat(12), piece: fc.constantFrom('', ...pieces) })
  return fc
    .array(change, { minLength: 1, maxLength: 5 })
    .map(changes => changes.reduce((now, { at, length, piece }) => now.slice(0, at) + piece + now.slice(at + length), text))
}

/** Either a sound design or one problem with file, place, reason and cure; answers which. */
export function expectSoundOrOneRefusal(text: string): boolean {
  const result = importModel('model.txt', text, { stamp })
  if (result.ok) expectSound(result.value.design)
  else {
    expect(result.problems).toHaveLength(1)
    expect(result.problems[0]).toMatchObject({
      at: expect.stringMatching(/^model\.txt/),
      message: expect.anything(),
      cure: expect.anything(),
    })
  }
  return result.ok
}
