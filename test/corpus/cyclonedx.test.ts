import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { countsOf } from '../../core/interop/counts.ts'
import { isCycloneDx, readCycloneDx } from '../../core/interop/cyclonedx/read.ts'
import type { ReadModel } from '../../core/interop/reading/building.ts'
import type { Raw } from '../../core/interop/reading/json-fields.ts'
import { lossesOf } from '../../core/interop/report.ts'
import { parseJson } from '../../core/model/json.ts'
import { rowsOf } from '../../core/model/table.ts'
import type { Design } from '../../core/model/types.ts'
import { folderOf } from '../../core/model/write.ts'
import { expectSoundOrRefused } from '../core/interop/damaged.ts'
import { expectSound, named, stamp } from '../core/interop/imported.ts'
import { rawCounts, rawDangling, rawJoints } from './cyclonedx-counts.ts'
import { expectNamed, expectTold, pointed, textsLost } from './real-files.ts'

const root = path.resolve(import.meta.dirname, '../../../shared/corpus/models')
const here = ['cyclonedx-2.0', 'tmbom-cdx-early'].every(folder => existsSync(path.join(root, folder)))
const files = here ? [...filesIn('cyclonedx-2.0'), ...filesIn('tmbom-cdx-early')] : []
/** Files that hold pictures or behaviours, and nothing of which a design is made. */
const EMPTY = ['cyclonedx-2.0/behavior-mockup.json', 'cyclonedx-2.0/valid-blueprint-visualization-2.0.json']
const models = files.filter(file => !EMPTY.includes(file))

function filesIn(folder: string): readonly string[] {
  const names = readdirSync(path.join(root, folder)).filter(name => name.endsWith('.json') && !name.startsWith('_'))
  return names.map(name => `${folder}/${name}`)
}

function rawOf(file: string): Raw {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Raw
}

function modelOf(file: string, name = path.basename(file)): ReadModel {
  const result = readCycloneDx(name, rawOf(file), stamp)
  if (!result.ok) throw new Error(result.problems[0].message)
  return result.value
}

describe.skipIf(!here)('CycloneDX files', () => {
  test('there are six with a model and two without', () => {
    expect(models.length).toBeGreaterThanOrEqual(6)
    expect(files).toEqual(expect.arrayContaining(EMPTY))
    for (const file of files) expect(isCycloneDx(rawOf(file)), file).toBe(true)
  })

  describe.each(models)('%s', file => {
    const { design, report } = modelOf(file)
    const raw = rawOf(file)

    test('is counted as its raw JSON says, and the design holds it', () => {
      expect(countsOf(design)).toMatchObject(rawCounts(raw))
      expectSound(design)
    })

    test('everything is joined as the file joins it, and what leads nowhere is told', () => {
      expect(joints(design)).toEqual(rawJoints(raw))
      const told = lossesOf(report).filter(({ why }) => why.includes('which the file does not hold'))
      expect(told.map(({ at }) => at).sort()).toEqual(rawDangling(raw))
    })

    test('no text disappears', () => {
      expect(textsLost(raw, design).filter(text => !isMeant(text))).toEqual([])
    })

    test('is the same byte for byte when read again, with the same ids under another name', () => {
      expect(folderOf(modelOf(file).design)).toEqual(folderOf(design))
      expect([...folderOf(modelOf(file, 'renamed.json').design).keys()]).toEqual([...folderOf(design).keys()])
    })

    test('every loss says where, what and why; every question names something of the design', () => {
      expectTold(lossesOf(report), at => pointed(raw, at) !== undefined)
      expectNamed(report.problems, design)
    })
  })

  test.each(EMPTY)('%s is refused once, with what to do', file => {
    const result = readCycloneDx('model.json', rawOf(file), stamp)
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'cyclonedx.noModel', at: 'model.json' }] })
  })

  test('the simple threat model keeps its threat, its category and what mitigates it', () => {
    const { design } = modelOf('cyclonedx-2.0/valid-threatmodel-simple-2.0.json')
    const threat = named(design.threats, 'Credential theft')
    expect(threat).toMatchObject({
      categories: { spoofing: true },
      source: 'Advanced persistent threat',
      foreign: { categories: [{ taxonomy: 'MITRE-ATTACK', category: 'credential-access' }], affectedAssets: ['asset-datastore'] },
    })
    const required = 'Require multi-factor authentication for operators'
    expect(named(design.mitigations, required)).toMatchObject({ status: 'planned', threats: { [threat.id]: true } })
    expect(named(design.requirements, required)).toMatchObject({ priority: 'must', foreign: { id: 'REQ-MFA-001' } })
  })

  test('the control sample keeps its threat, the control that mitigates it and what that protects', () => {
    const { design } = modelOf('cyclonedx-2.0/valid-control-full-2.0.json')
    const threat = named(design.threats, 'Privilege escalation via the payment API')
    expect(named(design.mitigations, 'Role-based access control')).toMatchObject({
      status: 'implemented',
      threats: { [threat.id]: true },
      owner: 'Acme Security Office',
      foreign: { status: 'verified', appliesTo: ['service-payment-api'] },
    })
    expect(named(design.elements, 'Acme Payment API').kind).toBe('process')
  })

  test('the data flow sample lies in its zones, with what flows carry', () => {
    const { design } = modelOf('cyclonedx-2.0/valid-blueprint-data-flow-2.0.json')
    expect(named(design.elements, 'customer')).toMatchObject({
      kind: 'externalEntity',
      boundary: named(design.boundaries, 'Internet').id,
    })
    expect(named(design.flows, 'Login and transfer request')).toMatchObject({
      protocol: 'https',
      authentication: 'yes',
      data: { [named(design.data, 'credentials').id]: true },
    })
    expect(Object.keys(named(design.diagrams, 'Online banking funds transfer data flow').elements ?? {})).toHaveLength(6)
  })

  test('a draft has a diagram for each of its own', () => {
    const { design } = modelOf('tmbom-cdx-early/tmbom-multi-example.cdx.json')
    expect(rowsOf(design.diagrams).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['my test tm', 'Architecture Diagram']),
    )
    expect(named(design.boundaries, 'Internet').trustLevel).toBe(20)
    expect(named(design.elements, 'Web Service').data).toEqual({ [named(design.data, 'Public Info').id]: true })
  })

  test('damaged real files give a sound design or a refusal, and throw nothing', () => {
    const raws = files.map(rawOf)
    const read = (text: string) => {
      const parsed = parseJson('model.json', text)
      if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null) return undefined
      return readCycloneDx('model.json', parsed.value as Raw, stamp)
    }
    expectSoundOrRefused(raws, { read, numRuns: 120 })
  })
})

/** Words of the format whose meaning the design holds in its own. */
function isMeant(text: string): boolean {
  return /^(CycloneDX|https:\/\/cyclonedx.org\/schema.*|STRIDE|true|false|threat-model|cdx:model:.*|data|data-store|actor)$/.test(
    text,
  )
}

function joints(design: Design): Readonly<Record<string, number>> {
  const ends = rowsOf(design.flows)
    .flatMap(({ source, target }) => [source, target])
    .filter(end => end !== undefined)
  const zones = rowsOf(design.elements).filter(({ boundary }) => boundary !== undefined)
  return { ends: ends.length, zones: zones.length }
}
