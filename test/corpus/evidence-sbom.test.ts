import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evidenceInWords } from '../../core/evidence/in-words.ts'
import { readEvidence } from '../../core/evidence/read.ts'
import type { Evidence, Oddity } from '../../core/evidence/types.ts'
import type { Expression } from '../../core/model/types.ts'
import { cyclonedx } from '../../schemas/generated/published-cyclonedx.js'
import { ajvOf } from '../core/evidence/boms.ts'
import { mutated, mutations } from '../core/interop/mutations.ts'
import { checkOf, itemOf, judge, outcome } from '../core/verdict/scenes.ts'
import { pointed } from './real-files.ts'
import { countSbom } from './sbom-counts.ts'

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus/evidence')
const filesIn = (kind: string) =>
  existsSync(path.join(corpus, kind))
    ? readdirSync(path.join(corpus, kind))
        .sort()
        .map(name => `${kind}/${name}`)
    : []
const FILES = ['cyclonedx', 'spdx', 'vex-other'].flatMap(filesIn)
const JSONS = FILES.filter(file => file.endsWith('.json'))
const BOMS = JSONS.filter(file => file.startsWith('cyclonedx/'))
const textOf = (file: string) => readFileSync(path.join(corpus, file), 'utf8')

function read(file: string): Evidence {
  const reading = readEvidence(file, textOf(file))
  if (!reading.ok) throw new Error(`${file}: ${reading.problems[0].message}`)
  return reading.value
}

describe.skipIf(!existsSync(corpus))('real bills of materials', () => {
  test('every file is read; none is refused', () => {
    expect(FILES).toHaveLength(35)
    expect(FILES.filter(file => !readEvidence(file, textOf(file)).ok)).toEqual([])
    expect(new Set(FILES.map(file => read(file).format))).toEqual(new Set(['cyclonedx', 'spdx', 'openvex', 'csaf-vex']))
  })

  test.each(FILES)('%s: as many as a second, separately written count finds', file => {
    const { components, vulnerabilities, statements } = read(file).facts
    const listed = components?.components ?? []
    expect({
      components: components && listed.length,
      roots: listed.filter(one => one.isRoot).length,
      purls: listed.filter(one => one.purl !== undefined).length,
      versions: listed.filter(one => one.version !== undefined).length,
      edges: [...(components?.dependsOn.values() ?? [])].flat().length,
      weaknesses: vulnerabilities?.found.length,
      claims: statements?.length ?? 0,
    }).toEqual(countSbom(textOf(file)))
  })

  test.each(JSONS)('%s: every pointer leads to what it names', file => {
    const { facts } = read(file)
    const document: unknown = JSON.parse(textOf(file))
    for (const one of facts.components?.components ?? [])
      expect(pointed(document, one.pointer)).toMatchObject(one.version ? { [versionIn(file, document)]: one.version } : {})
    for (const one of [...(facts.vulnerabilities?.found ?? []), ...(facts.statements ?? [])])
      expect(pointed(document, one.pointer)).toBeDefined()
  })
})

function versionIn(file: string, document: unknown): string {
  if (file.startsWith('cyclonedx/')) return 'version'
  return Object.hasOwn(document as object, '@graph') ? 'software_packageVersion' : 'versionInfo'
}

