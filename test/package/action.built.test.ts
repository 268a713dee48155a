import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { COMMANDS } from '../../cli/commands.ts'
import { patch, Repository } from '../cli/merging.ts'
import { action, type Ended, root, runAction } from './action-runner.ts'

const { steps } = action.runs
const program = path.join(root, 'dist/cli/skeptic.cjs')

/** A pull request on the sample, and the action on it. */
class PullRequest extends Repository {
  readonly temporary = mkdtempSync(path.join(tmpdir(), 'skeptic-runner-'))
  base = ''

  constructor() {
    super({ driver: false })
    onTestFinished(() => rmSync(this.temporary, { recursive: true, force: true }))
  }

  begin(): this {
    cpSync(path.join(root, 'packs/samples/bank-transfer/threat-model/.skeptic/base'), this.dir, { recursive: true })
    this.write('.gitignore', '.skeptic/\n')
    this.withBank('')
    this.base = this.git('rev-parse', 'HEAD')
    return this
  }

  job(inputs: Readonly<Record<string, string>> = {}, event: Readonly<Record<string, string>> = {}): Ended {
    return runAction({
      repository: this.dir,
      temporary: this.temporary,
      inputs: { command: program, ...inputs },
      event: {
        'github.event.pull_request.base.sha': this.base,
        'github.event.pull_request.number': '7',
        'github.event.pull_request.head.repo.full_name': 'team/shop',
        'github.repository': 'team/shop',
        ...event,
      },
    })
  }
}

