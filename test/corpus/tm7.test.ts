import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { importModel } from '../../core/interop/import.ts'
import { readTb7 } from '../../core/interop/tb7/read.ts'
import { rowsOf } from '../../core/model/table.ts'
import type { Design } from '../../core/model/types.ts'
import { folderOf } from '../../core/model/write.ts'
import { deriveFindings } from '../../core/threats/engine.ts'
import { expectSound, named, stamp } from '../core/interop/imported.ts'
import { expectNamed, expectTold, modelsOfOthers } from './real-files.ts'
import { counts, isPlaceIn, rawJoints, rawTexts } from './tm7-counts.ts'
import { drawnInTool } from './tm7-reference.ts'

const { root, here, textOf, importOf } = modelsOfOthers('tm7')
const all = here ? readdirSync(root).filter(name => name.endsWith('.tm7')) : []
const files = all.filter(name => !name.includes('zip'))

describe.skipIf(!here)('models of the Microsoft Threat Modeling Tool', () => {
  test('there are seven, and a zip archive that only has the name', () => {
    expect(files).toHaveLength(7)
    const [zip = '', ...others] = all.filter(name => !files.includes(name))
    expect(others).toEqual([])
    expect(importModel(zip, textOf(zip), { stamp })).toMatchObject({
      ok: false,
      problems: [{ code: 'import.zip', at: `${zip}:1:1` }],
    })
  })

  describe.each(files)('%s', file => {
    const { design, summary } = importOf(file)
    const raw = textOf(file)

    test('is counted as its text says, and the design holds it', () => {
      expect(summary.counts).toEqual(counts.tm7?.(raw))
      expect(summary).toMatchObject({ format: 'tm7', formatVersion: '4.3' })
      expectSound(design)
    })

    test('everything is joined as the file joins it', () => {
      expect(joints(design)).toEqual(rawJoints(raw))
    })

    test('no text of what came in disappears', () => {
      const kept = flat([...folderOf(design).values()].join('\n'))
      const texts = rawTexts(raw)
      expect(texts.length).toBeGreaterThan(20)
      expect(texts.filter(text => !isMeant(text) && !kept.includes(flat(JSON.stringify(plain(text)).slice(1, -1))))).toEqual([])
    })

    test('rules of a template find stencils and choices where the tool itself has them', () => {
      const { situations } = drawnInTool(raw)
      const flows = rowsOf(design.flows).filter(({ source, target }) => source && target)
      expect(flows).toHaveLength(situations.length)
      const stencils = flows.map(({ source = '', target = '', foreign }) =>
        [design.elements[source]?.foreign, foreign, design.elements[target]?.foreign].map(
          one => (one?.properties as { readonly type?: string } | undefined)?.type,
        ),
      )
      const tools = situations.map(({ source, flow, target }) => [source.stencil, flow.stencil, target.stencil])
      expect(stencils.map(String).sort()).toEqual(tools.map(String).sort())
      for (const { values } of situations.flatMap(({ source, flow, target }) => [source, flow, target]))
        for (const value of values.values())
          expect(JSON.stringify([design.elements, design.flows])).toContain(JSON.stringify(value))
    })

    test('is the same byte for byte when read again, with the same ids under another name', () => {
      expect(folderOf(importOf(file).design)).toEqual(folderOf(design))
      expect(importOf(file).summary).toEqual(summary)
      expect([...folderOf(importOf(file, 'renamed.xml').design).keys()]).toEqual([...folderOf(design).keys()])
    })

    test('every loss says where, what and why; every question names something of the design', () => {
      expectTold(summary.losses, isPlaceIn(raw))
      expectNamed(summary.problems, design)
    })
  })

  test('two versions of one model keep the ids of what is in both', () => {
    const [one, other] = [importOf('MTMT_MVP.tm7').design, importOf('MTMT_example.tm7').design]
    expect(Object.keys(one.elements).sort()).toEqual(Object.keys(other.elements).sort())
    expect(Object.keys(one.threats).sort()).toEqual(Object.keys(other.threats).sort())
  })

  test('boundaries nest as they are drawn, and lines stay questions', () => {
    const { design } = importOf('MTMT_nested_tz.tm7')
    const outer = named(design.boundaries, 'Generic Trust Border Boundary')
    const inner = named(design.boundaries, 'Sandbox environment')
    expect(inner).toMatchObject({ parent: outer.id, membership: 'geometry', kind: 'process' })
    expect(named(design.boundaries, 'Internet Boundary')).toMatchObject({ membership: 'unresolved', kind: 'network' })
    expect(named(design.elements, 'Sandbox Mongo')).toMatchObject({ boundary: inner.id, kind: 'dataStore' })
    expect(named(design.elements, 'Main Application').boundary).toBe(outer.id)
    expect(named(design.flows, 'HTTPS')).toMatchObject({ protocol: 'HTTPS', encryption: 'yes' })
  })

  test('what the tool draws an object as becomes its technology, with the choice that was made', () => {
    const { design } = importOf('MTMT_example.tm7')
    expect(named(design.elements, 'Mobile Client').technology).toBe('Mobile Client, Android')
    expect(named(design.elements, 'Accounting PostgreSQL').technology).toBe('Azure Database for PostgreSQL')
  })

  // Rules know boundaries by name, so those that ask for the stencil of one find nothing where it is called otherwise.
  test.each([
    { file: 'MTMT_nested_tz.tm7', template: 'default.tb7', unseen: [] },
    { file: 'MTMT_example.tm7', template: 'Azure_Cloud_Services.tb7', unseen: ['TH116', 'TH117'] },
    { file: 'MTMT_MVP.tm7', template: 'Azure_Cloud_Services.tb7', unseen: ['TH116', 'TH117'] },
  ])('$file: the rules of its template find the threats that were saved with it', ({ file, template, unseen }) => {
    const { design } = importOf(file)
    const tb7 = readTb7(template, readFileSync(path.join(root, '../tb7', template), 'utf8'))
    if (!tb7.ok) throw new Error(tb7.problems[0].message)
    const { pack } = tb7.value
    const types = new Map(pack.rules.map(rule => [rule.id, rule.follows?.replace(/.*, threat type /, '') ?? '']))
    const { findings } = deriveFindings(design, [pack])
    const found = findings.flatMap(({ on, rule }) => (on.kind === 'interaction' ? [`${on.flow} ${types.get(rule)}`] : []))
    const saved = rowsOf(design.threats).flatMap(({ flows, foreign }) =>
      Object.keys(flows ?? {}).map(flow => `${flow} ${String(foreign?.typeId)}`),
    )
    const seen = saved.filter(one => !unseen.some(id => one.endsWith(` ${id}`)))
    expect(seen.length).toBeGreaterThan(15)
    expect([...new Set(found)].sort()).toEqual(seen.sort())
  })

  test('damaged real files give a sound design or a refusal, and throw nothing', () => {
    const text = textOf('MTMT_nested_tz.tm7')
    const end = text.indexOf('<KnowledgeBase')
    const pieces = [...text.slice(0, end).matchAll(/>[^<>]+<|"[^"<>]*"/g)].map(
      ({ index, 0: piece }) => [index, piece.length] as const,
    )
    const values = ['><', '>x<', '>-1<', '>1e999<', '><a/><', '>&amp;<', '""', '"i4"', '"constructor"', '>GE.TB.B<', '>&x;<']
    const change = fc.record({ at: fc.nat(pieces.length - 1), value: fc.constantFrom(...values) })
    let sound = 0
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), changes => {
        const damaged = changes
          .toSorted((a, b) => b.at - a.at)
          .reduce((now, { at, value }) => {
            const [index, length] = pieces[at] ?? [0, 0]
            return now.slice(0, index) + value + now.slice(index + length)
          }, text)
        const result = importModel('model.tm7', damaged, { stamp })
        if (result.ok) {
          sound++
          expectSound(result.value.design)
        } else expect(result.problems).toHaveLength(1)
      }),
      { numRuns: 60 },
    )
    expect(sound).toBeGreaterThan(5)
  })
})

/** Text of XML as it is meant. */
function plain(text: string): string {
  const meant: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" }
  return text.replace(/&(amp|lt|gt|quot|apos);/g, entity => meant[entity] ?? entity)
}

/** Spaces and line breaks aside, written or escaped: a name is one line. */
function flat(text: string): string {
  return text.replace(/\\[nrt]|\s+/g, ' ').replace(/ {2,}/g, ' ')
}

/** Words whose meaning the design holds in its own: categories, and None where nobody wrote anything. */
function isMeant(text: string): boolean {
  return /^(none|spoofing|tampering|repudiation|information disclosure|denial of service|elevation of privileges?)$/i.test(text)
}

function joints(design: Design): Readonly<Record<string, number>> {
  const layout = rowsOf(design.layout)
  return {
    ends: rowsOf(design.flows).reduce((sum, { source, target }) => sum + (source ? 1 : 0) + (target ? 1 : 0), 0),
    enclosed: rowsOf(design.elements).filter(({ boundary }) => boundary !== undefined).length,
    threatened: rowsOf(design.threats).filter(({ flows }) => flows !== undefined).length,
    placed: layout.filter(({ x }) => x !== undefined).length,
    bent: layout.filter(({ vertices }) => vertices !== undefined).length,
  }
}
