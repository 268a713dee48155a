import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { folderOf } from '../../core/model/write.ts'
import { enrolKey } from '../../core/signing/enrolled.ts'
import { enrolledIn, writeEnrolled } from '../../host/node/keys/enrolment.ts'
import { makeKey } from '../../host/node/keys/store.ts'
import { AT, smallDesign } from '../host/evidence/designs.ts'
import { commit, git, repository, temporaryFolder, write } from '../host/evidence/repository.ts'
import { type Ran, skeptic } from '../support/cli.ts'
import { program } from '../support/served-workbench.ts'

const own = process.env.XDG_CONFIG_HOME
afterAll(() => {
  if (own === undefined) delete process.env.XDG_CONFIG_HOME
  else process.env.XDG_CONFIG_HOME = own
})

const design = smallDesign()
const strict = { ...design, policy: { policy: { ...design.policy.policy, selfReported: 'never' as const } } } as typeof design
const PASSES = '<testsuite><testcase classname="invoices" name="RTEST1 denies others"/></testsuite>'
/** Passes as long as the control stands in src/authz.js. */
const TESTS = `const s = require('fs').readFileSync('src/authz.js', 'utf8'); const bad = s.includes('owner') ? '' : '<failure/>'
console.log('<testsuite><testcase classname="invoices" name="RTEST1 denies others">' + bad + '</testcase></testsuite>')`

let repo = ''
let homes = ''
beforeEach(() => {
  homes = temporaryFolder()
  repo = repository({ 'src/authz.js': 'allow', 'test/run.js': TESTS, 'package.json': '{}' })
  write(path.join(repo, 'threat-model'), Object.fromEntries(folderOf(strict)))
  as('ann')
})

/** Sits down at the machine of somebody. */
function as(name: string): void {
  process.env.XDG_CONFIG_HOME = path.join(homes, name)
}
function run(...words: readonly string[]): Ran {
  return skeptic(words, { cwd: repo })
}
function good(...words: readonly string[]): Ran {
  const ran = run(...words)
  expect(ran.code, `${words.join(' ')}\n${ran.err}`).toBe(0)
  return ran
}
/** Makes a key for somebody and enrols it, as the commands do; those are tested by themselves. */
async function enrol(name: string, ...roles: readonly string[]): Promise<string> {
  as(name)
  const folder = path.join(repo, 'threat-model')
  const [made, before] = [await makeKey(), enrolledIn(folder)]
  if (!made.ok || !before.ok) throw new Error('no key')
  const { id, publicKey } = made.value
  const row = { name, email: `${name}@example.org`, roles: roles.length > 0 ? roles : ['reviewer'], publicKey, enrolledAt: AT }
  const keys = enrolKey(before.value, row)
  if (!keys.ok) throw new Error(keys.problems[0].message)
  await writeEnrolled(folder, keys.value)
  return id
}
/** Commits what stands as the base, then makes a change on a branch. */
function change(): string {
  commit(repo, 'Design')
  git(repo, 'checkout', '--quiet', '-b', 'change')
  writeFileSync(path.join(repo, 'src/authz.js'), 'owner')
  return commit(repo, 'Check the owner')
}
const evidenceFolder = () => path.join(repo, 'threat-model/.skeptic/evidence')
const sidecar = (name = 'unit.junit.xml') => JSON.parse(readFileSync(path.join(evidenceFolder(), `${name}.skeptic.json`), 'utf8'))
type Verdict = { id: string; statement: string; verdict: string; reason: string; selfReported: boolean; sentence: string }
type Record = {
  checks: Verdict[]
  problems: { code: string }[]
  integrity: { code: string }[]
  evidence: { reported: string; binding: string }[]
}
function verified(...words: readonly string[]): Record & { readonly code: number | null } {
  const ran = run('verify', '--json', '--dry-run', ...words)
  return { ...(ran.json() as unknown as Record), code: ran.code }
}
const ofTest = ({ checks }: Record) => checks.find(check => /check its owner/.test(check.statement))
const ofPerson = ({ checks }: Record) =>
  checks.find(check => check.reason === 'missing' && /Nobody has answered/.test(check.sentence))

