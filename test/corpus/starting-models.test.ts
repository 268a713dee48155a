import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { folderOf } from '../../core/model/write.ts'
import { fixtureImport, fixturesOf, fixtureText, pointedAt } from '../core/interop/fixture-files.ts'
import { expectSound } from '../core/interop/imported.ts'
import { counts as compose } from './compose-counts.ts'
import { counts as openapi } from './openapi-counts.ts'
import { expectNamed, expectTold } from './real-files.ts'

const COUNTERS = { ...compose, ...openapi }

describe.each(['compose', 'openapi'])('files of our own in %s', format => {
  test('there are five or more', () => {
    expect(fixturesOf(format).length).toBeGreaterThanOrEqual(5)
  })

  describe.each(fixturesOf(format))('%s', file => {
    const { design, summary } = fixtureImport(format, file)
    const raw: unknown = parse(fixtureText(format, file))

    test('is counted as its raw text says, and the design holds it', () => {
      expect(summary.format).toBe(format)
      expect(summary.counts).toEqual(COUNTERS[format]?.(fixtureText(format, file)))
      expectSound(design)
    })

    test('is the same byte for byte when read again, with the same ids under another name', () => {
      expect(folderOf(fixtureImport(format, file).design)).toEqual(folderOf(design))
      expect(fixtureImport(format, file).summary).toEqual(summary)
      expect([...folderOf(fixtureImport(format, file, 'renamed.yaml').design).keys()]).toEqual([...folderOf(design).keys()])
    })

    test('every loss says where, what and why; every question names something of the design', () => {
      expectTold(summary.losses, at => pointedAt(raw, at) !== undefined)
      expectNamed(summary.problems, design)
    })

    test('nothing that is marked as no real secret is kept anywhere', () => {
      const kept = [...folderOf(design).values(), JSON.stringify(summary)].join('\n')
      for (const secret of fixtureText(format, file).match(new RegExp(SECRETS, 'g')) ?? []) expect(kept).not.toContain(secret)
    })
  })

  test('some of the files hold such marks', () => {
    const marked = fixturesOf(format).filter(file => SECRETS.test(fixtureText(format, file)))
    expect(marked.length).toBeGreaterThanOrEqual(format === 'compose' ? 5 : 1)
  })
})

const SECRETS = /n0t-a-real-pw|s0me-cache-pw|0f9a1d7c55b14be2|(?:[\w-]*not-(?:a-)?real[\w-]*)|npm_not_a_real_token|example-only/