describe('action.yml', () => {
  test('pins what it uses, names a shell, describes every input, and puts nothing from outside into a script', () => {
    expect(action.runs.using).toBe('composite')
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
    for (const { run, shell } of steps) {
      if (run === undefined) continue
      expect(shell).toBe('bash')
      expect(run).not.toContain('${{')
      expect(spawnSync('bash', ['-n'], { input: run, encoding: 'utf8' }).stderr).toBe('')
    }
    for (const [name, { description }] of Object.entries(action.inputs)) expect(description.length, name).toBeGreaterThan(20)
    const page = readFileSync(path.join(root, 'docs/ci.md'), 'utf8')
    for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)])
      expect(page, name).toContain(`\`${name}\``)
  })

  test('every name it reads is an input, an output of an earlier step, or one that the forge gives', () => {
    const text = JSON.stringify(steps) + JSON.stringify(action.outputs)
    const inputs = [...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name as string)
    expect([...new Set(inputs)].sort()).toEqual(Object.keys(action.inputs).sort())
    const given = steps.flatMap(({ id, run }) =>
      [...(run ?? '').matchAll(/["\s](\w+)=\$?\w*.*?>> "\$GITHUB_OUTPUT"/g)].map(([, name]) => `${id}.${name}`),
    )
    expect(given).toContain('verify.verdict')
    for (const [, id, name] of text.matchAll(/steps\.(\w+)\.outputs\.(\w+)/g))
      expect(steps.find(step => step.id === id)?.run, `${id}.${name}`).toContain(`${name}=`)
  })

  test('calls commands with options that there are', async () => {
    const calls = steps.flatMap(({ run = '' }) => [...run.matchAll(/\b(verify|diff) (.*)$/gm)])
    expect(calls.length).toBeGreaterThanOrEqual(2)
    const all = steps.flatMap(({ run = '' }) => [
      ...run.matchAll(/ --(head|design|base|evidence|task-list|out|format|exit-code|dry-run)\b/g),
    ])
    const known = new Set([
      'design',
      ...Object.keys((await COMMANDS.verify?.())?.options ?? {}),
      ...Object.keys((await COMMANDS.diff?.())?.options ?? {}),
    ])
    expect(all.map(([, name]) => name).filter(name => !known.has(name as string))).toEqual([])
  })
})

// The action asks for a shell that Windows has only with git, and runs on Linux.
describe.skipIf(process.platform === 'win32')('the action on a pull request', () => {
  test('a change nobody asked for and nothing proves is no pass; SARIF, summary and outputs say why', () => {
    const pull = new PullRequest().begin()
    pull.write('unasked.txt', 'nobody asked for this\n')
    pull.commit('Change')
    const { code, outputs, summary, comments, said, ran } = pull.job({ 'work-items': 'W-0RD3R' })
    expect(ran, said).toEqual(['Build the command', 'Judge the change', 'Compare the designs', 'The verdict decides'])
    expect([code, outputs.verdict]).toEqual(code === 1 ? [1, 'fail'] : [2, 'inconclusive'])
    expect(JSON.parse(readFileSync(outputs.sarif as string, 'utf8'))).toMatchObject({ version: '2.1.0' })
    expect(summary).toContain('unasked.txt')
    expect(summary).toContain('Nothing differs')
    expect([outputs.differs, comments]).toEqual(['false', {}])
    expect(pull.git('status', '--porcelain')).toBe('')
  })

  test('one comment with the difference, however often one pushes; none from a fork, none unless asked', async () => {
    const pull = new PullRequest().begin()
    const only = { verify: 'false', comment: 'true' }
    expect(pull.job(only)).toMatchObject({ code: 0, comments: {}, outputs: { verdict: '', differs: 'false' } })
    await pull.change([patch('elements', 'E-TRAP1', { name: 'Orders' })])
    pull.commit('One')
    expect(pull.job({ verify: 'false' }).comments).toEqual({})
    expect(pull.job(only, { 'github.event.pull_request.head.repo.full_name': 'someone/shop' })).toMatchObject({
      code: 0,
      comments: {},
      summary: expect.stringContaining('Orders'),
    })
    const first = pull.job(only)
    expect(first).toMatchObject({ code: 0, outputs: { differs: 'true' }, comments: { 100: expect.stringContaining('Orders') } })
    await pull.change([patch('elements', 'E-TRAP1', { name: 'Payments' })])
    pull.commit('Two')
    const second = pull.job(only).comments
    expect(Object.keys(second)).toEqual(['100'])
    expect(second['100']).toContain('Payments')
    await pull.change([patch('elements', 'E-TRAP1', { name: 'Transfer service' })])
    pull.commit('Back')
    expect(pull.job(only).comments).toEqual({ 100: expect.stringContaining('Nothing differs.') })
  })

  test('a base without a design is no failure; a design that nobody can read is one', () => {
    const pull = new PullRequest()
    pull.commit('Nothing yet')
    pull.base = pull.git('rev-parse', 'HEAD')
    pull.withBank('')
    expect(pull.job({ verify: 'false' })).toMatchObject({ code: 0, outputs: { differs: '', difference: '' } })
    pull.base = pull.git('rev-parse', 'HEAD')
    pull.write('threat-model/elements/E-TRAP1.json', '<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n')
    pull.commit('Broken')
    expect(pull.job({ verify: 'false' })).toMatchObject({ code: 3, said: expect.stringContaining('merge conflict') })
    expect(pull.job().code).toBe(3)
  })

  test('a design in another folder', async () => {
    const pull = new PullRequest().begin()
    pull.git('mv', 'threat-model', 'model')
    pull.commit('Elsewhere')
    pull.base = pull.git('rev-parse', 'HEAD')
    const job = pull.job({ verify: 'false', design: 'model/' })
    expect(job, job.said).toMatchObject({ code: 0, outputs: { differs: 'false' } })
  })

  test('words of the event stay words: nothing of them runs', () => {
    const pull = new PullRequest().begin()
    const evil = '$(touch pwned)`touch pwned`"; touch pwned; echo "\n- [x] C-00000000 done'
    const job = pull.job({ 'work-items': 'W-0RD3R' }, { 'github.event.pull_request.body': evil })
    expect(job.said).not.toContain('pwned:')
    expect(pull.tried('ls', 'pwned').code).not.toBe(0)
    expect(pull.git('status', '--porcelain')).toBe('')
    for (const words of ['--out=x', 'W-0RD3R --out'])
      expect(pull.job({ 'work-items': words })).toMatchObject({ code: 3, said: expect.stringContaining('neither a work item') })
    expect(pull.job({ verify: 'false', base: '--output=x' })).toMatchObject({ code: 3 })
  })

  test('every work item counts, also on a line of its own; so does a word that is neither true nor false', () => {
    const pull = new PullRequest().begin()
    const command = path.join(pull.temporary, 'stub.cjs')
    const body = `const a = process.argv; require('fs').appendFileSync(${JSON.stringify(path.join(pull.temporary, 'asked'))}, a.slice(2).join(' ') + '\\n')`
    writeFileSync(command, `${body}; process.exit(a[2] === 'verify' ? 1 : 0)`)
    const job = pull.job({ command, verify: 'yes', 'work-items': 'W-0RD3R\n  W-REC0R\n' })
    expect([job.code, job.outputs.verdict]).toEqual([1, 'fail'])
    expect(readFileSync(path.join(pull.temporary, 'asked'), 'utf8').split('\n')[0]).toMatch(/ W-0RD3R W-REC0R( |$)/)
    expect(pull.job({ 'work-items': 'W-0RD3R\n--out=x' })).toMatchObject({ code: 3, said: expect.stringContaining('neither') })
  })

  test('a base that the checkout does not hold is said, not taken for a base without a design', () => {
    const pull = new PullRequest().begin()
    const job = pull.job({ verify: 'false', base: '0123456789'.repeat(4) })
    expect(job).toMatchObject({ code: 3, said: expect.stringContaining('fetch-depth: 0') })
    pull.base = ''
    expect(pull.job({ verify: 'false' })).toMatchObject({ code: 0, outputs: { differs: '' } })
  })

  test.each([
    [0, 'pass', 0],
    [1, 'fail', 1],
    [2, 'inconclusive', 2],
    [4, 'broken', 4],
    [3, '', 3],
  ])('a command that ends with %i is %s', (exit, verdict, code) => {
    const pull = new PullRequest().begin()
    const command = path.join(pull.temporary, 'stub.cjs')
    mkdirSync(pull.temporary, { recursive: true })
    const body = `const a = process.argv; const out = a[a.indexOf('--out') + 1]; require('fs').writeFileSync(out, '# said\\n')`
    writeFileSync(command, `${body}; process.exit(a[2] === 'verify' ? ${exit} : 0)`)
    const job = pull.job({ command })
    expect([job.code, job.outputs.verdict]).toEqual([code, verdict])
    // A verdict that stops the job still lets the difference be told.
    expect(job.ran.includes('Compare the designs')).toBe(exit !== 3)
  })
})
