import { expect, test } from 'vitest'
import { evidenceInWords } from '../../../core/evidence/in-words.ts'
import { readEvidence } from '../../../core/evidence/read.ts'

const ENTRY = { ecosystem: 'npm', name: 'zod', exists: 'yes' }
const snapshot = (rest: object, ...packages: readonly object[]) =>
  JSON.stringify({ registrySnapshot: 1, collectedAt: '2026-11-22T16:00:00Z', packages, ...rest })

test('is told by its content and read whole', () => {
  const read = readEvidence('x', snapshot({}, ENTRY, { ...ENTRY, ecosystem: 'pypi' }))
  if (!read.ok) throw new Error(read.problems[0].message)
  expect(read.value.format).toBe('registry-snapshot')
  expect(read.value.facts.registry?.packages.map(({ pointer }) => pointer)).toEqual(['/packages/0', '/packages/1'])
  expect([read.value.made.at, evidenceInWords(read.value)]).toEqual(['2026-11-22T16:00:00Z', '2 package names looked up'])
})

test.each([
  ['another version', snapshot({ registrySnapshot: 2 }, ENTRY)],
  ['a field that nobody knows', snapshot({ more: 1 }, ENTRY)],
  ['a field of a package that nobody knows', snapshot({}, { ...ENTRY, safe: true })],
  ['no time', snapshot({ collectedAt: undefined }, ENTRY)],
  ['a time without a zone', snapshot({ collectedAt: '2026-11-22 16:00' }, ENTRY)],
  ['a word in place of yes or no', snapshot({}, { ...ENTRY, exists: true })],
  ['a record that is none of a malicious package', snapshot({}, { ...ENTRY, malicious: ['CVE-2024-1'] })],
  ['a package twice', snapshot({}, ENTRY, { ...ENTRY, exists: 'no' })],
])('refused: %s', (_, text) => {
  const read = readEvidence('x.json', text)
  expect(read.ok ? 'read' : [read.problems[0].code, read.problems[0].at]).toEqual(['evidence.snapshot', 'x.json'])
})
