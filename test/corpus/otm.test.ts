import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { importModel } from '../../core/interop/import.ts'
import { rowsOf } from '../../core/model/table.ts'
import type { Design } from '../../core/model/types.ts'
import { folderOf } from '../../core/model/write.ts'
import { expectSoundOrRefused } from '../core/interop/damaged.ts'
import { expectSound, named, stamp } from '../core/interop/imported.ts'
import { rawCounts, rawJoints } from './otm-counts.ts'
import { expectNamed, expectTold, modelsOfOthers, pointed, textsLost } from './real-files.ts'

const { root, here, textOf, importOf } = modelsOfOthers('otm')
const files = here ? readdirSync(root).filter(name => /\.(otm|json)$/.test(name) && !name.startsWith('_')) : []

describe.skipIf(!here)('Open Threat Models in JSON', () => {
  test('there are seven', () => {
    expect(files.length).toBeGreaterThanOrEqual(7)
  })

  describe.each(files)('%s', file => {
    const { design, summary } = importOf(file)
    const raw: unknown = JSON.parse(textOf(file))

    test('is counted as its raw JSON says, and the design holds it', () => {
      expect(summary.counts).toMatchObject(rawCounts(raw))
      expect(summary).toMatchObject({ format: 'otm', formatVersion: expect.stringMatching(/^0\.[12]\.0$/) })
      expectSound(design)
    })

    test('everything is joined as the file joins it', () => {
      expect(joints(design)).toEqual(rawJoints(raw))
    })

    test('no text disappears', () => {
      expect(textsLost(raw, design).filter(text => !isMeant(text))).toEqual([])
    })

    test('is the same byte for byte when read again, with the same ids under another name', () => {
      expect(folderOf(importOf(file).design)).toEqual(folderOf(design))
      expect(importOf(file).summary).toEqual(summary)
      expect([...folderOf(importOf(file, 'renamed.json').design).keys()]).toEqual([...folderOf(design).keys()])
    })

    test('every loss says where, what and why; every question names something of the design', () => {
      expectTold(summary.losses, at => pointed(raw, at) !== undefined)
      expectNamed(summary.problems, design)
    })
  })

  test('the example of the format keeps zones, trust and places', () => {
    const { design } = importOf('example-open-threat-model.json')
    const zone = named(design.boundaries, 'Private')
    expect(zone).toMatchObject({ trustLevel: 100, membership: 'stated' })
    expect(named(design.elements, 'Customer Database')).toMatchObject({ kind: 'dataStore', boundary: zone.id })
    const page = named(design.diagrams, 'Architecture Diagram')
    // Drawn at 100, 100 within a zone that is drawn at 600, 100.
    expect(design.layout[`${page.id}.${named(design.elements, 'Web Client').id}`]).toMatchObject({ x: 700, y: 200, width: 50 })
    expect(rowsOf(design.threats).map(({ categories }) => categories)).toEqual(
      [1, 2].map(() => ({ spoofing: true, tampering: true })),
    )
  })

  test('zones nest as the file says', () => {
    const { design } = importOf('nested_tz.otm')
    expect(named(design.boundaries, 'Sandbox environment').parent).toBe(
      named(design.boundaries, 'Generic Trust Border Boundary').id,
    )
  })

  test('damaged real files give a sound design or a refusal, and throw nothing', () => {
    const raws = files.map(file => JSON.parse(textOf(file)) as unknown)
    expectSoundOrRefused(raws, { read: text => importModel('model.json', text, { stamp }), numRuns: 80 })
  })
})

/** Words of the format whose meaning the design holds in its own, and vendors' names of drawings. */
function isMeant(text: string): boolean {
  return /^(implemented|Spoofing|Tampering|Repudiation|Information Disclosure|Elevation of Privileges)$/.test(text)
}

function joints(design: Design): Readonly<Record<string, number>> {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  const size = (links: object | undefined) => Object.keys(links ?? {}).length
  const flows = rowsOf(design.flows)
  return {
    ends: sum(flows.map(({ source, target }) => (source ? 1 : 0) + (target ? 1 : 0))),
    zones:
      rowsOf(design.elements).filter(({ boundary }) => boundary !== undefined).length +
      rowsOf(design.boundaries).filter(({ parent }) => parent !== undefined).length,
    stored: sum(rowsOf(design.elements).map(({ data }) => size(data))),
    carried: sum(flows.map(({ data }) => size(data))),
    bidirectional: flows.filter(({ bidirectional }) => bidirectional).length,
    mitigated: sum(rowsOf(design.mitigations).map(({ threats }) => size(threats))),
    placed: rowsOf(design.layout).length,
  }
}
