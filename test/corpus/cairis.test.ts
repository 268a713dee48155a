import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCairis } from '../../core/interop/cairis/read.ts'
import { looksLikeCairis } from '../../core/interop/cairis/sniff.ts'
import { countsOf } from '../../core/interop/counts.ts'
import { lossesOf } from '../../core/interop/report.ts'
import { rowsOf } from '../../core/model/table.ts'
import type { Design } from '../../core/model/types.ts'
import { folderOf } from '../../core/model/write.ts'
import { expectSound, named, stamp } from '../core/interop/imported.ts'
import { rawCounts, rawJoints, rawSections, rawTexts } from './cairis-counts.ts'
import { expectNamed, expectTold, modelsOfOthers } from './real-files.ts'

const { root, here, textOf } = modelsOfOthers('cairis')
const files = here ? readdirSync(root).filter(name => name.endsWith('.xml') && !name.startsWith('_')) : []

function importOf(file: string, name = file) {
  const result = readCairis(name, textOf(file), stamp)
  if (!result.ok) throw new Error(result.problems[0].message)
  const { design, report, formatVersion } = result.value
  return { design, formatVersion, losses: lossesOf(report), problems: report.problems }
}

/** Tags whose objects a design has no place for; each is one loss with its count. */
const NO_PLACE = [
  'asset_association',
  'persona',
  'external_document',
  'document_reference',
  'persona_characteristic',
  'task',
  'goal',
  'obstacle',
  'manual_association',
  'goal_association',
  'vulnerability_type',
  'threat_type',
  'threat_value',
  'risk_value',
  'countermeasure_value',
  'severity_value',
  'likelihood_value',
]

/** Tags of which every word must be found again. */
const HELD = [
  'project_settings',
  'environment',
  'role',
  'asset',
  'vulnerability',
  'attacker',
  'threat',
  'risk',
  'response',
  'domainproperty',
  'requirement',
  'usecase',
  'dataflow',
  'trust_boundary',
  'countermeasure',
]

