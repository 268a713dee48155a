import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseYaml, topKeysOfYaml } from '../../core/dependencies/yaml.ts'
import { countsOf } from '../../core/interop/counts.ts'
import { readOtm } from '../../core/interop/otm/read.ts'
import type { ReadModel } from '../../core/interop/reading/building.ts'
import type { Raw } from '../../core/interop/reading/json-fields.ts'
import { expectSound, stamp } from '../core/interop/imported.ts'
import { rawCounts, rawJoints } from './otm-counts.ts'
import { modelsOfOthers, textsLost } from './real-files.ts'

const { root, here, textOf } = modelsOfOthers()
const inYaml = (folder: string) =>
  readdirSync(path.join(root, folder))
    .filter(name => /\.(ya?ml|otm)$/.test(name) && !textOf(`${folder}/${name}`).trimStart().startsWith('{'))
    .map(name => `${folder}/${name}`)
const models = here ? inYaml('otm') : []
const threagile = here ? ['threagile', 'history-threagile-demo'].flatMap(inYaml) : []

function parsed(file: string, text = textOf(file)): Raw {
  const result = parseYaml(file, text)
  if (!result.ok) throw new Error(`${result.problems[0].at}: ${result.problems[0].message}`)
  return result.value as Raw
}

function modelOf(file: string): ReadModel {
  const result = readOtm(file, parsed(file), stamp)
  if (!result.ok) throw new Error(result.problems[0].message)
  return result.value
}

/** How many lines of a list begin an entry: those with a dash at the indent of the first, up to the next outermost key. */
function dashesBelow(key: string, text: string): number {
  const [, after = ''] = text.split(new RegExp(`^${key}:[ \\t]*$`, 'm'))
  const section = after.split(/^[A-Za-z]/m)[0] ?? ''
  const indent = /^( *)- /m.exec(section)?.[1]
  return indent === undefined ? 0 : section.split('\n').filter(line => line.startsWith(`${indent}- `)).length
}

type Placed = { readonly id: string; readonly parent?: { readonly trustZone?: string; readonly component?: string } | null }

/** Things that stand in a zone of the file, some of them in another component that does. */
function zoned(raw: Raw): number {
  const zones = (raw.trustZones ?? []) as readonly Placed[]
  const components = (raw.components ?? []) as readonly Placed[]
  const isZoned = ({ parent }: Placed): boolean =>
    zones.some(({ id }) => id === parent?.trustZone) || components.some(one => one.id === parent?.component && isZoned(one))
  return [...zones, ...components].filter(isZoned).length
}

/** Words of the format whose meaning the design holds in its own. */
function isMeant(text: string): boolean {
  return /^(0\.1\.0|Spoofing|Tampering|Repudiation|Information Disclosure|Elevation of Privileges)$/.test(text)
}

/** Names directly below an outermost key. */
function namesBelow(key: string, text: string): readonly string[] {
  const [, after = ''] = text.split(new RegExp(`^${key}:.*$`, 'm'))
  const section = after.split(/^[A-Za-z]/m)[0] ?? ''
  const indent = /^( +)[^\s#-]/m.exec(section)?.[1]
  return section.split(/\r?\n/).flatMap(line => {
    const name = indent && line.startsWith(indent) ? /^([^\s#-][^:#]*):/.exec(line.slice(indent.length))?.[1] : undefined
    return name === undefined ? [] : [name.trim().replace(/^(["'])(.*)\1$/, '$2')]
  })
}

describe.skipIf(!here)('Open Threat Models in YAML', () => {
  test('there are four', () => {
    expect(models.length).toBeGreaterThanOrEqual(4)
  })

  describe.each(models)('%s', file => {
    const text = textOf(file)
    const raw = parsed(file)
    const { design, formatVersion } = modelOf(file)

    test('is known by its first lines', () => {
      expect([...topKeysOfYaml(text)]).toContain('otmVersion')
      expect(formatVersion).toBe('0.1.0')
    })

    test('is counted as its data says, and the design holds it', () => {
      expect(countsOf(design)).toMatchObject(rawCounts(raw))
      expectSound(design)
    })

    test('is counted as its lines say', () => {
      expect(countsOf(design)).toMatchObject({
        boundaries: dashesBelow('trustZones', text),
        elements: dashesBelow('components', text),
        flows: dashesBelow('dataflows', text),
        dataAssets: dashesBelow('assets', text),
        mitigations: dashesBelow('mitigations', text),
      })
    })

    test('everything is joined as the file joins it', () => {
      const size = (things: readonly unknown[]) => things.filter(thing => thing !== undefined).length
      const flows = Object.values(design.flows)
      expect(size(flows.flatMap(({ source, target }) => [source, target]))).toBe(rawJoints(raw).ends)
      const inside = Object.values(design.elements).map(({ boundary }) => boundary)
      expect(size([...inside, ...Object.values(design.boundaries).map(({ parent }) => parent)])).toBe(zoned(raw))
    })

    test('no text disappears', () => {
      expect(textsLost(raw, design).filter(text => !isMeant(text))).toEqual([])
    })

    test('is the same in the line ends of any system', () => {
      for (const end of ['\r\n', '\r']) expect(parsed(file, text.replaceAll(/\r?\n/g, end))).toEqual(raw)
    })

    test('is the same written as JSON', () => {
      expect(parsed(file, JSON.stringify(raw, null, '\t'))).toEqual(raw)
    })
  })
})

describe.skipIf(!here)('Threagile models', () => {
  test('there are seven', () => {
    expect(threagile.length).toBeGreaterThanOrEqual(7)
  })

  test.each(threagile)('%s is plain data with the names its lines have', file => {
    const text = textOf(file)
    const raw = parsed(file)
    expect(JSON.parse(JSON.stringify(raw))).toEqual(raw)
    expect(Object.keys(raw)).toEqual([...text.matchAll(/^([a-z_]+):/gm)].map(([, key]) => key))
    for (const key of ['data_assets', 'technical_assets', 'trust_boundaries', 'shared_runtimes'])
      expect(Object.keys((raw[key] ?? {}) as object), key).toEqual(namesBelow(key, text))
    expect(typeof raw.date === 'string' || raw.date === undefined || raw.date === null).toBe(true)
  })

  test.each(threagile)('%s is known by its first lines when it says its version there', file => {
    const text = textOf(file)
    const says = /^threagile_version:/m.test(text)
    expect(topKeysOfYaml(text).has('threagile_version')).toBe(says)
  })
})
