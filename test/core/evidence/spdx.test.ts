import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readEvidence } from '../../../core/evidence/read.ts'
import type { ComponentFacts, Evidence } from '../../../core/evidence/types.ts'
import { mutated, mutations } from '../interop/mutations.ts'

function read(document: object): Evidence {
  const reading = readEvidence('sbom.json', JSON.stringify(document))
  if (!reading.ok) throw new Error(reading.problems[0].message)
  return reading.value
}

function refusal(document: object | string) {
  const reading = readEvidence('sbom.json', typeof document === 'string' ? document : JSON.stringify(document))
  if (reading.ok) throw new Error('it was read')
  return reading.problems[0]
}

function componentsIn(document: object): ComponentFacts {
  const { components } = read(document).facts
  if (!components) throw new Error('no components')
  return components
}

const roots = (document: object) =>
  componentsIn(document)
    .components.filter(({ isRoot }) => isRoot)
    .map(({ name }) => name)

const pack = (name: string, rest: object = {}) => ({
  SPDXID: `SPDXRef-${name}`,
  name,
  versionInfo: '1.0',
  licenseConcluded: 'NOASSERTION',
  ...rest,
})
const purl = (referenceLocator: string) => ({ referenceCategory: 'PACKAGE_MANAGER', referenceType: 'purl', referenceLocator })
const link = (from: string, relationshipType: string, to: string) => ({
  spdxElementId: `SPDXRef-${from}`,
  relationshipType,
  relatedSpdxElement: to === 'NONE' ? to : `SPDXRef-${to}`,
})
const spdx = (rest: object = {}) => ({
  spdxVersion: 'SPDX-2.3',
  SPDXID: 'SPDXRef-DOCUMENT',
  name: 'shop',
  creationInfo: { created: '2026-11-22T16:00:00Z', creators: ['Organization: Example', 'Tool: syft-1.50.0'] },
  ...rest,
})

