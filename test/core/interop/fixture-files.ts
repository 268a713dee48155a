import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Imported, importModel } from '../../../core/interop/import.ts'
import { stamp } from './imported.ts'

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
