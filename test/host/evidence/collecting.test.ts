import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { commitTree } from '../../../host/node/evidence/code-tree.ts'
import { configsIn } from '../../../host/node/evidence/configs.ts'
import { runProgram } from '../../../host/node/evidence/run-program.ts'
import { runnerIn } from '../../../host/node/evidence/runner.ts'
import { checkoutWithout } from '../../../host/node/evidence/without.ts'
import { openRepository } from '../../../host/node/git.ts'
import { lockFile } from '../../../host/node/lock.ts'
import { commit, git, repository, temporaryFolder, write } from './repository.ts'

describe('where it ran', () => {
  test.each([
    [{}, { kind: 'local' }],
    [{ CI: 'false', GITHUB_ACTIONS: '' }, { kind: 'local' }],
    [{ CI: 'true' }, { kind: 'ci' }],
    [
      { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_RUN_ID: '42', GITHUB_TOKEN: 'secret' },
      { kind: 'ci', name: 'GitHub Actions', run: '42' },
    ],
    [{ JENKINS_URL: 'http://ci.example.org' }, { kind: 'ci', name: 'Jenkins' }],
  ])('%j', (env, runner) => {
    expect(runnerIn(env)).toEqual(runner)
  })
})

describe('what steers the tool', () => {
  test('is named by digest, nearest the root first where there are too many', async () => {
    const deep = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`packages/p${n}/package.json`, `{"n":${n}}`]))
    const repo = repository({ 'package.json': '{}', '.semgrepignore': 'src', 'src/a.ts': '', ...deep })
    const opened = await openRepository(repo)
    if (opened.kind === 'none') throw new Error('no repository')
    const configs = await configsIn(await commitTree(opened.repository, git(repo, 'rev-parse', 'HEAD')))
    expect(configs).toHaveLength(100)
    expect(configs.slice(0, 1)).toMatchObject([{ path: '.semgrepignore', sha256: expect.stringMatching(/^sha256:/) }])
    expect(configs.map(one => one.path)).toContain('package.json')
    expect(configs.map(one => one.path)).not.toContain('src/a.ts')
  })
})

describe('a program', () => {
  const run = (script: string, output?: string) => {
    let heard = ''
    const never = new Promise<void>(() => {})
    const run = { program: process.execPath, words: ['-e', script], cwd: temporaryFolder(), stopped: never }
    const pass = (chunk: Uint8Array) => {
      heard += Buffer.from(chunk).toString()
    }
    return runProgram({ ...run, pass, ...(output === undefined ? {} : { output }) }).then(ran => ({ ran, heard: () => heard }))
  }

  test('what it prints is its report, its errors are counted and passed on', async () => {
    const output = path.join(temporaryFolder(), 'report')
    const { ran, heard } = await run(
      'process.stdout.write("a".repeat(3e6)); console.error("1\\n2"); process.stderr.write("3")',
      output,
    )
    expect(ran).toMatchObject({ ok: true, value: { exitCode: 0, stderr: { lines: 3 } } })
    expect(readFileSync(output).length).toBe(3_000_000)
    expect(heard()).toBe('1\n2\n3')
  })

  test('that a signal ended has the exit code that a shell would show', async () => {
    const { ran } = await run('process.kill(process.pid, "SIGKILL")')
    expect(ran).toMatchObject({ ok: true, value: { exitCode: 137 } })
  })

  test('that asked for no report file keeps none that is there', async () => {
    const folder = temporaryFolder()
    write(folder, { report: 'old' })
    const { ran } = await run('console.log(1)', path.join(folder, 'report'))
    expect(ran).toMatchObject({ ok: false, problems: [{ code: 'evidence.command' }] })
    expect(readFileSync(path.join(folder, 'report'), 'utf8')).toBe('old')
  })
})

describe('a checkout without a file', () => {
  test('of a folder deeper in the repository has the file as it was, and installed packages', async () => {
    const repo = repository({ 'app/src/a.js': 'old', 'app/package.json': '{}', '.gitignore': 'node_modules\n' })
    write(repo, { 'app/node_modules/x/index.js': 'x' })
    git(repo, 'checkout', '--quiet', '-b', 'change')
    write(repo, { 'app/src/a.js': 'new', 'app/src/b.js': 'added' })
    commit(repo, 'Change')
    const read = async (file: string, name: string) => {
      const made = await checkoutWithout(path.join(repo, 'app'), { file })
      if (!made.ok) return made.problems[0].message
      const text = (inner: string) => readFileSync(path.join(made.value.codeRoot, inner), 'utf8')
      try {
        return `${text('node_modules/x/index.js')} ${text(name)}`
      } catch (error) {
        return (error as NodeJS.ErrnoException).code
      } finally {
        await made.value.remove()
      }
    }
    expect(await read('src/a.js', 'src/a.js')).toBe('x old')
    expect(await read('src/a.js', 'src/b.js')).toBe('x added')
    expect(await read('src/b.js', 'src/b.js')).toBe('ENOENT')
    expect(git(repo, 'worktree', 'list').split('\n')).toHaveLength(1)
    expect(git(repo, 'status', '--porcelain')).toBe('')
  })

  test('is refused outside git and without a beginning', async () => {
    expect(await checkoutWithout(temporaryFolder(), { file: 'a' })).toMatchObject({
      ok: false,
      problems: [{ code: 'collect.without' }],
    })
    const fresh = repository({ a: '1' })
    expect(await checkoutWithout(fresh, { file: 'a' })).toMatchObject({
      ok: false,
      problems: [{ cure: expect.stringContaining('--base') }],
    })
  })
})

test('a lock of a file is handed on, never shared', async () => {
  const file = path.join(temporaryFolder(), 'lock')
  let inside = 0
  let most = 0
  const once = async () => {
    const lock = await lockFile(file)
    if (!lock.ok) throw new Error(lock.problems[0].message)
    most = Math.max(most, ++inside)
    await new Promise(setImmediate)
    inside--
    await lock.value.release()
  }
  await Promise.all(Array.from({ length: 8 }, once))
  expect(most).toBe(1)
})
