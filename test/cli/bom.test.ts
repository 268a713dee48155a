import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ajvOf, richBom } from '../core/evidence/boms.ts'
import { skeptic } from '../support/cli.ts'
import { root } from '../support/served-workbench.ts'

const AT = '2026-11-22T16:00:00Z'
const WORK = 'W-0RD3R'
const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-bom-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

let bank = ''
let count = 0
beforeEach(() => {
  bank = path.join(dir, `a bank; #${count++}`)
  cpSync(path.join(root, 'packs/samples/bank-transfer'), bank, { recursive: true })
})

type Written = {
  readonly serialNumber: string
  readonly components?: readonly object[]
  readonly metadata: {
    readonly component: {
      readonly externalReferences: readonly {
        type: string
        url: string
        hashes: readonly { content: string }[]
        comment: string
      }[]
    }
  }
  readonly properties: readonly { readonly name: string; readonly value: string }[]
}

function run(...words: string[]) {
  return skeptic([...words, '--at', AT], { cwd: bank })
}
function good(...words: string[]): string {
  const ran = run(...words)
  expect(ran.code, ran.err).toBe(0)
  return ran.out
}
function linked(document: Written, from: string) {
  return document.metadata.component.externalReferences
    .filter(({ url }) => url.includes('ledger/'))
    .map(({ type, url, hashes }) => {
      const bytes = readFileSync(path.join(from, decodeURIComponent(url)))
      expect(hashes[0]?.content, url).toBe(createHash('sha256').update(bytes).digest('hex'))
      return type
    })
}

describe('skeptic bom', () => {
  test('links prompts and verdicts of the ledger by URL and hash, relative to where it is written', () => {
    good('prompt', WORK, '--target', 'markdown', '--out', '.')
    run('verify', WORK)
    const document = JSON.parse(good('bom')) as Written
    expect(ajvOf('1.6')(document), JSON.stringify(ajvOf('1.6').errors)).toBe(true)
    expect(linked(document, bank)).toEqual(['formulation', 'attestation'])
    expect(good('bom')).toBe(good('bom'))
    const said = good('bom', '--out', 'release/deep/sbom.json')
    expect(said).toContain('W-REC0R has no verdict.')
    const file = path.join(bank, 'release/deep/sbom.json')
    const there = JSON.parse(readFileSync(file, 'utf8')) as Written
    expect(linked(there, path.dirname(file))).toEqual(['formulation', 'attestation'])
    expect(there.metadata.component.externalReferences[0]).toMatchObject({ type: 'threat-model', url: '../../threat-model/' })
    expect(readdirSync(path.dirname(file))).toEqual(['sbom.json'])
  })

  test('an edit after the prompt is said', () => {
    good('prompt', WORK, '--target', 'markdown', '--out', '.')
    const file = path.join(bank, 'threat-model/requirements/R-DEB1T.json')
    const requirement = JSON.parse(readFileSync(file, 'utf8')) as object
    writeFileSync(file, JSON.stringify({ ...requirement, source: 'Payment rules, section 5' }))
    const json = run('bom', '--json').json() as { stale: string[]; document: Written }
    expect(json.stale.join('\n')).toMatch(/The prompt of W-0RD3R.*older state of the design.*R-DEB1T/)
    expect(json.document.properties).toContainEqual({ name: 'skeptic:stale', value: json.stale[0] })
  })

  test('adds to the SBOM of a build, from a folder with a name that no URL may hold', () => {
    const before = richBom('1.6') as Written
    mkdirSync(path.join(bank, 'build #1'))
    writeFileSync(path.join(bank, 'build #1/sbom.json'), JSON.stringify(before))
    good('bom', '--sbom', 'build #1/sbom.json', '--out', 'sbom.json')
    const after = JSON.parse(readFileSync(path.join(bank, 'sbom.json'), 'utf8')) as Written & {
      externalReferences: { url: string }[]
    }
    expect(after.components).toEqual(before.components)
    expect(after.serialNumber).toBe(before.serialNumber)
    expect(after.externalReferences.at(-1)?.url).toBe('build%20%231/sbom.json')
  })

  test('a document that has the design already is refused, also where no prompt and no verdict left a reference in it', () => {
    writeFileSync(path.join(bank, 'build.json'), JSON.stringify(richBom('1.6')))
    good('bom', '--sbom', 'build.json', '--out', 'sbom.json')
    const again = run('bom', '--sbom', 'sbom.json')
    expect([again.code, again.out]).toEqual([3, ''])
    expect(again.err).toContain('the design was added to it before')
  })

  test('a broken ledger is said, written and exit 4', () => {
    good('prompt', WORK, '--target', 'markdown', '--out', '.')
    const folder = path.join(bank, 'threat-model/ledger')
    const [name = ''] = readdirSync(folder)
    writeFileSync(path.join(folder, name), readFileSync(path.join(folder, name), 'utf8').replace('architect', 'intruder'))
    const ran = run('bom')
    expect(ran.code).toBe(4)
    expect((JSON.parse(ran.out) as Written).properties).toContainEqual({ name: 'skeptic:ledger', value: 'broken' })
  })

  test.each([
    [['bom', '--sbom', 'none.json'], /none\.json/],
    [['bom', '--sbom', 'README.md'], /README\.md:1:1: Not valid JSON/],
    [['bom', '--sbom', 'threat-model/skeptic.json'], /skeptic\.json:\/bomFormat: This is no CycloneDX document/],
    [['bom', '--sbom', 'README.md', '--out', './README.md'], /Name another file with --out/],
    [['bom', '--format', 'spdx'], /There is no format "spdx"/],
    [['bom', '--out', 'README.md/x.json'], /could not be written/],
  ])('%j is refused', (words, said) => {
    const ran = run(...words)
    expect(ran.code).toBe(3)
    expect(ran.err).toMatch(said)
    expect(ran.out).toBe('')
  })
})
