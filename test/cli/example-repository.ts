import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Ran, skepticAs } from '../support/cli.ts'
import { root } from '../support/served-workbench.ts'

export const WORK = 'W-0RD3R'
const SAMPLE = path.join(root, 'packs/samples/bank-transfer')
const KEPT = path.join(SAMPLE, 'threat-model/.skeptic')

/** Evidence of the change with its defect, and of the corrected one. */
export const EVIDENCE = {
  broken: path.join(KEPT, 'evidence'),
  fixed: path.join(KEPT, 'after-fix/threat-model/.skeptic/evidence'),
}

export const TRAILERS = 'Assisted-by: Codex:gpt-5\nGuarded-Prompt: P-0RD3R'

export type Person = 'Ann' | 'Bo' | 'Runner' | 'Developer' | 'architect'

type CheckLine = {
  readonly id: string
  readonly statement: string
  readonly verdict: string
  readonly reason: string
  readonly sentence: string
  readonly selfReported: boolean
  readonly evidence: readonly { readonly pointer: string }[]
}

type ProblemLine = { readonly code: string; readonly at?: string; readonly message: string }

export type Judged = {
  readonly code: number | null
  readonly verdict: string
  readonly checks: readonly CheckLine[]
  readonly counts: Readonly<Record<string, number>>
  readonly problems: readonly ProblemLine[]
  readonly integrity: readonly ProblemLine[]
}

/** A real repository with the sample's design, and people with keys of their own; everything is done by the command line and by git. */
export class ExampleRepository {
  readonly dir: string
  readonly #place: string

  private constructor(place: string) {
    this.#place = place
    this.dir = path.join(place, 'repo')
  }

  /** The code before the change, the design, and keys enrolled, on the main branch. Nothing that nobody signed is enough. */
  static begin(): ExampleRepository {
    const repo = new ExampleRepository(mkdtempSync(path.join(tmpdir(), 'skeptic-example-')))
    mkdirSync(repo.dir)
    cpSync(path.join(KEPT, 'base'), repo.dir, { recursive: true })
    cpSync(path.join(SAMPLE, 'threat-model'), repo.at('threat-model'), { recursive: true })
    rmSync(repo.at('threat-model/.skeptic'), { recursive: true })
    repo.write({
      '.gitignore': '.skeptic/\n',
      '.semgrepignore': 'node_modules/\n',
      '.github/workflows/scan.yml': 'on: push\njobs:\n  scan:\n    steps:\n      - run: semgrep ci\n',
      'test/old.test.ts': "test('an old thing', () => {\n  expect(1).toBe(1)\n})\n",
    })
    repo.editJson('threat-model/policy.json', policy => ({ ...policy, selfReported: 'never' }))
    repo.git('init', '--quiet', '-b', 'main')
    repo.commit('Base')
    repo.enrol('Ann', 'reviewer', 'security')
    repo.enrol('Bo', 'reviewer')
    repo.enrol('Runner', 'ci')
    repo.enrol('Developer', 'reviewer', 'security')
    repo.commit('Keys')
    repo.git('checkout', '--quiet', '-b', 'topic')
    return repo
  }

  /** The same, with the change, its correction, signed evidence and the answers of two people: it passes. */
  static passing(): ExampleRepository {
    const repo = ExampleRepository.begin()
    repo.prompt()
    repo.change()
    repo.fix()
    repo.collect(EVIDENCE.fixed)
    repo.signAll()
    return repo
  }

  copy(): ExampleRepository {
    const place = mkdtempSync(path.join(tmpdir(), 'skeptic-example-'))
    cpSync(this.#place, place, { recursive: true })
    return new ExampleRepository(place)
  }

  remove(): void {
    rmSync(this.#place, { recursive: true, force: true })
  }

  at(file: string): string {
    return path.join(this.dir, file)
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(this.at(name)), { recursive: true })
      writeFileSync(this.at(name), text)
    }
  }

  read(file: string): string {
    return readFileSync(this.at(file), 'utf8')
  }

  edit(file: string, change: (text: string) => string): void {
    this.write({ [file]: change(this.read(file)) })
  }

  editJson(file: string, change: (value: Record<string, unknown>) => unknown): void {
    this.edit(file, text => `${JSON.stringify(change(JSON.parse(text)), null, 2)}\n`)
  }

  files(folder: string): readonly string[] {
    return readdirSync(this.at(folder)).sort()
  }

