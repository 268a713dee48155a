import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../../core/model/canonical.ts'
import { newEntry } from '../../../core/model/ledger.ts'
import { folderOf } from '../../../core/model/write.ts'
import type { CheckVerdict } from '../../../core/verdict/record.ts'
import { writeSelfReportedSidecar } from '../../../host/node/evidence/write-sidecar.ts'
import { type Review, type ReviewInput, reviewChange } from '../../../host/node/review.ts'
import { AT, NO_LEDGER, PACKS, smallDesign } from './designs.ts'
import { commit, git, repository, temporaryFolder, write } from './repository.ts'

const unit = (body = '') => `<testsuite><testcase classname="invoices" name="RTEST1 denies others">${body}</testcase></testsuite>`
const design = smallDesign()

type Place = { readonly code: string; readonly evidence: string }

function place(code: string): Place {
  write(path.join(code, 'threat-model'), Object.fromEntries(folderOf(design)))
  return { code, evidence: path.join(code, 'threat-model/.skeptic/evidence') }
}

async function collect({ code, evidence }: Place, text = unit(), paths?: readonly string[]): Promise<void> {
  write(evidence, { 'unit.xml': text })
  const written = await writeSelfReportedSidecar({
    report: path.join(evidence, 'unit.xml'),
    slot: 'unit',
    argv: ['npm', 'test'],
    exitCode: 0,
    startedAt: AT,
    endedAt: AT,
    codeRoot: code,
    designDir: path.join(code, 'threat-model'),
    ...(paths ? { paths } : {}),
  })
  if (!written.ok) throw new Error(written.problems[0].message)
}

async function review({ code, evidence }: Place, rest: Partial<ReviewInput> = {}): Promise<Review> {
  const done = await reviewChange({
    design,
    packs: PACKS,
    ledger: NO_LEDGER,
    workItem: 'W-00001',
    evidenceDir: evidence,
    codeRoot: code,
    at: AT,
    ...rest,
  })
  if (!done.ok) throw new Error(done.problems[0].message)
  return done.value
}

const checkOn = ({ record }: Review, statement: RegExp): CheckVerdict => {
  const check = record.checks.find(one => statement.test(one.statement))
  if (!check) throw new Error(`no check ${statement}`)
  return check
}
const ofTest = (done: Review) => checkOn(done, /check its owner/)
const ofScope = (done: Review) => checkOn(done, /may be edited/)
const outcome = ({ verdict, reason }: CheckVerdict) => (verdict === 'inconclusive' ? reason : verdict)

