import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { digestOfText } from '../../core/model/digest.ts'
import { editPrompt } from '../../core/prompts/edits.ts'
import { isUnedited } from '../../core/prompts/prompt-digest.ts'
import { promptToEdit } from '../../core/prompts/to-edit.ts'
import type { Host } from '../../host/contract.ts'
import { findSample } from '../../host/node/samples.ts'
import { openFolder } from '../../host/node/store.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import * as templates from '../../templates/generated/templates.js'
import { fromBase64, toBase64 } from '../../ydoc/base64.ts'
import { shareModel } from '../../ydoc/shared-model.ts'
import { temporaryFolder } from './folders.ts'
import { overPort, roomOf } from './hosts.ts'

const WORK = 'W-0RD3R'
const ISSUE = { workItem: WORK, target: 'markdown', draft: false, how: 'copied' } as const

/** A copy of the sample, its code beside it. */
async function sampleFolder(): Promise<string> {
  const copy = await temporaryFolder()
  await cp(findSample('bank-transfer') as string, copy, { recursive: true })
  return path.join(copy, 'threat-model')
}

async function hostOf(dir: string): Promise<Host> {
  return (await overPort({ room: await roomOf(dir) })).host
}

async function entriesOf(host: Host) {
  const ledger = await host.call('ledger.read', {})
  if (!ledger.ok) throw new Error(ledger.problems[0].message)
  expect(ledger.value).toMatchObject({ ok: true, problems: [] })
  return ledger.value.entries.map(({ hash, entry }) => ({ hash, ...entry }))
}

