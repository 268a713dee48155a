import fc from 'fast-check'
import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { deriveChecklist } from '../../../core/checklists/derive.ts'
import { pathMatches } from '../../../core/evidence/globs.ts'
import { assertionsOf, pathPattern } from '../../../core/experiments/assertions.ts'
import { promptfooFiles } from '../../../core/experiments/promptfoo.ts'
import { yamlText } from '../../../core/experiments/yaml-text.ts'
import type { Design } from '../../../core/model/types.ts'
import { runs } from '../../support/runs.ts'
import { AT, ID, PACKS, withFields } from '../gate/transfers.ts'
import { PAYMENT, promptOf } from '../prompts/prompts.ts'

function written(
  design: Design,
  { text, providers = [] as readonly string[] } = {} as { text?: string; providers?: readonly string[] },
) {
  const prompt = promptOf(PAYMENT)
  const checklist = deriveChecklist(design, PACKS, { workItem: ID.work, at: AT })
  if (!checklist.ok) throw new Error('no checklist')
  return promptfooFiles(design, { prompt: { ...prompt, text: text ?? prompt.text }, checklist: checklist.value, providers })
}

function textOf(made: ReturnType<typeof written>): string {
  if (!made.ok) throw new Error(made.problems[0].message)
  return made.value[0]?.text ?? ''
}

type Config = {
  readonly prompts: readonly { readonly id: string; readonly raw: string }[]
  readonly providers: readonly string[]
  readonly evaluateOptions: { readonly repeat: number }
  readonly tests: readonly {
    readonly assert: readonly { readonly type: string; readonly value: string; readonly metric: string }[]
  }[]
}

