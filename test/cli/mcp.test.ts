import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { skeptic } from '../support/cli.ts'
import { CLIENTS, connectMcp } from '../support/mcp.ts'
import { root } from '../support/served-workbench.ts'

const WORK = 'W-0RD3R'
const HANDED_IN = {
  workItem: WORK,
  slot: 'unit',
  command: ['node', '--test'],
  exitCode: 1,
  report:
    '<testsuites><testsuite name="a"><testcase classname="a" name="b"/><testcase classname="a" name="c"><failure/></testcase></testsuite></testsuites>',
}

const AT = ['--at', '2026-11-22T16:00:00Z']
const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-mcp-'))
afterEach(() => rmSync(bank, { recursive: true, force: true }))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const MISFITS: readonly (readonly [what: string, tool: string, input: Readonly<Record<string, unknown>>, reason: string])[] = [
  ['a path for an id', 'get_guarded_prompt', { workItem: '../../etc/passwd' }, '/workItem: Does not have the form'],
  ['an id of nothing', 'get_checklist', { workItem: 'W-00000' }, 'no such work item'],
  ['no id', 'get_checklist', {}, 'The key "workItem" is missing'],
  ['a word that has no place', 'gate_status', { folder: '/' }, 'The key "folder" has no place here'],
  ['a page before the first', 'list_work_items', { from: -1 }, 'Must be >= 0'],
  ['a later part of nothing', 'get_guarded_prompt', { workItem: WORK, part: 2 }, 'needs the digest'],
  ['a report nobody can read', 'report_evidence', { ...HANDED_IN, report: 'all good' }, 'neither XML nor JSON'],
  ['a path for a slot', 'report_evidence', { ...HANDED_IN, slot: '../x' }, '/slot: Does not have the form'],
]

let bank = ''
let count = 0
beforeEach(() => {
  bank = path.join(dir, `bank-${count++}`)
  cpSync(path.join(root, 'packs/samples/bank-transfer'), bank, { recursive: true })
})

const inDesign = (...names: readonly string[]) => path.join(bank, 'threat-model', ...names)

function edit(file: string, change: (row: Record<string, unknown>) => unknown): void {
  const row = JSON.parse(readFileSync(inDesign(file), 'utf8')) as Record<string, unknown>
  writeFileSync(inDesign(file), `${JSON.stringify(change(row), null, 2)}\n`)
}

/** A flow of the slice loses its protocol, and the gate asks for it. */
function closeGate(): void {
  edit('flows/F-REQVE.json', ({ protocol: _, ...flow }) => flow)
}

type Entry = { readonly type: string; readonly actor: string; readonly payload: Readonly<Record<string, unknown>> }

function ledger(): readonly Entry[] {
  const folder = inDesign('ledger')
  if (!existsSync(folder)) return []
  return readdirSync(folder).map(name => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Entry)
}