describe('keys', () => {
  test('are made outside the design, enrolled in it, listed and revoked', () => {
    good('keys', 'new')
    const words = ['--name', 'ann', '--email', 'ann@example.org', '--role', 'security', '--role', 'reviewer']
    const made = good('keys', 'enrol', '--json', ...words).json() as { keys: { id: string }[] }
    const id = made.keys[0]?.id ?? ''
    expect(
      readdirSync(path.join(homes, 'ann/skeptic/keys'))
        .map(name => path.extname(name))
        .sort(),
    ).toEqual(['.pem', '.pub'])
    expect(readFileSync(path.join(repo, 'threat-model/keys.json'), 'utf8')).not.toContain('PRIVATE')
    expect(good('keys').out).toMatch(/ann +ann@example.org +reviewer, security +in force +here/)
    good('keys', 'revoke', id.slice(7, 19), '--reason', 'Lost.')
    expect(good('keys', '--json').json()).toMatchObject({ keys: [{ id, revokedAt: expect.any(String), reason: 'Lost.' }] })
  })

  test('of somebody else are enrolled by their public half', () => {
    const made = good('keys', 'new', '--json').json() as { keys: { publicKey: string }[] }
    as('ben')
    good('keys', 'enrol', '--public', made.keys[0]?.publicKey ?? '', '--name', 'ann', '--email', 'ann@example.org')
    expect(good('keys').out).not.toContain('here')
  })

  test('that others may read are refused, with the cure', async () => {
    await enrol('ann')
    chmodSync(path.join(homes, 'ann/skeptic/keys'), 0o755)
    const ran = run('keys')
    expect([ran.code, ran.err]).toEqual([3, expect.stringMatching(/mode is 755[\s\S]*chmod 700/)])
  })
})

