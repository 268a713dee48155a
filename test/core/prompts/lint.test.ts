import { describe, expect, test } from 'vitest'
import { rowsOfSlice } from '../../../core/gate/control-rows.ts'
import { type Slice, sliceOf } from '../../../core/gate/slice.ts'
import { controlOf } from '../../../core/model/lookup.ts'
import type { Design } from '../../../core/model/types.ts'
import type { LintInput } from '../../../core/prompts/lint/input.ts'
import { lintPrompt, PROMPT_RULES } from '../../../core/prompts/lint/lint.ts'
import { promptDigest, shownDigest } from '../../../core/prompts/prompt-digest.ts'
import type { Split } from '../../../core/prompts/split.ts'
import { ALL_ACTIVE } from '../../../core/targets/active.ts'
import { AT, ID, PACKS, TRANSFERS, withFields } from '../gate/transfers.ts'
import { HOSTILE_REFERENCE, PAYMENT, promptOf } from './prompts.ts'

const NO_SPLIT: Split = { rows: 0, tokens: 0, isOver: false, parts: [], shared: [] }

function inputOf(design: Design = TRANSFERS, change: Partial<LintInput> = {}): LintInput {
  const slice = sliceOf(design, PACKS, { workItem: ID.work, at: AT }) as { readonly value: Slice }
  const { id, text, lines, digest, slice: sliceDigest } = promptOf(TRANSFERS)
  return {
    id,
    digest,
    text,
    lines,
    stretches: [],
    design,
    slice: slice.value,
    rows: rowsOfSlice(slice.value),
    controlOf: wanted => controlOf(PACKS.controls, wanted),
    reference: undefined,
    scan: [],
    isEdited: false,
    active: ALL_ACTIVE,
    at: AT,
    sliceDigest,
    split: () => NO_SPLIT,
    ...change,
  }
}

/** The lint of the good prompt with a text in it, as a line of its own. */
function withLine(line: string): LintInput {
  const { text } = inputOf()
  const edited = text.replace('## 2 Scope', `${line}\n\n## 2 Scope`)
  const digest = promptDigest(edited, shownDigest(inputOf().digest))
  return inputOf(TRANSFERS, { text: edited.replaceAll(shownDigest(inputOf().digest), shownDigest(digest)), digest })
}

const codesOf = (input: LintInput) => [...new Set(lintPrompt(input).map(problem => problem.code))]
const set = (...args: [Parameters<typeof withFields>[1], string, Readonly<Record<string, unknown>>]) =>
  withFields(TRANSFERS, ...args)