describe('outside git', () => {
  const folder = () => {
    const code = temporaryFolder()
    write(code, { 'src/a.ts': '1', 'test/a.ts': '2' })
    return place(code)
  }
  test('nothing collected, nothing proven', async () => {
    const done = await review(folder())
    expect(outcome(ofTest(done))).toBe('missing')
    expect(outcome(ofScope(done))).toBe('missing')
    expect([done.record.verdict, done.record.change.source, done.files]).toEqual(['inconclusive', 'folder', []])
  })
  test('a report bound to the files passes, and no longer after a change', async () => {
    const at = folder()
    await collect(at, unit(), ['src/**', 'test/**'])
    const done = await review(at)
    expect(ofTest(done)).toMatchObject({ verdict: 'pass', selfReported: true })
    expect(done.evidence).toMatchObject([{ slot: 'unit', file: 'unit.xml', binding: { state: 'bound' } }])
    write(at.code, { 'src/a.ts': 'changed' })
    expect(outcome(ofTest(await review(at)))).toBe('stale-commit')
  })
  test('a report that leaves out what may be edited is not about the change', async () => {
    const at = folder()
    await collect(at, unit(), ['test/**'])
    expect(outcome(ofTest(await review(at)))).toBe('unbound')
  })
  test('a report without a sidecar is unbound; its failure counts all the same', async () => {
    const at = folder()
    write(at.evidence, { 'unit.xml': unit() })
    expect(outcome(ofTest(await review(at)))).toBe('unbound')
    write(at.evidence, { 'unit.xml': unit('<failure/>') })
    expect(outcome(ofTest(await review(at)))).toBe('fail')
  })
  test('an edited report breaks the run', async () => {
    const at = folder()
    await collect(at, unit('<failure/>'), ['src/**', 'test/**'])
    expect((await review(at)).record.verdict).toBe('fail')
    write(at.evidence, { 'unit.xml': unit() })
    const done = await review(at)
    expect(outcome(ofTest(done))).toBe('contradictory')
    expect(done.record.integrity.map(({ code }) => code)).toEqual(['evidence.edited'])
  })
  test('the code as it was may lie in another folder', async () => {
    const at = folder()
    const base = temporaryFolder()
    write(base, { 'src/a.ts': '0', 'test/a.ts': '2', 'package.json': '{}' })
    const done = await review(at, { base })
    expect(done.files).toEqual([
      { path: 'package.json', kind: 'removed', before: '{}' },
      { path: 'src/a.ts', kind: 'changed', before: '0', after: '1' },
    ])
    expect(outcome(ofScope(done))).toBe('fail')
    expect(ofScope(done).sentence).toContain('package.json')
  })
  test('a revision cannot be judged, and a base that is nothing is refused', async () => {
    const at = folder()
    for (const rest of [{ head: 'HEAD' }, { base: 'main' }]) {
      const done = await reviewChange({
        design,
        packs: PACKS,
        ledger: NO_LEDGER,
        workItem: 'W-00001',
        evidenceDir: at.evidence,
        codeRoot: at.code,
        at: AT,
        ...rest,
      })
      expect(done.ok).toBe(false)
    }
  })
  test('answers hold until the code changes', async () => {
    const at = folder()
    const asked = checkOn(await review(at), /nobody asked for/)
    const first = await review(at)
    const slice = first.checklist.checks.find(({ id }) => id === asked.id)?.slice
    const payload = {
      workItem: 'W-00001',
      check: asked.id,
      answer: 'pass',
      observation: 'Read it.',
      slice,
      change: first.record.change.digest,
    }
    const entry = newEntry([], 'signed-off', payload, { at: AT, by: 'reviewer' })
    const ledger = { ...NO_LEDGER, entries: [entry] }
    expect(outcome(checkOn(await review(at, { ledger }), /nobody asked for/))).toBe('pass')
    write(at.code, { 'src/a.ts': 'changed' })
    expect(outcome(checkOn(await review(at, { ledger }), /nobody asked for/))).toBe('stale-commit')
  })
})