describe('SPDX 2', () => {
  test('packages with versions and package URLs, what they depend on, who wrote it', () => {
    const evidence = read(
      spdx({
        packages: [
          pack('app'),
          pack('a', { externalRefs: [purl('pkg:npm/a@1.0')] }),
          pack('b', { versionInfo: 'NOASSERTION' }),
          pack('c'),
        ],
        relationships: [
          link('DOCUMENT', 'DESCRIBES', 'app'),
          link('app', 'DEPENDS_ON', 'a'),
          link('b', 'DEPENDENCY_OF', 'a'),
          link('c', 'DEV_DEPENDENCY_OF', 'app'),
          link('c', 'DEPENDS_ON', 'NONE'),
        ],
      }),
    )
    expect(evidence).toMatchObject({
      format: 'spdx',
      made: { tool: 'syft', version: '1.50.0', at: '2026-11-22T16:00:00.000Z', commits: [] },
    })
    expect(evidence.facts.components).toEqual({
      components: [
        { pointer: '/packages/0', ref: 'SPDXRef-app', name: 'app', version: '1.0', isRoot: true },
        { pointer: '/packages/1', ref: 'SPDXRef-a', name: 'a', version: '1.0', purl: 'pkg:npm/a@1.0', isRoot: false },
        { pointer: '/packages/2', ref: 'SPDXRef-b', name: 'b', isRoot: false },
        { pointer: '/packages/3', ref: 'SPDXRef-c', name: 'c', version: '1.0', isRoot: false },
      ],
      complete: undefined,
      dependsOn: new Map([
        ['SPDXRef-app', ['SPDXRef-a', 'SPDXRef-c']],
        ['SPDXRef-a', ['SPDXRef-b']],
      ]),
      oddities: [],
    })
  })

  test.each([
    ['documentDescribes', { documentDescribes: ['SPDXRef-app'] }],
    ['DESCRIBES', { relationships: [link('DOCUMENT', 'DESCRIBES', 'app')] }],
    ['DESCRIBED_BY', { relationships: [link('app', 'DESCRIBED_BY', 'DOCUMENT')] }],
  ])('the root by %s', (_, rest) => expect(roots(spdx({ packages: [pack('app'), pack('a')], ...rest }))).toEqual(['app']))

  test('nothing described, the document itself, or everything: no root', () => {
    const packages = [pack('app'), pack('a')]
    expect(roots(spdx({ packages }))).toEqual([])
    expect(roots(spdx({ packages, relationships: [link('DOCUMENT', 'DESCRIBES', 'DOCUMENT')] }))).toEqual([])
    const all = spdx({ packages, documentDescribes: ['SPDXRef-app', 'SPDXRef-a'] })
    expect(roots(all)).toEqual([])
    expect(componentsIn(all).oddities).toEqual([
      { pointer: '', text: 'describes every package it lists: none is taken for what it is about' },
    ])
  })

  test('a single package that is described is what the list is about', () => {
    expect(roots(spdx({ packages: [pack('app')], documentDescribes: ['SPDXRef-app'] }))).toEqual(['app'])
  })

  test('3.0 in the shape of 2 is read and noted', () => {
    const facts = componentsIn(spdx({ spdxVersion: 'SPDX-3.0', packages: [pack('a')] }))
    expect(facts.components).toHaveLength(1)
    expect(facts.oddities).toEqual([{ pointer: '/spdxVersion', text: 'says SPDX-3.0 in the shape of SPDX 2: read as 2.3' }])
  })

  test('no list of packages is not an empty one', () => {
    expect(read(spdx()).facts).toEqual({})
    expect(componentsIn(spdx({ packages: [] })).components).toEqual([])
  })

  test('several package URLs, and no name', () => {
    const facts = componentsIn(
      spdx({
        packages: [
          pack('a', { externalRefs: [purl('pkg:npm/a@1'), purl('pkg:npm/b@1'), { referenceType: 'cpe23Type' }] }),
          { SPDXID: 'SPDXRef-x' },
        ],
      }),
    )
    expect(facts.components.map(one => one.purl)).toEqual(['pkg:npm/a@1', undefined])
    expect(facts.oddities.map(({ text }) => text)).toEqual(['has 2 package URLs: the first is taken', 'has no name'])
  })

  test.each([
    ['Tool: syft-1.50.0', 'syft', '1.50.0'],
    ['Tool: npm/cli-11.6.0', 'npm/cli', '11.6.0'],
    ['Tool: spdx-maven-plugin', 'spdx-maven-plugin', undefined],
    ['Tool: bom-v0.5.1', 'bom', '0.5.1'],
    ['Person: Somebody', undefined, undefined],
  ])('%s', (creator, tool, version) => {
    const { made } = read(spdx({ creationInfo: { creators: [creator] } }))
    expect([made.tool, made.version]).toEqual([tool, version])
  })

  test.each([
    ['a version that is no text', spdx({ spdxVersion: 2.3 }), '/spdxVersion'],
    ['packages that are no list', spdx({ packages: {} }), '/packages'],
    ['a package that is no object', spdx({ packages: [pack('a'), 'b'] }), '/packages/1'],
    ['relationships that are no list', spdx({ packages: [], relationships: 'x' }), '/relationships'],
  ])('%s: refused', (_, document, at) =>
    expect(refusal(document)).toMatchObject({ code: 'evidence.spdx', at: `sbom.json:${at}` }),
  )

  test('tags and values are refused with what to do', () => {
    expect(refusal('# made by hand\n\nSPDXVersion: SPDX-2.3\nPackageName: a\n')).toMatchObject({
      code: 'evidence.format',
      cure: 'Have the tool write SPDX in JSON, as syft -o spdx-json or trivy --format spdx-json.',
    })
  })
})

const CONTEXT = 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld'
const graph = (...nodes: readonly object[]) => ({ '@context': CONTEXT, '@graph': nodes })
const node = (type: string, id: string, rest: object = {}) => ({ type, spdxId: `urn:${id}`, creationInfo: '_:info', ...rest })
const INFO = { type: 'CreationInfo', '@id': '_:info', created: '2026-11-22T16:00:00Z', createdUsing: ['urn:tool'] }

