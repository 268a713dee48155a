import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Host } from '../../host/contract.ts'
import { findSample } from '../../host/node/samples.ts'
import { temporaryFolder } from './folders.ts'
import { overHttp, overPort, roomOf } from './hosts.ts'

const ASK = { workItem: 'W-0RD3R', target: 'skill', draft: false } as const

/** A repository with the sample in it and one template of the team. */
async function repository(): Promise<string> {
  const project = await temporaryFolder()
  await cp(findSample('bank-transfer') as string, project, { recursive: true })
  await mkdir(path.join(project, '.git'))
  await mkdir(path.join(project, 'threat-model/templates'))
  await writeFile(path.join(project, 'threat-model/templates/house.hbs'), '{{> sections}}\n## House rules\n')
  return project
}

const TRANSPORTS = { port: overPort, http: overHttp } as const

async function hostOf(project: string, transport: keyof typeof TRANSPORTS = 'port'): Promise<Host> {
  return (await TRANSPORTS[transport]({ room: await roomOf(path.join(project, 'threat-model')) })).host
}

test.each(['port', 'http'] as const)('a window reads templates and prompts made with them over %s', async transport => {
  const host = await hostOf(await repository(), transport)
  const read = await host.call('templates.read', {})
  expect(read).toMatchObject({ value: { templates: [{ name: 'house', problems: [] }], problems: [] } })
  const prompt = await host.call('prompt.read', { workItem: ASK.workItem, target: 'markdown', template: 'house' })
  expect(prompt).toMatchObject({ value: { template: { name: 'house' }, text: expect.stringContaining('## House rules') } })
  const strange = { workItem: ASK.workItem, target: 'markdown', template: '../house' }
  expect(await host.call('prompt.read', strange)).toMatchObject({ problems: [{ code: 'host.input' }] })
})

test('a prompt says in the ledger which template made it, and is stale, by name, when that changes', async () => {
  const project = await repository()
  const host = await hostOf(project)
  const issued = await host.call('prompt.issue', { ...ASK, target: 'markdown', template: 'house', how: 'copied' })
  expect(issued.ok).toBe(true)
  const ledger = await host.call('ledger.read', {})
  expect(ledger.ok && ledger.value.entries[0]?.entry.payload).toMatchObject({ template: { name: 'house' } })
  const remarksNow = async () => {
    const review = await host.call('review.read', { workItem: ASK.workItem })
    return review.ok ? JSON.stringify(review.value.record) : ''
  }
  expect(await remarksNow()).not.toContain('verify.promptStale')
  await writeFile(path.join(project, 'threat-model/templates/house.hbs'), '{{> sections}}\n## Other rules\n')
  expect(await remarksNow()).toContain('The template house changed since the last prompt')
})

test('saving writes below the repository once and notes it; a hand edit stays until it is let go', async () => {
  const project = await repository()
  const host = await hostOf(project)
  const first = await host.call('prompt.save', ASK)
  if (!first.ok) throw new Error(first.problems[0].message)
  expect(first.value.files.every(({ kind }) => kind === 'created')).toBe(true)
  const file = path.join(project, first.value.files[0]?.path ?? '')
  await writeFile(file, 'by hand\n')
  const kept = await host.call('prompt.save', ASK)
  expect(kept).toMatchObject({ value: { conflicts: [{ why: 'edited', before: 'by hand\n' }] } })
  expect(kept.ok && kept.value.entry).toBeUndefined()
  expect(await readFile(file, 'utf8')).toBe('by hand\n')
  const replace = kept.ok ? kept.value.conflicts.map(({ path: at, sha256 }) => ({ path: at, sha256 })) : []
  expect(await host.call('prompt.save', { ...ASK, replace })).toMatchObject({ value: { conflicts: [] } })
  expect(await readFile(file, 'utf8')).not.toContain('by hand')
  const ledger = await host.call('ledger.read', {})
  const types = ledger.ok ? ledger.value.entries.map(({ entry }) => entry.type) : []
  expect(types).toEqual(['prompt-issued', 'exported'])
})
