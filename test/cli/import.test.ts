import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { modelText } from '../core/interop/tm7-text.ts'
import { skeptic } from '../support/cli.ts'
import { root } from '../support/served-workbench.ts'

const models = path.resolve(root, '../shared/corpus/models')
const AT = '2026-11-22T16:00:00Z'
const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-import-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const files = ['threat-dragon-v1', 'threat-dragon-v2'].flatMap(folder => {
  const place = path.join(models, folder)
  if (!existsSync(place)) return []
  return readdirSync(place)
    .filter(name => !name.startsWith('_schema'))
    .map(name => `${folder}/${name}`)
})

describe('a .tm7 as Windows may store it', () => {
  const text = modelText()

  test.each([
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, little end first', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('is read from %s', (name, bytes) => {
    const file = path.join(dir, 'windows.tm7')
    writeFileSync(file, bytes)
    const ran = skeptic(['import', file, '--into', path.join(dir, name), '--json'])
    expect(ran.code, ran.err).toBe(0)
    expect(ran.json()).toMatchObject({ format: 'tm7', counts: { elements: 3, flows: 1, boundaries: 1 } })
  })

  test('without a mark it is refused, for nobody can tell', () => {
    const file = path.join(dir, 'markless.tm7')
    writeFileSync(file, Buffer.from(text, 'utf16le'))
    const ran = skeptic(['import', file, '--into', path.join(dir, 'markless'), '--json'])
    expect(ran.code).toBe(3)
    expect(ran.out + ran.err).toContain('UTF-8')
  })
})

describe.skipIf(files.length === 0)('skeptic import, over every Threat Dragon model of the corpus', () => {
  test('the wallet model gives the counts its authors drew, and its curve as a loss', () => {
    const ran = skeptic([
      'import',
      path.join(models, 'threat-dragon-v2/cryptocurrency-wallet.json'),
      '--into',
      path.join(dir, 'wallet'),
      '--json',
    ])
    expect(ran.code, ran.err).toBe(0)
    const { counts, losses } = ran.json() as { counts: Record<string, number>; losses: { what: string; at: string }[] }
    expect(counts).toMatchObject({ processes: 11, dataStores: 2, externalEntities: 2, flows: 17, boundaries: 1 })
    expect(losses.some(loss => /curve/i.test(`${loss.what} ${loss.at}`))).toBe(true)
  })

  test.each(files)('%s: read whole, or refused with one clear message', name => {
    const into = path.join(dir, name.replaceAll('/', '-'))
    const ran = skeptic(['import', path.join(models, name), '--into', into, '--json'])
    if (name.includes('malformed')) {
      expect(ran.code).toBe(3)
      expect(ran.json().error).toMatchObject({ at: expect.stringContaining('malformed'), cure: expect.any(String) })
      expect(existsSync(into)).toBe(false)
      return
    }
    expect(ran.code, ran.out + ran.err).toBe(0)
    expect(existsSync(path.join(into, 'skeptic.json'))).toBe(true)
    const threats = skeptic(['threats', '--all', '--json', '--design', into])
    expect(threats.code, threats.err).toBe(0)
  })

  test('the same file gives the same bytes', () => {
    const read = (folder: string) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile() && !entry.parentPath.includes('.skeptic'))
        .map(entry => {
          const file = path.join(entry.parentPath, entry.name)
          return [path.relative(folder, file), readFileSync(file, 'utf8')]
        })
        .sort()
    const [a, b] = ['a', 'b'].map(name => path.join(dir, name)) as [string, string]
    for (const into of [a, b])
      expect(
        skeptic(['import', path.join(models, 'threat-dragon-v2/three-tier-web-app.json'), '--into', into, '--at', AT]).code,
      ).toBe(0)
    expect(read(a).length).toBeGreaterThan(10)
    expect(read(a)).toEqual(read(b))
  })
})
