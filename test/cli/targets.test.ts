import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { skeptic } from '../support/cli.ts'
import { root } from '../support/served-workbench.ts'

const AT = '2026-11-22T16:00:00Z'
const WORK = 'W-0RD3R'
const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-targets-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

let bank = ''
let count = 0
beforeEach(() => {
  bank = path.join(dir, `bank-${count++}`)
  cpSync(path.join(root, 'packs/samples/bank-transfer'), bank, { recursive: true })
})

function run(...args: string[]) {
  return skeptic([...args, '--at', AT], { cwd: bank })
}

type Listed = { readonly name: string; readonly paths: readonly string[]; readonly limits: object; readonly verifiedOn: string }

describe('targets on the command line', () => {
  test('are listed with tool, files, limits and the day they were verified', () => {
    const listed = run('targets', '--json').json() as unknown as readonly Listed[]
    expect(listed.find(one => one.name === 'cursor-command')).toMatchObject({
      paths: ['.cursor/commands/{name}.md'],
      limits: { link: 8000 },
      verifiedOn: '2026-11-22',
    })
    expect(run('targets').out).toMatch(/devin-workflow +Devin +Workflow +12000 characters/)
  })

  test('one of many files writes them all, and prints the first as the tool reads it', () => {
    const out = path.join(bank, 'out')
    const made = run('prompt', WORK, '--target', 'agents', '--out', out, '--json')
    expect(made.code, made.err).toBe(0)
    const { files } = made.json() as { files: readonly { path: string; text: string; managed: string }[] }
    expect(files.map(file => file.path).slice(-2)).toEqual(['AGENTS.md', 'CLAUDE.md'])
    const written = (at: string) => readFileSync(path.join(out, at), 'utf8')
    for (const file of files.filter(({ managed }) => managed === 'whole')) expect(written(file.path)).toBe(file.text)
    expect(written('AGENTS.md')).toContain(files.find(({ path: at }) => at === 'AGENTS.md')?.text)
    expect(run('prompt', WORK, '--target', 'gemini-command').out).toMatch(/^description = ".*\nprompt = """\n/)
  })

  test('what people wrote is never written over, and then nothing is written', () => {
    writeFileSync(path.join(bank, 'AGENTS.md'), '# Ours\n')
    const before = run('prompt', WORK, '--target', 'agents', '--json').json() as { files: readonly { path: string }[] }
    const skill = path.join(bank, before.files[0]?.path ?? '')
    mkdirSync(path.dirname(skill), { recursive: true })
    writeFileSync(skill, 'Mine.\n')
    const made = run('prompt', WORK, '--target', 'agents', '--out', bank)
    expect([made.code, made.out.includes('-Mine.')]).toEqual([1, true])
    expect(readFileSync(skill, 'utf8')).toBe('Mine.\n')
    expect(readFileSync(path.join(bank, 'AGENTS.md'), 'utf8')).toBe('# Ours\n')
    expect(existsSync(path.join(bank, 'CLAUDE.md'))).toBe(false)
  })

  test('a work item that names no paths has no path rule: the answer is no', () => {
    const file = path.join(bank, `threat-model/work-items/${WORK}.json`)
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), mayEdit: {} }))
    const made = run('prompt', WORK, '--target', 'cursor-rules', '--draft', '--out', bank)
    expect(made.code).toBe(1)
    expect(made.out + made.err).toContain('names none that may be edited')
    expect(existsSync(path.join(bank, '.cursor'))).toBe(false)
  })
})
