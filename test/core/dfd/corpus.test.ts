import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { modelProblems } from '../../../core/dfd/checks.ts'
import { removeEntities } from '../../../core/dfd/edits.ts'
import { interactionsOf } from '../../../core/dfd/interactions.ts'
import { outlineOf } from '../../../core/dfd/outline.ts'
import { toMermaid } from '../../../core/dfd/to-mermaid.ts'
import { importModel } from '../../../core/interop/import.ts'
import { applyChanges } from '../../../core/model/change.ts'
import type { Design } from '../../../core/model/types.ts'
import { stampOf } from '../model/designs.ts'

const corpus = path.resolve(import.meta.dirname, '../../../../shared/corpus/models')
const FOLDERS = ['threat-dragon-v1', 'threat-dragon-v2']

function models(): readonly (readonly [string, Design])[] {
  return FOLDERS.flatMap(folder =>
    readdirSync(path.join(corpus, folder))
      .filter(name => name.endsWith('.json') && !name.startsWith('_schema'))
      .flatMap(name => {
        const imported = importModel(name, readFileSync(path.join(corpus, folder, name), 'utf8'), { stamp: stampOf(name) })
        return imported.ok ? [[name, imported.value.design] as const] : []
      }),
  )
}

describe.skipIf(!existsSync(corpus))('real models', () => {
  const all = existsSync(corpus) ? models() : []

  test('there are enough of them to mean something', () => {
    expect(all.length).toBeGreaterThan(12)
    expect(all.reduce((sum, [, design]) => sum + Object.keys(design.flows).length, 0)).toBeGreaterThan(80)
  })

  test.each([
    ['cryptocurrency-wallet.json', 21, 3],
    ['generic-cms.json', 6, 4],
    ['three-tier-web-app.json', 4, 2],
    ['iot-device.json', 14, 0],
    ['test-reports.json', 2, 0],
  ])('%s: %i interactions, %i of them crossing', (name, count, crossing) => {
    const design = all.find(([model]) => model === name)?.[1]
    const interactions = design ? interactionsOf(design) : []
    expect([interactions.length, interactions.filter(interaction => interaction.crossing).length]).toEqual([count, crossing])
  })

  test.each(all)('%s: everything drawn is in the outline and in the Mermaid text', (_name, design) => {
    const drawn = [...Object.keys(design.boundaries), ...Object.keys(design.elements), ...Object.keys(design.flows)].sort()
    expect(
      outlineOf(design)
        .map(row => row.id)
        .sort(),
    ).toEqual(drawn)
    const text = toMermaid(design)
    const lines = text.split('\n')
    for (const id of Object.keys(design.elements)) expect(text).toContain(`${id.replace('-', '_')}`)
    expect(lines.filter(line => /-->\||-\.->\|/.test(line))).toHaveLength(Object.keys(design.flows).length)
    expect(lines.filter(line => line.trim().startsWith('subgraph '))).toHaveLength(Object.keys(design.boundaries).length)
    for (const id of Object.keys(design.diagrams)) expect(toMermaid(design, id)).toMatch(/^flowchart LR\n/)
  })

  test.each(all)('%s: problems name what is there', (_name, design) => {
    for (const { at = '' } of modelProblems(design))
      expect([design.elements, design.flows, design.boundaries, design.data].some(table => Object.hasOwn(table, at))).toBe(true)
  })

  test.each(all)('%s: all drawn things can be removed at once', (_name, design) => {
    const ids = [...Object.keys(design.elements), ...Object.keys(design.boundaries)]
    const edit = removeEntities(design, { ids })
    const after = edit.ok ? applyChanges(design, edit.value) : design
    expect([after.elements, after.boundaries].map(table => Object.keys(table))).toEqual([[], []])
    expect(Object.values(after.flows).filter(flow => flow.source !== undefined || flow.target !== undefined)).toEqual([])
  })
})