describe('issuing a prompt', () => {
  test('notes its text once and each copying, and says version and digest', async () => {
    const host = await hostOf(await sampleFolder())
    const heard: string[] = []
    host.on('ledger.appended', ({ entry }) => heard.push(entry))
    const first = await host.call('prompt.issue', ISSUE)
    expect(first).toMatchObject({ ok: true, value: { id: 'P-0RD3R', version: 1, digest: expect.stringMatching(/^sha256:/) } })
    const second = await host.call('prompt.issue', ISSUE)
    const entries = await entriesOf(host)
    expect(entries.map(({ type, actor }) => [type, actor])).toEqual([
      ['prompt-issued', 'security lead'],
      ['prompt-copied', 'security lead'],
      ['prompt-copied', 'security lead'],
    ])
    if (!first.ok || !second.ok) throw new Error('refused')
    const { id, digest, text } = first.value
    expect(entries[0]?.payload).toMatchObject({
      workItem: WORK,
      id,
      digest,
      text,
      draft: false,
      target: 'markdown',
      decision: { level: expect.any(String) },
    })
    expect(isUnedited(text, digest)).toBe(true)
    expect(second.value).toMatchObject({ version: 1, digest, entry: entries[2]?.hash })
    await vi.waitFor(() => expect(heard).toEqual(entries.map(({ hash }) => hash)))
  })

  test('another design makes another version', async () => {
    const dir = await sampleFolder()
    const room = await roomOf(dir)
    const { host } = await overPort({ room })
    const first = await host.call('prompt.issue', { ...ISSUE, how: 'exported' })
    const shared = shareModel()
    shared.load(fromBase64(room.state()) as Uint8Array)
    shared.onUpdate((update, own) => own && room.receive(toBase64(update)))
    shared.write([
      {
        kind: 'patch',
        table: 'workItems',
        id: WORK,
        fields: { goal: 'Book a transfer of the signed-in customer, and say why one is refused.' },
      },
    ])
    const second = await host.call('prompt.issue', { ...ISSUE, how: 'exported' })
    expect([first, second]).toMatchObject([{ value: { version: 1 } }, { value: { version: 2 } }])
    expect((await entriesOf(host)).map(({ type }) => type)).toEqual(['prompt-issued', 'prompt-issued'])
    expect(await openFolder(dir)).toMatchObject({
      value: { design: { workItems: { [WORK]: { goal: expect.stringContaining('say why') } } } },
    })
  })

  test('takes the text edited by hand, with a digest of its own, and notes whose edit it is', async () => {
    const room = await roomOf(await sampleFolder())
    const { host } = await overPort({ room })
    const first = await host.call('prompt.issue', ISSUE)
    const shared = shareModel()
    shared.load(fromBase64(room.state()) as Uint8Array)
    shared.onUpdate((update, own) => own && room.receive(toBase64(update)))
    const at = new Date().toISOString()
    const found = promptToEdit(shared.read(), builtinPacks, templates, { workItem: WORK, target: 'markdown', at })
    if (!found.ok || !first.ok) throw new Error('refused')
    const { generated } = found.value
    const text = generated.replace('## 1 Task\n', '## 1 Task\n\nRead src/orders.ts first.\n')
    const edit = { workItem: WORK, target: 'markdown', generated, text, before: undefined }
    const changes = editPrompt(shared.read(), edit, { at, by: 'developer', random: Math.random })
    if (!changes.ok) throw new Error(changes.problems[0].message)
    shared.write(changes.value, { label: 'edit a prompt' })
    const second = await host.call('prompt.issue', ISSUE)
    if (!second.ok) throw new Error(second.problems[0].message)
    expect(second.value.text).toContain('Read src/orders.ts first.')
    expect(second.value.digest).not.toBe(first.value.digest)
    expect(isUnedited(second.value.text, second.value.digest)).toBe(true)
    const copies = (await entriesOf(host)).filter(({ type }) => type === 'prompt-copied').map(({ payload }) => payload)
    expect(copies.map(({ digest, edited }) => [digest, edited])).toEqual([
      [first.value.digest, undefined],
      [second.value.digest, { by: 'developer', at }],
    ])
    shared.undo()
    const third = await host.call('prompt.issue', ISSUE)
    expect(third).toMatchObject({ value: { digest: first.value.digest, version: 1 } })
  })

  test('asks the policy at every copy: a later stricter one refuses the next, and what was noted stays', async () => {
    const room = await roomOf(await sampleFolder())
    const { host } = await overPort({ room })
    expect(await host.call('prompt.issue', ISSUE)).toMatchObject({ ok: true })
    const before = await entriesOf(host)
    const shared = shareModel()
    shared.load(fromBase64(room.state()) as Uint8Array)
    shared.onUpdate((update, own) => own && room.receive(toBase64(update)))
    const set = (fields: object) => shared.write([{ kind: 'patch', table: 'policy', id: 'policy', fields: { ...fields } }])
    set({ 'tools/old': { hosting: 'local', approved: true, expires: '2026-01-01' } })
    expect(await host.call('prompt.issue', ISSUE)).toMatchObject({
      ok: false,
      problems: [{ code: 'policy.refuses', message: expect.stringContaining('none of them may be used') }],
    })
    const when = { actorRole: ['contractor'] }
    set({ 'tools/old': undefined, 'roles/security lead': 'contractor', 'rules/AI-09': { when, level: 'forbidden' } })
    expect(await host.call('prompt.issue', ISSUE)).toMatchObject({ ok: false, problems: [{ code: 'policy.refuses' }] })
    set({ 'roles/security lead': 'employee' })
    expect(await host.call('prompt.issue', ISSUE)).toMatchObject({ ok: true })
    const after = await entriesOf(host)
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after).toHaveLength(before.length + 1)
  })

  test('is refused behind a closed gate, with what would open it; a draft is marked and noted as one', async () => {
    const dir = await sampleFolder()
    await rm(path.join(dir, 'triage'), { recursive: true })
    const host = await hostOf(dir)
    const refused = await host.call('prompt.issue', ISSUE)
    expect(refused).toMatchObject({ ok: false })
    expect(refused.ok ? [] : refused.problems.every(({ code }) => code.startsWith('gate.'))).toBe(true)
    expect(await entriesOf(host)).toEqual([])
    const draft = await host.call('prompt.issue', { ...ISSUE, draft: true })
    expect(draft).toMatchObject({ ok: true, value: { text: expect.stringContaining('DRAFT') } })
    expect((await entriesOf(host))[0]?.payload).toMatchObject({ draft: true })
  })

  test('is refused for what is unknown, and in a read-only copy', async () => {
    const dir = await sampleFolder()
    const host = await hostOf(dir)
    expect(await host.call('prompt.issue', { ...ISSUE, target: 'abacus' })).toMatchObject({ ok: false })
    expect(await host.call('prompt.issue', { ...ISSUE, workItem: 'W-ABSNT' })).toMatchObject({ ok: false })
    const second = await hostOf(dir)
    expect(await second.call('prompt.issue', ISSUE)).toMatchObject({ ok: false, problems: [{ code: 'folder.readOnly' }] })
    expect(await entriesOf(host)).toEqual([])
  })

  test('is refused over a broken ledger', async () => {
    const dir = await sampleFolder()
    await mkdir(path.join(dir, 'ledger'))
    await writeFile(path.join(dir, `ledger/${'0'.repeat(64)}.json`), '{}')
    expect(await (await hostOf(dir)).call('prompt.issue', ISSUE)).toMatchObject({
      ok: false,
      problems: [{ code: 'ledger.unreadable' }],
    })
  })
})