describe('an experiment for promptfoo', () => {
  const text = textOf(written(PAYMENT))
  const config = load(text) as Config

  test('two readers of YAML find the same in it, and the guarded prompt as it is', () => {
    expect(parse(text)).toEqual(config)
    expect(config.prompts.map(({ id }) => id)).toEqual(['plain', 'guarded'])
    expect(config.prompts[1]?.raw).toBe(promptOf(PAYMENT).text)
    expect([config.providers, config.evaluateOptions.repeat]).toEqual([['echo'], 10])
  })
  test('is the same every time', () => expect(textOf(written(PAYMENT))).toBe(text))
  test('asserts machine checks of the checklist and no others, and names what it leaves out', () => {
    const checklist = deriveChecklist(PAYMENT, PACKS, { workItem: ID.work, at: AT })
    const machine = (checklist.ok ? checklist.value.checks : []).filter(({ how }) => how === 'machine')
    const asserted = new Set(config.tests[0]?.assert.map(({ metric }) => metric))
    expect(asserted.size).toBeGreaterThan(1)
    for (const check of machine) expect(asserted.has(check.id) || text.includes(check.id), check.id).toBe(true)
    for (const id of asserted) expect(machine.some(check => check.id === id)).toBe(true)
  })
  test('says what its numbers cannot show', () => {
    expect(text).toMatch(/# Cannot show: that a test exists, runs or passes/)
    expect(text).toContain(`skeptic verify ${ID.work}`)
  })
  test('the plain prompt asks for the same and guards nothing', () => {
    const plain = config.prompts[0]?.raw ?? ''
    expect(plain).toContain(PAYMENT.workItems[ID.work]?.goal ?? '?')
    expect(plain).not.toMatch(/T-[0-9A-Z]{5}|CWE-|STOP/)
  })
  test('assertions hold on an answer that does it, and not on one that does not', () => {
    for (const { type, value } of config.tests[0]?.assert ?? []) {
      expect(value).not.toMatch(/\{[{%#]/)
      if (type === 'regex') expect(new RegExp(value).test('nothing of the sort')).toBe(false)
      else {
        const judge = new Function('output', value) as (output: string) => boolean
        expect(judge('no diff')).toBe(false)
        expect(judge('--- a/etc/x\n+++ b/../../etc/x\n')).toBe(false)
      }
    }
  })
  test('models are named by the caller', () => {
    expect(
      (load(textOf(written(PAYMENT, { providers: ['openai:gpt-5', 'exec: x'.replace(' ', '')] }))) as Config).providers,
    ).toEqual(['openai:gpt-5', 'exec:x'])
    expect(written(PAYMENT, { providers: ['a\nb'] }).ok).toBe(false)
  })
  test('braces of an edit by hand stay text, and what cannot stay text is refused', () => {
    const edited = load(textOf(written(PAYMENT, { text: 'Use {{ secret }} here\n' }))) as Config
    expect(edited.prompts[1]?.raw).toBe('{% raw %}Use {{ secret }} here\n{% endraw %}')
    expect(written(PAYMENT, { text: '{{ x }}{% endraw %}' }).ok).toBe(false)
  })
  test('hostile words of the design stay words', () => {
    const hostile = 'A: b\n- c {{ env.KEY }} {% x %} `x` "y" \\ # z \u0085 \u2028 *a &b !c | >'
    const design = ['name', 'goal', 'doneWhen'].reduce(
      (before, field) => withFields(before, 'workItems', ID.work, { [field]: hostile }),
      PAYMENT,
    )
    const made = load(textOf(written(design))) as Config
    expect(Object.keys(made)).toEqual(['description', 'prompts', 'providers', 'evaluateOptions', 'tests'])
    expect(made.prompts[0]?.raw).not.toMatch(/\{\{|\{%/)
  })
})

describe('YAML as we write it', () => {
  test('reads back as it was, with either reader', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc
        .array(
          fc.constantFrom(
            'a',
            ' b',
            '\tc',
            '',
            '  ',
            '- d',
            '# e',
            'f: g',
            '---',
            '...',
            '|',
            '\u2028',
            '\u0085',
            '\r',
            '%x',
            "'",
            '"',
          ),
          { maxLength: 6 },
        )
        .map(lines => lines.join('\n')),
      fc.constantFrom('yes', 'null', '~', '1', '2026-11-22', '*a', '&a', '!x', '', '\n', '\n\n', ' \n a', 'a\n', 'a\n\n'),
    )
    fc.assert(
      fc.property(fc.array(text, { maxLength: 3 }), text, text, (list, one, comment) => {
        const value = { list, one, items: [{ comments: [comment], of: { one, list } }], number: 3, on: true, none: [] }
        const expected = { list, one, items: [{ one, list }], number: 3, on: true, none: [] }
        const written = yamlText([comment], value)
        expect(load(written)).toEqual(expected)
        expect(parse(written)).toEqual(expected)
      }),
      { numRuns: runs(300, 10_000) },
    )
  })
})

describe('what of a check a text can show', () => {
  test.each([
    ['src/**', 'src/a/b.ts', true],
    ['src/**', 'srcs/a', false],
    ['**/*.ts', 'a.ts', true],
    ['src/*.{ts,js}', 'src/a.js', true],
    ['src/*.{ts,js}', 'src/a/b.js', false],
    ['a?.ts', 'ab.ts', true],
    ['a.ts', 'axts', false],
  ])('%s on %s is %s, as the verdict says too', (glob, path, expected) => {
    expect(new RegExp(pathPattern(glob)).test(path)).toBe(expected)
    expect(pathMatches(glob, path)).toBe(expected)
  })
  test('scans, commits and people are left to evidence', () => {
    expect(assertionsOf({ verify: { findings: { from: { slot: 'sast' }, max: 0 } } })).toBeUndefined()
    expect(assertionsOf({ verify: { commits: { aiDisclosed: true } } })).toBeUndefined()
    expect(assertionsOf({ verify: { signoff: { role: 'reviewer', count: 1 } } })).toBeUndefined()
    expect(assertionsOf({ verify: { tests: { from: { slot: 'unit' }, match: ['*T-1 denies*'], min: 1 } } })?.[0]?.value).toBe(
      '(?:T\\-1 denies)',
    )
  })
})
