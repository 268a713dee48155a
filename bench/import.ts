import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { exportModel } from '../core/interop/export.ts'
import { FORMATS } from '../core/interop/formats.ts'
import { importModel } from '../core/interop/import.ts'
import { builtinPacks } from '../packs/builtin.ts'
import { corpusBeside } from './corpus-models.ts'
import { designOf } from './designs.ts'
import { ratioOf } from './measure.ts'
import type { Line } from './run.ts'
import { printTable } from './table.ts'
import { tm7Text } from './tm7-text.ts'

/**
 * How each format is written, and how many times its bare parser reading it may cost. Reading is more than parsing: ids by hash, schemas,
 * containment, losses, and a mark of each field, so that a newer revision can be told from a person's work. JSON.parse moves three hundred
 * megabytes a second; sixty times that is a fifth of a second for a megabyte of model.
 */
const NOTATIONS: Readonly<Record<string, { readonly notation: 'json' | 'yaml' | 'xml' | 'lines'; readonly most: number }>> = {
  skeptic: { notation: 'json', most: 15 },
  'threat-dragon-v2': { notation: 'json', most: 20 },
  'threat-dragon-v1': { notation: 'json', most: 80 },
  'tm-library': { notation: 'json', most: 50 },
  otm: { notation: 'json', most: 60 },
  cyclonedx: { notation: 'json', most: 60 },
  'threat-composer': { notation: 'json', most: 60 },
  pytm: { notation: 'json', most: 40 },
  threagile: { notation: 'yaml', most: 4 },
  compose: { notation: 'yaml', most: 6 },
  openapi: { notation: 'yaml', most: 6 },
  cairis: { notation: 'xml', most: 10 },
  tm7: { notation: 'xml', most: 4 },
  drawio: { notation: 'xml', most: 30 },
  threatcl: { notation: 'lines', most: 150 },
  mermaid: { notation: 'lines', most: 150 },
}

/** What the program beside this file prints. */
type Told = { readonly elements: number; readonly pairs: Parameters<typeof ratioOf>[0]; readonly rss: number }

/** Measures every reader on the largest model of its format that is at hand, against the bare parser of its notation. */
export function run(root: string): void {
  const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-bench-'))
  try {
    const models = largest(root, dir)
    const lines = FORMATS.filter(({ read }) => read).flatMap(({ name }): Line[] => {
      const file = models.get(name)
      const row = NOTATIONS[name]
      if (!row || file === undefined) return []
      const notation = row.notation === 'json' && !/^\s*\{/.test(readFileSync(file, 'utf8')) ? 'yaml' : row.notation
      const { pairs, elements } = tell(root, [file, notation])
      const size = `${Math.ceil(statSync(file).size / 1000)} kB, ${elements} elements`
      return [{ goal: name, what: size, against: BARE[notation], most: row.most, ratio: ratioOf(pairs) }]
    })
    const large = largeTm7(dir)
    const { pairs, elements, rss } = tell(root, [large, 'xml', '5'], ['--max-old-space-size=256'])
    const size = `${Math.round(statSync(large).size / 1_000_000)} MB, ${elements} elements`
    lines.push({ goal: 'tm7', what: size, against: BARE.xml, most: 6, ratio: ratioOf(pairs) })
    const missing = FORMATS.filter(({ name, read }) => read && !models.has(name)).map(({ name }) => name)
    printTable(lines, [
      `tm7 of 20 MB: read in a heap of at most 256 MB; ${rss} MB held in all.`,
      ...missing.map(name => `${name}: no file of it is at hand.`),
    ])
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const BARE = {
  json: 'JSON.parse',
  yaml: 'parse of yaml',
  xml: 'a bare pass of saxes',
  lines: 'splitting into words',
} as const

function tell(root: string, words: readonly string[], node: readonly string[] = []): Told {
  const child = path.join(root, 'dist/bench/import-child.cjs')
  const ran = spawnSync(process.execPath, [...node, child, ...words], { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (ran.status !== 0) throw new Error(`cannot read ${words[0]}: ${ran.stderr}`)
  return JSON.parse(ran.stdout) as Told
}

/** The largest file of each format: of others where they lie beside the repository, of our own fixtures, or as our writers write it. */
function largest(root: string, dir: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const corpus = corpusBeside(root)
  const folders = [path.join(root, 'test/core/interop/fixtures'), ...(corpus === undefined ? [] : [corpus])]
  for (const file of [...folders.flatMap(filesBelow), ...written(dir)]) {
    const read = importModel(path.basename(file), readFileSync(file, 'utf8'), { stamp })
    if (!read.ok) continue
    const { format } = read.value.summary
    const known = found.get(format)
    if (known === undefined || statSync(known).size < statSync(file).size) found.set(format, file)
  }
  return found
}

/** A made-up design of a thousand elements in every format that we write: larger than any model of others. */
function written(dir: string): readonly string[] {
  const design = designOf(1000)
  return FORMATS.filter(({ read, write }) => read && write).flatMap(({ name, ending }) => {
    const exported = exportModel(design, name, { at: stamp.at, version: '0.1.0', packs: builtinPacks })
    if (!exported.ok) return []
    const file = path.join(dir, `${name}${ending}`)
    writeFileSync(file, exported.value.text)
    return [file]
  })
}

/** A model of the Microsoft tool with many drawn things, and the knowledge base of its template as most of the bytes. */
function largeTm7(dir: string): string {
  const file = path.join(dir, 'large.tm7')
  writeFileSync(file, tm7Text({ elements: 1000, characters: 20_000_000 }))
  return file
}

const stamp = { at: '2026-01-01T00:00:00Z', by: 'bench', random: () => 0 }

function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.startsWith('_'))
    .map(entry => path.join(entry.parentPath, entry.name))
    .sort()
}
