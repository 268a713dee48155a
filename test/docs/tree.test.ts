import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const tree = /```text\n([\s\S]*?)```/.exec(readFileSync(path.join(root, 'docs/architecture.md'), 'utf8'))?.[1] ?? ''
const foldersOf = (folder: string) =>
  readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name)
const namesIn = (text: string) => [...text.matchAll(/(?<=^|\s)([a-z-]+)\/(?=\s|$)/g)].map(([, name = '']) => name)

describe('the tree of docs/architecture.md', () => {
  const lines = tree.split('\n')
  const below = lines.filter(line => line.startsWith('  '))

  test('names every room of core once, and no other', () => {
    expect(below.flatMap(namesIn).sort()).toEqual(foldersOf('core').sort())
  })

  test('names every folder at the top once, and no other', () => {
    // What a clone makes for itself, and what hides, is no room.
    const made = ['dist', 'node_modules', 'release', 'test-results', 'playwright-report']
    const there = foldersOf('').filter(name => !name.startsWith('.') && !made.includes(name))
    expect(lines.filter(line => /^[a-z]/.test(line)).map(line => namesIn(line)[0])).toHaveLength(there.length)
    expect(lines.flatMap(line => (/^[a-z]/.test(line) ? namesIn(line).slice(0, 1) : [])).sort()).toEqual(there.sort())
  })
})
