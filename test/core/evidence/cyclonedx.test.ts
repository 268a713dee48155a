import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readEvidence } from '../../../core/evidence/read.ts'
import type { ComponentFacts, Evidence } from '../../../core/evidence/types.ts'
import { mutated, mutations } from '../interop/mutations.ts'
import { richBom } from './boms.ts'

function read(document: unknown): Evidence {
  const reading = readEvidence('sbom.json', typeof document === 'string' ? document : JSON.stringify(document))
  if (!reading.ok) throw new Error(reading.problems[0].message)
  return reading.value
}

function refusal(document: unknown) {
  const reading = readEvidence('sbom.json', typeof document === 'string' ? document : JSON.stringify(document))
  if (reading.ok) throw new Error('it was read')
  return reading.problems[0]
}

function componentsIn(document: unknown): ComponentFacts {
  const { components } = read(document).facts
  if (!components) throw new Error('no components')
  return components
}

const bom = (rest: object = {}, specVersion = '1.6') => ({ bomFormat: 'CycloneDX', specVersion, version: 1, ...rest })
const library = (name: string, rest: object = {}) => ({ type: 'library', name, ...rest })
const vulnerability = (rest: object) =>
  bom({
    components: [library('a', { 'bom-ref': 'a', version: '1', purl: 'pkg:npm/a@1' })],
    vulnerabilities: [{ id: 'CVE-2024-0001', affects: [{ ref: 'a' }], ...rest }],
  })
const found = (rest: object) => read(vulnerability(rest)).facts.vulnerabilities?.found

describe('components', () => {
  test('everything of a whole bill of materials, with the place of each', () => {
    const facts = componentsIn(richBom('1.6'))
    expect(facts.components).toEqual([
      { pointer: '/metadata/component', ref: 'root', name: 'shop', version: '1.0.0', isRoot: true },
      {
        pointer: '/components/0',
        ref: 'pkg:npm/%40scope/a@1.0.0',
        name: '@scope/a',
        version: '1.0.0',
        purl: 'pkg:npm/%40scope/a@1.0.0',
        isRoot: false,
      },
      { pointer: '/components/0/components/0', name: 'inner.js', isRoot: false },
      { pointer: '/components/1', ref: 'b', name: 'b', version: '2.0.0', purl: 'pkg:npm/b@2.0.0', isRoot: false },
    ])
    expect([...facts.dependsOn]).toEqual([
      ['root', ['pkg:npm/%40scope/a@1.0.0', 'b']],
      ['b', []],
    ])
    expect(facts.complete).toBe(true)
    expect(facts.oddities).toEqual([])
  })

  test.each(['1.2', '1.3', '1.4', '1.5', '1.6', '1.7'])('version %s', version => {
    expect(componentsIn({ ...richBom(version) }).components).toHaveLength(4)
  })

  test('versions before 1.4 are read, and it is said that no schema was asked', () => {
    expect(componentsIn(bom({ components: [] }, '1.3')).oddities).toEqual([
      { pointer: '/specVersion', text: 'is 1.3, whose schema is not kept here: read without a check against it' },
    ])
  })

  test('a list that was left out is not an empty one', () => {
    expect(read(bom()).facts).toEqual({})
    expect(read(bom({ components: null })).facts).toEqual({})
    expect(componentsIn(bom({ components: [] })).components).toEqual([])
  })

  test('parts of what the list is about are listed', () => {
    const facts = componentsIn(bom({ metadata: { component: library('root', { components: [library('inner')] }) } }))
    expect(facts.components.map(({ name, isRoot, pointer }) => [name, isRoot, pointer])).toEqual([
      ['root', true, '/metadata/component'],
      ['inner', false, '/metadata/component/components/0'],
    ])
  })

  test('a group that stands in the name already is not written twice', () => {
    const names = (one: object) => componentsIn(bom({ components: [one] })).components.map(({ name }) => name)
    expect(names({ type: 'library', group: '@scope', name: '@scope/a' })).toEqual(['@scope/a'])
    expect(names({ type: 'library', group: 'org.example', name: 'a' })).toEqual(['org.example/a'])
  })

  test('repeats, strays and what has no name are noted once each', () => {
    const twice = [library('a', { 'bom-ref': 'a', purl: 'pkg:npm/a@1' }), library('b', { 'bom-ref': 'a', purl: 'pkg:npm/a@1' })]
    const facts = componentsIn(
      bom({ components: [...twice, { type: 'library' }], dependencies: [{ ref: 'a', dependsOn: ['gone'] }] }),
    )
    expect(facts.oddities.map(({ pointer, text }) => `${pointer} ${text}`)).toEqual([
      '/components/2 lacks "name"',
      '/components/2 1 component without a name',
      '/components/1 1 component with the reference of another',
      '/components/1 1 component with the package URL of another',
      ' dependencies name what is not listed: gone',
    ])
  })
})

