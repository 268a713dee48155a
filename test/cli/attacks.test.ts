import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { checkOn, EVIDENCE, ExampleRepository, type Judged, notPassing, TRAILERS, WORK } from './example-repository.ts'

const LONG = 120_000
const REPORT = 'threat-model/.skeptic/evidence/unit.junit.xml'
const SIDECAR = `${REPORT}.skeptic.json`

let passed: ExampleRepository
beforeAll(() => {
  passed = ExampleRepository.passing()
}, LONG)
afterAll(() => passed.remove())

/** The repository as it passes, to be tampered with. */
function victim(): ExampleRepository {
  const repo = passed.copy()
  onTestFinished(() => repo.remove())
  return repo
}

const DEBIT = /debit the account of the session/
const codes = (judged: Judged) => [...judged.integrity, ...judged.problems].map(({ code }) => code)

/** Not a pass, and the check says why. */
function refused(judged: Judged, statement: RegExp): { readonly reason: string; readonly sentence: string } {
  expect(judged.verdict).not.toBe('pass')
  expect(judged.code).not.toBe(0)
  return checkOn(judged, statement)
}

function broken(judged: Judged): readonly string[] {
  expect(judged.code).toBe(4)
  return judged.integrity.map(({ code }) => code)
}

test('what is tampered with below passes before', () => {
  const judged = victim().verify()
  expect(notPassing(judged)).toEqual([])
  expect(judged).toMatchObject({ code: 0, verdict: 'pass' })
}, 60_000)

describe('evidence', () => {
  test('an old clean report is replayed for newer code', () => {
    const repo = victim()
    repo.edit('src/transfers/accept-transfer.ts', text => `${text}\nexport const later = 1\n`)
    repo.commit(`Later\n\n${TRAILERS}`)
    expect(refused(repo.verify(), DEBIT).reason).toBe('stale-commit')
  }, 60_000)

  test('a report is edited', () => {
    const repo = victim()
    repo.edit(REPORT, text => text.replace('testcase', 'testcase '))
    const judged = repo.verify()
    expect(broken(judged)).toEqual(['evidence.edited'])
    expect(refused(judged, DEBIT).reason).toBe('contradictory')
  }, 60_000)

  test('a report is emptied, or an empty one is collected', () => {
    const repo = victim()
    repo.write({ [REPORT]: '' })
    expect(broken(repo.verify())).toEqual(['evidence.edited'])
    const empty = path.join(repo.dir, '../unit.junit.xml')
    writeFileSync(empty, '<testsuites tests="0"></testsuites>')
    repo.collectAs('unit', empty)
    expect(refused(repo.verify(), DEBIT).reason).toBe('nothing-examined')
    writeFileSync(empty, '')
    repo.collectAs('unit', empty)
    expect(refused(repo.verify(), DEBIT).reason).toBe('unreadable')
  }, 60_000)

  test('all tests are skipped, and the runner is content', () => {
    const repo = victim()
    const report = path.join(repo.dir, '../unit.junit.xml')
    const text = readFileSync(path.join(EVIDENCE.fixed, 'unit.junit.xml'), 'utf8')
    const names = [...text.matchAll(/<testcase classname="([^"]*)" name="([^"]*)"/g)]
    expect(names.length).toBeGreaterThan(5)
    const cases = names.map(([, of, name]) => `<testcase classname="${of}" name="${name}"><skipped/></testcase>`)
    writeFileSync(report, `<testsuites><testsuite name="all">${cases.join('')}</testsuite></testsuites>`)
    repo.collectAs('unit', report)
    expect(refused(repo.verify(), DEBIT).reason).toBe('nothing-examined')
  }, 60_000)

  test("output of a runner is forged: without a sidecar, on nobody's signature, with a changed one", () => {
    const repo = victim()
    const signed = repo.read(SIDECAR)
    rmSync(repo.at(SIDECAR))
    expect(refused(repo.verify(), DEBIT).reason).toBe('unbound')
    const { signature: _signature, ...unsigned } = JSON.parse(signed)
    repo.write({ [SIDECAR]: JSON.stringify({ ...unsigned, reported: 'self' }) })
    expect(refused(repo.verify(), DEBIT).reason).toBe('self-reported')
    repo.write({ [SIDECAR]: JSON.stringify({ ...JSON.parse(signed), exitCode: 1 }) })
    expect(broken(repo.verify())).toEqual(['evidence.edited'])
  }, 60_000)
})