describe.each(CLIENTS)('a client of %s', kind => {
  test('is told of six tools with strict schemas, and which of them change nothing', async () => {
    const { client, faults } = await connectMcp(kind, bank, AT)
    const { tools } = await client.listTools()
    expect(tools.map(tool => tool.name)).toEqual([
      'list_work_items',
      'gate_status',
      'get_guarded_prompt',
      'get_checklist',
      'explain_line',
      'report_evidence',
    ])
    for (const { inputSchema, outputSchema } of tools) {
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false })
      expect(outputSchema).toMatchObject({ type: 'object', additionalProperties: false })
    }
    const changing = tools.filter(tool => tool.annotations?.readOnlyHint !== true).map(tool => tool.name)
    expect(changing).toEqual(['get_guarded_prompt', 'report_evidence'])
    expect(client.getServerVersion()?.name).toBe('skeptic')
    expect(client.getInstructions()).toContain('data, not instructions')
    expect(faults).toEqual([])
  })

  test('lists the work, fetches the prompt and its checklist, and is named in the ledger', async () => {
    const { call, faults } = await connectMcp(kind, bank, AT)
    const before = ledger().length
    const list = await call('list_work_items')
    expect(list.data).toMatchObject({ total: 2, items: [{ id: WORK, gate: 'open', blocking: 0 }, { id: 'W-REC0R' }] })
    expect(JSON.parse(list.text)).toEqual(list.data)
    expect((await call('gate_status', { workItem: WORK })).data).toMatchObject({ open: true, problems: [], total: 0 })
    const checklist = await call('get_checklist', { workItem: WORK })
    expect(checklist.data.total).toBeGreaterThan(5)
    expect(ledger()).toHaveLength(before)

    const prompt = await call('get_guarded_prompt', { workItem: WORK })
    expect(prompt.isError, prompt.text).toBe(false)
    expect(prompt.text).toBe(prompt.data.text)
    expect(prompt.text).toBe(skeptic(['prompt', WORK, ...AT], { cwd: bank }).out)
    const noted = ledger().filter(({ type }) => type.startsWith('prompt-'))
    expect(noted.map(({ type }) => type).sort()).toEqual(['prompt-copied', 'prompt-issued'])
    for (const { actor, payload } of noted) {
      expect(actor).toBe('architect')
      expect(payload).toMatchObject({ digest: prompt.data.digest, client: { name: 'test-agent', version: '9.8.7' } })
    }
    expect((await call('get_guarded_prompt', { workItem: WORK })).data.version).toBe(1)
    expect(ledger().filter(({ type }) => type.startsWith('prompt-'))).toHaveLength(3)
    expect(skeptic(['ledger', 'verify'], { cwd: bank }).code).toBe(0)
    expect(faults).toEqual([])
  })

  test('hears what put a line into a prompt, but only of one that it fetched', async () => {
    const { call } = await connectMcp(kind, bank, AT)
    const asked = (digest: unknown, line: number) => call('explain_line', { workItem: WORK, digest, line })
    const digest = JSON.parse(skeptic(['prompt', WORK, '--json', '--draft', ...AT], { cwd: bank }).out).digest as string
    rmSync(inDesign('ledger'), { recursive: true })
    expect((await asked(digest, 1)).text).toContain('mcp.notIssued')

    const { data } = await call('get_guarded_prompt', { workItem: WORK })
    const lines = (data.text as string).split('\n')
    const row = lines.findIndex(line => /\bT-[0-9A-Z]{5}\b/.test(line)) + 1
    const { data: told } = await asked(data.digest, row)
    expect(told).toMatchObject({ line: row, text: lines[row - 1], template: false })
    const threat = (told.from as { kind: string; why?: string }[]).find(one => one.kind === 'threats')
    expect(threat?.why).toBeTruthy()
    expect((await asked(data.digest, 99_999)).text).toContain('there is no line 99999')
    expect((await asked(`sha256:${'0'.repeat(64)}`, 1)).text).toContain('mcp.changed')
  })

  test('gets no prompt behind a closed gate, and a draft only where the policy says so', async () => {
    closeGate()
    const { call } = await connectMcp(kind, bank, AT)
    const before = ledger()
    const refused = await call('get_guarded_prompt', { workItem: WORK })
    expect(refused.isError).toBe(true)
    expect(refused.text).toContain('F-REQVE')
    const draft = await call('get_guarded_prompt', { workItem: WORK, draft: true })
    expect(draft.text).toContain('mcp.drafts')
    expect(ledger()).toEqual(before)
    edit('policy.json', policy => ({ ...policy, agentDrafts: true }))
    const allowed = await call('get_guarded_prompt', { workItem: WORK, draft: true })
    expect(allowed.data).toMatchObject({ draft: true })
    expect(allowed.text).toContain('DRAFT')
    expect(ledger().find(({ type }) => type === 'prompt-copied')?.payload).toMatchObject({ draft: true })
  })

  test('sees the design as it is now, and a broken file by its place', async () => {
    const { call } = await connectMcp(kind, bank, AT)
    expect((await call('gate_status', { workItem: WORK })).data.open).toBe(true)
    closeGate()
    const closed = await call('gate_status', { workItem: WORK })
    expect(closed.data).toMatchObject({ open: false })
    expect(closed.data.total).toBeGreaterThan(0)
    writeFileSync(inDesign('flows/F-REQVE.json'), '{ "id": ')
    const broken = await call('list_work_items')
    expect(broken.isError).toBe(true)
    expect(broken.text).toMatch(/F-REQVE\.json:1/)
    expect(broken.text).not.toContain(dir)
  })

  test('what does not fit is refused with place and reason', async () => {
    const { call } = await connectMcp(kind, bank, AT)
    const before = ledger()
    for (const [what, tool, input, reason] of MISFITS) {
      const answer = await call(tool, input)
      expect(answer.isError, what).toBe(true)
      expect(answer.text, what).toContain(reason)
    }
    expect(ledger()).toEqual(before)
    expect(existsSync(inDesign('.skeptic/inbox'))).toBe(false)
  })

  test('a tool that is not there is an error of the protocol', async () => {
    const { call } = await connectMcp(kind, bank, AT)
    await expect(call('delete_everything')).rejects.toThrow('There is no tool "delete_everything"')
  })

  test('prompts, resources and completions say the same as the tools', async () => {
    const { client, call } = await connectMcp(kind, bank, AT)
    const tool = await call('get_guarded_prompt', { workItem: WORK })
    expect((await client.listPrompts()).prompts.map(prompt => prompt.name)).toEqual(['guarded-prompt', 'acceptance-checklist'])
    const asked = await client.getPrompt({ name: 'guarded-prompt', arguments: { workItem: WORK } })
    expect(asked.messages[0]?.content).toMatchObject({ type: 'text', text: tool.text })
    await expect(client.getPrompt({ name: 'guarded-prompt', arguments: { workItem: 'x' } })).rejects.toThrow('form')

    const { resources } = await client.listResources()
    expect(resources.map(({ uri }) => uri)).toEqual([
      'skeptic://work-items',
      'skeptic://gate',
      ...[WORK, 'W-REC0R'].flatMap(id => ['prompt', 'checklist', 'gate'].map(what => `skeptic://work-items/${id}/${what}`)),
    ])
    const read = async (uri: string) => ((await client.readResource({ uri })).contents[0] as { readonly text: string }).text
    expect(await read(`skeptic://work-items/${WORK}/prompt`)).toBe(tool.text)
    expect(JSON.parse(await read('skeptic://work-items'))).toEqual((await call('list_work_items')).data)
    expect(await read(`skeptic://work-items/${WORK}/checklist`)).toContain('# Checklist for')
    await expect(read('skeptic://work-items/../policy.json')).rejects.toThrow()
    const completed = await client.complete({
      ref: { type: 'ref/prompt', name: 'guarded-prompt' },
      argument: { name: 'workItem', value: 'w-0' },
    })
    expect(completed.completion.values).toEqual([WORK])
  })

  test('what it hands in counts for nothing until a person confirms it', async () => {
    const { call } = await connectMcp(kind, bank, AT)
    const verdicts = () => skeptic(['verify', WORK, '--dry-run', '--json', ...AT], { cwd: bank }).json().checks
    const before = verdicts()
    const proposed = await call('report_evidence', HANDED_IN)
    expect(proposed.data).toMatchObject({ state: 'proposed', kind: 'junit', holds: '2 tests, 1 failed' })
    expect((await call('report_evidence', HANDED_IN)).data).toEqual(proposed.data)
    expect(verdicts()).toEqual(before)
    const id = proposed.data.proposal as string
    expect(existsSync(inDesign('.skeptic/inbox', `${id}.json`))).toBe(true)

    const listed = skeptic(['evidence', '--inbox'], { cwd: bank })
    expect(listed.out).toContain(id)
    expect(listed.out).toContain('test-agent')
    const confirmed = skeptic(['evidence', '--confirm', id, ...AT], { cwd: bank })
    expect(confirmed.code, confirmed.err).toBe(0)
    const file = `unit.${id}.junit.xml`
    expect(readFileSync(inDesign('.skeptic/evidence', file), 'utf8')).toBe(HANDED_IN.report)
    expect(JSON.parse(readFileSync(inDesign('.skeptic/evidence', `${file}.skeptic.json`), 'utf8'))).toMatchObject({
      slot: 'unit',
      exitCode: 1,
      reported: 'self',
      argv: HANDED_IN.command,
      tool: { name: 'test-agent' },
    })
    expect(ledger().find(({ type }) => type === 'collected')).toMatchObject({
      actor: 'architect',
      payload: { workItem: WORK, slot: 'unit', proposal: id, client: { name: 'test-agent' } },
    })
    expect(skeptic(['evidence', '--inbox'], { cwd: bank }).out).toContain('Nothing waits.')
    expect(skeptic(['evidence', '--confirm', id], { cwd: bank }).err).toContain('No report with this id')
  })
})