describe.skipIf(!existsSync(corpus))('held against the published schemas', () => {
  const versionOf = (file: string) => (JSON.parse(textOf(file)) as { specVersion: string }).specVersion

  test('valid exactly where Ajv says so; what is invalid is read all the same', () => {
    const invalid = BOMS.filter(file => {
      const document: unknown = JSON.parse(textOf(file))
      const faults = cyclonedx[versionOf(file)]?.(document)
      expect(faults?.count === 0, file).toBe(ajvOf(versionOf(file))(document))
      return faults?.count !== 0
    })
    expect(invalid).toEqual([
      'cyclonedx/chainloop__sbom.cyclonedx-1.5-null-cwes.json',
      'cyclonedx/specification__invalid-citations-1.7.json',
      'cyclonedx/threat-dragon__tmbom-multi-example.cdx.json',
    ])
  })

  test('and so with something changed', () => {
    const small = BOMS.filter(file => textOf(file).length < 30_000)
    const documents = small.map(file => ({ version: versionOf(file), document: JSON.parse(textOf(file)) as unknown }))
    fc.assert(
      fc.property(
        fc.constantFrom(...documents),
        mutations.map(changes => changes.slice(0, 2)),
        ({ version, document }, changes) => {
          const changed: unknown = JSON.parse(mutated(document, changes))
          expect(cyclonedx[version]?.(changed).count === 0).toBe(ajvOf(version)(changed))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('what is odd is told with its place', () => {
    const first = (file: string): Oddity | undefined => {
      const { components, vulnerabilities } = read(file).facts
      return (components ?? vulnerabilities)?.oddities[0]
    }
    expect(first('cyclonedx/chainloop__sbom.cyclonedx-1.5-null-cwes.json')).toEqual({
      pointer: '/vulnerabilities/0/cwes',
      text: 'is no array',
    })
    expect(first('cyclonedx/threat-dragon__tmbom-multi-example.cdx.json')).toEqual({
      pointer: '/components/0/type',
      text: 'is none of the values that the schema lists',
    })
    expect(first('cyclonedx/chainloop__sbom.cyclonedx-1.5.json')?.text).toMatch(
      /^\d+ components with the package URL of another$/,
    )
  })
})

describe.skipIf(!existsSync(corpus))('judged', () => {
  const any: Expression = { components: { from: { slot: 'sbom' }, min: 1 } }
  const of = (file: string, verify = any) => outcome(judge(checkOf(verify), [itemOf(file, textOf(file), { slot: 'sbom' })]))

  test.each([
    ['cyclonedx/generated__td-cyclonedx-1.7.json', 'pass'],
    ['cyclonedx/django-defectdojo__log4j.xml', 'pass'],
    ['spdx/ampel__wtf-frontend.spdx.json', 'pass'],
    ['spdx/spdx-examples__appbomination.spdx3.json', 'pass'],
    // lists only what it is about
    ['spdx/spdx-examples__hello-source.spdx3.json', 'nothing-examined'],
    // speaks of weaknesses or attestations, lists no component
    ['cyclonedx/bom-examples__vex.json', 'nothing-examined'],
    ['cyclonedx/specification__valid-attestation-1.7.json', 'nothing-examined'],
    ['vex-other/chainloop__openvex_v0.2.0.json', 'missing'],
    ['vex-other/chainloop__csaf_vex_v0.2.0.json', 'missing'],
  ])('%s: %s', (file, expected) => expect(of(file)).toBe(expected))

  test.each([
    ['cyclonedx/heimdall2__dropwizard-vulns.json', 'fail'],
    ['cyclonedx/generated__td-cyclonedx-1.7.json', 'missing'],
    ['cyclonedx/chainloop__sbom.cyclonedx-1.5-null-cwes.json', 'fail'],
    // only claims that it does not matter
    ['cyclonedx/bom-examples__vex.json', 'contradictory'],
  ])('weaknesses in %s: %s', (file, expected) =>
    expect(of(file, { vulnerabilities: { from: { slot: 'sbom' }, max: 0, minPackages: 10 } })).toBe(expected),
  )

  test('a file cut off anywhere never passes', () => {
    for (const file of FILES) {
      const text = textOf(file)
      fc.assert(
        fc.property(fc.nat({ max: text.trimEnd().length - 1 }), length => {
          const item = itemOf(file, text.slice(0, length), { slot: 'sbom' })
          expect(outcome(judge(checkOf(any), [item])), `${file} at ${length}`).not.toBe('pass')
        }),
        { numRuns: text.length > 100_000 ? 3 : 10 },
      )
    }
  })

  test('what each says, in a few words', () => {
    expect(evidenceInWords(read('cyclonedx/heimdall2__dropwizard-vulns.json'))).toBe(
      '87 vulnerabilities in 167 packages; 168 components',
    )
    expect(evidenceInWords(read('vex-other/chainloop__openvex_v0.2.0.json'))).toBe('5 statements')
  })
})
