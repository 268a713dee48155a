import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect } from 'vitest'
import { type Imported, importModel } from '../../../core/interop/import.ts'
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

const root = path.join(import.meta.dirname, 'fixtures')

/** Names of the files of our own in one format. */
export function fixturesOf(format: string): readonly string[] {
  return readdirSync(path.join(root, format)).sort()
}

export function fixtureText(format: string, file: string): string {
  return readFileSync(path.join(root, format, file), 'utf8')
}

export function fixtureImport(format: string, file: string, name = file): Imported {
  const result = importModel(name, fixtureText(format, file), { stamp })
  if (!result.ok) throw new Error(result.problems[0].message)
  return result.value
}

/** What an escaped JSON pointer (RFC 6901) leads to. */
export function pointedAt(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>> | undefined)?.[key], value)
}