  git(...args: readonly string[]): string {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')))
    const who = ['-c', 'user.name=Developer', '-c', 'user.email=developer@example.org', '-c', 'commit.gpgsign=false']
    return execFileSync('git', [...who, ...args], {
      cwd: this.dir,
      encoding: 'utf8',
      env: { ...env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  }

  commit(message: string): void {
    this.git('add', '-A')
    this.git('commit', '--quiet', '--allow-empty', '-m', message)
  }

  run(who: Person, ...args: readonly string[]): Ran {
    const env = { XDG_CONFIG_HOME: path.join(this.#place, 'config', who), APPDATA: path.join(this.#place, 'config', who) }
    return skepticAs(who, args, { cwd: this.dir, env: { ...env, HOME: path.join(this.#place, 'config', who) } })
  }

  /** The same where nothing but success will do. */
  do(who: Person, ...args: readonly string[]): Ran {
    const ran = this.run(who, ...args)
    if (ran.code !== 0) throw new Error(`${args.join(' ')} ended with ${ran.code}:\n${ran.err}${ran.out}`)
    return ran
  }

  enrol(who: Person, ...roles: readonly string[]): void {
    this.do(who, 'keys', 'new')
    const email = `${who.toLowerCase()}@example.org`
    this.do(who, 'keys', 'enrol', '--name', who, '--email', email, ...roles.flatMap(role => ['--role', role]))
  }

  prompt(): void {
    this.do('architect', 'prompt', WORK, '--quiet')
    this.commit('Prompt issued')
  }

  /** What a tool made from the prompt, with the sample's defect. */
  change(): void {
    for (const folder of ['src', 'test']) cpSync(path.join(SAMPLE, folder), this.at(folder), { recursive: true })
    this.commit(`Take transfer orders\n\n${TRAILERS}`)
  }

  fix(): void {
    cpSync(path.join(KEPT, 'after-fix/src'), this.at('src'), { recursive: true })
    this.commit(`Debit only own accounts\n\n${TRAILERS}`)
  }

  /** The runner keeps the reports of its tools with signed sidecars. */
  collect(from: string, who: Person = 'Runner', ...more: readonly string[]): void {
    this.collectAs('unit', path.join(from, 'unit.junit.xml'), who, ...more)
    const scan = path.join(this.#place, 'scan.sarif')
    writeFileSync(scan, cleanScan())
    this.collectAs('sast', scan, who, ...more)
  }

  collectAs(slot: string, file: string, who: Person = 'Runner', ...more: readonly string[]): void {
    this.do(who, 'collect', '--slot', slot, '--file', path.basename(file), ...more, '--', 'cat', file)
  }

  checks(
    how: 'person' | 'machine',
  ): readonly { readonly id: string; readonly statement: string; readonly isForSecurity: boolean }[] {
    const { checks } = this.do('architect', 'checklist', WORK, '--json').json() as unknown as {
      checks: readonly { id: string; how: string; statement: string; verify?: { signoff?: { role?: string } } }[]
    }
    return checks
      .filter(check => check.how === how)
      .map(({ id, statement, verify }) => ({ id, statement, isForSecurity: verify?.signoff?.role === 'security' }))
  }

  sign(who: Person, ids: readonly string[], ...more: readonly string[]): Ran {
    const named = ids.flatMap(id => ['--check', id])
    return this.run(who, 'sign', WORK, ...named, '--words', `${who} read every line of it.`, ...more)
  }

  /** Two people answer what is asked of people; the one for security answers for it. */
  signAll(): void {
    const asked = this.checks('person')
    for (const who of ['Ann', 'Bo'] as const) {
      const signed = this.sign(
        who,
        asked.filter(({ isForSecurity }) => who === 'Ann' || !isForSecurity).map(({ id }) => id),
      )
      if (signed.code !== 0) throw new Error(signed.err)
    }
  }

  /** The bytes of the record, judged at a given time as another person on another machine would: other home, zone, language and name. */
  record(at: string, env: NodeJS.ProcessEnv = {}): string {
    const args = ['verify', WORK, '--json', '--dry-run', '--at', at]
    return skepticAs('somebody', args, { cwd: this.dir, env: { ...env, XDG_CONFIG_HOME: path.join(this.#place, 'nowhere') } }).out
  }

  verify(...args: readonly string[]): Judged {
    const ran = this.run('Runner', 'verify', WORK, '--json', '--dry-run', ...args)
    if (![0, 1, 2, 4].includes(ran.code ?? -1)) throw new Error(`verify ended with ${ran.code}:\n${ran.out}${ran.err}`)
    return { code: ran.code, ...(ran.json() as unknown as Omit<Judged, 'code'>) }
  }
}

/** A scan with nothing found, of a scanner whose rules look for what the checklist asks: ESLint's of the sample name no weakness. */
function cleanScan(): string {
  const cwes = [20, 93, 117, 209, 215, 294, 362, 367, 390, 532, 639, 755, 863, 1284]
  const rules = cwes.map(cwe => ({ id: `example.cwe-${cwe}`, properties: { tags: [`CWE-${cwe}`] } }))
  const driver = { name: 'Example scanner', version: '1.0.0', rules }
  const run = { tool: { driver }, invocations: [{ executionSuccessful: true }], results: [] }
  return JSON.stringify({ version: '2.1.0', runs: [run] })
}

/** The one check that says so. */
export function checkOn({ checks }: Judged, statement: RegExp): CheckLine {
  const found = checks.find(check => statement.test(check.statement))
  if (!found) throw new Error(`No check says ${statement}.`)
  return found
}

/** What does not pass, in short. */
export function notPassing({ checks }: Judged): readonly string[] {
  return checks
    .filter(({ verdict }) => verdict !== 'pass')
    .map(check => `${check.verdict} ${check.reason}: ${check.statement} ${check.sentence}`)
}
