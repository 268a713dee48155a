import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { EMPTY_DESIGN } from '../../core/model/change.ts'

const root = path.resolve(import.meta.dirname, '../..')
const ROOMS = ['core', 'ydoc', 'host', 'hub', 'electron', 'renderer', 'cli']

const tables = Object.keys(EMPTY_DESIGN).join('|')
/** A large table is a layer over another (decision 0007): whatever lists its own properties sees a few rows. */
const LISTING = new RegExp(
  `Object\\.(?:keys|values|entries|hasOwn|assign)\\([\\w.]*\\.(?:${tables})[,)]|\\.\\.\\.\\w*[dD]esign\\.(?:${tables})\\b(?!\\[)`,
)

const sources = ROOMS.flatMap(room =>
  readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name) && !name.includes('generated'))
    .map(name => `${room}/${name}`),
)

test('tables are listed through core/model/table.ts and nowhere else', () => {
  expect(sources.length).toBeGreaterThan(400)
  const listed = sources.flatMap(file =>
    readFileSync(path.join(root, file), 'utf8')
      .split('\n')
      // What an import builds is a plain record until it is a design.
      .flatMap((line, i) => (LISTING.test(line) && !/\bbuilding\./.test(line) ? [`${file}:${i + 1} ${line.trim()}`] : [])),
  )
  expect(listed).toEqual([])
})

test.each([
  'Object.keys(design.elements).length',
  'Object.hasOwn(scope.design.triage, finding.id)',
  'const copy = { ...design.flows }',
])('%s would be found', line => {
  expect(line).toMatch(LISTING)
})