describe('collect', () => {
  test('binds, names the tool and the runner, and signs; such evidence is not self-reported', async () => {
    await enrol('ann')
    const head = change()
    const ran = good('collect', '--slot', 'unit', '--json', '--', 'node', 'test/run.js').json()
    expect(ran).toMatchObject({
      slot: 'unit',
      exitCode: 0,
      commit: head,
      files: [{ path: '.skeptic/evidence/unit.junit.xml' }],
      reported: 'signed',
    })
    expect(sidecar()).toMatchObject({
      argv: ['node', 'test/run.js'],
      tool: { name: 'node' },
      dirty: false,
      runner: { kind: expect.any(String) },
      configs: [{ path: 'package.json' }],
      stderr: { lines: 0 },
    })
    const record = verified()
    expect(record.evidence).toMatchObject([{ reported: 'signed', binding: 'bound' }])
    expect(ofTest(record)).toMatchObject({ verdict: 'pass', selfReported: false })
  })

  test('unsigned it is self-reported, and a check that asks for a signature stays open', async () => {
    await enrol('ann')
    change()
    good('collect', '--slot', 'unit', '--unsigned', '--', 'node', 'test/run.js')
    expect(ofTest(verified())).toMatchObject({ verdict: 'inconclusive', reason: 'self-reported' })
  })

  test('a key that the change itself enrols signs nothing that counts, and a remark says so', async () => {
    commit(repo, 'Design')
    git(repo, 'checkout', '--quiet', '-b', 'change')
    await enrol('ann')
    writeFileSync(path.join(repo, 'src/authz.js'), 'owner')
    commit(repo, 'Check the owner')
    good('collect', '--slot', 'unit', '--', 'node', 'test/run.js')
    const record = verified()
    expect(ofTest(record)?.reason).toBe('self-reported')
    expect(record.problems.map(({ code }) => code)).toContain('keys.notYet')
  })

  test('a sidecar that was changed after it was signed breaks integrity', async () => {
    await enrol('ann')
    change()
    good('collect', '--slot', 'unit', '--', 'node', 'test/run.js')
    const file = path.join(evidenceFolder(), 'unit.junit.xml.skeptic.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"exitCode": 0', '"exitCode": 1'))
    const record = verified()
    expect([record.code, record.integrity.map(({ code }) => code)]).toEqual([4, ['evidence.edited']])
  })

  test('a revoked key counts up to its end only', async () => {
    const id = await enrol('ann')
    change()
    good('collect', '--slot', 'unit', '--', 'node', 'test/run.js')
    good('keys', 'revoke', id, '--since', '2020-01-01T00:00:00Z')
    expect(ofTest(verified())?.reason).toBe('self-reported')
  })

  test('without the file of the control the tests fail, and neither the checkout nor the change is touched', async () => {
    await enrol('ann')
    change()
    const ran = good('collect', '--slot', 'unit', '--without', 'src/authz.js', '--', 'node', 'test/run.js')
    expect(ran.out).toContain('src/authz.js was as before the change')
    const [report] = readdirSync(evidenceFolder()).filter(name => name.endsWith('.xml'))
    expect(report).toMatch(/^unit\.without-[0-9a-f]{8}\.junit\.xml$/)
    expect(readFileSync(path.join(evidenceFolder(), report ?? ''), 'utf8')).toContain('<failure/>')
    expect(sidecar(report)).toMatchObject({ without: 'src/authz.js', dirty: false })
    expect(readFileSync(path.join(repo, 'src/authz.js'), 'utf8')).toBe('owner')
    expect(git(repo, 'worktree', 'list').split('\n')).toHaveLength(1)
  })

  test.each([
    ['a file that the change does not touch', ['--without', 'test/run.js'], 'does not touch'],
    ['a file that is nowhere', ['--without', 'src/none.js'], 'no file src/none.js'],
    ['a name with a folder in it', ['--file', '../x.xml'], 'plain file name'],
    ['no program of that name', ['--file', 'x.xml'], 'cannot be run', 'no-such-program-here'],
  ])('%s is refused, and nothing is left', async (_name, words, reason, tool = 'node') => {
    await enrol('ann')
    change()
    const ran = run('collect', '--slot', 'unit', ...words, '--', tool, 'test/run.js')
    expect([ran.code, ran.err]).toEqual([3, expect.stringContaining(reason)])
    expect(existsSync(evidenceFolder())).toBe(false)
  })

  test('asked to stop, it stops the tool and what that started, and keeps nothing', async () => {
    change()
    const words = ['collect', '--slot', 'unit', '--', 'sh', '-c', 'sleep 600 & echo begun >&2; wait']
    const child = spawn(process.execPath, [program, ...words], { cwd: repo, stdio: ['ignore', 'ignore', 'pipe'] })
    let heard = ''
    child.stderr.on('data', (chunk: Buffer) => {
      if (!heard.includes('begun') && (heard + chunk).includes('begun')) child.kill('SIGINT')
      heard += chunk
    })
    const code = await new Promise(done => child.on('close', done))
    expect([code, heard]).toEqual([3, expect.stringContaining('was stopped before it ended')])
    expect(existsSync(evidenceFolder())).toBe(false)
    expect(readdirSync(path.join(repo, 'threat-model/.skeptic/collecting'))).toEqual([])
  })

  test('several at once leave one whole pair', async () => {
    await enrol('ann')
    change()
    const once = (n: number) =>
      new Promise(done => {
        const text = PASSES.replace('"/>', `"><system-out>${n}</system-out></testcase>`)
        const words = ['collect', '--slot', 'unit', '--', 'node', '-e', `console.log(${JSON.stringify(text)})`]
        spawn(process.execPath, [program, ...words], { cwd: repo, stdio: 'ignore' }).on('close', done)
      })
    expect(await Promise.all([1, 2, 3, 4].map(once))).toEqual([0, 0, 0, 0])
    expect(readdirSync(evidenceFolder()).sort()).toEqual(['unit.junit.xml', 'unit.junit.xml.skeptic.json'])
    expect(ofTest(verified())?.verdict).toBe('pass')
    expect(good('ledger', 'verify').out).toMatch(/^Whole: 4 entries, 4 of them signed/)
  })
})

describe('sign', () => {
  test('an answer of somebody enrolled as reviewer counts for this change and no later one', async () => {
    await enrol('ann')
    change()
    const check = ofPerson(verified())?.id ?? ''
    expect(check).toMatch(/^C-/)
    good('sign', 'W-00001', '--check', check, '--words', 'Read it line by line.')
    const after = verified().checks.find(({ id }) => id === check)
    expect(after).toMatchObject({ verdict: 'pass', selfReported: false })
    writeFileSync(path.join(repo, 'src/authz.js'), 'owner, or not')
    commit(repo, 'Again')
    expect(verified().checks.find(({ id }) => id === check)?.reason).toBe('stale-commit')
  })

  test('without the role that is asked it does not', async () => {
    await enrol('ann', 'security')
    change()
    const check = ofPerson(verified())?.id ?? ''
    good('sign', 'W-00001', '--check', check, '--words', 'Seen.')
    expect(verified().checks.find(({ id }) => id === check)?.sentence).toContain('not enrolled as')
  })

  test('nobody signs without a key', () => {
    change()
    const ran = run('sign', 'W-00001', '--check', 'C-00000001')
    expect([ran.code, ran.err]).toEqual([3, expect.stringContaining('skeptic keys new')])
  })
})

