import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { importModel } from '../../core/interop/import.ts'
import { rowsOf } from '../../core/model/table.ts'
import type { Design } from '../../core/model/types.ts'
import { folderOf } from '../../core/model/write.ts'
import { expectSoundOrRefused } from '../core/interop/damaged.ts'
import { expectSound, named, stamp } from '../core/interop/imported.ts'
import { expectNamed, expectTold, modelsOfOthers, pointed, textsLost } from './real-files.ts'
import { rawCounts, rawJoints } from './tm-library-counts.ts'

const { root, here, textOf, importOf } = modelsOfOthers('owasp-tm-library')
const files = here ? readdirSync(root).filter(name => name.endsWith('.json') && !name.startsWith('_')) : []

describe.skipIf(!here)('models of the OWASP Threat Model Library', () => {
  test('there are three', () => {
    expect(files.length).toBeGreaterThanOrEqual(3)
  })

  describe.each(files)('%s', file => {
    const { design, summary } = importOf(file)
    const raw: unknown = JSON.parse(textOf(file))

    test('is counted as its raw JSON says, and the design holds it', () => {
      expect(summary.counts).toEqual(rawCounts(raw))
      expect(summary).toMatchObject({ format: 'tm-library', formatVersion: expect.stringMatching(/^1\.0\.\d$/) })
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

  test('Husky AI has three zones, and what its authors mistyped is said', () => {
    const { design, summary } = importOf('husky-ai-threat-model.json')
    expect(
      rowsOf(design.boundaries)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['Experimental Trust Zone', 'Production Trust Zone', 'Public Internet'])
    expect(named(design.elements, 'Bastion Server')).toMatchObject({ kind: 'process' })
    expect(named(design.elements, 'Azure Cache for Redis')).toMatchObject({
      technology: 'Azure Cache for Redis',
      attributes: { encryptsAtRest: 'no' },
    })
    expect(named(design.data, 'API Keys').class).toBe('D4')
    const places = summary.losses.map(({ at }) => at)
    expect(places).toContain('/data_flows/12/source')
    expect(places).toContain('/data_flows/21/destination')
    expect(places).toContain('/data_sets/1/placements/0')
    const flow = named(design.flows, 'Authorized Keys Storage to Bastion')
    expect(flow.target).toBe(named(design.elements, 'Bastion Server').id)
  })

  test('damaged real files give a sound design or a refusal, and throw nothing', () => {
    const raws = files.map(file => JSON.parse(textOf(file)) as unknown)
    expectSoundOrRefused(raws, { read: text => importModel('model.json', text, { stamp }), numRuns: 80 })
  })
})

/** Words of the format whose meaning the design holds in its own. */
function isMeant(text: string): boolean {
  return /^(active|scheduled|unconfirmed|actor|component|data_store)$/.test(text)
}

function joints(design: Design): Readonly<Record<string, number>> {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  const size = (links: object | undefined) => Object.keys(links ?? {}).length
  const threats = rowsOf(design.threats)
  return {
    ends: sum(rowsOf(design.flows).map(({ source, target }) => (source ? 1 : 0) + (target ? 1 : 0))),
    zones: rowsOf(design.elements).filter(({ boundary }) => boundary !== undefined).length,
    placed: sum(rowsOf(design.elements).map(({ data }) => size(data))),
    controlled: sum(rowsOf(design.mitigations).map(mitigation => size(mitigation.threats))),
    affected: sum(threats.map(({ elements }) => size(elements))),
    encrypted: rowsOf(design.flows).filter(({ encryption }) => encryption === 'yes').length,
    weaknesses: sum(threats.map(({ cwe }) => size(cwe))),
    rated: threats.filter(({ likelihood, impactScale }) => likelihood !== undefined && impactScale !== undefined).length,
  }
}
