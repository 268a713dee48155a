import { expect, test } from 'vitest'
import { digestOfText } from '../../../core/model/digest.ts'
import type { ChangedText } from '../../../core/verdict/changed-lines.ts'
import { narrowedPlaces } from '../../../core/verdict/narrowed.ts'
import { NOTHING_NARROWED, narrowingOf } from '../../../core/verdict/narrowing.ts'

const side = (text: string) => ({ sha256: digestOfText(text), text })
const file = (path: string, before: string | undefined, after: string | undefined): ChangedText => ({
  path,
  ...(before === undefined ? {} : { before: side(before) }),
  ...(after === undefined ? {} : { after: side(after) }),
})
const placesOf = (...files: readonly ChangedText[]) => narrowedPlaces(narrowingOf(files))

test('nothing narrowed is no place', () => {
  expect(narrowedPlaces(NOTHING_NARROWED)).toEqual([])
  expect(placesOf(file('src/a.ts', 'a', 'b'))).toEqual([])
})

test.each([
  ['a suppression', file('src/a.ts', 'a\n', 'a\n// nosemgrep\nb\n'), { kind: 'suppression', path: 'src/a.ts', line: 2 }],
  ['a skipped test', file('test/a.test.ts', "test('a')\n", "test.skip('a')\n"), { kind: 'skipped', line: 1 }],
  ['a deleted file of tests', file('test/a.test.ts', "test('a')\n", undefined), { kind: 'deleted', path: 'test/a.test.ts' }],
  ['fewer tests', file('test/a.test.ts', "test('a')\ntest('b')\n", "test('a')\n"), { kind: 'fewerTests', was: 2, is: 1 }],
  [
    'fewer assertions',
    file('test/a.test.ts', "test('a')\nexpect(1)\n", "test('a')\n"),
    { kind: 'fewerAssertions', was: 1, is: 0 },
  ],
  ['a scanner whose configuration is gone', file('.gitleaks.toml', 'x\n', undefined), { kind: 'gone', what: 'scanner' }],
  ['a pipeline that was touched', file('.github/workflows/a.yml', 'a: 1\n', 'a: 2\n'), { kind: 'touched', what: 'pipeline' }],
  [
    'a step whose failure stops nothing any more',
    file('.github/workflows/a.yml', 'a: 1\n', 'a: 1\ncontinue-on-error: true\n'),
    { kind: 'off', line: 2 },
  ],
])('%s is named with its place', (_name, changed, expected) => {
  expect(placesOf(changed)).toHaveLength(1)
  expect(placesOf(changed)).toMatchObject([expected])
})

test('a test that moved to another file is not deleted', () =>
  expect(placesOf(file('test/a.test.ts', "test('a')\n", undefined), file('test/b.test.ts', undefined, "test('a')\n"))).toEqual(
    [],
  ))