describe('files that break their schema, as tools write them', () => {
  test.each([
    ['null where a list belongs', { vulnerabilities: [{ id: 'CVE-1', cwes: null }] }, '/vulnerabilities/0/cwes'],
    ['a type of their own', { components: [{ type: 'ml-thing', name: 'a' }] }, '/components/0/type'],
    ['the same item twice', { components: [library('a'), library('a')] }, '/components'],
    ['a property of their own', { components: [library('a', { own: 1 })] }, '/components/0/own'],
  ])('%s', (_, rest, pointer) => {
    const { facts } = read(bom(rest))
    const { oddities } = facts.components ?? facts.vulnerabilities ?? { oddities: [] }
    expect(oddities.map(one => one.pointer)).toContain(pointer)
  })

  test('the name of the format left out, where the schema is named', () => {
    const facts = componentsIn({ $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json', specVersion: '1.6', components: [] })
    expect(facts.oddities).toEqual([{ pointer: '', text: 'lacks "bomFormat"' }])
  })

  test('hundreds of faults are told in twenty places and a count', () => {
    const facts = componentsIn(bom({ components: Array.from({ length: 300 }, (_, i) => ({ type: 'own', name: `c${i}` })) }))
    expect(facts.components).toHaveLength(300)
    expect(facts.oddities).toHaveLength(21)
    expect(facts.oddities[20]?.text).toBe('breaks the schema of CycloneDX 1.6 in 280 more places')
  })
})

describe('what would hide components is refused', () => {
  test.each([
    ['no version', { bomFormat: 'CycloneDX' }, 'sbom.json:/specVersion'],
    ['a version that is a number', { bomFormat: 'CycloneDX', specVersion: 1.6 }, 'sbom.json:/specVersion'],
    ['a later version', bom({}, '1.8'), 'sbom.json:/specVersion'],
    ['components that are no list', bom({ components: { a: 1 } }), 'sbom.json:/components'],
    ['a component that is no object', bom({ components: [library('a'), 'b'] }), 'sbom.json:/components/1'],
    [
      'inner components that are no list',
      bom({ components: [library('a', { components: {} })] }),
      'sbom.json:/components/0/components',
    ],
    [
      'an inner component that is no object',
      bom({ components: [library('a', { components: [1] })] }),
      'sbom.json:/components/0/components/0',
    ],
    ['vulnerabilities that are no list', bom({ vulnerabilities: {} }), 'sbom.json:/vulnerabilities'],
    ['a vulnerability that is no object', bom({ vulnerabilities: ['CVE-1'] }), 'sbom.json:/vulnerabilities/0'],
    ['dependencies that are no list', bom({ dependencies: {} }), 'sbom.json:/dependencies'],
  ])('%s', (_, document, at) => {
    expect(refusal(document)).toMatchObject({ code: 'evidence.cyclonedx', at })
  })

  test('whatever is changed in a file, it is read or refused with one problem', () => {
    fc.assert(
      fc.property(mutations, changes => {
        const reading = readEvidence('sbom.json', mutated(richBom('1.6'), changes))
        if (!reading.ok) expect(reading.problems).toHaveLength(1)
      }),
      { numRuns: 300 },
    )
  })
})

describe('what it says of itself', () => {
  test.each([
    [[{ name: 'syft', version: '1.0' }], { tool: 'syft', version: '1.0' }],
    [{ components: [{ type: 'application', name: 'syft', version: '1.38.0' }] }, { tool: 'syft', version: '1.38.0' }],
    [{ services: [{ name: 'listing' }] }, { tool: 'listing' }],
    [[], {}],
    [undefined, {}],
  ])('tools %j', (tools, made) => {
    expect(read(bom({ metadata: { tools }, components: [] })).made).toEqual({ ...made, commits: [] })
  })

  test.each([
    ['2026-11-22T16:00:00Z', '2026-11-22T16:00:00.000Z'],
    ['2026-11-22T16:00:00.123+01:00', '2026-11-22T15:00:00.123Z'],
    ['2026-11-22T16:00:00', undefined],
    ['22 Nov 2026', undefined],
    [undefined, undefined],
  ])('timestamp %s: %s', (timestamp, at) => expect(read(bom({ metadata: { timestamp } })).made.at).toBe(at))

  test.each([
    [[], undefined],
    [[{ aggregate: 'complete' }], true],
    [[{ aggregate: 'complete', assemblies: ['root'] }], true],
    [[{ aggregate: 'complete', assemblies: ['a'] }], undefined],
    [[{ aggregate: 'complete' }, { aggregate: 'incomplete', assemblies: ['a'] }], false],
    [[{ aggregate: 'incomplete_third_party_only' }], false],
    [[{ aggregate: 'complete' }, { aggregate: 'unknown' }], undefined],
    [[{ aggregate: 'not_specified' }], undefined],
    [[{}], undefined],
  ])('compositions %j: complete is %s', (compositions, complete) => {
    const metadata = { component: library('root', { 'bom-ref': 'root' }) }
    expect(componentsIn(bom({ metadata, components: [library('a', { 'bom-ref': 'a' })], compositions })).complete).toBe(complete)
  })
})

describe('vulnerabilities and what is claimed of them', () => {
  test('one for each component that is hit', () => {
    const { facts } = read(richBom('1.6'))
    expect(facts.vulnerabilities).toEqual({
      packages: 3,
      succeeded: undefined,
      found: [
        {
          pointer: '/vulnerabilities/0/affects/0',
          id: 'CVE-2024-0001',
          aliases: ['GHSA-xxxx-yyyy-zzzz'],
          severity: 'critical',
          package: 'b',
          version: '2.0.0',
          purl: 'pkg:npm/b@2.0.0',
          setAside: true,
        },
      ],
      oddities: [],
    })
    expect(facts.statements).toEqual([
      {
        pointer: '/vulnerabilities/0/analysis',
        vulnerability: 'CVE-2024-0001',
        products: ['pkg:npm/b@2.0.0'],
        status: 'not-affected',
        justification: 'code_not_reachable',
      },
    ])
  })

  test('without a list of components nobody knows how many packages were read', () => {
    expect(read(bom({ vulnerabilities: [{ id: 'CVE-1' }] })).facts.vulnerabilities?.packages).toBe(undefined)
  })

  test('an empty list does not show that anybody looked the components up', () => {
    const empty = bom({ components: [library('a')], vulnerabilities: [] })
    expect(read(empty).facts.vulnerabilities).toMatchObject({ packages: undefined, found: [] })
  })

  test.each([
    [[{ severity: 'low' }, { severity: 'high' }], 'high'],
    [[{ score: 9.1, method: 'CVSSv31' }], 'critical'],
    [[{ score: 9.1, method: 'CVSSv2' }], 'high'],
    [[{ score: '5.0', method: 'CVSSv3' }], 'medium'],
    [[{ score: 0.1, method: 'CVSSv4' }], 'low'],
    [[{ score: 60, method: 'OWASP' }], 'unknown'],
    [[{ severity: 'info' }], 'low'],
    [[{ severity: 'unknown' }], 'unknown'],
    [[], 'unknown'],
    [undefined, 'unknown'],
  ])('ratings %j: %s', (ratings, severity) => expect(found({ ratings })?.[0]?.severity).toBe(severity))

  test.each([
    ['not_affected', true, 'not-affected'],
    ['false_positive', true, 'not-affected'],
    ['resolved', true, 'fixed'],
    ['resolved_with_pedigree', true, 'fixed'],
    ['exploitable', false, 'affected'],
    ['in_triage', false, 'under-investigation'],
    ['something else', false, undefined],
    [undefined, false, undefined],
  ])('analysis %s: set aside is %s, claimed is %s', (state, setAside, status) => {
    const { facts } = read(vulnerability({ analysis: { state } }))
    expect(facts.vulnerabilities?.found[0]?.setAside).toBe(setAside)
    expect(facts.statements?.[0]?.status).toBe(status)
  })

  test('a link to another document, an unknown component, none at all, and a version that is not hit', () => {
    expect(found({ affects: [{ ref: 'urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#a' }] })?.[0]?.package).toBe('a')
    expect(found({ affects: [{ ref: 'gone', versions: [{ version: '7' }] }] })?.[0]).toMatchObject({
      package: 'gone',
      version: '7',
    })
    expect(found({ affects: undefined })?.[0]).toMatchObject({
      package: 'a package that is not named',
      pointer: '/vulnerabilities/0',
    })
    expect(found({ affects: [{ ref: 'a', versions: [{ version: '1', status: 'unaffected' }] }] })?.[0]?.setAside).toBe(true)
    expect(found({ affects: [{ ref: 'a' }, { ref: 'gone' }] })).toHaveLength(2)
  })
})

const xml = (inner: string, space = 'xmlns="http://cyclonedx.org/schema/bom/1.4"') =>
  `<?xml version="1.0"?>\n<bom ${space} version="1">${inner}</bom>`
const one = (name: string, rest = '') =>
  `<component type="library" bom-ref="${name}"><name>${name}</name><version>1</version><purl>pkg:npm/${name}@1</purl>${rest}</component>`

describe('XML', () => {
  test('components, nested ones, dependencies, compositions and tools', () => {
    const evidence = read(
      xml(`<metadata><timestamp>2026-11-22T16:00:00Z</timestamp><tools><tool><vendor>V</vendor><name><![CDATA[lister]]></name><version>2</version></tool></tools>${one('root')}</metadata>
        <components>${one('a', `<components>${one('b')}</components>`)}<component type="library"><group>@s</group><name> c </name></component></components>
        <dependencies><dependency ref="root"><dependency ref="a"/></dependency><dependency ref="a"/></dependencies>
        <compositions><composition><aggregate>complete</aggregate><assemblies><assembly ref="root"/></assemblies></composition></compositions>`),
    )
    expect(evidence.made).toEqual({ tool: 'lister', version: '2', at: '2026-11-22T16:00:00.000Z', commits: [] })
    expect(evidence.facts.components?.components).toEqual([
      { pointer: '/bom/metadata[1]/component[1]', ref: 'root', name: 'root', version: '1', purl: 'pkg:npm/root@1', isRoot: true },
      { pointer: '/bom/components[1]/component[1]', ref: 'a', name: 'a', version: '1', purl: 'pkg:npm/a@1', isRoot: false },
      {
        pointer: '/bom/components[1]/component[1]/components[1]/component[1]',
        ref: 'b',
        name: 'b',
        version: '1',
        purl: 'pkg:npm/b@1',
        isRoot: false,
      },
      { pointer: '/bom/components[1]/component[2]', name: '@s/c', isRoot: false },
    ])
    expect([...(evidence.facts.components?.dependsOn ?? [])]).toEqual([
      ['root', ['a']],
      ['a', []],
    ])
    expect(evidence.facts.components?.complete).toBe(true)
  })

  test('weaknesses with scores as text, and what is claimed of them', () => {
    const { facts } = read(
      xml(`<components>${one('a')}</components><vulnerabilities><vulnerability><id>CVE-1</id><references><reference><id>GHSA-1</id></reference></references>
        <ratings><rating><score>9.8</score><method>CVSSv31</method></rating></ratings><affects><target><ref>a</ref></target></affects>
        <analysis><state>in_triage</state></analysis></vulnerability></vulnerabilities>`),
    )
    expect(facts.vulnerabilities).toMatchObject({
      packages: 1,
      found: [{ id: 'CVE-1', aliases: ['GHSA-1'], severity: 'critical', package: 'a', setAside: false }],
    })
    expect(facts.statements).toMatchObject([{ vulnerability: 'CVE-1', status: 'under-investigation', products: ['pkg:npm/a@1'] }])
  })

  test('the extension of before 1.4, inside a component', () => {
    const spaces = 'xmlns="http://cyclonedx.org/schema/bom/1.2" xmlns:v="http://cyclonedx.org/schema/ext/vulnerability/1.0"'
    const inner =
      '<v:vulnerabilities><v:vulnerability ref="a"><v:id>CVE-1</v:id><v:ratings><v:rating><v:severity>High</v:severity></v:rating></v:ratings></v:vulnerability></v:vulnerabilities>'
    expect(read(xml(`<components>${one('a', inner)}</components>`, spaces)).facts.vulnerabilities?.found).toMatchObject([
      { id: 'CVE-1', severity: 'high', package: 'a' },
    ])
  })

  test('prefixes of its own', () => {
    const text =
      '<c:bom xmlns:c="http://cyclonedx.org/schema/bom/1.5"><c:components><c:component type="library"><c:name>a</c:name></c:component></c:components></c:bom>'
    expect(read(text).facts.components?.components).toEqual([
      { pointer: '/bom/components[1]/component[1]', name: 'a', isRoot: false },
    ])
  })

  test('no list, an empty one', () => {
    expect(read(xml('')).facts).toEqual({})
    expect(read(xml('<components/>')).facts.components?.components).toEqual([])
  })

  test.each([
    ['no namespace', xml('', ''), 'sbom.json:/bom'],
    ['a namespace of something else', xml('', 'xmlns="http://example.org/bom/1.4"'), 'sbom.json:/bom'],
    ['a later version', xml('', 'xmlns="http://cyclonedx.org/schema/bom/2.0"'), 'sbom.json:/bom'],
    ['a second list', xml('<components/><components/>'), 'sbom.json:/bom/components[2]'],
  ])('%s is refused', (_, text, at) => expect(refusal(text)).toMatchObject({ code: 'evidence.cyclonedx', at }))

  test('cut off, with entities of its own', () => {
    expect(refusal(xml('<components>').slice(0, -8)).code).toBe('evidence.xml')
    expect(refusal(`<!DOCTYPE bom [<!ENTITY a "b">]>${xml('').slice(22)}`).code).toBe('evidence.doctype')
  })
})
