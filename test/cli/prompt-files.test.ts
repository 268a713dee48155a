import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { skeptic } from '../support/cli.ts'
import { root } from '../support/served-workbench.ts'

const WORK = 'W-0RD3R'
let project: string
const design = () => path.join(project, 'threat-model')
const prompt = (...args: readonly string[]) => skeptic(['prompt', WORK, '--draft', ...args], { cwd: project })

beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), 'skeptic-cli-files-'))
  cpSync(path.join(root, 'packs/samples/bank-transfer/threat-model'), design(), { recursive: true })
  mkdirSync(path.join(design(), 'templates'))
})
afterEach(() => rmSync(project, { recursive: true, force: true }))

function template(text: string): void {
  writeFileSync(path.join(design(), 'templates/house.hbs'), text)
}

test('a template of the team writes the prompt, and the ledger names it; a broken one says where and why', () => {
  template('{{> sections}}\n## House rules\n')
  const made = prompt('--template', 'house', '--json')
  expect(made.code).toBe(0)
  const { template: named, files } = made.json() as { template: { name: string; hash: string }; files: { text: string }[] }
  expect(named).toEqual({ name: 'house', hash: expect.stringMatching(/^sha256:/) })
  expect(files[0]?.text).toContain('## House rules')
  template('{{> sections}}\n{{nobody}}\n')
  const broken = prompt('--template', 'house', '--json')
  expect(broken.code).toBe(3)
  expect(broken.json()).toMatchObject({ error: { code: 'template.unknownName', at: 'templates/house.hbs:2:3' } })
  expect(prompt('--template', 'nowhere', '--json').json()).toMatchObject({ error: { cure: 'There are: house.' } })
  expect(prompt().code).toBe(0)
})

test('files are written once, again while they are as they were written, and never over what a person wrote', () => {
  const first = prompt('--target', 'skill', '--out', '.', '--json')
  expect(first.code).toBe(0)
  const { written } = first.json() as { written: { path: string; kind: string }[] }
  expect(written.every(({ kind }) => kind === 'created')).toBe(true)
  const skill = path.join(project, written[0]?.path ?? '')
  expect(JSON.parse(readFileSync(path.join(design(), 'exports.json'), 'utf8'))).toMatchObject({ format: 1 })
  expect(prompt('--target', 'skill', '--out', '.').out).toContain('(unchanged)')

  const byHand = `${readFileSync(skill, 'utf8')}By hand.\n`
  writeFileSync(skill, byHand)
  const kept = prompt('--target', 'skill', '--out', '.')
  expect(kept.code).toBe(1)
  expect(kept.out).toContain('-By hand.')
  expect(kept.out).toContain('Nothing was written.')
  expect(readFileSync(skill, 'utf8')).toBe(byHand)
  const json = prompt('--target', 'skill', '--out', '.', '--json').json()
  expect(json).toMatchObject({ refused: 'export.edited', problems: [{ code: 'export.edited', at: written[0]?.path }] })
})

test('AGENTS.md keeps what the team wrote', () => {
  const theirs = '# Ours\r\n\r\nBe kind.\r\n'
  writeFileSync(path.join(project, 'AGENTS.md'), theirs)
  expect(prompt('--target', 'agents', '--out', '.').code).toBe(0)
  const text = readFileSync(path.join(project, 'AGENTS.md'), 'utf8')
  expect(text.startsWith(theirs)).toBe(true)
  expect(text).toContain('[Skeptic P-0RD3R begins.')
  expect(readFileSync(path.join(project, 'CLAUDE.md'), 'utf8')).toBe('@AGENTS.md\n')
})