describe('SPDX 3', () => {
  const whole = [
    node('Relationship', 'r1', {
      from: 'urn:app',
      relationshipType: 'dependsOn',
      to: ['urn:a', 'urn:b'],
      completeness: 'complete',
    }),
    node('software_Package', 'b', {
      name: 'b',
      externalIdentifier: [{ type: 'ExternalIdentifier', externalIdentifierType: 'packageUrl', identifier: 'pkg:npm/b@2' }],
    }),
    node('software_Package', 'a', { name: 'a', software_packageVersion: '1', software_packageUrl: 'pkg:npm/a@1' }),
    node('software_Sbom', 'sbom', { rootElement: ['urn:app'] }),
    node('software_Package', 'app', { name: 'app' }),
    node('SpdxDocument', 'doc', { rootElement: ['urn:sbom'] }),
    node('Tool', 'tool', { name: 'lister' }),
    INFO,
  ]

  test('a graph in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(whole, { minLength: whole.length }), nodes => {
        const evidence = read(graph(...nodes))
        expect(evidence.made).toEqual({ tool: 'lister', at: '2026-11-22T16:00:00.000Z', commits: [] })
        const { components, complete, dependsOn, oddities } = evidence.facts.components as ComponentFacts
        expect(components.map(({ pointer: _, ...rest }) => rest).sort((x, y) => (x.name < y.name ? -1 : 1))).toEqual([
          { ref: 'urn:a', name: 'a', version: '1', purl: 'pkg:npm/a@1', isRoot: false },
          { ref: 'urn:app', name: 'app', isRoot: true },
          { ref: 'urn:b', name: 'b', purl: 'pkg:npm/b@2', isRoot: false },
        ])
        for (const { pointer, ref } of components)
          expect(nodes[Number(pointer.replace('/@graph/', ''))]).toMatchObject({ spdxId: ref })
        expect([complete, oddities]).toEqual([true, []])
        expect([...dependsOn]).toEqual([['urn:app', ['urn:a', 'urn:b']]])
      }),
    )
  })

  test('packages of models and data count too; the document may name its root itself', () => {
    const facts = componentsIn(
      graph(
        node('ai_AIPackage', 'm', { name: 'model' }),
        node('dataset_DatasetPackage', 'd', { name: 'data' }),
        node('SpdxDocument', 'x', { rootElement: ['urn:m'] }),
      ),
    )
    expect(facts.components.map(({ name, isRoot }) => [name, isRoot])).toEqual([
      ['model', true],
      ['data', false],
    ])
  })

  test.each([
    [['complete'], true],
    [['noAssertion'], undefined],
    [[undefined], undefined],
    [['complete', 'incomplete'], false],
    [['complete', 'noAssertion'], undefined],
  ])('relationships that are %j: complete is %s', (said, complete) => {
    const links = said.map((completeness, i) =>
      node('Relationship', `r${i}`, { from: 'urn:app', relationshipType: 'contains', to: ['urn:a'], completeness }),
    )
    const facts = componentsIn(
      graph(
        ...links,
        node('software_Package', 'app', { name: 'app' }),
        node('software_Package', 'a', { name: 'a' }),
        node('SpdxDocument', 'doc', { rootElement: ['urn:app'] }),
      ),
    )
    expect(facts.complete).toBe(complete)
  })

  test('claims of the security profile', () => {
    const { facts } = read(
      graph(
        node('security_VexNotAffectedVulnAssessmentRelationship', 'v', {
          from: 'urn:cve',
          to: ['urn:a'],
          relationshipType: 'doesNotAffect',
          security_justificationType: 'componentNotPresent',
        }),
        node('security_Vulnerability', 'cve', {
          externalIdentifier: [{ externalIdentifierType: 'cve', identifier: 'CVE-2024-0001' }],
        }),
        node('software_Package', 'a', { name: 'a', software_packageUrl: 'pkg:npm/a@1' }),
      ),
    )
    expect(facts.statements).toEqual([
      {
        pointer: '/@graph/0',
        vulnerability: 'CVE-2024-0001',
        products: ['pkg:npm/a@1'],
        status: 'not-affected',
        justification: 'componentNotPresent',
      },
    ])
  })

  test('no packages and no list of them: it does not speak of components', () => {
    expect(read(graph(node('SpdxDocument', 'doc'))).facts).toEqual({})
    expect(componentsIn(graph(node('software_Sbom', 's'))).components).toEqual([])
  })

  test('what is no graph of objects is refused', () => {
    expect(refusal({ '@context': CONTEXT, '@graph': {} })).toMatchObject({ code: 'evidence.spdx', at: 'sbom.json:/@graph' })
    expect(refusal(graph(INFO, [] as unknown as object))).toMatchObject({ at: 'sbom.json:/@graph/1' })
  })

  test('whatever is changed in a file, it is read or refused with one problem', () => {
    const whole2 = spdx({
      packages: [pack('app'), pack('a', { externalRefs: [purl('pkg:npm/a@1')] })],
      relationships: [link('DOCUMENT', 'DESCRIBES', 'app')],
    })
    fc.assert(
      fc.property(fc.constantFrom<object>(graph(...whole), whole2), mutations, (document, changes) => {
        const reading = readEvidence('sbom.json', mutated(document, changes))
        if (!reading.ok) expect(reading.problems).toHaveLength(1)
      }),
      { numRuns: 300 },
    )
  })
})
