import { describe, expect, test } from 'vitest'
import { rowsOfSlice } from '../../../core/gate/control-rows.ts'
import { type Slice, sliceOf } from '../../../core/gate/slice.ts'
import { controlOf } from '../../../core/model/lookup.ts'
import type { Design } from '../../../core/model/types.ts'
import type { LintInput } from '../../../core/prompts/lint/input.ts'
import { lintPrompt, PROMPT_RULES } from '../../../core/prompts/lint/lint.ts'
import { promptDigest, shownDigest } from '../../../core/prompts/prompt-digest.ts'
import { ALL_ACTIVE } from '../../../core/targets/active.ts'
import { AT, ID, PACKS, TRANSFERS, withFields } from '../gate/transfers.ts'
import { HOSTILE_REFERENCE, PAYMENT, promptOf } from './prompts.ts'

function inputOf(design: Design = TRANSFERS, change: Partial<LintInput> = {}): LintInput {
  const slice = sliceOf(design, PACKS, { workItem: ID.work, at: AT }) as { readonly value: Slice }
  const { id, text, lines, digest } = promptOf(TRANSFERS)
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

  test.each<[string, LintInput]>([
    ['GP01', withLine('Act as a senior security engineer.')],
    ['GP01', withLine('You are an expert in TypeScript and an assistant.')],
    ['GP02', withLine('Follow security best practices.')],
    ['GP02', withLine('Write secure code.')],
    ['GP03', inputOf(set('mitigations', ID.logs, { checks: undefined }))],
    ['GP05', inputOf(TRANSFERS, { text: `${inputOf().text}${'word '.repeat(900)}` })],
    ['GP05', inputOf(TRANSFERS, { text: `${inputOf().text}${'It must. '.repeat(41)}` })],
    ['GP06', withLine('Never log a token.')],
    ['GP07', inputOf(TRANSFERS, { text: inputOf().text.replace('## 3 Stop and ask', '## 3 Remarks') })],
    ['GP08', inputOf(TRANSFERS, { text: inputOf().text.replace('## 11 Output', '## 11 Answer') })],
    ['GP08', inputOf(TRANSFERS, { text: inputOf().text.replaceAll('| T-TAMP1', '|') })],
    ['GP09', withLine('See T-G0NE1 as well.')],
    ['GP09', inputOf(set('requirements', ID.derive, { status: 'draft' }))],
    ['GP10', inputOf(set('workItems', ID.work, { mayEdit: undefined }))],
    [
      'GP10',
      inputOf(
        withFields(set('elements', ID.api, { 'codeClasses/authz': true }), 'workItems', ID.work, { 'mayEdit/src/**': true }),
      ),
    ],
    ['GP11', inputOf(set('workItems', ID.work, { 'packages/pkg:npm/%40scope/zod': true }))],
    [
      'GP12',
      inputOf(TRANSFERS, {
        reference: { nonce: 'abc123', digest: '', lines: [] },
        text: `${inputOf().text} abc123 abc123 abc123`,
      }),
    ],
    ['GP13', withLine('zero\u200bwidth')],
    ['GP13', withLine('<!-- hidden -->')],
    [
      'GP13',
      withLine(
        Array.from(
          { length: 130 },
          (_, n) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'[(n * 37) % 62],
        ).join(''),
      ),
    ],
    ['GP15', inputOf(TRANSFERS, { scan: [{ code: 'scan.card', severity: 'error', message: 'Holds a card.', at: ID.work }] })],
    ['GP16', inputOf(TRANSFERS, { at: '2027-01-01T00:00:00Z' })],
    ['GP16', inputOf(TRANSFERS, { text: inputOf().text.replace('zone assisted', 'zone assisted-2p') })],
    ['GP17', inputOf(TRANSFERS, { text: `${inputOf().text} and more` })],
    ['GP18', withLine('[NEEDS CLARIFICATION: which limit?]')],
    ['GP19', withLine('Write to {{path}}.')],
    ['GP19', withLine('The {element} answers.')],
    ['GP19', withLine('The limit is TBD.')],
    ['GP20', withLine('Handle errors properly.')],
  ])('%s speaks', (code, input) => {
    expect(codesOf(input)).toContain(code)
  })

  test('GP04 proposes where to split', () => {
    const row = inputOf().rows[0]
    if (!row) throw new Error('no row')
    const at = (flow: string, n: number) =>
      Array.from({ length: n }, () => ({ ...row, threat: { ...row.threat, flows: { [flow]: true as const } } }))
    const found = lintPrompt(inputOf(TRANSFERS, { rows: [...at(ID.submit, 8), ...at(ID.book, 6)] })).filter(
      problem => problem.code === 'GP04',
    )
    expect(found).toEqual([
      {
        code: 'GP04',
        severity: 'error',
        at: ID.work,
        message: '14 controls; a prompt carries 12.',
        cure: `Make 2 work items of it: ${ID.book} (6); ${ID.submit} (8).`,
      },
    ])
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