describe('what watches over the change', () => {
  test('a test is deleted', () => {
    const repo = victim()
    rmSync(repo.at('test/old.test.ts'))
    repo.commit('Tidy')
    expect(refused(repo.verify(), /No test is deleted/)).toMatchObject({
      verdict: 'fail',
      sentence: '1 test file deleted: test/old.test.ts.',
    })
  }, 60_000)

  test('a test is skipped', () => {
    const repo = victim()
    repo.edit('test/old.test.ts', text => text.replace('test(', 'test.skip('))
    repo.commit('Flaky')
    expect(refused(repo.verify(), /No test is deleted/)).toMatchObject({
      verdict: 'fail',
      sentence: expect.stringContaining('test/old.test.ts:1'),
    })
  }, 60_000)

  test('a scanner is silenced in a comment', () => {
    const repo = victim()
    repo.edit('src/transfers/order.ts', text => `// nosemgrep: everything\n${text}`)
    repo.commit('Tidy')
    const found = checkOn(repo.verify(), /No added line silences/)
    expect(found).toMatchObject({ verdict: 'fail', sentence: '1 new suppression: src/transfers/order.ts:1 (nosemgrep).' })
    expect(found.evidence.map(({ pointer }) => pointer)).toEqual(['src/transfers/order.ts:1'])
  }, 60_000)

  test(
    'a scanner is narrowed, its step switched off, or taken out',
    () => {
      const repo = victim()
      repo.edit('.semgrepignore', text => `${text}src/\n`)
      repo.commit('Faster scans')
      const judged = repo.verify()
      expect(checkOn(judged, /No added line silences/)).toMatchObject({
        verdict: 'fail',
        sentence: expect.stringContaining('.semgrepignore:2'),
      })
      const steers = /^What steers scanners/
      expect(refused(judged, steers)).toMatchObject({ verdict: 'inconclusive', reason: 'cannot-tell' })
      const id = repo.checks('machine').find(({ statement }) => steers.test(statement))?.id as string
      expect(repo.sign('Developer', [id]).code).toBe(0)
      expect(refused(repo.verify(), steers)).toMatchObject({
        reason: 'cannot-tell',
        sentence: expect.stringContaining('author of the change'),
      })
      expect(repo.sign('Bo', [id]).code).toBe(0)
      expect(checkOn(repo.verify(), steers).verdict).toBe('pass')
      repo.edit('.github/workflows/scan.yml', text => `${text}        continue-on-error: true\n`)
      repo.commit('Greener')
      expect(refused(repo.verify(), steers)).toMatchObject({
        verdict: 'fail',
        sentence: expect.stringContaining('.github/workflows/scan.yml:6'),
      })
      rmSync(repo.at('.github/workflows/scan.yml'))
      repo.commit('Greenest')
      expect(refused(repo.verify(), steers).sentence).toContain('is gone')
    },
    LONG,
  )
})

describe('what it is judged by', () => {
  test('the policy is weakened in the judged change', () => {
    const repo = victim()
    repo.editJson('threat-model/policy.json', policy => ({ ...policy, selfReported: 'always' }))
    repo.commit('Less paper')
    repo.collect(EVIDENCE.fixed, 'Runner', '--unsigned')
    const judged = repo.verify()
    expect(refused(judged, DEBIT).reason).toBe('self-reported')
    expect(codes(judged)).toEqual(expect.arrayContaining(['verify.designChanged', 'verify.judgedByBase']))
  }, 60_000)

  test('the checklist is weakened in the judged change, committed or not', () => {
    const repo = victim()
    repo.editJson(`threat-model/work-items/${WORK}.json`, ({ mayEdit, mustNotTouch: _spared, ...item }) => ({
      ...item,
      mayEdit: { ...(mayEdit as object), 'package.json': true },
      requirements: {},
    }))
    repo.write({ 'package.json': '{"dependencies":{"left-pad":"*"}}\n' })
    const before = passed.verify().checks.map(({ id }) => id)
    for (const step of [() => {}, () => repo.commit('More room')]) {
      step()
      const judged = repo.verify()
      expect(refused(judged, /may be edited/)).toMatchObject({
        verdict: 'fail',
        sentence: expect.stringContaining('package.json'),
      })
      expect(judged.checks.map(({ id }) => id)).toEqual(expect.arrayContaining(before))
      expect(codes(judged)).toContain('verify.judgedByBase')
    }
  }, 60_000)

  test('a work item and its checklist are made in the judged change', () => {
    const repo = victim()
    const item = JSON.parse(repo.read(`threat-model/work-items/${WORK}.json`))
    repo.write({
      'threat-model/work-items/W-EASY1.json': JSON.stringify({
        ...item,
        id: 'W-EASY1',
        requirements: {},
        flows: {},
      }),
    })
    repo.commit('A smaller checklist')
    const ran = repo.run('Runner', 'verify', 'W-EASY1', '--json', '--dry-run')
    const judged = { code: ran.code, ...ran.json() } as unknown as Judged
    expect(refused(judged, /came with the very change/)).toMatchObject({ verdict: 'inconclusive', reason: 'missing' })
    expect(codes(judged)).toContain('verify.designNew')
  }, 60_000)

  test('the model is changed after the prompt was made', () => {
    const repo = victim()
    const file = repo
      .files('threat-model/requirements')
      .find(name => /debit the account/.test(repo.read(`threat-model/requirements/${name}`)))
    repo.editJson(`threat-model/requirements/${file}`, row => ({ ...row, statement: `${row.statement} Always.` }))
    const judged = repo.verify()
    expect(refused(judged, DEBIT)).toMatchObject({ verdict: 'inconclusive', reason: 'stale-model' })
    expect(codes(judged)).toContain('verify.promptStale')
  }, 60_000)

  test(
    'a key is enrolled by the change that it is to sign',
    () => {
      const repo = ExampleRepository.begin()
      onTestFinished(() => repo.remove())
      repo.prompt()
      repo.change()
      repo.fix()
      repo.do('architect', 'keys', 'new')
      repo.do('architect', 'keys', 'enrol', '--name', 'Second Person', '--email', 'second@example.org', '--role', 'reviewer')
      repo.commit('A colleague')
      const [check] = repo.checks('person')
      expect(repo.sign('architect', [check?.id as string]).code).toBe(0)
      const judged = repo.verify()
      expect(judged.checks.find(({ id }) => id === check?.id)).toMatchObject({ verdict: 'inconclusive', reason: 'self-reported' })
      expect(codes(judged)).toContain('keys.notYet')
    },
    LONG,
  )
})

