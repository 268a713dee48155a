import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { interactionsOf } from '../../../core/dfd/interactions.ts'
import { importModel } from '../../../core/interop/import.ts'
import { randomFrom } from '../../../core/model/identity.ts'
import type { Design } from '../../../core/model/types.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { packs, stampOf } from './designs.ts'

const models = path.resolve(import.meta.dirname, '../../../../shared/corpus/models')
const folders = ['threat-dragon-v1', 'threat-dragon-v2']

describe.skipIf(!existsSync(models))('models of others', () => {
  test('every one gives exactly what the reference table says of its flows, and asks for less than all of it now', () => {
    const designs = folders.flatMap(folder => readdirSync(path.join(models, folder)).flatMap(file => imported(folder, file)))
    expect(designs.length).toBeGreaterThan(10)
    const counts = designs.map(design => deriveFindings(design, packs).findings.length)
    expect(counts).toEqual(designs.map(expectedOf))
    const all = designs.flatMap(design => deriveFindings(design, packs).findings)
    const now = all.filter(finding => finding.attention === 'now' && finding.applicability === 'applies')
    expect(all.length).toBeGreaterThan(400)
    expect(now.length).toBeGreaterThan(0)
    expect(now.length).toBeLessThan(all.length / 2)
  })
})

function imported(folder: string, file: string): readonly Design[] {
  if (!file.endsWith('.json') || file.startsWith('_')) return []
  const text = readFileSync(path.join(models, folder, file), 'utf8')
  const read = importModel(file, text, { stamp: { ...stampOf(), random: randomFrom(file) } })
  return read.ok ? [read.value.design] : []
}

const BASE: Readonly<Record<string, number>> = {
  'process process': 9,
  'process dataStore': 6,
  'dataStore process': 7,
  'process externalEntity': 5,
  'externalEntity process': 6,
}

function expectedOf(design: Design): number {
  return interactionsOf(design).reduce((sum, { source, target, crossing }) => {
    const base = BASE[`${design.elements[source]?.kind} ${design.elements[target]?.kind}`]
    return base === undefined ? sum : sum + base + (crossing ? 3 : 0)
  }, 0)
}
