import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { modulesBelow } from './modules.ts'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const core = modulesBelow(root, ['core'])
const product = modulesBelow(root, ['core', 'ydoc', 'host', 'electron', 'renderer', 'cli', 'schemas', 'templates', 'packs'])

function offenders(files: readonly string[], pattern: RegExp): string[] {
  return files.filter(file => pattern.test(read(file)))
}

describe('the house keeps its own rules', () => {
  test('core knows no clock, no chance and no locale', () => {
    expect(core.length).toBeGreaterThan(60)
    expect(offenders(core, /Date\.now|new Date\(\)|Math\.random|performance\.now|localeCompare|toLocale|\bIntl\./)).toEqual([])
  })

  test('nothing compiles code at run time', () => {
    expect(offenders(product, /\beval\(|new Function\(|\.innerHTML\b|dangerouslySetInnerHTML|document\.write/)).toEqual([])
  })

  test('no type escapes', () => {
    expect(offenders(product, /@ts-ignore|@ts-nocheck|@ts-expect-error|: any\b|\bas any\b/)).toEqual([])
  })

  test('every folder says in three lines what it is, what it may import, and what to read first', () => {
    const folders = foldersBelow('').filter(folder => folder !== '')
    expect(folders.length).toBeGreaterThan(30)
    const wrong = folders.filter(folder => {
      const readme = path.join(root, folder, 'README.md')
      return !statSync(readme, { throwIfNoEntry: false }) || readFileSync(readme, 'utf8').trimEnd().split('\n').length !== 3
    })
    expect(wrong).toEqual([])
  })
})

/** The rooms: top-level folders and the folders inside those that are cut by step. */
const CUT = ['core', 'host', 'packs', 'renderer', 'docs']

function foldersBelow(place: string): string[] {
  return readdirSync(path.join(root, place), { withFileTypes: true })
    .filter(
      entry =>
        entry.isDirectory() && !/^(\..*|node_modules|dist|release|generated|test-results|playwright-report)$/.test(entry.name),
    )
    .flatMap(entry => {
      const folder = place === '' ? entry.name : `${place}/${entry.name}`
      return CUT.includes(folder) ? [folder, ...foldersBelow(folder)] : [folder]
    })
}
