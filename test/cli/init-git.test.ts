import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { skeptic } from '../support/cli.ts'

const DRIVER = 'npx --no-install skeptic merge %O %A %B --path %P'

function folder(): { readonly dir: string; readonly git: (...args: string[]) => string } {
  const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-init-git-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return { dir, git: (...args) => execFileSync('git', args, { cwd: dir, encoding: 'utf8' }).trim() }
}

function repository() {
  const made = folder()
  made.git('init', '-q')
  return made
}

function init(cwd: string, ...args: string[]) {
  return skeptic(['init', ...args, '--json'], { cwd })
}

const config = (dir: string) => readFileSync(path.join(dir, '.git/config'), 'utf8')

describe('skeptic init and git', () => {
  test('a new design has its attributes; the settings of git stay as they are, and the command for them is shown', () => {
    const { dir } = repository()
    const before = config(dir)
    const ran = skeptic(['init'], { cwd: dir })
    expect(ran.code, ran.err).toBe(0)
    expect(ran.out).toContain(`git config merge.skeptic.driver '${DRIVER}'`)
    expect(config(dir)).toBe(before)
    expect(readFileSync(path.join(dir, 'threat-model/.gitattributes'), 'utf8')).toContain('*.json merge=skeptic text eol=lf\n')
    expect(skeptic(['lint'], { cwd: dir }).err).not.toContain('gitattributes')
  })

  test('git understands them: design files merge by the driver, and evidence is never converted', () => {
    const { dir, git } = repository()
    expect(init(dir).code).toBe(0)
    const asked = git(
      'check-attr',
      'merge',
      'text',
      'eol',
      '--',
      'threat-model/elements/E-1.json',
      'threat-model/evidence/a/b.json',
    )
    expect(asked.split('\n')).toEqual([
      'threat-model/elements/E-1.json: merge: skeptic',
      'threat-model/elements/E-1.json: text: set',
      'threat-model/elements/E-1.json: eol: lf',
      'threat-model/evidence/a/b.json: merge: unspecified',
      'threat-model/evidence/a/b.json: text: unset',
      'threat-model/evidence/a/b.json: eol: unspecified',
    ])
    const bytes = '{\r\n"from": "a tool"\r\n}\r\n'
    const report = path.join(dir, 'threat-model/evidence/a.json')
    mkdirSync(path.dirname(report))
    writeFileSync(report, bytes)
    git('add', '-A')
    expect(execFileSync('git', ['show', ':threat-model/evidence/a.json'], { cwd: dir, encoding: 'utf8' })).toBe(bytes)
  })

  test('--git sets the driver, in this repository, and once', () => {
    const { dir, git } = repository()
    const first = init(dir, '--git')
    expect(first.code, first.err).toBe(0)
    expect(first.json()).toMatchObject({ git: { attributes: 'present', driver: 'set' } })
    expect(git('config', '--local', '--get-all', 'merge.skeptic.driver')).toBe(DRIVER)
    const settings = config(dir)
    const design = readFileSync(path.join(dir, 'threat-model/skeptic.json'), 'utf8')
    const again = init(dir, '--git')
    expect(again.code, again.err).toBe(0)
    expect(again.json()).toMatchObject({ files: [], git: { attributes: 'present', driver: 'present' } })
    expect(config(dir)).toBe(settings)
    expect(readFileSync(path.join(dir, 'threat-model/skeptic.json'), 'utf8')).toBe(design)
  })

  test('of a design that is there only what is missing is added; without --git it is refused as before', () => {
    const { dir } = repository()
    expect(init(dir).code).toBe(0)
    const attributes = path.join(dir, 'threat-model/.gitattributes')
    writeFileSync(attributes, '*.md linguist-documentation')
    expect(init(dir).code).toBe(3)
    const ran = init(path.join(dir, 'threat-model'), '--git')
    expect(ran.json()).toMatchObject({ design: path.join(dir, 'threat-model'), git: { attributes: 'added', driver: 'set' } })
    const text = readFileSync(attributes, 'utf8')
    expect(text).toMatch(/^\*\.md linguist-documentation\n[\s\S]*\n\*\.json merge=skeptic text eol=lf\n/)
    expect(init(dir, '--git').json()).toMatchObject({ git: { attributes: 'present', driver: 'present' } })
    expect(readFileSync(attributes, 'utf8')).toBe(text)
    expect(init(dir, '--git', '--name', 'Other').code).toBe(3)
  })

  test('a driver that somebody set, and a remark that somebody took out, stay as they are', () => {
    const { dir, git } = repository()
    git('config', 'merge.skeptic.driver', 'skeptic merge %O %A %B --path %P --quiet')
    expect(init(dir, '--git').json()).toMatchObject({ git: { driver: 'other' } })
    expect(git('config', '--get', 'merge.skeptic.driver')).toBe('skeptic merge %O %A %B --path %P --quiet')
    const attributes = path.join(dir, 'threat-model/.gitattributes')
    writeFileSync(attributes, '*.json merge=skeptic text eol=lf\r\nevidence/** -text !eol !merge\r\n')
    expect(init(dir, '--git').json()).toMatchObject({ git: { attributes: 'present' } })
  })

  test('samples and starting designs get them too', () => {
    const { dir } = repository()
    expect(init(dir, 'bank', '--template', 'bank-transfer', '--git').json()).toMatchObject({ git: { driver: 'set' } })
    expect(existsSync(path.join(dir, 'bank/threat-model/.gitattributes'))).toBe(true)
    expect(init(dir, 'shop', '--start', 'web-app', '--git').json()).toMatchObject({ git: { driver: 'present' } })
    expect(existsSync(path.join(dir, 'shop/.gitattributes'))).toBe(true)
  })

  test('outside a repository --git is refused before anything is made', () => {
    const { dir } = folder()
    const ran = init(dir, 'a/b', '--git')
    expect(ran.code).toBe(3)
    expect(ran.json()).toMatchObject({ error: { code: 'git.noRepository', cure: 'Make one first with: git init' } })
    expect(existsSync(path.join(dir, 'a'))).toBe(false)
  })
})