describe('waive', () => {
  /** Within the days that a policy allows where it says nothing. */
  const UNTIL = new Date(Date.now() + 30 * 24 * 3600 * 1000).toISOString().slice(0, 10)

  test('two people set a check aside; one person is not two', async () => {
    await enrol('ben')
    await enrol('ann')
    change()
    const check = ofTest(verified())?.id ?? ''
    const words = ['waive', check, '--reason', 'The shop is closed until then.', '--until', UNTIL]
    const { entry } = good(...words, '--json').json() as { entry: string }
    expect(ofTest(verified())?.verdict).toBe('inconclusive')
    const alone = run('waive', '--second', entry.slice(7, 19))
    expect([alone.code, alone.err]).toEqual([3, expect.stringContaining('cannot also be the second')])
    as('ben')
    good('waive', '--second', entry)
    expect(ofTest(verified())).toMatchObject({ verdict: 'waived', sentence: expect.stringContaining('ann, ben') })
  })

  test.each([
    ['without a reason', ['--until', UNTIL], 'needs a reason'],
    ['without an end', ['--reason', 'Because.'], 'no day from today on'],
    ['with an end that was', ['--reason', 'Because.', '--until', '2020-01-01'], 'no day from today on'],
    [
      'with an end later than the policy allows',
      ['--reason', 'Because.', '--until', '2099-01-01'],
      '90 days that the policy allows',
    ],
    ['with an end that is no day', ['--reason', 'Because.', '--until', '2099-02-30'], 'no day from today on'],
  ])('%s it is refused', async (_name, words, reason) => {
    await enrol('ann')
    change()
    const ran = run('waive', ofTest(verified())?.id ?? '', ...words)
    expect([ran.code, ran.err]).toEqual([3, expect.stringContaining(reason)])
  })
})

describe('the ledger', () => {
  const entries = () =>
    readdirSync(path.join(repo, 'threat-model/ledger')).map(name => path.join(repo, 'threat-model/ledger', name))

  test('with an entry that was signed and then given to another is broken', async () => {
    await enrol('ben')
    await enrol('ann')
    change()
    good('collect', '--slot', 'unit', '--', 'node', 'test/run.js')
    const keys = path.join(repo, 'threat-model/keys.json')
    const kept = JSON.parse(readFileSync(keys, 'utf8')) as { keys: { [id: string]: { name: string } } }
    const others = Object.fromEntries(Object.entries(kept.keys).filter(([, { name }]) => name !== 'ann'))
    writeFileSync(keys, JSON.stringify({ ...kept, keys: others }))
    const ran = run('ledger', 'verify')
    expect([ran.code, ran.out]).toEqual([4, expect.stringContaining('which keys.json does not list')])
  })

  test('whose last entries were cut off is missed where its heads were published', () => {
    change()
    git(repo, 'config', 'user.name', 'Developer')
    git(repo, 'config', 'user.email', 'dev@example.org')
    good('collect', '--slot', 'unit', '--unsigned', '--', 'node', 'test/run.js')
    good('ledger', 'publish')
    const before = good('ledger', '--json').out
    const [last = ''] = entries()
    rmSync(last)
    const ran = run('ledger', 'verify')
    expect([ran.code, ran.out]).toEqual([4, expect.stringContaining('is gone')])
    expect(verified().code).toBe(4)
    git(repo, 'update-ref', '-d', 'refs/notes/skeptic')
    expect(run('ledger', 'verify').code).toBe(0)
    mkdirSync(path.join(repo, 'out'))
    writeFileSync(path.join(repo, 'out/seen.json'), before)
    expect(run('ledger', 'verify', '--published', 'out/seen.json').code).toBe(4)
  })

  test('says of verdicts what they saw', () => {
    change()
    run('verify')
    run('verify')
    const seen = entries().map(file => (JSON.parse(readFileSync(file, 'utf8')) as { payload: { ledger: object } }).payload.ledger)
    expect(seen).toContainEqual({ entries: 0, heads: [] })
    expect(seen).toContainEqual({ entries: 1, heads: [expect.stringMatching(/^sha256:/)] })
  })
})
