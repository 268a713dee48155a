import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { evaluateGate } from '../../../core/gate/evaluate.ts'
import type { Design } from '../../../core/model/types.ts'
import { makePrompt, type Prompt } from '../../../core/prompts/make.ts'
import { ownHash } from '../../../core/prompts/own-template.ts'
import { shownDigest } from '../../../core/prompts/prompt-digest.ts'
import { promptSlice } from '../../../core/prompts/slice-now.ts'
import type { Problem } from '../../../core/support/result.ts'
import { makeTeamPrompt } from '../../../host/node/templates/make-prompt.ts'
import * as templates from '../../../templates/generated/templates.js'
import { AT, ID, PACKS, TRANSFERS, withFields } from '../../core/gate/transfers.ts'
import { PAYMENT } from '../../core/prompts/prompts.ts'
import { temporaryFolder } from '../folders.ts'

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder()
  mkdirSync(path.join(folder, 'templates'))
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, 'templates', `${name}.hbs`), text)
  return folder
}

type Options = { readonly target?: string; readonly template?: string; readonly draft?: boolean }

async function make(design: Design, folder: string, { target = 'markdown', template = 'ours', draft = false }: Options = {}) {
  const pass = draft ? ('draft' as const) : evaluateGate(design, PACKS, { at: AT, workItem: ID.work }).pass
  if (!pass) throw new Error('the gate is closed')
  return makeTeamPrompt(design, PACKS, { workItem: ID.work, target, at: AT, pass, folder, template })
}

async function made(...of: Parameters<typeof make>): Promise<Prompt> {
  const prompt = await make(...of)
  if (!prompt.ok) throw new Error(prompt.problems.map(({ code, at, message }) => `${code} ${at} ${message}`).join('\n'))
  return prompt.value
}

async function refusal(...of: Parameters<typeof make>): Promise<readonly Problem[]> {
  const prompt = await make(...of)
  return prompt.ok ? [] : prompt.problems
}

function builtinOf(design: Design, target: string): Prompt {
  const pass = evaluateGate(design, PACKS, { at: AT, workItem: ID.work }).pass
  const prompt = pass && makePrompt(design, PACKS, templates, { workItem: ID.work, target, at: AT, pass })
  if (!prompt?.ok) throw new Error('no prompt')
  return prompt.value
}

/** Digests, slices and the marks around fenced material are others with another template. */
function withoutSeals({ text, slice, digest }: Prompt): string {
  const short = slice.replace('sha256:', '').slice(0, 6)
  return text
    .replaceAll(shownDigest(digest), '…')
    .replaceAll(short, '…')
    .replace(/\b[0-9a-f]{16}\b/g, '…')
}

describe('the interpreter', () => {
  test.each([
    ['markdown', TRANSFERS],
    ['markdown', PAYMENT],
    ['skill', TRANSFERS],
  ])('writes our own sections for %s as Handlebars does', async (target, design) => {
    const folder = await folderWith({ ours: '{{> sections}}\n' })
    const ours = await made(design, folder, { target })
    expect(withoutSeals(ours)).toBe(withoutSeals(builtinOf(design, target)))
    expect(ours.lines.map(({ line }) => line)).toEqual(builtinOf(design, target).lines.map(({ line }) => line))
    expect(ours.files.map(file => file.path)).toEqual(builtinOf(design, target).files.map(file => file.path))
  })
})