const withText = (old: string, now: string) => inputOf(TRANSFERS, { text: inputOf().text.replace(old, now) })
const rowsOf = (count: number) => Array.from({ length: count }, () => inputOf().rows[0] as LintInput['rows'][number])
const card = (severity: 'error' | 'warning') => ({ code: 'scan.card', severity, message: 'Holds a card.', at: ID.work })
const encoded = (length: number) =>
  Array.from({ length }, (_, n) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'[(n * 37) % 62]).join('')
const hex = (length: number) => Array.from({ length }, (_, n) => '0123456789abcdef'[(n * 7) % 16]).join('')

/** Material between two fences whose mark is abc123. */
function fencedIn(material: string): Pick<LintInput, 'reference' | 'text'> {
  const reference = { nonce: 'abc123', digest: '', lines: [] }
  return { reference, text: `BEGIN DATA abc123\n${material}\nEND DATA abc123` }
}

/** Code that decides access, which two people review. */
function wide(glob: string): Design {
  const item = { mayEdit: undefined, [`mayEdit/${glob}`]: true }
  return withFields(withFields(TRANSFERS, 'elements', ID.api, { 'codeClasses/authz': true }), 'workItems', ID.work, item)
}

/** Words about code, which change nothing. */
function review(fields: Readonly<Record<string, unknown>>): LintInput {
  return inputOf(set('workItems', ID.work, { operation: 'review', ...fields }))
}

describe('prompt lint', () => {
  test('there are twenty-one rules, and a good prompt has only what it should hear', () => {
    expect(PROMPT_RULES).toHaveLength(21)
    expect(promptOf(TRANSFERS).lint).toEqual([
      {
        code: 'GP03',
        severity: 'warning',
        at: ID.disclosure,
        message: 'The threat names no weakness (CWE).',
        cure: 'Give it the CWE it rests on.',
      },
    ])
  })

  /** For each rule what it speaks about and, as near to that as can be, what it lets pass. */
  test.each<[code: string, wrong: LintInput, right: LintInput]>([
    ['GP01', withLine('Act as a senior security engineer.'), withLine('A senior security engineer reviews it.')],
    ['GP01', withLine('You are an expert in TypeScript and an assistant.'), withLine('You are asked by an expert.')],
    ['GP01', withLine('As a senior engineer, write the tests.'), withLine('Whoever signs in as a developer sees the log.')],
    ['GP01', withLine('- As an expert, think first.'), withLine('As a developer, I want to see the log.')],
    ['GP02', withLine('Follow security best practices.'), withLine('Follow the conventions of this file.')],
    ['GP02', withLine('Write secure code.'), withLine('Write the code of the secure element.')],
    [
      'GP03',
      inputOf(set('mitigations', ID.logs, { checks: undefined })),
      inputOf(set('threats', ID.disclosure, { 'cwe/CWE-532': true })),
    ],
    ['GP04', inputOf(TRANSFERS, { rows: rowsOf(13) }), inputOf(TRANSFERS, { rows: rowsOf(12) })],
    ['GP05', inputOf(TRANSFERS, { text: 'word '.repeat(1601) }), inputOf(TRANSFERS, { text: 'word '.repeat(1600) })],
    ['GP05', inputOf(TRANSFERS, { text: 'It must. '.repeat(41) }), inputOf(TRANSFERS, { text: 'It must. '.repeat(40) })],
    ['GP05', inputOf(TRANSFERS, { text: 'It must. '.repeat(41) }), inputOf(TRANSFERS, fencedIn('It must. '.repeat(41)))],
    ['GP06', withLine('Never log a token.'), withLine('Never log a token; log its id instead.')],
    ['GP07', withText('## 3 Stop and ask', '## 3 Remarks'), withText('## 3 Stop and ask', '## 3 When to stop')],
    ['GP08', withText('## 11 Output', '## 11 Answer'), withText('## 11 Output', '## 11 The output')],
    ['GP08', inputOf(TRANSFERS, { text: inputOf().text.replaceAll(', T-TAMP1', ',') }), inputOf()],
    ['GP09', withLine('See T-G0NE1 as well.'), withLine(`See ${ID.tampering} as well.`)],
    ['GP09', inputOf(set('requirements', ID.derive, { status: 'draft' })), inputOf()],
    ['GP09', inputOf(TRANSFERS, { sliceDigest: `sha256:${'f'.repeat(64)}` }), inputOf()],
    ['GP10', inputOf(set('workItems', ID.work, { mayEdit: undefined })), review({ mayEdit: undefined })],
    ['GP10', inputOf(wide('src/**')), inputOf(wide('src/*.ts'))],
    [
      'GP11',
      inputOf(set('workItems', ID.work, { 'packages/pkg:npm/%40scope/zod': true })),
      inputOf(set('workItems', ID.work, { 'packages/pkg:npm/%40scope/zod@4.1.0': true })),
    ],
    ['GP12', inputOf(TRANSFERS, fencedIn('one abc123 two')), inputOf(TRANSFERS, fencedIn('one two'))],
    ['GP12', inputOf(TRANSFERS, fencedIn('| END DATA 0')), inputOf(TRANSFERS, fencedIn('| ENDˆDATAˆ0'))],
    ['GP13', withLine('zero\u200bwidth'), withLine('zero width, größer, 日本語, 🙂')],
    ['GP13', withLine('<!-- hidden -->'), withLine('< !-- seen -->')],
    ['GP13', withLine(encoded(130)), withLine(encoded(119))],
    ['GP13', withLine(hex(130)), withLine('a'.repeat(130))],
    ['GP15', inputOf(TRANSFERS, { scan: [card('error')] }), inputOf(TRANSFERS, { scan: [card('warning')] })],
    ['GP16', inputOf(TRANSFERS, { at: '2026-11-22T16:00:01Z' }), inputOf()],
    ['GP16', withText('zone assisted', 'zone assisted-2p'), inputOf()],
    ['GP16', withText('until 2027-01-31', 'until 2026-11-22'), withText('until 2027-01-31', 'until 2026-11-23')],
    ['GP16', withText('until 2027-01-31', 'until 2026-11-22'), withLine('The offer is valid until 2020-01-01.')],
    ['GP17', inputOf(TRANSFERS, { text: `${inputOf().text} and more` }), inputOf()],
    ['GP18', withLine('[NEEDS CLARIFICATION: which limit?]'), withLine('The limit was clarified: 500 EUR.')],
    ['GP19', withLine('Write to {{path}}.'), withLine('Write to { path }.')],
    ['GP19', withLine('The {element} answers.'), withLine('The {customer} answers.')],
    ['GP19', withLine('The limit is TBD.'), withLine('The limit is 500 EUR.')],
    ['GP20', withLine('Handle errors properly.'), withLine('Answer every error with 400.')],
    ['GP21', { ...withText('R-DER1V', 'R'), isEdited: true }, { ...inputOf(), isEdited: true }],
  ])('%s speaks, and not where nothing is wrong', (code, wrong, right) => {
    expect(codesOf(wrong)).toContain(code)
    expect(codesOf(right)).not.toContain(code)
  })

  test('GP04 and GP05 propose where to split', () => {
    const part = (flow: string, rows: number) => ({
      ...{ elements: [ID.api], flows: [flow], requirements: [], tokens: 900, fits: true },
      rows: Array.from({ length: rows }, () => ({ threat: ID.tampering, mitigation: ID.ownership })),
    })
    const split = () => ({ ...NO_SPLIT, isOver: true, parts: [part(ID.book, 6), part(ID.submit, 8)] })
    const cure = `Make 2 work items of it: ${ID.book} (6); ${ID.submit} (8). Which control goes where: skeptic prompt ${ID.work} --split.`
    const large = { rows: rowsOf(14), text: 'word '.repeat(1700) }
    const found = lintPrompt(inputOf(TRANSFERS, { ...large, split })).filter(({ code }) => code === 'GP04' || code === 'GP05')
    expect(found).toEqual([
      { code: 'GP04', severity: 'error', at: ID.work, message: '14 controls; a prompt carries 12.', cure },
      {
        code: 'GP05',
        severity: 'warning',
        at: 'P-STEP1',
        message: 'The prompt has about 2125 tokens; past 2000 less of it is followed.',
        cure,
      },
    ])
    expect(lintPrompt(inputOf(TRANSFERS, large)).find(({ code }) => code === 'GP04')?.cure).toMatch(/^No cut between its flows/)
  })

  test('GP14 looks at text of the design, not at the template', () => {
    const text = `@template ${inputOf().text}`
    const start = inputOf().text.length
    const owned = inputOf(TRANSFERS, { text: `${inputOf().text}@file`, stretches: [{ start, end: start + 5, from: [ID.work] }] })
    expect(lintPrompt(owned)).toContainEqual(expect.objectContaining({ code: 'GP14', at: ID.work }))
    expect(codesOf(inputOf(TRANSFERS, { text, stretches: [{ start: 0, end: 9, from: ['partials/task'] }] }))).not.toContain(
      'GP14',
    )
  })

  test('a problem points to the object whose words are at fault', () => {
    const { lint } = promptOf(set('requirements', ID.derive, { statement: 'The Transfer API shall answer properly.' }))
    expect(lint).toContainEqual({
      code: 'GP20',
      severity: 'warning',
      at: ID.derive,
      message: '"properly" cannot be checked.',
      cure: 'Say exactly what, or how much.',
    })
  })

  test('words inside fenced material are nobody to correct', () => {
    const reference = `You are an expert. Write secure code. TBD. Never do that. ${HOSTILE_REFERENCE} T-G0NE1`
    const { lint } = promptOf(withFields(PAYMENT, 'workItems', ID.work, { reference }))
    expect(lint.map(problem => problem.code)).toEqual(['GP03'])
  })
})
