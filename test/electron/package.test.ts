import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { extractFile, listPackage } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configurationOf, packageDesktop, wrongFuses } from '../../setup/package.mjs'
import { makeStub7zip, makeStubDist } from '../support/stub-dist.ts'

const root = path.resolve(import.meta.dirname, '../..')

// The stub is shaped like an Electron for Linux; the real ones of all three systems are packaged by the release workflow.
describe.skipIf(process.platform !== 'linux')('npm run package, around a stub of Electron', () => {
  const place = mkdtempSync(path.join(tmpdir(), 'skeptic-package-'))
  const folder = path.join(place, 'project')
  const dist = path.join(place, 'electron')
  let made: { readonly binary: string; readonly asar: string }
  let canRun: boolean

  beforeAll(async () => {
    canRun = (await makeStubDist(dist)).canRun
    layProject(folder)
    process.env.ELECTRON_BUILDER_7ZIP_PATH = makeStub7zip(place)
    made = await packageDesktop({ folder, dist, installers: ['tar.gz'], homepage: 'https://example.org/skeptic' })
  }, 120_000)
  afterAll(() => rmSync(place, { recursive: true, force: true }))

  test('ships what was built, the samples and its own description, nothing else', () => {
    const files = listPackage(made.asar, { isPack: false }).map(name => name.replaceAll('\\', '/'))
    expect(files).toEqual([
      '/dist',
      '/dist/electron',
      '/dist/electron/importer.cjs',
      '/dist/electron/main.cjs',
      '/dist/electron/preload.cjs',
      '/dist/renderer',
      '/dist/renderer/index.html',
      '/package.json',
      '/packs',
      '/packs/samples',
      '/packs/samples/shop',
      '/packs/samples/shop/.skeptic',
      '/packs/samples/shop/.skeptic/evidence.sarif',
      '/packs/samples/shop/skeptic.json',
    ])
    const described = JSON.parse(extractFile(made.asar, 'package.json').toString())
    expect(described.main).toBe('dist/electron/main.cjs')
    expect(described).toMatchObject({ desktopName: 'skeptic.desktop', homepage: 'https://example.org/skeptic' })
    expect(described.scripts).toBeUndefined()
    expect(described.devDependencies).toBeUndefined()
  })

  test('leaves behind the application that Electron itself brings, and names the work of others', () => {
    expect(readdirSync(path.dirname(made.asar))).toEqual(['LICENSE.txt', 'THIRD-PARTY-NOTICES.txt', 'app.asar'])
  })

  test('the archive that people download holds the same program', () => {
    const { version } = JSON.parse(extractFile(made.asar, 'package.json').toString()) as { version: string }
    const name = `skeptic-${version}-linux-x64`
    const archive = path.join(folder, `release/${name}.tar.gz`)
    const names = execFileSync('tar', ['-tzf', archive], { encoding: 'utf8' }).split('\n')
    const inside = (file: string) => `${name}/${file}`
    for (const file of ['skeptic', 'resources/app.asar', 'resources/LICENSE.txt', 'LICENSE.electron.txt'])
      expect(names, file).toContain(inside(file))
    execFileSync('tar', ['-xzf', archive, '-C', place, inside('skeptic'), inside('resources/app.asar')])
    for (const [file, original] of [['skeptic', made.binary] as const, ['resources/app.asar', made.asar] as const])
      expect(readFileSync(path.join(place, inside(file))).equals(readFileSync(original)), file).toBe(true)
  })

  test('what a deb and an AppImage would be made with: no invented person, our kind of file, no word against the sandbox', async () => {
    const { build, Platform } = await import('electron-builder')
    const told: unknown[] = []
    const config = configurationOf({ folder, dist, version: '45.4.1', homepage: 'https://example.org/skeptic' })
    await build({
      projectDir: folder,
      targets: Platform.LINUX.createTarget(['deb', 'AppImage']),
      config: { ...config, directories: { output: 'release/told', buildResources: 'setup/icons' } },
      // Tells what it would do, and stops before it fetches the tools to do it with.
      effectiveOptionComputed: async options => {
        const [words, desktop] = Array.isArray(options) ? (options as [string[], string]) : [undefined, undefined]
        const file = words?.find(word => word.endsWith('.xml=/usr/share/mime/packages/skeptic.xml'))?.split('=')[0]
        told.push(words ? { words, entry: readFileSync(desktop, 'utf8'), mime: readFileSync(file ?? '', 'utf8') } : options)
        return true
      },
    } as Parameters<typeof build>[0])
    const deb = told.find(one => typeof one === 'object' && one !== null && 'words' in one) as {
      readonly words: readonly string[]
      readonly entry: string
      readonly mime: string
    }
    const after = (word: string) => deb.words[deb.words.indexOf(word) + 1]
    expect(['--name', '--maintainer', '--vendor', '--url', '--license'].map(after)).toEqual([
      'skeptic-workbench',
      'Skeptic contributors',
      'Skeptic contributors',
      'https://example.org/skeptic',
      'Apache-2.0',
    ])
    expect(after('--description')).toMatch(/^Threat model before the prompt, verification after\n \S/)
    expect(deb.words).toContainEqual(expect.stringMatching(/\.desktop=\/usr\/share\/applications\/skeptic\.desktop$/))
    expect(deb.mime).toContain('pattern="*.skeptic.json"')
    const image = told.find(one => typeof one === 'object' && one !== null && 'desktop' in one) as {
      readonly desktop: string
      readonly desktopFileName: string
    }
    expect(image.desktopFileName).toBe('skeptic.desktop')
    for (const entry of [deb.entry, image.desktop]) {
      expect(entry).toMatch(/^StartupWMClass=skeptic$/m)
      expect(entry).toMatch(/^MimeType=application\/x-skeptic-bundle\+json;$/m)
      expect(entry).toMatch(/^Exec=(\/opt\/Skeptic\/skeptic|AppRun) %U$/m)
      expect(entry).not.toContain('sandbox')
    }
  }, 120_000)

  test('every fuse of the program is set as declared, where the stub had them open', async () => {
    expect(await wrongFuses(path.join(dist, 'electron'))).toEqual([
      'RunAsNode',
      'EnableCookieEncryption',
      'EnableNodeOptionsEnvironmentVariable',
      'EnableNodeCliInspectArguments',
      'EnableEmbeddedAsarIntegrityValidation',
      'OnlyLoadAppFromAsar',
      'GrantFileProtocolExtraPrivileges',
    ])
    expect(await wrongFuses(made.binary)).toEqual([])
  })

  test('a fuse nobody has thought about yet is wrong', async () => {
    const bytes = readFileSync(made.binary)
    const at = bytes.indexOf('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX') + 33
    bytes[at] = 10
    bytes[at + 10] = 0x31
    writeFileSync(`${made.binary}-later`, bytes)
    expect(await wrongFuses(`${made.binary}-later`)).toEqual(['9'])
  })

  test('the program still runs after its fuses were set', ({ skip }) => {
    if (!canRun) skip('no gcc here: the stub is a file with a fuse wire, not a program')
    expect(execFileSync(made.binary, ['a', 'b'], { encoding: 'utf8' })).toBe('a\nb\n')
  })
})

