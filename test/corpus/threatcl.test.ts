import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countsOf } from '../../core/interop/counts.ts'
import type { ReadModel } from '../../core/interop/reading/building.ts'
import { lossesOf } from '../../core/interop/report.ts'
import { looksLikeThreatclHcl, readThreatcl, readThreatclHcl } from '../../core/interop/threatcl/read.ts'
import { rowsOf } from '../../core/model/table.ts'
import { folderOf } from '../../core/model/write.ts'
import type { Result } from '../../core/support/result.ts'
import { expectSound, named, stamp } from '../core/interop/imported.ts'
import { expectNamed, expectTold, modelsOfOthers, pointed } from './real-files.ts'
import { counts } from './threatcl-counts.ts'

const { root, here, textOf } = modelsOfOthers('threatcl')
const files = here ? readdirSync(root).filter(name => /\.(hcl|json)$/.test(name)) : []

function readText(name: string, text: string): Result<ReadModel> {
  return name.endsWith('.json') ? readThreatcl(name, JSON.parse(text), stamp) : readThreatclHcl(name, text, stamp)
}

function read(file: string, name = file): ReadModel {
  const result = readText(name, textOf(file))
  if (!result.ok) throw new Error(result.problems[0].message)
  return result.value
}

describe.skipIf(!here)('threatcl models', () => {
  test('there are three', () => {
    expect(files.length).toBeGreaterThanOrEqual(3)
  })

  describe.each(files)('%s', file => {
    const { design, report } = read(file)
    const text = textOf(file)

    test('is known by how it begins', () => {
      expect(looksLikeThreatclHcl(text.slice(0, 2000))).toBe(file.endsWith('.hcl'))
    })

    test('is counted as its raw text says, and the design holds it', () => {
      expect(countsOf(design)).toMatchObject(counts.threatcl(text))
      expectSound(design)
    })

    test('everything is joined as the file joins it', () => {
      expect(rowsOf(design.flows).every(({ source, target }) => source && target)).toBe(true)
      expect(rowsOf(design.mitigations).every(({ threats }) => Object.keys(threats ?? {}).length === 1)).toBe(true)
      expect(rowsOf(design.mitigations).filter(({ status }) => status === 'implemented')).toHaveLength(
        [...text.matchAll(/"?\bimplemented"?\s*[=:]\s*true/g)].length,
      )
    })

    test('no text disappears', () => {
      const kept = [...folderOf(design).values()].join('\n')
      const texts = [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(match => match[1] ?? '')
      const missing = texts.filter(one => !kept.includes(one) && !isMeant(one, file.endsWith('.json')))
      expect(texts.length).toBeGreaterThan(20)
      expect(missing).toEqual([])
    })

    test('is the same byte for byte when read again, with the same ids under another name', () => {
      expect(folderOf(read(file).design)).toEqual(folderOf(design))
      const renamed = file.replace(/^[^.]+/, 'renamed')
      expect([...folderOf(read(file, renamed).design).keys()]).toEqual([...folderOf(design).keys()])
    })

    test('every loss says where, what and why; every question names something of the design', () => {
      const losses = lossesOf(report)
      expect(losses.length).toBeGreaterThan(3)
      expectTold(losses, at =>
        file.endsWith('.json') ? pointed(JSON.parse(text), at) !== undefined : /^[a-z_]+ /.test(lineAt(text, file, at)),
      )
      expectNamed(report.problems, design)
    })
  })

  test('the two forms of one model give its rows the same ids', () => {
    const [hcl, json] = [read('threatcl-tm1.hcl').design, read('threatcl-tm1.json').design]
    for (const table of ['threats', 'data', 'assumptions'] as const)
      expect(Object.keys(json[table]).toSorted(), table).toEqual(Object.keys(hcl[table]).toSorted())
    expect(hcl.settings.design?.name).toBe('Tower of London, Fort Knox')
    expect(named(hcl.data, 'crown jewels').class).toBe('D2')
  })

  test('a model with a drawing keeps zones, flows and the name of what it imports', () => {
    const { design, report } = read('threatcl-tm2.hcl')
    const aws = named(design.boundaries, 'AWS').id
    expect(named(design.elements, 'sqlite')).toMatchObject({ kind: 'dataStore', boundary: aws })
    expect(named(design.elements, 'Google Analytics').boundary).toBeUndefined()
    expect(named(design.threats, 'threaty threat').categories).toEqual({ spoofing: true, elevationOfPrivilege: true })
    const whats = lossesOf(report).map(({ what }) => what)
    expect(whats).toContain('What "control-library/othercontrols.hcl" would add to "Modelly model"')
    expect(whats).toContain('1 value written as import.control.control_name.description')
  })

  test('damaged real files give a sound design or a refusal, and throw nothing', () => {
    const texts = files.filter(file => file.endsWith('.hcl')).map(textOf)
    const piece = fc.constantFrom('', '"', '{', '}', '=', '\n', '[', 'x', '<<E\n', '/*')
    fc.assert(
      fc.property(fc.nat(texts.length - 1), fc.nat(), fc.nat(60), piece, (which, at, length, put) => {
        const text = texts[which] ?? ''
        const from = at % text.length
        const result = readText('model.hcl', text.slice(0, from) + put + text.slice(from + length))
        if (result.ok) expectSound(result.value.design)
        else expect(result.problems).toMatchObject([{ at: expect.stringMatching(/^model\.hcl/), cure: expect.any(String) }])
      }),
      { numRuns: 200 },
    )
  })
})

/** Words whose meaning the design holds in its own; in JSON the names of blocks and attributes are texts as well. */
function isMeant(text: string, isJson: boolean): boolean {
  return (
    /^(Confidential|Spoofing|Elevation of privilege)$/.test(text) ||
    (isJson && /^(threatmodel|threat|usecase|[a-z]+_[a-z_]+|description|impacts)$/.test(text))
  )
}

/** What stands at a place that a loss names. */
function lineAt(text: string, file: string, at: string): string {
  const [, line, column] = at.slice(file.length).split(':')
  return at.startsWith(`${file}:`) ? (text.split('\n')[Number(line) - 1] ?? '').slice(Number(column) - 1) : ''
}
