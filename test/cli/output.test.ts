import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeAllOut, writeOut } from '../../cli/output.ts'
import { makeFolders } from '../../host/node/make-folders.ts'
import { root } from '../support/served-workbench.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'skeptic-out-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const at = (...names: readonly string[]) => path.join(dir, ...names)
const all = () => readdirSync(dir, { recursive: true }).map(String).sort()
const onPosix = process.platform !== 'win32'

async function problemOf(file: string) {
  const written = await writeOut(file, 'text')
  if (written.ok) throw new Error(`${file} was written`)
  expect(written.problems).toHaveLength(1)
  return written.problems[0]
}

describe('a file', () => {
  test('is written whole, also into folders that are not there, and nothing stands beside it', async () => {
    expect(await writeOut(at('a', 'b', 'c.txt'), ['one ', 'two'])).toEqual({ ok: true, value: at('a', 'b', 'c.txt') })
    expect(readFileSync(at('a', 'b', 'c.txt'), 'utf8')).toBe('one two')
    expect(all()).toEqual(['a', path.join('a', 'b'), path.join('a', 'b', 'c.txt')])
  })

  test('takes the place of one that is there, and never of a half of somebody else', async () => {
    writeFileSync(at('c.txt'), 'before', { mode: 0o600 })
    writeFileSync(at('c.txt.part'), 'mine')
    expect((await writeOut(at('c.txt'), 'after')).ok).toBe(true)
    expect(all()).toEqual(['c.txt', 'c.txt.part'])
    expect([readFileSync(at('c.txt'), 'utf8'), readFileSync(at('c.txt.part'), 'utf8')]).toEqual(['after', 'mine'])
    if (onPosix) expect(statSync(at('c.txt')).mode & 0o777).toBe(0o600)
  })

  test('that breaks off while it is made leaves what was there', async () => {
    writeFileSync(at('c.txt'), 'before')
    function* broken() {
      yield 'x'.repeat(70_000)
      throw new Error('no more')
    }
    const written = await writeOut(at('c.txt'), broken())
    expect(written.ok ? '' : written.problems[0].message).toContain('no more')
    expect(readFileSync(at('c.txt'), 'utf8')).toBe('before')
    expect((await writeOut(at('new', 'c.txt'), broken())).ok).toBe(false)
    expect(all()).toEqual(['c.txt'])
  })

  const impossible: readonly (readonly [string, () => string, string])[] = [
    ['below a file', () => at('file', 'x', 'y.txt'), 'ENOTDIR'],
    ['in the place of a folder', () => at('folder'), 'EISDIR'],
    ['under too long a name', () => at('new', `${'n'.repeat(300)}.txt`), 'ENAMETOOLONG'],
  ]
  test.each(impossible)('%s: one clear error, and nothing left', async (_name, place, code) => {
    mkdirSync(at('folder'))
    writeFileSync(at('file'), 'kept')
    const problem = await problemOf(place())
    expect(problem).toMatchObject({ code: 'out.write', at: place() })
    expect(problem.message).toContain(code)
    expect(problem.cure).toContain('--out')
    expect(all()).toEqual(['file', 'folder'])
  })
})

describe.runIf(process.platform === 'linux')('where the system lets nothing be made', () => {
  test.each(['/proc/x/y/z.txt', '/proc/z.txt', '/sys/x/y.txt', '/dev/null/x.txt'])('%s', async file => {
    const problem = await problemOf(file)
    expect(problem.at).toBe(file)
    expect(problem.message).toMatch(/\((ENOENT|EACCES|EPERM|EROFS|EEXIST|ENOTDIR)\)/)
  })

  test('no folder is made either', () => {
    expect(() => makeFolders('/proc/x/y')).toThrow('ENOENT')
    expect(() => makeFolders('/proc/self/task/x/y')).toThrow()
  })
})

