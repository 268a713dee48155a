import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { packCli } from '../../setup/pack-cli.mjs'
import { root } from '../support/served-workbench.ts'

const LOCKERS = path.join(root, 'docs/walk-through/lockers')
const WHO = { GIT_AUTHOR_NAME: 'mira', GIT_AUTHOR_EMAIL: 'mira@example.org', SKEPTIC_USER: 'mira' }
const blocks = readFileSync(path.join(root, 'docs/walk-through.md'), 'utf8')
  .split('```sh\n')
  .slice(1)
  .map(part => part.split('```')[0] ?? '')

// The blocks are for a shell, and Windows has another.
test.skipIf(process.platform === 'win32')(
  'the walk-through runs as it is written, with the npm package and nothing of a checkout',
  () => {
    const place = mkdtempSync(path.join(tmpdir(), 'skeptic-npm-walk-'))
    onTestFinished(() => rmSync(place, { recursive: true, force: true }))
    const { tarball } = packCli({ out: path.join(place, 'packed') })
    const [home, installed, work] = ['home', 'installed', 'work'].map(name => path.join(place, name)) as [string, string, string]
    for (const folder of [home, installed, work]) mkdirSync(folder)
    const quiet = ['--omit=dev', '--ignore-scripts', '--offline', '--no-audit', '--no-fund']
    const npmEnv = { ...process.env, npm_config_cache: path.join(place, 'cache') }
    execFileSync('npm', ['install', '--prefix', installed, ...quiet, tarball], { cwd: installed, stdio: 'pipe', env: npmEnv })
    const cwd = path.join(work, 'lockers')
    const shell = (line: string) => {
      const ran = spawnSync('bash', ['-ec', line], {
        cwd: existsSync(cwd) ? cwd : work,
        encoding: 'utf8',
        env: {
          PATH: `${path.join(installed, 'node_modules/.bin')}:${path.dirname(process.execPath)}:${process.env.PATH}`,
          HOME: home,
          ...WHO,
          GIT_COMMITTER_NAME: WHO.GIT_AUTHOR_NAME,
          GIT_COMMITTER_EMAIL: WHO.GIT_AUTHOR_EMAIL,
        },
      })
      return { code: ran.status, said: ran.stdout + ran.stderr }
    }
    const good = (line: string) => {
      const { code, said } = shell(line)
      expect(code, `${line}\n${said}`).toBe(0)
    }
    const withoutVerdict = (block: string) => block.replace(/^skeptic verify .*$/gm, '')
    const [begin = '', designed = '', changed = '', judged = '', fixed = '', recorded = ''] = blocks

    good(begin.replace(/^skeptic serve$/m, ''))
    rmSync(path.join(cwd, 'threat-model'), { recursive: true })
    good(`skeptic import ${path.join(LOCKERS, 'design.json')} --into threat-model; skeptic gate --work W-WPNA8`)
    good(designed)
    for (const part of ['package.json', 'src', 'test'])
      cpSync(path.join(LOCKERS, part), path.join(cwd, part), { recursive: true })
    good(changed)
    good(withoutVerdict(judged))
    expect(shell('skeptic verify W-WPNA8')).toMatchObject({ code: 1, said: expect.stringContaining('T79AGP_M8QSD9') })
    good(withoutVerdict(fixed).replace('fix.patch', path.join(LOCKERS, 'fix.patch')))
    expect(shell('skeptic verify W-WPNA8').code).toBe(2)
    good(recorded)
    const report = readFileSync(path.join(cwd, 'report.md'), 'utf8')
    expect(report).toContain('3 requirements linked to nothing drawn')
    for (const name of [root, place]) expect(report).not.toContain(name)
  },
)
