import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { importModel } from '../../core/interop/import.ts'
import { rowsOf } from '../../core/model/table.ts'
import { folderOf } from '../../core/model/write.ts'
import { expectSoundOrRefused } from '../core/interop/damaged.ts'
import { expectSound, named, stamp } from '../core/interop/imported.ts'
import { counts, jointsIn } from './pytm-counts.ts'
import { expectNamed, expectTold, modelsOfOthers, pointed, textsLost } from './real-files.ts'

const { root, here, textOf, importOf } = modelsOfOthers('pytm')
const files = here ? readdirSync(root).filter(name => /put\.json$/.test(name)) : []

describe.skipIf(!here)('models of pytm', () => {
  test('there are two, one written by people and one by pytm', () => {
    expect(files.length).toBeGreaterThanOrEqual(2)
  })

  describe.each(files)('%s', file => {
    const { design, summary } = importOf(file)
    const raw: unknown = JSON.parse(textOf(file))

    test('is counted as its raw JSON says, and the design holds it', () => {
      expect(summary.counts).toEqual(counts.pytm?.(textOf(file)))
      expect(summary.format).toBe('pytm')
      expectSound(design)
    })

    test('everything is joined as the file joins it', () => {
      const size = (links: object | undefined) => Object.keys(links ?? {}).length
      const flows = rowsOf(design.flows)
      expect({
        ends: flows.flatMap(({ source, target }) => [source, target]).filter(end => end !== undefined).length,
        inside: rowsOf(design.elements).filter(({ boundary }) => boundary !== undefined).length,
        carried: flows.reduce((sum, { data }) => sum + size(data), 0),
      }).toEqual(jointsIn(textOf(file)))
    })

    test('no text disappears but what pytm fills in', () => {
      const isFilled = (text: string) => /^(TLSVersion|Lifetime|DatastoreType)\.|^Classification\.UNKNOWN$|^Unmanaged$/.test(text)
      const isMeant = (text: string) => ['Datastore', 'Process'].includes(text)
      expect(textsLost(raw, design).filter(text => !isFilled(text) && !isMeant(text))).toEqual([])
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

  test('what a person wrote and what pytm dumped of it are the same things', () => {
    const [written, dumped] = ['pytm-input.json', 'pytm-output.json'].map(file => importOf(file).design)
    const server = named(written?.elements ?? {}, 'Web Server')
    expect(named(dumped?.elements ?? {}, 'Web Server').id).toBe(server.id)
    expect(Object.keys(written?.boundaries ?? {})).toEqual(Object.keys(dumped?.boundaries ?? {}))
  })

  test('a false that nobody wrote is no answer', () => {
    const { design } = importOf('pytm-output.json')
    expect(rowsOf(design.elements).filter(({ attributes }) => attributes !== undefined)).toEqual([])
    expect(rowsOf(design.flows).filter(({ encryption }) => encryption !== undefined)).toEqual([])
  })

  test.each([
    ['pytm-threatlib-114.json', 'import.rules'],
    ['pytm-dfd.dot', 'import.drawing'],
  ])('%s is refused by name, with the file to give instead', (file, code) => {
    const result = importModel(file, textOf(file), { stamp })
    expect(result).toMatchObject({ ok: false, problems: [{ code, cure: expect.stringContaining('tm.py --json') }] })
  })

  test('damaged real files give a sound design or a refusal, and throw nothing', () => {
    const raws = files.map(file => JSON.parse(textOf(file)) as unknown)
    expectSoundOrRefused(raws, { read: text => importModel('model.json', text, { stamp }), numRuns: 80 })
  })
})
