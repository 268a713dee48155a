import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { skeptic } from '../support/cli.ts'
import { program, root } from '../support/served-workbench.ts'

const text = readFileSync(path.join(root, 'docs/walk-through.md'), 'utf8')
const lockers = path.join(root, 'docs/walk-through/lockers')

/** The blocks of commands, each as the words of its `skeptic` and `git` lines. */
const blocks = text
  .split('```sh\n')
  .slice(1)
  .map(part => part.split('```')[0] ?? '')

test('its commands do what it says', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-walk-'))
  const cwd = path.join(dir, 'lockers')
  const shell = (block: string) => {
    const ran = spawnSync('sh', ['-ec', `skeptic() { '${process.execPath}' '${program}' "$@"; }\n${block}`], {
      cwd: existsSync(cwd) ? cwd : dir,
      encoding: 'utf8',
      env: { ...process.env, ...GIT },
    })
    expect(`${ran.status} ${ran.stderr}`).toMatch(/^0/)
  }
  const codes = (block: string) =>
    block
      .split('\n')
      .filter(line => line.startsWith('skeptic '))
      .map(line => skeptic(line.split(' ').slice(1), { cwd }).code)
  const gitOf = (block: string) => block.replace(/^skeptic .*$/gm, '')
  const [begin = '', designed = '', changed = '', judged = '', fixed = '', recorded = ''] = blocks

  shell(gitOf(begin))
  expect(skeptic(['init'], { cwd }).out).toContain('Open it with: skeptic serve')
  rmSync(path.join(cwd, 'threat-model'), { recursive: true })
  expect(skeptic(['import', path.join(lockers, 'design.json'), '--into', 'threat-model'], { cwd }).code).toBe(0)
  expect(skeptic(['gate', '--work', 'W-WPNA8'], { cwd }).code).toBe(0)
  // Copied in the window, or printed: either way it is noted which text was issued.
  expect(skeptic(['prompt', 'W-WPNA8'], { cwd }).code).toBe(0)
  shell(designed)
  for (const part of ['package.json', 'src', 'test', 'fix.patch'])
    cpSync(path.join(lockers, part), path.join(cwd, part), { recursive: true })
  shell(changed)
  rmSync(path.join(cwd, 'fix.patch'))
  expect(codes(judged)).toEqual([0, 1])
  cpSync(path.join(lockers, 'fix.patch'), path.join(cwd, 'fix.patch'))
  shell(`${gitOf(fixed)}\nrm fix.patch`)
  expect(codes(fixed)).toEqual([0, 2])
  const judgedAgain = skeptic(['verify', 'W-WPNA8', '--dry-run', '--json'], { cwd }).out
  expect((JSON.parse(judgedAgain) as { readonly counts: unknown }).counts).toMatchObject({ pass: 12, fail: 0, inconclusive: 10 })
  expect(text).toContain('Twelve checks pass')
  expect(codes(recorded)).toEqual([0, 0])
  expect(readFileSync(path.join(cwd, 'report.md'), 'utf8')).toContain('3 requirements linked to nothing drawn')
  rmSync(dir, { recursive: true, force: true })
})

test('its pictures are there, and none is heavy', () => {
  const pictures = [...text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(match => path.join(root, 'docs', match[1] ?? ''))
  expect(pictures.length).toBe(10)
  for (const picture of pictures) expect(statSync(picture).size).toBeLessThan(150_000)
})

const GIT = {
  GIT_AUTHOR_NAME: 'mira',
  GIT_AUTHOR_EMAIL: 'mira@example.org',
  GIT_COMMITTER_NAME: 'mira',
  GIT_COMMITTER_EMAIL: 'mira@example.org',
}