describe('taking a checklist along', () => {
  test('notes each copying and printing, with the form and what names the checklist', async () => {
    const host = await hostOf(await sampleFolder())
    const tasks = await host.call('checklist.issue', { workItem: WORK, form: 'tasks' })
    const markdown = await host.call('checklist.issue', { workItem: WORK, form: 'markdown' })
    const whole = await host.call('checklist.issue', { workItem: WORK, form: 'pullRequest' })
    const paper = await host.call('checklist.issue', { workItem: WORK, form: 'print' })
    if (!tasks.ok || !markdown.ok || !whole.ok || !paper.ok) throw new Error('refused')
    expect(tasks.value.text).toContain('- [ ]')
    expect(markdown.value.text).toMatch(/^# Checklist/)
    expect(whole.value.text.endsWith(tasks.value.text)).toBe(true)
    expect(paper.value.text).toBe('')
    const entries = await entriesOf(host)
    expect(entries.map(({ type, payload }) => [type, payload.form, payload.digest])).toEqual(
      ['tasks', 'markdown', 'pullRequest', 'print'].map(form => ['checklist-issued', form, tasks.value.digest]),
    )
    expect(entries[0]?.payload).toMatchObject({
      workItem: WORK,
      id: 'L-0RD3R',
      slice: expect.stringMatching(/^sha256:/),
      design: expect.stringMatching(/^sha256:/),
      text: digestOfText(tasks.value.text),
    })
    expect(entries[3]?.payload).not.toHaveProperty('text')
  })

  test('is refused for what is unknown, and noted in no read-only copy', async () => {
    const dir = await sampleFolder()
    const host = await hostOf(dir)
    expect(await host.call('checklist.issue', { workItem: 'W-ABSNT', form: 'tasks' })).toMatchObject({ ok: false })
    const second = await hostOf(dir)
    expect(await second.call('checklist.issue', { workItem: WORK, form: 'tasks' })).toMatchObject({
      ok: false,
      problems: [{ code: 'folder.readOnly' }],
    })
    expect(await entriesOf(host)).toEqual([])
  })
})

describe('reviewing', () => {
  test('reads without writing, notes answers bound to slice, and notes the verdict', async () => {
    const dir = await sampleFolder()
    const host = await hostOf(dir)
    const read = await host.call('review.read', { workItem: WORK })
    expect(read).toMatchObject({
      ok: true,
      value: { record: { workItem: WORK, verdict: expect.stringMatching(/^(fail|inconclusive)$/) } },
    })
    expect(await entriesOf(host)).toEqual([])
    const { checks } = (read.ok ? read.value.record : {}) as { readonly checks: readonly { readonly id: string }[] }
    const check = checks[0]?.id as string
    const answer = await host.call('review.answer', {
      workItem: WORK,
      check,
      answer: 'fail',
      observation: 'The account comes from the body.',
    })
    expect(answer).toMatchObject({ ok: true })
    const verdict = await host.call('review.verify', { workItem: WORK })
    expect(verdict).toMatchObject({ ok: true, value: { record: { workItem: WORK } } })
    const entries = await entriesOf(host)
    expect(entries.map(({ type }) => type)).toEqual(['signed-off', 'verdict'])
    expect(entries[0]?.payload).toMatchObject({ workItem: WORK, check, answer: 'fail', slice: expect.stringMatching(/^sha256:/) })
    expect(entries[1]?.payload).toMatchObject({ digest: verdict.ok && (verdict.value.record as { digest: string }).digest })
  })

  test('refuses an answer to a check that is not there', async () => {
    const host = await hostOf(await sampleFolder())
    const input = { workItem: WORK, check: 'C-00000000', answer: 'pass', observation: '' } as const
    expect(await host.call('review.answer', input)).toMatchObject({ ok: false, problems: [{ code: 'review.unknownCheck' }] })
    expect(await entriesOf(host)).toEqual([])
  })
})

test('the model report is Markdown, and the same twice', async () => {
  const dir = await sampleFolder()
  const host = await hostOf(dir)
  const report = await host.call('report.read', { kind: 'model' })
  expect(report).toMatchObject({ ok: true, value: { markdown: expect.stringMatching(/^# [\s\S]*Transfer/) } })
  expect(await host.call('report.read', { kind: 'model' })).toEqual(report)
  expect((await readdir(dir)).includes('ledger')).toBe(false)
})