describe.skipIf(!here)('models of CAIRIS', () => {
  test('there is one', () => {
    expect(files.length).toBeGreaterThanOrEqual(1)
  })

  describe.each(files)('%s', file => {
    const { design, formatVersion, losses, problems } = importOf(file)
    const raw = textOf(file)

    test('is known by its first characters, counted as its text says, and the design holds it', () => {
      expect(looksLikeCairis(raw.slice(0, 2000))).toBe(true)
      expect(countsOf(design)).toEqual(rawCounts(raw))
      expect(formatVersion).toBe('1.0')
      expectSound(design)
    })

    test('everything is joined as the file joins it', () => {
      expect(joints(design)).toEqual(rawJoints(raw))
    })

    test('no text of what came in disappears', () => {
      const kept = [...folderOf(design).values()].join('\n')
      const texts = rawTexts(raw, HELD).map(text => text.trim())
      expect(texts.length).toBeGreaterThan(500)
      const missing = texts.filter(text => !kept.includes(JSON.stringify(plain(text)).slice(1, -1)) && !isMeant(text))
      expect(missing).toEqual([])
    })

    test('what has no place is one line each, with its count', () => {
      const lines = losses.map(({ what }) => what)
      const sections = rawSections(raw)
      for (const tag of NO_PLACE) {
        const count = sections.get(tag) ?? 0
        const line = `${count} ${tag.replaceAll('_', ' ')}${count === 1 ? '' : 's'}`
        expect(lines.filter(what => what === line)).toHaveLength(count > 0 ? 1 : 0)
      }
    })

    test('is the same byte for byte when read again, with the same ids under another name', () => {
      expect(folderOf(importOf(file).design)).toEqual(folderOf(design))
      expect(importOf(file).losses).toEqual(losses)
      expect([...folderOf(importOf(file, 'renamed.xml').design).keys()]).toEqual([...folderOf(design).keys()])
    })

    test('every loss says where, what and why; every question names something of the design', () => {
      const lines = raw.split('\n')
      const isPlace = (at: string) => {
        const [line, column] = at
          .slice(file.length + 1)
          .split(':')
          .map(Number)
        return lines[(line ?? 0) - 1]?.charAt((column ?? 0) - 1) === '<'
      }
      expectTold(losses, isPlace)
      expectNamed(problems, design)
    })
  })

  test('ACME Water is read as its authors drew it', () => {
    const { design, problems } = importOf('ACME_Water.xml')
    const workstation = named(design.elements, 'SCADA Workstation')
    expect(workstation).toMatchObject({ kind: 'dataStore', boundary: named(design.boundaries, 'Operations').id })
    expect(named(design.elements, 'PLC').boundary).toBeUndefined()
    const alarm = named(design.flows, 'alarm notification')
    expect(alarm).toMatchObject({ target: workstation.id, data: { [named(design.data, 'PLC Event').id]: true } })
    expect(named(design.threats, 'Kit theft')).toMatchObject({
      source: 'Gareth',
      likelihood: 2,
      elements: { [workstation.id]: true },
      foreign: { type: 'Physical' },
    })
    expect(named(design.data, 'STCS credentials')).toMatchObject({ confidentiality: 'high' })
    expect(problems).toMatchObject([{ code: 'import.noOwner', at: named(design.threats, 'False sensor readings').id }])
  })

  test('damaged real files give a sound design or a refusal, and throw nothing', () => {
    const text = textOf(files[0] ?? '')
    const cuts = [...text.matchAll(/(?<==)"[^"]*"|<[a-z_]+|<\/[a-z_]+>/g)].map(
      ({ index, 0: piece }) => [index, piece.length] as const,
    )
    const pieces = ['', '""', '"x"', '"constructor"', '<a', '<asset', '<threat', '</asset>', '"PLC"', '"Information"']
    const change = fc.record({ at: fc.nat(cuts.length - 1), piece: fc.constantFrom(...pieces) })
    let sound = 0
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), changes => {
        const sorted = changes.toSorted((a, b) => b.at - a.at)
        const damaged = sorted.reduce((now, { at, piece }) => {
          const [index, length] = cuts[at] ?? [0, 0]
          return now.slice(0, index) + piece + now.slice(index + length)
        }, text)
        const result = readCairis('model.xml', damaged, stamp)
        if (result.ok) {
          sound++
          expectSound(result.value.design)
        } else expect(result.problems).toHaveLength(1)
      }),
      { numRuns: 60 },
    )
    expect(sound).toBeGreaterThan(0)
  })
})

/** Text of XML as it is meant. */
function plain(text: string): string {
  const meant: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" }
  return text.replace(/&(amp|lt|gt|quot|apos);/g, entity => meant[entity] ?? entity)
}

/** Words of the format whose meaning the design holds in its own: kinds, priorities, and None where nobody wrote anything. */
function isMeant(text: string): boolean {
  return /^(|none|process|entity|datastore|functional|security|[123])$/i.test(text)
}

function joints(design: Design): Readonly<Record<string, number>> {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  const size = (links: object | undefined) => Object.keys(links ?? {}).length
  const length = (list: unknown) => (Array.isArray(list) ? list.length : 0)
  const threats = rowsOf(design.threats)
  const requirements = rowsOf(design.requirements)
  const left = design.settings.design?.foreign
  return {
    ends: sum(rowsOf(design.flows).map(({ source, target }) => (source ? 1 : 0) + (target ? 1 : 0))),
    enclosed: rowsOf(design.elements).filter(({ boundary }) => boundary !== undefined).length,
    carried: sum(rowsOf(design.flows).map(({ data }) => size(data))),
    threatenedElements: sum(threats.map(({ elements }) => size(elements))),
    threatenedData: sum(threats.map(({ data }) => size(data))),
    requiredElements: sum(requirements.map(({ elements }) => size(elements))),
    requiredData: sum(requirements.map(({ data }) => size(data))),
    likely: threats.filter(({ likelihood }) => likelihood !== undefined).length,
    risks: sum(threats.map(({ foreign }) => length(foreign?.risk))) + length(left?.risk),
    responses: sum(threats.map(({ foreign }) => length(foreign?.response))) + length(left?.response),
    terms: size(design.settings.design?.glossary),
  }
}
