import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CONTENTS, packCli } from '../../setup/pack-cli.mjs'
import { root } from '../support/served-workbench.ts'

const place = mkdtempSync(path.join(tmpdir(), 'skeptic-npm-'))
const folder = path.join(place, 'empty')
const installed = path.join(folder, 'node_modules/skeptic')
/** How npm makes the command callable differs on Windows; there it is asked for by its file. */
const isWindows = process.platform === 'win32'
const command = isWindows ? process.execPath : path.join(folder, 'node_modules/.bin/skeptic')
const words = isWindows ? [path.join(installed, 'dist/cli/skeptic.cjs')] : []
let made: ReturnType<typeof packCli>

beforeAll(() => {
  made = packCli({ out: place })
  mkdirSync(folder)
  // Named, because npm would go up from an empty folder to the first that has packages in it.
  const quiet = ['--ignore-scripts', '--offline', '--no-audit', '--no-fund']
  execFileSync('npm', ['install', '--prefix', folder, '--omit=dev', ...quiet, made.tarball], {
    cwd: folder,
    stdio: 'pipe',
    shell: isWindows,
    env: { ...process.env, npm_config_cache: path.join(place, 'cache') },
  })
}, 120_000)
afterAll(() => rmSync(place, { recursive: true, force: true }))

describe('what is in the npm package', () => {
  test('the program, the workbench, the samples and the papers, nothing else', () => {
    const counts = CONTENTS.map(form => made.files.filter(file => form.test(file)).length)
    const [programs, start, parts, pages, mermaid, assets, samples, licence] = counts
    expect([programs, start, pages, mermaid, licence]).toEqual([2, 1, 2, 1, 1])
    expect(parts).toBe(readdirSync(path.join(root, 'dist/cli/parts')).length)
    expect(assets).toBe(readdirSync(path.join(root, 'dist/renderer/assets')).length)
    expect(samples).toBe(filesBelow(path.join(root, 'packs/samples')).filter(file => file !== 'README.md').length)
    const papers = made.files.filter(file => !CONTENTS.some(form => form.test(file)))
    expect(papers).toEqual(['README.md', 'THIRD-PARTY-NOTICES.txt', 'package.json'])
    expect(
      made.files.filter(file => /\.(map|ts|tsx|cache)$|(^|\/)(test|__snapshots__|fixtures)\//.test(withoutSamples(file))),
    ).toEqual([])
  })

  test('the files that were packed are the ones that are installed, and all that is', () => {
    expect(filesBelow(installed)).toEqual(made.files)
    expect(readdirSync(path.join(folder, 'node_modules')).filter(name => !name.startsWith('.'))).toEqual(['skeptic'])
  })

  test('it has no dependencies, no scripts, and asks for what it needs', () => {
    const about = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as Record<string, unknown>
    expect(Object.keys(about).filter(name => /dependencies|scripts|private/i.test(name))).toEqual([])
    expect(about).toMatchObject({ license: 'Apache-2.0', bin: { skeptic: 'dist/cli/skeptic.cjs' }, engines: { node: '>=20.19' } })
  })

  test('no file names a place of the machine it was built on', () => {
    const places = [
      root,
      realpathSync(root),
      path.dirname(realpathSync(path.join(root, 'node_modules'))),
      place,
      'skeptic-build-',
    ]
    const telling = made.files.filter(file => {
      const bytes = readFileSync(path.join(installed, file))
      return places.some(name => bytes.includes(name)) || bytes.includes('sourceMappingURL=')
    })
    expect(telling).toEqual([])
  })

  // The release workflow names the folder with what it uploads. Elsewhere nothing goes out, so there is no such test to skip.
  const { SKEPTIC_TARBALL } = process.env
  if (SKEPTIC_TARBALL !== undefined)
    test('the package that goes out is this one, byte by byte', () => {
      const sent = path.join(path.resolve(root, SKEPTIC_TARBALL), path.basename(made.tarball))
      expect(readFileSync(sent).equals(readFileSync(made.tarball))).toBe(true)
    })

  test('uninstalled again nothing of it is left, nor was anything of it changed while it ran', () => {
    const other = path.join(place, 'gone')
    mkdirSync(other)
    const npm = (...words: readonly string[]) =>
      execFileSync('npm', [...words, '--prefix', other, '--ignore-scripts', '--offline', '--no-audit', '--no-fund'], {
        cwd: other,
        stdio: 'pipe',
        shell: isWindows,
        env: { ...process.env, npm_config_cache: path.join(place, 'cache') },
      })
    npm('install', '--omit=dev', made.tarball)
    const there = path.join(other, 'node_modules/skeptic')
    const before = digestsOf(there)
    const home = path.join(place, 'home')
    mkdirSync(home)
    const own = { ...env, HOME: home, USERPROFILE: home, XDG_CONFIG_HOME: '', XDG_CACHE_HOME: '' }
    const program = path.join(there, 'dist/cli/skeptic.cjs')
    for (const words of [
      ['init', 'bank', '--template', 'bank-transfer'],
      ['gate', '-C', 'bank'],
      ['verify', 'W-0RD3R', '-C', 'bank'],
    ])
      spawnSync(process.execPath, [program, ...words], { cwd: other, env: own })
    expect(existsSync(path.join(other, 'bank/threat-model/skeptic.json'))).toBe(true)
    expect(digestsOf(there)).toEqual(before)
    expect(filesBelow(home)).toEqual([])
    npm('uninstall', 'skeptic')
    expect(filesBelow(other).filter(file => !file.startsWith('bank/'))).toEqual(
      expect.not.arrayContaining([expect.stringContaining('skeptic')]),
    )
    expect(existsSync(there)).toBe(false)
  })

  test('it is small: under 6 MB to fetch, under 20 MB on the disk', () => {
    expect(made.size).toBeLessThan(6_000_000)
    expect(made.unpackedSize).toBeLessThan(20_000_000)
  })

  test('packed twice it is the same, byte by byte', () => {
    const again = packCli({ out: path.join(place, 'again') })
    expect(readFileSync(again.tarball).equals(readFileSync(made.tarball))).toBe(true)
    if (isWindows) return
    // npm keeps modes, and a checkout has those of whoever made it: what they can read only themselves, others can read here.
    const private_ = path.join(place, 'private')
    for (const name of ['dist', 'packs', 'LICENSE', 'package.json', 'package-lock.json'])
      cpSync(path.join(root, name), path.join(private_, name), { recursive: true })
    symlinkSync(realpathSync(path.join(root, 'node_modules')), path.join(private_, 'node_modules'))
    execFileSync('chmod', ['-R', 'go=', path.join(private_, 'dist'), path.join(private_, 'packs')])
    const other = packCli({ folder: private_, out: path.join(place, 'other') })
    expect(readFileSync(other.tarball).equals(readFileSync(made.tarball))).toBe(true)
  })
})

describe('installed into an empty folder', () => {
  test("the README's walk runs with it", () => {
    const steps: readonly (readonly [string, number])[] = [
      ['init bank --template bank-transfer', 0],
      ['lint -C bank', 0],
      ['threats --all -C bank', 0],
      ['gate -C bank', 0],
      ['prompt W-0RD3R --target skill --out ../bank-prompt -C bank', 0],
      ['checklist W-0RD3R -C bank', 0],
      ['verify W-0RD3R -C bank', 1],
      ['ledger verify -C bank', 0],
      ['report --out report.md -C bank', 0],
      ['frameworks -C bank', 0],
      ['monitor --out ../bank-monitoring -C bank', 0],
      ['bom --out design.cdx.json -C bank', 0],
    ]
    const codes = steps.map(([step]) => [step, run(step.split(' ')).status])
    expect(codes).toEqual(steps)
    expect(readFileSync(path.join(folder, 'bank/report.md'), 'utf8')).toContain('# Threat model: Bank transfers')
    const version = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
    expect(run(['--version']).stdout).toContain(version.version)
  })

  test('models of other tools come in: the worker that reads them is aboard', () => {
    expect(run(['init', 'copy', '--template', 'bank-transfer']).status).toBe(0)
    expect(run(['export', '-C', 'copy', '--format', 'otm', '--out', path.join(folder, 'model.otm.json')]).status).toBe(0)
    const read = run(['import', path.join(folder, 'model.otm.json'), '--into', 'other'])
    expect(read.status, read.stderr).toBe(0)
    expect(existsSync(path.join(folder, 'other/skeptic.json'))).toBe(true)
  })

  test('skeptic serve answers on loopback with the workbench', async () => {
    const { child, address } = await started(['serve', '--no-open', '--sample'], /Skeptic: (http:\/\/\S+)/)
    const page = await fetch(address.replace(/#.*$/, ''))
    expect(page.status).toBe(200)
    const html = await page.text()
    expect(html).toContain('<div id="root">')
    const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(html)?.[1] ?? ''
    expect((await fetch(new URL(`/${script}`, address))).status).toBe(200)
    await ended(child)
  })

  test('skeptic hub starts and says that it is well', async () => {
    const { child, address } = await started(['hub', '--port', '0', '--data', 'kept'], /Skeptic hub: (http:\/\/\S+)/)
    expect((await fetch(`${address}/health`)).status).toBe(200)
    await ended(child)
  })
})

function digestsOf(folder: string): readonly string[] {
  const digest = (file: string) =>
    createHash('sha256')
      .update(readFileSync(path.join(folder, file)))
      .digest('hex')
  return filesBelow(folder).map(file => `${file} ${digest(file)}`)
}

function withoutSamples(file: string): string {
  return file.startsWith('packs/samples/') ? '' : file
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
}

const env = { ...process.env, SKEPTIC_USER: 'architect', NO_COLOR: '1' }

function run(args: readonly string[]) {
  return spawnSync(command, [...words, ...args], { cwd: folder, encoding: 'utf8', env })
}

function started(args: readonly string[], form: RegExp): Promise<{ readonly child: ChildProcess; readonly address: string }> {
  const child = spawn(command, [...words, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  return new Promise((done, fail) => {
    let heard = ''
    const hear = (chunk: Buffer) => {
      heard += chunk.toString()
      const address = form.exec(heard)?.[1]
      if (address !== undefined) done({ child, address })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', fail)
    child.on('exit', code => fail(new Error(`ended with ${code}:\n${heard}`)))
  })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise(done => {
    child.once('exit', () => done())
    child.kill('SIGTERM')
  })
}
