import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { argvMeaning } from '../../electron/argv.ts'
import { digestOfDrawing, ICNS_KINDS, ICO_SIZES, ICONS, icnsOf, icoOf, LINUX_SIZES } from '../../setup/pack-icons.mjs'
import { SIGNING, signingOf, takeEmptyAway } from '../../setup/pack-signing.mjs'
import { configurationOf, FUSES, homepageOf } from '../../setup/package.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const builder = createRequire(path.join(root, 'node_modules/app-builder-lib/package.json'))
const config = parse(readFileSync(path.join(root, 'electron-builder.yml'), 'utf8')) as Record<string, unknown>

type Validate = (config: unknown, log: { isEnabled: boolean; add: () => void }) => Promise<void>
const { validateConfiguration } = builder('./out/util/config/config.js') as { readonly validateConfiguration: Validate }
const validate = (value: unknown) => validateConfiguration(value, { isEnabled: false, add: () => {} })

describe('what electron-builder is told', () => {
  const fake = { CSC_LINK: 'a', CSC_KEY_PASSWORD: 'b', WIN_CSC_LINK: 'a', WIN_CSC_KEY_PASSWORD: 'b' }

  test.each(['linux', 'darwin', 'win32'])('its own schema takes it, for %s, signed and unsigned', async platform => {
    for (const env of [{}, fake]) {
      const { extends: _, ...more } = configurationOf({
        dist: '/electron',
        version: '45.4.1',
        homepage: 'https://example.org',
        env,
      })
      await expect(validate({ ...config, ...more, ...signingMerged(env, platform) })).resolves.toBeUndefined()
    }
    const { electronDownload, electronDist } = configurationOf({ version: '45.4.1', universal: true }) as Record<string, never>
    await expect(validate({ ...config, electronDownload })).resolves.toBeUndefined()
    expect(electronDist).toBeUndefined()
  })

  test('the schema would say no to a word that it does not know', async () => {
    await expect(validate({ ...config, linux: { target: ['dir'], colour: 'red' } })).rejects.toThrow(/configuration\.linux/)
  })

  test('targets of the three systems', () => {
    const targets = (['linux', 'mac', 'win'] as const).map(system =>
      (config[system] as { target: { target: string; arch: string }[] }).target.map(({ target, arch }) => `${target} ${arch}`),
    )
    expect(targets).toEqual([['AppImage x64', 'deb x64', 'tar.gz x64'], ['dmg universal'], ['nsis x64']])
  })

  test('the fuses it sets are those that are read back, and there is no updater', () => {
    const set = Object.entries(config.electronFuses as Record<string, boolean>).filter(
      ([name]) => name !== 'resetAdHocDarwinSignature',
    )
    const capital = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`
    const { WasmTrapHandlers, ...declared } = FUSES
    expect(Object.fromEntries(set.map(([name, value]) => [capital(name), value]))).toEqual(declared)
    expect(config.publish).toBeNull()
    expect(config.disableAsarIntegrity).toBeUndefined()
  })

  test('the universal program takes Electron only by the checksums that its package was published with', () => {
    const { electronDownload } = configurationOf({ version: '45.4.1', universal: true }) as {
      electronDownload: { checksums: Record<string, string> }
    }
    const { version } = JSON.parse(readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8')) as {
      version: string
    }
    for (const arch of ['x64', 'arm64'])
      expect(electronDownload.checksums[`electron-v${version}-darwin-${arch}.zip`]).toMatch(/^[0-9a-f]{64}$/)
  })

  test('an AppImage adds no word by its desktop entry; the one its script may add is answered with what to do', () => {
    // Without this line electron-builder would write "AppRun --no-sandbox %U", and a menu would always start what is refused.
    expect(config.appImage).toMatchObject({ executableArgs: [] })
    expect(argvMeaning(['--no-sandbox'], { folder: '/home/ann', platform: 'linux' })).toEqual({ kind: 'unsandboxed' })
  })

  test('a signed program for macOS may compile, and nothing else that its hardened runtime forbids', () => {
    const mac = config.mac as Readonly<Record<string, unknown>>
    expect(mac.hardenedRuntime).toBe(true)
    expect(mac.entitlementsInherit).toBe(mac.entitlements)
    const asked = readFileSync(path.join(root, String(mac.entitlements)), 'utf8')
    expect([...asked.matchAll(/<key>(.*?)<\/key>\s*<(\w+)\/>/g)].map(([, key, value]) => [key, value])).toEqual([
      ['com.apple.security.cs.allow-jit', 'true'],
    ])
  })

  test('the page of the project comes from where it is built, or from nowhere', () => {
    expect(homepageOf({})).toBeUndefined()
    expect(homepageOf({ GITHUB_REPOSITORY: 'a/b', GITHUB_SERVER_URL: 'https://git.example' })).toBe('https://git.example/a/b')
    expect(homepageOf({ SKEPTIC_HOMEPAGE: 'https://c', GITHUB_REPOSITORY: 'a/b' })).toBe('https://c')
  })
})

describe('what a Linux desktop is told', () => {
  type Helper = {
    readonly computeDesktopEntry: (options: unknown, exec?: string) => Promise<string>
    readonly computeMimeTypeFiles: () => Promise<string>
    readonly getDesktopFileName: () => string
  }
  const { LinuxTargetHelper } = builder('./out/targets/LinuxTargetHelper.js') as {
    readonly LinuxTargetHelper: new (packager: unknown) => Helper
  }
  const linux = config.linux as { readonly fileAssociations: readonly object[]; readonly executableName: string }
  const { extraMetadata } = config as { readonly extraMetadata: { readonly desktopName: string } }

  function helper(place: string): Helper {
    return new LinuxTargetHelper({
      config,
      platformSpecificBuildOptions: linux,
      executableName: linux.executableName,
      fileAssociations: linux.fileAssociations,
      appInfo: { productName: 'Skeptic', sanitizedProductName: 'Skeptic', description: 'A workbench' },
      info: { metadata: extraMetadata },
      getTempFile: async () => path.join(place, 'mime.xml'),
    })
  }

  test('one name for the entry and for the windows, the bundle as its kind of file, and no word that weakens anything', async () => {
    const one = helper('/nowhere')
    expect(one.getDesktopFileName()).toBe('skeptic')
    for (const [options, exec] of [
      [linux, undefined],
      [{ ...linux, ...(config.appImage as object) }, 'AppRun %U'],
    ] as const) {
      const entry = (await one.computeDesktopEntry(options, exec)).split('\n')
      expect(entry).toContain('StartupWMClass=skeptic')
      expect(entry).toContain('MimeType=application/x-skeptic-bundle+json;')
      expect(entry).toContain('Categories=Development;')
      expect(entry.find(line => line.startsWith('Exec='))).toMatch(/^Exec=(\/opt\/Skeptic\/skeptic|AppRun) %U$/)
    }
  })

  test('the kind of file is known by the whole ending, not by .json', async () => {
    const place = mkdtempSync(path.join(tmpdir(), 'skeptic-mime-'))
    onTestFinished(() => rmSync(place, { recursive: true, force: true }))
    const xml = readFileSync(await helper(place).computeMimeTypeFiles(), 'utf8')
    expect([...xml.matchAll(/pattern="([^"]*)"/g)].map(match => match[1])).toEqual(['*.skeptic.json'])
    expect(JSON.stringify(config.mac)).toContain('"ext":"skeptic.json"')
    expect(JSON.stringify([config.win, config.nsis, config.fileAssociations])).not.toContain('skeptic.json')
  })
})

describe('signing', () => {
  test('without a certificate nothing is signed, sent to a notary or looked for in a keychain', () => {
    const env: Record<string, string | undefined> = { CSC_LINK: '', APPLE_API_KEY: ' ', PATH: '/bin' }
    takeEmptyAway(env)
    expect(env).toEqual({ PATH: '/bin', CSC_IDENTITY_AUTO_DISCOVERY: 'false' })
    for (const platform of ['linux', 'darwin', 'win32'])
      expect(signingOf(env, platform)).toEqual({ forceCodeSigning: false, mac: { notarize: false } })
  })

  test('with one, an unsigned program is a failure; the notary is asked only with all of its account', () => {
    const mac = Object.fromEntries(SIGNING.mac.map(name => [name, 'x']))
    const notary = Object.fromEntries(SIGNING.notarise.map(name => [name, 'x']))
    expect(signingOf(mac, 'darwin')).toEqual({ forceCodeSigning: true, mac: { notarize: false } })
    expect(signingOf({ ...mac, ...notary }, 'darwin')).toEqual({ forceCodeSigning: true, mac: { notarize: true } })
    expect(signingOf({ ...mac, ...notary, APPLE_API_ISSUER: '' }, 'darwin').mac.notarize).toBe(false)
    expect(signingOf(notary, 'darwin')).toEqual({ forceCodeSigning: false, mac: { notarize: false } })
    const windows = Object.fromEntries(SIGNING.windows.map(name => [name, 'x']))
    expect(signingOf(windows, 'win32').forceCodeSigning).toBe(true)
    expect(signingOf(windows, 'darwin').forceCodeSigning).toBe(false)
  })

  test('docs/packages.md names every one of its words', () => {
    const page = readFileSync(path.join(root, 'docs/packages.md'), 'utf8')
    for (const name of Object.values(SIGNING).flat()) expect(page, name).toContain(`\`${name}\``)
  })
})

