import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { importModel } from '../../core/interop/import.ts'
import type { Layout } from '../../core/model/types.ts'
import { folderOf } from '../../core/model/write.ts'
import { expectSoundOrRefused } from '../core/interop/damaged.ts'
import { expectSound, stamp } from '../core/interop/imported.ts'
import { expectNamed, expectTold, modelsOfOthers, pointed } from './real-files.ts'
import { rawCounts, rawPositions, rawTexts } from './threat-dragon-counts.ts'

const { root, here, textOf, importOf } = modelsOfOthers()

/** Every file of the corpus with its note; vendor schemas aside. */
const files = here
  ? readFileSync(path.join(root, 'SOURCES.tsv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map(line => ({ file: line.split('\t')[0] ?? '', isNegative: (line.split('\t')[6] ?? '').includes('NEGATIVE') }))
      .filter(({ file }) => file !== '' && !path.basename(file).startsWith('_') && existsSync(path.join(root, file)))
  : []
const dragons = files.filter(({ file, isNegative }) => file.startsWith('threat-dragon-') && !isNegative).map(({ file }) => file)
/** What no reader reads: broken on purpose, drawings, rule libraries, and records of other kinds. All else has a test of its own format. */
const REFUSED = /malformed|-zip\.|blueprint-vis|behavior-mockup|\.dot$|threatlib|\.tb7$|\.plantuml$|^alpha-omega\//
const others = files.filter(({ file }) => REFUSED.test(file)).map(({ file }) => file)

describe.skipIf(!here)('real models', () => {
  test('every file of both folders is tested', () => {
    const inFolders = ['threat-dragon-v1', 'threat-dragon-v2'].flatMap(folder =>
      readdirSync(path.join(root, folder)).map(name => `${folder}/${name}`),
    )
    const tested = [...dragons, ...others].filter(file => file.startsWith('threat-dragon-'))
    expect(tested.sort()).toEqual(inFolders.filter(file => !file.includes('/_')).sort())
    expect(dragons.length).toBeGreaterThanOrEqual(13)
    expect(others).toHaveLength(11)
  })

  describe.each(dragons)('%s', file => {
    const { design, summary } = importOf(file)
    const raw: unknown = JSON.parse(textOf(file))

    test('is counted as its raw JSON says, and the design holds it', () => {
      expect(summary.counts).toEqual(rawCounts(raw))
      expect(summary.format).toBe(file.split('/')[0])
      expectSound(design)
    })

    test('each curve is a loss', () => {
      const curves = summary.losses.filter(loss => loss.what.includes('open curve'))
      expect(curves).toHaveLength(summary.counts.unresolvedBoundaries ?? Number.NaN)
    })

    test('no text that a person wrote disappears', () => {
      const kept = plain([...folderOf(design).values()].join('\n'))
      const texts = rawTexts(raw)
      expect(texts.length).toBeGreaterThan(0)
      expect(texts.filter(text => !kept.includes(plain(JSON.stringify(text).slice(1, -1))))).toEqual([])
    })

    test('every thing stays where it was drawn', () => {
      const positions = Object.values(design.layout as Readonly<Record<string, Layout>>).filter(row => row.x !== undefined)
      expect(positions.map(({ x, y }) => `${x},${y}`).sort()).toEqual(rawPositions(raw))
    })

    test('is the same byte for byte when read again, with the same ids under another name', () => {
      expect(folderOf(importOf(file).design)).toEqual(folderOf(design))
      expect(importOf(file).summary).toEqual(summary)
      expect([...folderOf(importOf(file, 'renamed.json').design).keys()]).toEqual([...folderOf(design).keys()])
    })

    test('every loss says where, what and why; every question names something of the design', () => {
      expectTold(summary.losses, at => pointed(raw, at) !== undefined)
      for (const { what } of summary.losses) expect(what).toMatch(/^\p{Lu}|^\d/u)
      expectNamed(summary.problems, design)
    })
  })

  test('the wallet has 11 processes, 2 stores, 2 external entities, 17 flows, 1 box, and its curve in the losses', () => {
    const { summary } = importOf('threat-dragon-v2/cryptocurrency-wallet.json')
    expect(summary.counts).toMatchObject({ processes: 11, dataStores: 2, externalEntities: 2, flows: 17, boundaries: 1 })
    expect(summary.losses).toContainEqual(
      expect.objectContaining({ at: '/detail/diagrams/0/cells/23', what: 'Trust boundary "Internet", drawn as an open curve' }),
    )
  })

  test('several diagrams come in as one design', () => {
    const { design, summary } = importOf('threat-dragon-v2/test-reports.json')
    expect(summary.counts.diagrams).toBe(7)
    expect(summary.problems.filter(problem => problem.code === 'import.looseEnd')).toHaveLength(10)
    const shown = Object.values(design.diagrams).flatMap(diagram => Object.keys(diagram.elements ?? {}))
    expect(shown.sort()).toEqual(Object.keys(design.elements).sort())
  })

  test.each(others)('%s is refused with one clear message', file => {
    const result = importModel(path.basename(file), textOf(file), { stamp })
    if (result.ok) throw new Error('it was read')
    expect(result.problems).toHaveLength(1)
    const [{ at, message, cure }] = result.problems
    expect(at?.startsWith(path.basename(file))).toBe(true)
    expect(message).toMatch(/^[A-Z].{10,200}\.$/s)
    expect(cure).toBeTruthy()
  })

  test('damaged real files give a sound design or a refusal, and throw nothing', () => {
    const raws = dragons.map(file => JSON.parse(textOf(file)) as unknown)
    expectSoundOrRefused(raws, { read: text => importModel('model.json', text, { stamp }), numRuns: 120 })
  })
})

/** Spaces and line breaks aside, written or escaped. */
function plain(text: string): string {
  return text
    .replace(/\\[nrt]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
