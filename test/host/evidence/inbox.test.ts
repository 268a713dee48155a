import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { applyChanges } from '../../../core/model/change.ts'
import { confirmEvidence, dropEvidence, type HandedIn, proposeEvidence, readInbox } from '../../../host/node/evidence/inbox.ts'
import { loadEvidence } from '../../../host/node/evidence/load.ts'
import { readLedgerFolder } from '../../../host/node/ledger.ts'
import { AT, designFolder, smallDesign } from '../folders.ts'

const WORK = 'W-0000A'
const DESIGN = applyChanges(smallDesign(), [
  {
    kind: 'put',
    table: 'workItems',
    row: { id: WORK, name: 'Sell', goal: 'Sell', operation: 'generate', provenance: { kind: 'human', at: AT } },
  },
])
const STAMP = { at: AT, by: 'Somebody' }
const REPORT = '<testsuites><testsuite name="a"><testcase classname="a" name="b"/></testsuite></testsuites>'
const HANDED_IN: HandedIn = {
  client: { name: 'agent', version: '1' },
  workItem: WORK,
  slot: 'unit',
  report: REPORT,
  command: ['node', '--test'],
  exitCode: 0,
}

const propose = (folder: string, more: Partial<HandedIn> = {}) =>
  proposeEvidence(folder, DESIGN, { handedIn: { ...HANDED_IN, ...more }, stamp: STAMP })

async function proposedIn(folder: string, more: Partial<HandedIn> = {}): Promise<string> {
  const proposed = await propose(folder, more)
  if (!proposed.ok) throw new Error(proposed.problems[0].message)
  return proposed.value.proposal.id
}

const code = (result: { readonly ok: boolean; readonly problems?: readonly { readonly code: string }[] }) =>
  result.problems?.[0]?.code

describe('the inbox of evidence', () => {
  test('nothing in it is evidence, and it ignores itself for git', async () => {
    const folder = await designFolder(DESIGN)
    expect(await readInbox(folder)).toEqual({ proposals: [], problems: [] })
    const id = await proposedIn(folder)
    expect((await loadEvidence(path.join(folder, '.skeptic/evidence'))).reports).toEqual([])
    expect(readFileSync(path.join(folder, '.skeptic/.gitignore'), 'utf8')).toBe('*\n')
    const { proposals } = await readInbox(folder)
    expect(proposals.map(({ proposal, holds }) => [proposal.id, holds])).toEqual([[id, '1 test, 0 failed']])
  })

  test('the same report is one proposal; for another work item or slot it is another', async () => {
    const folder = await designFolder(DESIGN)
    const [one, again] = [await proposedIn(folder), await proposedIn(folder, { note: 'again' })]
    expect(again).toBe(one)
    expect(await proposedIn(folder, { slot: 'fuzz' })).not.toBe(one)
    expect((await readInbox(folder)).proposals).toHaveLength(2)
  })

  test('confirmed, it is evidence on the word of whoever did', async () => {
    const folder = await designFolder(DESIGN)
    const id = await proposedIn(folder)
    const confirmed = await confirmEvidence(folder, DESIGN, { id, stamp: { at: AT, by: 'Lead' } })
    expect(confirmed.ok).toBe(true)
    const { reports, problems } = await loadEvidence(path.join(folder, '.skeptic/evidence'))
    expect(problems).toEqual([])
    expect(reports.map(({ slot, sidecar }) => [slot, sidecar?.ok && sidecar.value.reported])).toEqual([['unit', 'self']])
    const ledger = await readLedgerFolder(folder)
    const entries = ledger.ok ? ledger.value.entries.map(({ entry }) => [entry.type, entry.actor, entry.payload.proposal]) : []
    expect(entries).toEqual([['collected', 'Lead', id]])
    expect(await readInbox(folder)).toEqual({ proposals: [], problems: [] })
    expect(code(await confirmEvidence(folder, DESIGN, { id, stamp: STAMP }))).toBe('evidence.noProposal')
  })

  test('a proposal that somebody changed is not confirmed', async () => {
    const folder = await designFolder(DESIGN)
    const id = await proposedIn(folder)
    const file = path.join(folder, '.skeptic/inbox', `${id}.json`)
    writeFileSync(file, readFileSync(file, 'utf8').replace('name=\\"b\\"', 'name=\\"c\\"'))
    expect(code(await confirmEvidence(folder, DESIGN, { id, stamp: STAMP }))).toBe('evidence.proposal')
    expect((await readInbox(folder)).problems.map(problem => problem.at)).toEqual([`.skeptic/inbox/${id}.json`])
    expect(existsSync(path.join(folder, '.skeptic/evidence'))).toBe(false)
    expect((await dropEvidence(folder, id)).ok).toBe(true)
    expect(await readInbox(folder)).toEqual({ proposals: [], problems: [] })
  })

  test('a broken ledger takes no confirmation, and what was laid out is taken back', async () => {
    const folder = await designFolder(DESIGN)
    const [first, second] = [await proposedIn(folder), await proposedIn(folder, { slot: 'fuzz' })]
    await confirmEvidence(folder, DESIGN, { id: first, stamp: STAMP })
    const [entry = ''] = readdirSync(path.join(folder, 'ledger'))
    writeFileSync(path.join(folder, 'ledger', entry), '{}')
    expect(code(await confirmEvidence(folder, DESIGN, { id: second, stamp: STAMP }))).toMatch(/^ledger\./)
    expect(readdirSync(path.join(folder, '.skeptic/evidence')).filter(name => name.startsWith('fuzz'))).toEqual([])
    expect((await readInbox(folder)).proposals.map(({ proposal }) => proposal.id)).toEqual([second])
  })

  test.each(['../../x', 'Q-0000000', 'Q-00000000', ''])('%j names nothing in it', async id => {
    const folder = await designFolder(DESIGN)
    expect(code(await confirmEvidence(folder, DESIGN, { id, stamp: STAMP }))).toBe('evidence.noProposal')
    expect(code(await dropEvidence(folder, id))).toBe('evidence.noProposal')
  })

  test('it takes no report that nobody can read, none for nothing, and no flood', async () => {
    const folder = await designFolder(DESIGN)
    expect(code(await propose(folder, { report: 'fine' }))).toBe('evidence.format')
    expect(code(await propose(folder, { workItem: 'W-0000B' }))).toBe('evidence.workItem')
    await proposedIn(folder)
    for (let n = 10; n < 109; n++)
      writeFileSync(path.join(folder, `.skeptic/inbox/Q-000000${n.toString(16).padStart(2, '0')}.json`), '{}')
    expect(code(await propose(folder, { slot: 'last' }))).toBe('evidence.inboxFull')
  })
})