describe('people', () => {
  test(
    'the author signs off, and so does a bot',
    () => {
      const repo = ExampleRepository.begin()
      onTestFinished(() => repo.remove())
      repo.git('checkout', '--quiet', 'main')
      repo.do('architect', 'keys', 'new')
      repo.do(
        'architect',
        'keys',
        'enrol',
        '--name',
        'helper[bot]',
        '--email',
        'helper[bot]@users.noreply.example.org',
        '--role',
        'reviewer',
      )
      repo.commit('A bot')
      repo.git('checkout', '--quiet', '-B', 'topic')
      repo.prompt()
      repo.change()
      repo.fix()
      const check = repo.checks('person').find(({ statement }) => /nobody asked for/.test(statement))
      expect(repo.sign('Developer', [check?.id as string]).code).toBe(0)
      expect(refused(repo.verify(), /nobody asked for/)).toMatchObject({
        reason: 'missing',
        sentence: expect.stringContaining('they are the author of the change'),
      })
      expect(repo.sign('architect', [check?.id as string]).code).toBe(0)
      expect(refused(repo.verify(), /nobody asked for/).sentence).toContain('does not count')
      rmSync(repo.at('threat-model/ledger'), { recursive: true })
      repo.git('checkout', '--quiet', '--', 'threat-model/ledger')
      expect(repo.sign('architect', [check?.id as string]).code).toBe(0)
      expect(refused(repo.verify(), /nobody asked for/).sentence).toContain('a tool never counts as a reviewer')
    },
    LONG,
  )

  test(
    'a waiver is granted to oneself, by one person twice, or for ever',
    () => {
      const repo = victim()
      repo.edit('src/transfers/order.ts', text => `// nosemgrep\n${text}`)
      repo.commit('Tidy')
      const silenced = /No added line silences/
      const { id } = checkOn(repo.verify(), silenced)
      const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
      const waive = (who: 'Ann' | 'Bo' | 'Developer', ...args: readonly string[]) => repo.run(who, 'waive', ...args, '--json')
      const first = waive('Ann', id, '--reason', 'It is only a comment.', '--until', day(30))
      const entry = String(first.json().entry).slice(7, 19)
      expect(waive('Ann', '--second', entry).json()).toMatchObject({ error: { code: 'waive.samePerson' } })
      expect(waive('Ann', id, '--reason', 'Once more.', '--until', day(30)).code).toBe(0)
      expect(refused(repo.verify(), silenced)).toMatchObject({ verdict: 'fail' })
      expect(waive('Developer', '--second', entry).code).toBe(0)
      const judged = repo.verify()
      expect(refused(judged, silenced)).toMatchObject({ verdict: 'fail' })
      expect(judged.problems.find(({ code }) => code === 'verify.waiverRefused')?.message).toContain('author of the change')
      const long = waive('Bo', id, '--reason', 'For good.', '--until', day(400))
      expect(long).toMatchObject({ code: 3 })
      expect(long.json()).toMatchObject({ error: { code: 'waive.long' } })
      expect(refused(repo.verify(), silenced)).toMatchObject({ verdict: 'fail' })
      expect(waive('Bo', '--second', entry).code).toBe(0)
      const waived = repo.verify()
      expect(checkOn(waived, silenced)).toMatchObject({ verdict: 'waived', sentence: expect.stringContaining('Ann, Bo') })
      expect(waived.counts).toMatchObject({ waived: 1 })
    },
    LONG,
  )
})

