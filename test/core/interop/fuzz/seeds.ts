import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { tm7Text } from '../../../../bench/tm7-text.ts'
import { exportModel } from '../../../../core/interop/export.ts'
import { FORMATS } from '../../../../core/interop/formats.ts'
import { importModel } from '../../../../core/interop/import.ts'
import { parseFolder } from '../../../../core/model/parse.ts'
import type { Design } from '../../../../core/model/types.ts'
import { model as cairis } from '../cairis-text.ts'
import { model as cycloneDx } from '../cyclonedx-file.ts'
import { occasion, stamp } from '../imported.ts'
import { modelV1, modelV2 } from '../models.ts'
import { SHOP as threatcl } from '../threatcl-text.ts'

const root = path.resolve(import.meta.dirname, '../../../..')
const corpus = path.resolve(root, '../shared/corpus/models')
const fixtures = path.resolve(import.meta.dirname, '../fixtures')

/** Larger files are damaged as well by their tests; here many small ones find more in the same time. */
const MOST = 120_000

/**
 * Undamaged files of each format that is read: ours in fixtures/, the sample design as our writers write it, and those of others where
 * they lie beside the repository.
 */
export function seedsByFormat(): Readonly<Record<string, readonly string[]>> {
  const seeds: Record<string, string[]> = Object.fromEntries(FORMATS.filter(({ read }) => read).map(({ name }) => [name, []]))
  const sample = sampleDesign()
  const written = FORMATS.filter(({ read, write }) => read && write).map(({ name }) => exportModel(sample, name, occasion))
  const texts = [
    ...written.flatMap(one => (one.ok ? [one.value.text] : [])),
    ...OWN,
    ...textsBelow(fixtures),
    ...textsBelow(corpus),
  ]
  for (const text of texts) {
    const read = importModel('seed', text, { stamp })
    if (read.ok) seeds[read.value.summary.format]?.push(text)
  }
  return seeds
}

/** Small models that other tests are about. */
const OWN: readonly string[] = [
  cairis(),
  threatcl,
  tm7Text({ elements: 6 }),
  ...[cycloneDx(), modelV1(), modelV2()].map(one => JSON.stringify(one)),
]

function textsBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.startsWith('_') && entry.name !== 'SOURCES.tsv')
    .map(entry => path.join(entry.parentPath, entry.name))
    .sort()
    .map(file => readFileSync(file, 'utf8'))
    .filter(text => text.length <= MOST)
}

function sampleDesign(): Design {
  const folder = path.join(root, 'packs/samples/bank-transfer/threat-model')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.parentPath.includes('.skeptic') && entry.name.endsWith('.json'))
    .map(entry => path.join(entry.parentPath, entry.name))
  const parsed = parseFolder(
    new Map(files.map(file => [path.relative(folder, file).split(path.sep).join('/'), readFileSync(file, 'utf8')])),
  )
  if (!parsed.ok) throw new Error(parsed.problems[0].message)
  return parsed.value.design
}
