import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { importModel } from '../../core/interop/import.ts'
import { rowsOf } from '../../core/model/table.ts'
import { folderOf } from '../../core/model/write.ts'
import { expectSoundOrRefused } from '../core/interop/damaged.ts'
import { expectSound, stamp } from '../core/interop/imported.ts'
import { expectTold, modelsOfOthers, pointed, textsIn } from './real-files.ts'

const { root, here, textOf, importOf } = modelsOfOthers()
const files = here
  ? ['threat-composer', 'history-threat-composer']
      .flatMap(folder => readdirSync(path.join(root, folder)).map(name => `${folder}/${name}`))
      .filter(file => file.endsWith('.json') && !file.includes('/_'))
  : []

type Json = { readonly [key: string]: Json } & readonly Json[] & string

describe.skipIf(!here)('Threat Composer models', () => {
  test('there are seven', () => {
    expect(files.length).toBeGreaterThanOrEqual(7)
  })

  describe.each(files)('%s', file => {
    const { design, summary } = importOf(file)
    const raw = JSON.parse(textOf(file)) as Json

    test('holds every threat, mitigation, assumption and link, each with its letters', () => {
      expectSound(design)
      const kept = [...(raw.mitigations ?? [])].filter(({ status }) => String(status) !== 'mitigationResolvedWillNotAction')
      expect(summary.counts).toMatchObject({ threats: raw.threats?.length, mitigations: kept.length, elements: 0, flows: 0 })
      expect(rowsOf(design.assumptions)).toHaveLength(raw.assumptions?.length ?? 0)
      const ids = new Set([...(raw.threats ?? []), ...(raw.mitigations ?? [])].map(({ id }) => String(id)))
      const links = [...(raw.mitigationLinks ?? [])].map(link => [String(link.mitigationId), String(link.linkedId)])
      const whole = links.filter(ends => ends.every(end => ids.has(end)))
      expect(rowsOf(design.mitigations).flatMap(({ threats }) => Object.keys(threats ?? {}))).toHaveLength(
        new Set(whole.map(ends => ends.join())).size,
      )
      const loose = summary.losses.filter(({ at }) => at.startsWith('/mitigationLinks/'))
      expect(loose).toHaveLength(links.length - whole.length)
      const letters = [...(raw.threats ?? [])].flatMap(threat =>
        [...(threat.metadata ?? [])].filter(({ key }) => String(key) === 'STRIDE').flatMap(({ value }) => [...(value ?? [])]),
      )
      expect(rowsOf(design.threats).flatMap(({ categories }) => Object.keys(categories))).toHaveLength(letters.length)
    })

    test('no text disappears, pictures aside', () => {
      const kept = plain([...folderOf(design).values()].join('\n'))
      const missing = textsIn(raw).filter(text => !kept.includes(plain(JSON.stringify(text).slice(1, -1))) && !isMeant(text))
      expect(missing).toEqual([])
    })

    test('is the same byte for byte when read again, with the same ids under another name', () => {
      expect(folderOf(importOf(file).design)).toEqual(folderOf(design))
      expect([...folderOf(importOf(file, 'renamed.json').design).keys()]).toEqual([...folderOf(design).keys()])
    })

    test('every loss says where, what and why', () => {
      expectTold(summary.losses, at => pointed(raw, at) !== undefined)
    })
  })

  test('versions of one model keep their ids', () => {
    const ids = files
      .filter(file => file.includes('ThreatComposer@') || file.endsWith('/ThreatComposer.tc.json'))
      .map(file => Object.keys(importOf(file).design.threats).sort().join())
    expect(ids.length).toBeGreaterThanOrEqual(4)
    expect(new Set(ids).size).toBe(1)
  })

  test('damaged real files give a sound design or a refusal, and throw nothing', () => {
    const raws = files.slice(0, 3).map(file => ({ ...(JSON.parse(textOf(file)) as object), architecture: {}, dataflow: {} }))
    expectSoundOrRefused(raws, { read: text => importModel('model.json', text, { stamp }), numRuns: 60 })
  })
})

/** Letters and words of the format whose meaning the design holds in its own, and pictures. */
function isMeant(text: string): boolean {
  return /^(mitigationResolved|mitigationIdentified|STRIDE|Comments|[STRIDE])$/.test(text) || text.startsWith('data:image/')
}

/** Spaces and line breaks aside, written or escaped. */
function plain(text: string): string {
  return text
    .replace(/\\[nrt]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