describe('the ledger', () => {
  const entriesOf = (repo: ExampleRepository) =>
    repo
      .files('threat-model/ledger')
      .map(name => ({ name, parents: JSON.parse(repo.read(`threat-model/ledger/${name}`)).parents as readonly string[] }))
  const headsOf = (repo: ExampleRepository) => {
    const entries = entriesOf(repo)
    const parents = new Set(entries.flatMap(entry => entry.parents.map(hash => `${hash.slice(7)}.json`)))
    return entries.filter(({ name }) => !parents.has(name)).map(({ name }) => name)
  }

  test('an entry in the middle is removed', () => {
    const repo = victim()
    const [head] = headsOf(repo)
    const inner = entriesOf(repo).find(({ name, parents }) => name !== head && parents.length > 0)
    rmSync(repo.at(`threat-model/ledger/${inner?.name}`))
    expect(broken(repo.verify())).toContain('ledger.parent')
  }, 60_000)

  test(
    'its end is cut off after it was committed, or after it was published',
    () => {
      const repo = victim()
      repo.commit('Answers')
      const [head] = headsOf(repo)
      rmSync(repo.at(`threat-model/ledger/${head}`))
      expect(broken(repo.verify())).toContain('ledger.cut')
      repo.commit('Tidy')
      expect(broken(repo.verify('--head', 'HEAD'))).toContain('ledger.cut')

      const other = victim()
      other.git('config', 'user.name', 'Developer')
      other.git('config', 'user.email', 'developer@example.org')
      other.do('Runner', 'ledger', 'publish')
      const [last] = headsOf(other)
      rmSync(other.at(`threat-model/ledger/${last}`))
      expect(other.verify().code).toBe(4)
    },
    LONG,
  )

  test('an entry is rewritten', () => {
    const repo = victim()
    const [head] = headsOf(repo)
    repo.edit(`threat-model/ledger/${head}`, text =>
      text.replace(/"actor":"[^"]*"/, '"actor":"Bo"').replace(/"answer":"pass"/, '"answer":"fail"'),
    )
    expect(broken(repo.verify())).toContain('ledger.hash')
  }, 60_000)
})

describe('files and clocks', () => {
  test(
    'a key stands twice in a file of the design, of the evidence or of the ledger',
    () => {
      const repo = victim()
      const policy = repo.read('threat-model/policy.json')
      repo.edit('threat-model/policy.json', text => text.replace('{', '{"selfReported":"always",'))
      const ran = repo.run('Runner', 'verify', WORK, '--json', '--dry-run')
      expect(ran.code).toBe(3)
      expect(ran.json()).toMatchObject({
        error: { code: expect.stringMatching(/^json\./), at: expect.stringContaining('policy.json') },
      })
      repo.write({ 'threat-model/policy.json': policy })
      repo.edit(SIDECAR, text => text.replace('{', '{"exitCode":0,'))
      expect(refused(repo.verify(), DEBIT).reason).toBe('unbound')
      const keys = repo.read('threat-model/keys.json')
      repo.edit('threat-model/keys.json', text => text.replace('{', '{"format":1,'))
      expect(repo.verify().code).toBe(4)
      repo.write({ 'threat-model/keys.json': keys })
      const [entry] = repo.files('threat-model/ledger')
      repo.edit(`threat-model/ledger/${entry}`, text => text.replace('{', '{"type":"waived",'))
      expect(repo.verify().code).toBe(4)
    },
    LONG,
  )

  test('the clock is moved: back before the evidence and the ledger, or on until answers are too old', () => {
    const repo = victim()
    const judged = repo.verify('--at', '2026-01-01T00:00:00Z')
    expect(refused(judged, DEBIT)).toMatchObject({
      verdict: 'inconclusive',
      reason: 'stale-time',
      sentence: expect.stringContaining('after the time of this verdict'),
    })
    expect(codes(judged)).toContain('verify.clock')
  }, 60_000)
})

test('no step of an attack was needed for the pass: the folder of evidence holds what was signed', () => {
  const repo = victim()
  const evidence = readdirSync(repo.at('threat-model/.skeptic/evidence'))
  expect(evidence.filter(name => name.endsWith('.skeptic.json'))).toHaveLength(2)
  cpSync(repo.at('threat-model/.skeptic/evidence'), repo.at('threat-model/.skeptic/aside'), { recursive: true })
  rmSync(repo.at('threat-model/.skeptic/evidence'), { recursive: true })
  expect(refused(repo.verify(), DEBIT).reason).toBe('missing')
}, 60_000)