describe('the icon', () => {
  const read = (name: string) => readFileSync(path.join(ICONS, name))
  const widthOf = (png: Buffer) => {
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
    expect(png.readUInt32BE(16)).toBe(png.readUInt32BE(20))
    return png.readUInt32BE(16)
  }

  test('was drawn anew when the drawing changed: node setup/pack-icons.mjs does it', () => {
    expect(read('drawn-from.txt').toString().trim()).toBe(digestOfDrawing())
  })

  test('PNG, ICO and ICNS hold the sizes that the systems ask for', () => {
    expect(LINUX_SIZES.map(size => widthOf(read(`icons/${size}x${size}.png`)))).toEqual(LINUX_SIZES)
    expect(readIco(read('icon.ico')).map(({ size, png }) => [size, widthOf(png)])).toEqual(ICO_SIZES.map(size => [size, size]))
    const kinds = readIcns(read('icon.icns'))
    expect(kinds.map(({ kind, png }) => [kind, widthOf(png)])).toEqual(ICNS_KINDS)
  })

  test('what is written can be read back, whatever the pictures are', () => {
    const pictures = [1, 200, 70_000].map((length, at) => ({
      size: ICO_SIZES[at] as number,
      kind: `ic0${at}`,
      png: Buffer.alloc(length, at),
    }))
    expect(readIco(icoOf(pictures)).map(({ png }) => png)).toEqual(pictures.map(({ png }) => png))
    expect(readIcns(icnsOf(pictures))).toEqual(pictures.map(({ kind, png }) => ({ kind, png })))
  })
})

function readIco(file: Buffer): { readonly size: number; readonly png: Buffer }[] {
  expect([file.readUInt16LE(0), file.readUInt16LE(2)]).toEqual([0, 1])
  return Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const line = 6 + 16 * index
    const at = file.readUInt32LE(line + 12)
    return { size: file[line] || 256, png: file.subarray(at, at + file.readUInt32LE(line + 8)) }
  })
}

function readIcns(file: Buffer): { readonly kind: string; readonly png: Buffer }[] {
  expect(file.subarray(0, 4).toString()).toBe('icns')
  expect(file.readUInt32BE(4)).toBe(file.length)
  const found: { readonly kind: string; readonly png: Buffer }[] = []
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4))
    found.push({ kind: file.subarray(at, at + 4).toString('latin1'), png: file.subarray(at + 8, at + file.readUInt32BE(at + 4)) })
  return found
}

function signingMerged(env: Readonly<Record<string, string>>, platform: string): Record<string, unknown> {
  const { forceCodeSigning, mac } = signingOf(env, platform)
  return { forceCodeSigning, mac: { ...(config.mac as object), ...mac } }
}