describe.runIf(onPosix)('what is no file of its own', () => {
  test('a link stays one, and the file behind it is written', async () => {
    mkdirSync(at('real'))
    writeFileSync(at('real', 'c.txt'), 'before')
    symlinkSync(at('real', 'c.txt'), at('link.txt'))
    expect((await writeOut(at('link.txt'), 'after')).ok).toBe(true)
    expect(lstatSync(at('link.txt')).isSymbolicLink()).toBe(true)
    expect(readFileSync(at('real', 'c.txt'), 'utf8')).toBe('after')
    symlinkSync(at('round.txt'), at('round.txt'))
    expect((await problemOf(at('round.txt'))).message).toContain('ELOOP')
  })

  test('a pipe gets the text and stays a pipe', async () => {
    execFileSync('mkfifo', [at('pipe')])
    const reader = spawn('cat', [at('pipe')])
    let read = ''
    reader.stdout.on('data', chunk => {
      read += chunk
    })
    const closed = new Promise(done => reader.on('close', done))
    expect((await writeOut(at('pipe'), 'through')).ok).toBe(true)
    await closed
    expect(read).toBe('through')
    expect(lstatSync(at('pipe')).isFIFO()).toBe(true)
  })
})

test.runIf(onPosix)('folders for one person alone are so from the first moment', () => {
  expect(makeFolders(at('a', 'b'), 0o700)).toEqual([at('a'), at('a', 'b')])
  expect([at('a'), at('a', 'b')].map(folder => statSync(folder).mode & 0o777)).toEqual([0o700, 0o700])
  expect(makeFolders(at('a', 'b'))).toEqual([])
})

describe.runIf(process.platform === 'linux')('commands that make folders', () => {
  const program = path.join(root, 'dist/cli/skeptic.cjs')
  const run = (...words: readonly string[]) =>
    spawnSync(process.execPath, [program, ...words], {
      encoding: 'utf8',
      cwd: dir,
      env: { ...process.env, XDG_CONFIG_HOME: '/proc/x/y' },
    })

  test('end with one error where none can be made', () => {
    expect(run('init', 'bank', '--template', 'bank-transfer').status).toBe(0)
    const design = ['--design', at('bank', 'threat-model')]
    for (const words of [
      ['init', '/proc/x/y'],
      ['init', '/proc/x/y', '--template', 'bank-transfer'],
      ['report', ...design, '--out', '/proc/x/y/z.md'],
      ['monitor', ...design, '--out', '/proc/x/y', '--quiet'],
      ['keys', 'new'],
    ]) {
      const { status, stderr, stdout } = run(...words)
      expect([status, stdout], words.join(' ')).toEqual([3, ''])
      expect(stderr).toMatch(/^\/proc\/x\/y.*\n {2}\S.*\n$/)
    }
  })
})

describe('several files', () => {
  const files = (...names: readonly string[]) => names.map(name => ({ file: at(...name.split('/')), text: `new ${name}` }))

  test('are there together', async () => {
    writeFileSync(at('one'), 'old one')
    expect((await writeAllOut(files('one', 'two/a', 'two/b'))).ok).toBe(true)
    expect(all()).toEqual(['one', 'two', path.join('two', 'a'), path.join('two', 'b')])
    expect(readFileSync(at('one'), 'utf8')).toBe('new one')
  })

  test('or none is: what was there stands as it was, and no folder is left', async () => {
    writeFileSync(at('one'), 'old one')
    writeFileSync(at('wall'), 'kept')
    const written = await writeAllOut(files('one', 'two/a', 'wall/b'))
    expect(written.ok ? '' : written.problems[0]).toMatchObject({ at: at('wall', 'b') })
    expect(all()).toEqual(['one', 'wall'])
    expect(readFileSync(at('one'), 'utf8')).toBe('old one')
  })

  test('also when the last name cannot be given', async () => {
    writeFileSync(at('one'), 'old one')
    const last = at('two', 'last')
    function* text() {
      yield 'text'
      // Somebody makes a folder of that name while the halves are written.
      if (!existsSync(last)) mkdirSync(last, { recursive: true })
    }
    const written = await writeAllOut([...files('one', 'new'), { file: last, text: text() }])
    expect(written.ok).toBe(false)
    expect(readFileSync(at('one'), 'utf8')).toBe('old one')
    expect(all()).toEqual(['one', 'two', path.join('two', 'last')])
  })
})