describe('in a repository', () => {
  const start = () => place(repository({ 'src/a.ts': '1', 'test/a.ts': '2', '.gitignore': '.skeptic\n' }))
  const branch = (at: Place) => {
    commit(at.code, 'Design')
    git(at.code, 'checkout', '--quiet', '-b', 'topic')
    write(at.code, { 'src/a.ts': 'changed' })
    commit(at.code, 'Change\n\nAssisted-by: Tool:model\nGuarded-Prompt: P-00001@sha256:ab12')
  }

  test('a report of the judged commit passes; the change is what the branch did', async () => {
    const at = start()
    branch(at)
    await collect(at)
    const done = await review(at)
    expect(outcome(ofTest(done))).toBe('pass')
    expect(outcome(ofScope(done))).toBe('pass')
    expect(outcome(checkOn(done, /which tool helped/))).toBe('pass')
    expect(done.files).toEqual([{ path: 'src/a.ts', kind: 'changed', before: '1', after: 'changed' }])
    expect(done.record.change).toMatchObject({ source: 'commit', commit: git(at.code, 'rev-parse', 'HEAD'), files: 1 })
    expect(done.record.problems).toEqual([])
  })
  test('a report of another commit is stale, and so is one from before an edit', async () => {
    const at = start()
    await collect(at)
    branch(at)
    expect(outcome(ofTest(await review(at)))).toBe('stale-commit')
    await collect(at)
    write(at.code, { 'src/a.ts': 'once more' })
    const done = await review(at)
    expect(outcome(ofTest(done))).toBe('stale-commit')
    expect(ofTest(done).sentence).toContain('src/a.ts changed since and is not committed')
    expect(done.record.change.source).toBe('worktree')
    expect(done.files).toEqual([{ path: 'src/a.ts', kind: 'changed', before: '1', after: 'once more' }])
    expect(outcome(ofTest(await review(at, { head: 'HEAD' })))).toBe('pass')
  })
  test('an entry of the ledger that is not committed yet makes nothing stale', async () => {
    const at = start()
    branch(at)
    await collect(at)
    write(at.code, { 'threat-model/ledger/x.json': '{}' })
    const done = await review(at)
    expect([outcome(ofTest(done)), done.record.change.source]).toEqual(['pass', 'commit'])
  })
  test('a report bound to files holds when the branch is rebased without touching them', async () => {
    const at = start()
    branch(at)
    await collect(at, unit(), ['src/**', 'test/**'])
    git(at.code, 'checkout', '--quiet', 'main')
    write(at.code, { README: 'x' })
    commit(at.code, 'Meanwhile')
    git(at.code, 'checkout', '--quiet', 'topic')
    git(at.code, 'rebase', '--quiet', 'main')
    expect(outcome(ofTest(await review(at)))).toBe('pass')
  })
  test('the digest that answers are bound to is the same before and after the commit', async () => {
    const at = start()
    commit(at.code, 'Design')
    git(at.code, 'checkout', '--quiet', '-b', 'topic')
    write(at.code, { 'src/a.ts': 'changed', 'src/new.ts': 'x' })
    rmSync(path.join(at.code, 'test/a.ts'))
    // the parent, as the branch has no commit of its own yet
    const before = await review(at, { base: 'main' })
    commit(at.code, 'Change')
    const after = await review(at, { base: 'main' })
    expect(before.record.change.source).toBe('worktree')
    expect(after.record.change.digest).toBe(before.record.change.digest)
    expect(after.files.map(({ path: file }) => file)).toEqual(['src/a.ts', 'src/new.ts', 'test/a.ts'])
  })
  test('the design and its ledger are not the change; edits of the design are said', async () => {
    const at = start()
    branch(at)
    write(at.code, { 'threat-model/ledger/x.json': '{}' })
    commit(at.code, 'Ledger')
    expect((await review(at)).record.problems).toEqual([])
    write(at.code, { 'threat-model/policy.json': '{}' })
    commit(at.code, 'Weaken')
    const done = await review(at)
    expect(done.files.map(({ path: file }) => file)).toEqual(['src/a.ts'])
    expect(done.record.problems.map(({ code, at: where }) => [code, where])).toEqual([
      ['verify.designChanged', 'threat-model/policy.json'],
    ])
  })
  test('files nobody asked for are named', async () => {
    const at = start()
    branch(at)
    write(at.code, { 'package.json': '{}' })
    commit(at.code, 'More')
    const done = await review(at)
    expect(ofScope(done)).toMatchObject({ verdict: 'fail', sentence: '1 changed file nobody asked for: package.json.' })
  })
  test('a revision that is not there is refused', async () => {
    const at = start()
    for (const rest of [{ head: 'nowhere' }, { base: 'nowhere' }, { base: '--output=x' }]) {
      const done = await reviewChange({
        design,
        packs: PACKS,
        ledger: NO_LEDGER,
        workItem: 'W-00001',
        evidenceDir: at.evidence,
        codeRoot: at.code,
        at: AT,
        ...rest,
      })
      expect(done.ok).toBe(false)
    }
  })
  test('a repository without a commit is judged as it lies', async () => {
    const code = temporaryFolder()
    git(code, 'init', '--quiet')
    write(code, { 'src/a.ts': '1' })
    const done = await review(place(code))
    expect(done.record.change.source).toBe('worktree')
    expect(done.record.verdict).toBe('inconclusive')
  })
  test('is judged twice the same, byte for byte, and nothing is written', async () => {
    const at = start()
    branch(at)
    await collect(at)
    mkdirSync(path.join(at.code, 'node_modules'), { recursive: true })
    const listing = () =>
      readdirSync(at.code, { recursive: true })
        .map(String)
        .filter(file => !file.startsWith('.git/'))
        .sort()
    const files = listing()
    const [one, two] = [await review(at), await review(at)]
    expect(canonicalJson(two.record)).toBe(canonicalJson(one.record))
    expect(listing()).toEqual(files)
  })
  test('a work item that is not there is refused', async () => {
    const at = start()
    const done = await reviewChange({
      design,
      packs: PACKS,
      ledger: NO_LEDGER,
      workItem: 'W-00002',
      evidenceDir: at.evidence,
      codeRoot: at.code,
      at: AT,
    })
    expect(done.ok ? '' : done.problems[0].code).toBe('workItem.unknown')
  })
})
