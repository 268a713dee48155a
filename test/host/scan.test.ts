import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { restored } from '../../core/scan/placeholders.ts'
import { findSample } from '../../host/node/samples.ts'
import { keptValues, localKey } from '../../host/node/scan/local-folder.ts'
import { secondReading } from '../../host/node/scan/second-reader.ts'
import { temporaryFolder } from './folders.ts'
import { overPort, roomOf } from './hosts.ts'

const WORK = 'W-0RD3R'
const ISSUE = { workItem: WORK, target: 'markdown', draft: true, how: 'copied' } as const
const MAIL = ['jane.roe', 'partner-bank.eu'].join('@')
const CARD = ['4111', '1111', '1111', '1111'].join(' ')
const TOKEN = ['gh', 'p_', 'a1B2c3D4e5F6g7H8'.repeat(3).slice(0, 36)].join('')

let local = ''
const before = process.env.SKEPTIC_LOCAL
beforeEach(async () => {
  local = await mkdtemp(path.join(tmpdir(), 'skeptic-local-'))
  process.env.SKEPTIC_LOCAL = local
})
afterEach(async () => {
  process.env.SKEPTIC_LOCAL = before
  if (before === undefined) delete process.env.SKEPTIC_LOCAL
  await rm(local, { recursive: true, force: true })
})

/** The sample with more words in the goal of its work item. */
async function sampleSaying(words: string): Promise<string> {
  const copy = await temporaryFolder()
  await cp(findSample('bank-transfer') as string, copy, { recursive: true })
  const dir = path.join(copy, 'threat-model')
  const file = path.join(dir, 'work-items', `${WORK}.json`)
  const row = JSON.parse(await readFile(file, 'utf8')) as { goal: string }
  await writeFile(file, `${JSON.stringify({ ...row, goal: `${row.goal} ${words}` }, null, 2)}\n`)
  return dir
}

async function textBelow(dir: string): Promise<string> {
  const names = await readdir(dir, { recursive: true, withFileTypes: true })
  const files = names.filter(one => one.isFile()).map(one => path.join(one.parentPath, one.name))
  return (await Promise.all(files.map(file => readFile(file, 'utf8')))).join('\n')
}

describe('the last look', () => {
  test('personal data: the prompt shows names, the ledger fingerprints, and only this machine knows the values', async () => {
    const dir = await sampleSaying(`Ask ${MAIL}, charge ${CARD}, ask ${MAIL}.`)
    const { host } = await overPort({ room: await roomOf(dir) })
    const issued = await host.call('prompt.issue', ISSUE)
    if (!issued.ok) throw new Error(issued.problems[0].message)
    expect(issued.value.text).toContain('Ask ⟨EMAIL_1⟩, charge ⟨CARD_1⟩, ask ⟨EMAIL_1⟩.')
    const ledger = await textBelow(path.join(dir, 'ledger'))
    const noted = { at: WORK, field: 'goal', fingerprint: expect.stringMatching(/^hmac-sha256:[0-9a-f]{32}$/) }
    const entries = await host.call('ledger.read', {})
    expect(entries).toMatchObject({
      value: {
        entries: [
          {
            entry: {
              payload: {
                scan: [
                  { rule: 'scan.email', ...noted },
                  { rule: 'scan.card', ...noted },
                  { rule: 'scan.email', ...noted },
                ],
              },
            },
          },
          {},
        ],
      },
    })
    for (const value of [MAIL, CARD]) for (const text of [ledger, issued.value.text]) expect(text).not.toContain(value)
    const values = await keptValues({ design: dir, workItem: WORK, target: 'markdown' })
    expect(restored('⟨EMAIL_1⟩ ⟨CARD_1⟩', values)).toBe(`${MAIL} ${CARD}`)
  })

  test('a secret keeps the prompt back, and no answer, ledger or kept file repeats it', async () => {
    const dir = await sampleSaying(`Sign in with ${TOKEN}.`)
    const { host } = await overPort({ room: await roomOf(dir) })
    const issued = await host.call('prompt.issue', ISSUE)
    expect(issued).toMatchObject({ ok: false, problems: [{ code: 'scan.secret.token', at: WORK }] })
    const said = JSON.stringify([issued, await host.call('ledger.read', {})])
    for (const text of [said, await textBelow(local)]) expect(text).not.toContain(TOKEN)
  })
})

describe('what stays on this machine', () => {
  test('the key is made once, and for this person alone', async () => {
    const [first, again] = await Promise.all([localKey(), localKey()])
    expect(first).toHaveLength(32)
    expect(await localKey()).toEqual(first)
    expect(again).toEqual(first)
    if (process.platform !== 'win32') expect((await stat(path.join(local, 'fingerprint.key'))).mode & 0o077).toBe(0)
    expect(await readFile(path.join(local, '.gitignore'), 'utf8')).toBe('*\n')
  })

  test('where nothing can be kept, findings go without a fingerprint', async () => {
    await writeFile(path.join(local, 'fingerprint.key'), 'short')
    expect(await localKey()).toBeUndefined()
    expect(await localKey(path.join(local, 'fingerprint.key', 'below'))).toBeUndefined()
  })

  test('nothing kept is nothing known', async () => {
    expect((await keptValues({ design: local, workItem: WORK, target: 'markdown' })).size).toBe(0)
  })
})

describe('the second reader', () => {
  test('says which rule and where, never what', async () => {
    const found = await secondReading(`before ${TOKEN} after`)
    expect(found).toEqual([expect.objectContaining({ rule: 'scan.secretlint.github', start: 7, end: 47 })])
    expect(JSON.stringify(found)).not.toContain(TOKEN)
  })

  test('takes examples for what they are', async () => {
    expect(await secondReading(`key ${['AKIA', 'IOSFODNN7', 'EXAMPLE'].join('')} of the handbook`)).toEqual([])
    expect(await secondReading('')).toEqual([])
  })
})