/** A project as `npm run build` leaves it, with everything beside it that must stay behind. */
function layProject(folder: string): void {
  for (const name of ['electron-builder.yml', 'package.json', 'setup/icons'])
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true })
  const built = ['electron/main.cjs', 'electron/importer.cjs', 'electron/preload.cjs', 'renderer/index.html']
  const samples = ['skeptic.json', '.skeptic/evidence.sarif'].map(name => `packs/samples/shop/${name}`)
  const goes = [...built.map(name => `dist/${name}`), ...samples]
  const papers = ['LICENSE', 'dist/THIRD-PARTY-NOTICES.txt']
  const left = [
    'dist/.stamp',
    'dist/bundled.json',
    'dist/cli/main.cjs',
    'dist/npm/package/package.json',
    'packs/samples/README.md',
    'dist/renderer/.vite/manifest.json',
    'dist/renderer/index.js.map',
    'packs/rules/x.json',
  ]
  const stays = [...left, 'core/secret.ts', '.env', '.npmrc', 'README.md', 'test/x.test.ts', 'release/old.zip']
  for (const name of [...stays, ...papers, ...goes, 'node_modules/left-pad/package.json', 'node_modules/left-pad/index.js']) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true })
    writeFileSync(path.join(folder, name), name.endsWith('package.json') ? '{"name":"left-pad","version":"1.0.0"}' : name)
  }
}