describe('a prompt from a template of the team', () => {
  const OURS =
    '{{> sections}}\n## House rules\n\n{{#each rows}}\n- {{threat}}: ask {{#if @last}}last{{else}}first{{/if}}.\n{{/each}}\n'

  test('says what the template adds, and where each line is from', async () => {
    const folder = await folderWith({ ours: OURS })
    const prompt = await made(TRANSFERS, folder)
    const lines = prompt.text.split('\n')
    const at = lines.findIndex(line => /^- T-\w+: ask last\.$/.test(line))
    expect(at).toBeGreaterThan(0)
    expect(prompt.lines.find(({ line }) => line === at + 1)?.from).toEqual([/T-\w+/.exec(lines[at] ?? '')?.[0]])
    const rules = lines.indexOf('## House rules')
    expect(prompt.lines.find(({ line }) => line === rules + 1)?.from).toEqual(['templates/ours'])
    expect(prompt.template).toEqual({ name: 'ours', hash: ownHash('ours', { ours: OURS }) })
    expect(lines.at(-2)).toMatch(/^Made with Skeptic from P-/)
    expect(prompt.text).not.toMatch(/[\ue000-\uf8ff]/)
  })

  test('is the same twice, and another one with another template or another part', async () => {
    const files = { ours: '{{> sections}}\n{{> extra}}\n', extra: 'One.\n', other: 'x' }
    const first = await made(TRANSFERS, await folderWith(files))
    const again = await made(TRANSFERS, await folderWith({ ...files, other: 'y' }))
    expect(again).toEqual(first)
    const changed = await made(TRANSFERS, await folderWith({ ...files, extra: 'Two.\n' }))
    expect(changed.slice).not.toBe(first.slice)
    const input = { workItem: ID.work, target: 'markdown', at: AT }
    expect(promptSlice(TRANSFERS, PACKS, templates, { ...input, own: first.template })).toBe(first.slice)
    expect(promptSlice(TRANSFERS, PACKS, templates, input)).not.toBe(first.slice)
  })

  test('shows its digest wherever the template names it', async () => {
    const prompt = await made(TRANSFERS, await folderWith({ ours: '{{> sections}}\nDigest {{digest}}, {{digest}}.\n' }))
    expect(prompt.text).toContain(`Digest ${shownDigest(prompt.digest)}, ${shownDigest(prompt.digest)}.`)
  })

  test('is refused when it leaves out what the lint asks for, and is a draft that says so', async () => {
    const folder = await folderWith({ ours: 'Just do {{goal}}\n' })
    expect((await refusal(TRANSFERS, folder)).map(({ code }) => code)).toContain('GP07')
    const draft = await made(TRANSFERS, folder, { draft: true })
    expect(draft.text).toContain('DRAFT')
    expect(draft.text).toContain('Made with Skeptic from')
  })

  test('is refused, as a draft too, when its words and those of the design make syntax together', async () => {
    const design = withFields(TRANSFERS, 'workItems', ID.work, { goal: 'etc/passwd is read' })
    const folder = await folderWith({ ours: '{{> sections}}\n@{{goal}}\n', fine: '{{> sections}}\nAt {{goal}}\n' })
    const [problem] = await refusal(design, folder, { draft: true })
    expect(problem).toMatchObject({ code: 'GP14', cure: expect.stringContaining('templates/ours.hbs') })
    expect(await refusal(design, folder, { draft: true, template: 'fine' })).toEqual([])
  })

  test('takes no edit by hand along: that belongs to the text of the built-in template', async () => {
    const edits = { markdown: { generated: 'a\n', text: 'b\n', by: 'architect', at: AT } }
    const design = withFields(TRANSFERS, 'workItems', ID.work, { promptEdits: edits })
    const prompt = await made(design, await folderWith({ ours: OURS }))
    expect(prompt.edited).toBeUndefined()
  })

  test('one that is broken or missing says so, and the built-in one still works', async () => {
    const folder = await folderWith({ ours: '{{> sections}}\n{{{title}}}\n', good: '{{> sections}}\n' })
    expect(await refusal(TRANSFERS, folder)).toMatchObject([{ code: 'template.notAllowed', at: 'templates/ours.hbs:2:1' }])
    expect(await refusal(TRANSFERS, folder, { template: 'nowhere' })).toMatchObject([
      { code: 'template.unknown', at: 'templates/nowhere.hbs', cure: 'There are: good, ours.' },
    ])
    expect((await made(TRANSFERS, folder, { template: 'good' })).template?.name).toBe('good')
    const pass = evaluateGate(TRANSFERS, PACKS, { at: AT, workItem: ID.work }).pass
    const input = { workItem: ID.work, target: 'markdown', at: AT, folder, template: undefined }
    expect(pass && (await makeTeamPrompt(TRANSFERS, PACKS, { ...input, pass })).ok).toBe(true)
  })
})
