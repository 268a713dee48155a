import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
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
