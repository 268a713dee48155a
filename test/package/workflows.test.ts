import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const root = path.resolve(import.meta.dirname, '../..')
const folder = path.join(root, '.github/workflows')
const scripts = (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts

type Step = {
  readonly uses?: string
  readonly run?: string
  readonly name?: string
  readonly if?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
}
type Job = {
  readonly steps: readonly Step[]
  readonly permissions?: Readonly<Record<string, string>>
  readonly needs?: string | readonly string[]
  readonly if?: string
  readonly 'timeout-minutes'?: number
}
type Workflow = {
  readonly name: string
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

const workflows = readdirSync(folder)
  .sort()
  .map(file => {
    const text = readText(path.join(folder, file))
    return { file, text, workflow: parse(text) as Workflow }
  })
const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ place: `${file} ${name}`, job })),
)
const steps = jobs.flatMap(({ place, job }) => job.steps.map(step => ({ place, step })))

/** Every right to write that a job has, and what for. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  'release.yml attest': ['attestations', 'id-token'], // the provenance is signed in the name of the workflow
  'release.yml draft': ['contents'], // the draft of a release
}

describe('workflows', () => {
  test('are the two that are known, started by nothing that hands rights to a stranger', () => {
    expect(workflows.map(({ file }) => file)).toEqual(['ci.yml', 'release.yml'])
    const events = workflows.flatMap(({ workflow }) => Object.keys(workflow.on))
    expect([...new Set(events)].sort()).toEqual(['pull_request', 'push', 'workflow_dispatch'])
  })

  test('may read the contents and nothing else, but for the jobs that say why', () => {
    for (const { file, workflow } of workflows) expect(workflow.permissions, file).toEqual({ contents: 'read' })
    const writes = jobs.flatMap(({ place, job }) => {
      const rights = Object.entries(job.permissions ?? {})
      for (const [, right] of rights) expect(['read', 'write']).toContain(right)
      const written = rights.filter(([, right]) => right === 'write').map(([name]) => name)
      return written.length > 0 ? [[place, written.sort()]] : []
    })
    expect(Object.fromEntries(writes)).toEqual(WRITES)
  })

  test('a job that may write runs no code of the repository, and of others only what is pinned', () => {
    for (const place of Object.keys(WRITES)) {
      const job = jobs.find(one => one.place === place)?.job
      expect(job?.if, place).toBe("github.ref_type == 'tag'")
      for (const { uses = '', run = '' } of job?.steps ?? []) {
        expect(uses, place).not.toContain('actions/checkout')
        expect(run, place).not.toMatch(/\b(npm|npx|node|curl|wget|pip|docker)\b/)
      }
    }
  })

  test('pin every action by commit, with the version in a comment, and one commit for each', () => {
    const uses = workflows.concat([
      { file: 'action.yml', text: readText(path.join(root, 'action.yml')), workflow: {} as Workflow },
    ])
    const lines = uses.flatMap(({ text }) => text.split('\n').filter(line => /^\s*(- )?uses:/.test(line)))
    expect(lines.length).toBeGreaterThan(12)
    for (const line of lines) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
    const pins = new Map<string, Set<string>>()
    for (const line of lines) {
      const [, action = '', pin = ''] = /uses: (\S+)@(.+)$/.exec(line) ?? []
      pins.set(action, (pins.get(action) ?? new Set()).add(pin))
    }
    expect([...pins].filter(([, found]) => found.size > 1)).toEqual([])
  })

  test('bring nothing from a cache, which other runs may have filled', () => {
    const { runs } = parse(readText(path.join(root, 'action.yml'))) as { readonly runs: { readonly steps: readonly Step[] } }
    const all = [...steps.map(({ step }) => step), ...runs.steps]
    const nodes = all.filter(({ uses }) => uses?.startsWith('actions/setup-node@'))
    expect(nodes.length).toBeGreaterThan(4)
    for (const step of nodes) {
      expect(step.with?.['package-manager-cache']).toBe(false)
      expect(step.with?.cache).toBeUndefined()
    }
    expect(all.filter(({ uses }) => uses?.startsWith('actions/cache'))).toEqual([])
  })

  test('leave no credentials behind, and end at some time', () => {
    const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'))
    expect(checkouts.length).toBeGreaterThan(2)
    for (const { place, step } of checkouts) expect(step.with?.['persist-credentials'], place).toBe(false)
    for (const { place, job } of jobs) expect(job['timeout-minutes'], place).toBeGreaterThan(0)
  })

  test('put nothing from outside into a script; secrets reach only the steps that sign', () => {
    for (const { place, step } of steps) {
      if (step.run === undefined) continue
      const inside = [...step.run.matchAll(/\$\{\{(.*?)\}\}/g)].map(([, inner = '']) => inner.trim())
      for (const inner of inside)
        expect(inner, place).toMatch(/^(runner\.os == 'Linux' && 'xvfb-run --auto-servernum' \|\| ''|matrix\.\w+)$/)
    }
    const secret = steps.filter(({ step }) => JSON.stringify(step).includes('secrets.')).map(({ step }) => step.name)
    expect(secret).toEqual(["The key of Apple's notary, when there is one", 'Package'])
  })

  test('are scripts that a shell can read, and call what package.json has', () => {
    for (const { place, step } of steps) {
      if (step.run === undefined) continue
      const script = step.run.replace(/\$\{\{.*?\}\}/g, 'WORD')
      expect(spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' }).stderr, place).toBe('')
      for (const [, name = ''] of step.run.matchAll(/npm run (\w+)/g)) expect(Object.keys(scripts), place).toContain(name)
    }
  })
})

describe('the release', () => {
  const release = workflows.find(({ file }) => file === 'release.yml')?.workflow.jobs ?? {}

  test('signs and drafts only what every job before it has made', () => {
    expect(Object.keys(release)).toEqual(['desktop', 'npm', 'attest', 'draft'])
    expect(release.attest?.needs).toEqual(['desktop', 'npm'])
    expect(release.draft?.needs).toBe('attest')
    const attest = release.attest?.steps.find(step => step.uses?.startsWith('actions/attest-build-provenance@'))
    expect(attest?.with).toEqual({ 'subject-checksums': 'out/SHA256SUMS' })
  })

  test("takes the notary's key away before anything else runs, whatever became of the packaging", () => {
    const desktop = release.desktop?.steps ?? []
    const at = desktop.findIndex(step => step.name === 'Package')
    expect(desktop[at + 1]).toMatchObject({ if: "always() && runner.os == 'macOS'", run: 'rm -f "$RUNNER_TEMP/notary.p8"' })
  })

  test('the bill of materials that goes out is the one that our own verdict reads', () => {
    const npm = release.npm?.steps ?? []
    const packs = npm.find(step => step.run?.includes('npm run sbom'))
    const reads = npm.find(step => step.run?.includes('vitest run test/package'))
    expect(packs?.run).toContain('npm run sbom -- out/skeptic.cdx.json')
    expect(reads?.env).toEqual({ SKEPTIC_SBOM: 'out/skeptic.cdx.json', SKEPTIC_TARBALL: 'out' })
    expect(npm.indexOf(reads as Step)).toBeGreaterThan(npm.indexOf(packs as Step))
  })

  test('tests before it packages, and attacks what it packaged before it leaves the machine', () => {
    const names = release.desktop?.steps.map(step => step.name ?? step.uses?.split('@')[0]) ?? []
    const order = [
      'The tag is the version',
      'Every test, the ones in the real Electron included',
      'Package',
      'The packaged program, attacked',
    ]
    const places = [...order.map(name => names.indexOf(name)), names.indexOf('actions/upload-artifact')]
    expect(places.every(place => place > 0)).toBe(true)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  // Both jobs run on Linux; other systems have other tools.
  test.skipIf(process.platform !== 'linux')('the checksums that one job writes are the ones that the next one checks', () => {
    const script = (job: string, name: string) => release[job]?.steps.find(step => step.name === name)?.run ?? ''
    const made = spawnSync(
      'bash',
      ['-ec', bothScripts(script('attest', 'Checksums'), script('draft', 'Nothing changed on the way'))],
      { encoding: 'utf8' },
    )
    expect(made.stdout).toContain('same: 0')
    expect(made.stdout).toContain('changed: 1')
  })
})

/** As in the repository: on Windows git may have changed the ends of lines. */
function readText(file: string): string {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
}

/** Runs both scripts on two files, once as they are and once after one was changed. */
function bothScripts(write: string, check: string): string {
  return `
cd "$(mktemp -d)"; trap 'rm -rf "$PWD"' EXIT
mkdir out; echo a > out/skeptic-1.deb; echo b > out/skeptic.cdx.json
(${write}) > log
code=0; (${check}) > log || code=$?; echo "same: $code"
echo c > out/skeptic-1.deb
code=0; (${check}) > log 2>&1 || code=$?; echo "changed: $code"
`
}
