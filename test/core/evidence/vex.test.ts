import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readEvidence } from '../../../core/evidence/read.ts'
import type { Evidence } from '../../../core/evidence/types.ts'
import { mutated, mutations } from '../interop/mutations.ts'

function read(document: object): Evidence {
  const reading = readEvidence('vex.json', JSON.stringify(document))
  if (!reading.ok) throw new Error(reading.problems[0].message)
  return reading.value
}

function refusal(document: object) {
  const reading = readEvidence('vex.json', JSON.stringify(document))
  if (reading.ok) throw new Error('it was read')
  return reading.problems[0]
}

const openvex = (...statements: readonly unknown[]) => ({
  '@context': 'https://openvex.dev/ns/v0.2.0',
  '@id': 'https://example.org/vex/1',
  author: 'Example',
  timestamp: '2026-11-22T16:00:00Z',
  version: 1,
  statements,
})
const said = (rest: object = {}) => ({
  vulnerability: { name: 'CVE-2024-0001' },
  products: [{ '@id': 'pkg:npm/a@1' }],
  status: 'fixed',
  ...rest,
})

describe('OpenVEX', () => {
  test('one claim each, and who wrote it', () => {
    const evidence = read({
      ...openvex(said({ status: 'not_affected', justification: 'component_not_present' }), said()),
      tooling: 'vexctl',
      last_updated: '2026-11-23T00:00:00Z',
    })
    expect(evidence).toEqual({
      format: 'openvex',
      made: { tool: 'vexctl', at: '2026-11-23T00:00:00.000Z', commits: [] },
      facts: {
        statements: [
          {
            pointer: '/statements/0',
            vulnerability: 'CVE-2024-0001',
            products: ['pkg:npm/a@1'],
            status: 'not-affected',
            justification: 'component_not_present',
          },
          { pointer: '/statements/1', vulnerability: 'CVE-2024-0001', products: ['pkg:npm/a@1'], status: 'fixed' },
        ],
      },
    })
  })

  test.each([
    [said({ vulnerability: 'CVE-1' }), ['CVE-1', ['pkg:npm/a@1'], 'fixed']],
    [said({ vulnerability: { '@id': 'https://example.org/CVE-1' } }), ['https://example.org/CVE-1', ['pkg:npm/a@1'], 'fixed']],
    [said({ products: ['pkg:npm/b@1', 'pkg:npm/b@1'] }), ['CVE-2024-0001', ['pkg:npm/b@1'], 'fixed']],
    [
      said({ products: [{ '@id': 'image', identifiers: { purl: 'pkg:oci/image@sha256%3Aab' } }] }),
      ['CVE-2024-0001', ['pkg:oci/image@sha256%3Aab'], 'fixed'],
    ],
    [
      said({ products: [{ '@id': 'image', subcomponents: [{ '@id': 'pkg:apk/a@1' }, 'pkg:apk/b@1'] }] }),
      ['CVE-2024-0001', ['pkg:apk/a@1', 'pkg:apk/b@1'], 'fixed'],
    ],
    [said({ products: undefined, status: 'under_investigation' }), ['CVE-2024-0001', [], 'under-investigation']],
    [said({ status: 'affected' }), ['CVE-2024-0001', ['pkg:npm/a@1'], 'affected']],
  ])('%j', (statement, expected) => {
    const [found] = read(openvex(statement)).facts.statements ?? []
    expect([found?.vulnerability, found?.products, found?.status]).toEqual(expected)
  })

  test.each([
    ['no statements', { '@context': 'https://openvex.dev/ns/v0.2.0' }, '/statements'],
    ['an unknown status', openvex(said(), said({ status: 'fine' })), '/statements/1/status'],
    ['no status', openvex(said({ status: undefined })), '/statements/0/status'],
    ['a status of every object', openvex(said({ status: 'constructor' })), '/statements/0/status'],
    ['no weakness', openvex(said({ vulnerability: {} })), '/statements/0/vulnerability'],
  ])('%s: refused', (_, document, at) =>
    expect(refusal(document)).toMatchObject({ code: 'evidence.openvex', at: `vex.json:${at}` }),
  )

  test('other JSON-LD is not taken for it', () => {
    expect(refusal({ '@context': 'https://openvex.dev/nsx', statements: [] }).code).toBe('evidence.format')
  })
})

const csaf = (product_status: object, rest: object = {}) => ({
  document: {
    category: 'csaf_vex',
    csaf_version: '2.0',
    tracking: { current_release_date: '2026-11-22T16:00:00Z', generator: { engine: { name: 'Secvisogram', version: '2.5' } } },
  },
  product_tree: {
    branches: [
      {
        branches: [
          { product: { product_id: 'P1', name: 'Shop 1', product_identification_helper: { purl: 'pkg:npm/shop@1' } } },
          { product: { product_id: 'P2', name: 'Shop 2' } },
        ],
      },
    ],
    full_product_names: [{ product_id: 'P3', name: 'Shop 3' }],
    relationships: [{ full_product_name: { product_id: 'P4', name: 'Shop 1 in Image 4' } }],
  },
  vulnerabilities: [{ cve: 'CVE-2024-0001', product_status, ...rest }],
})

describe('CSAF', () => {
  test('one claim for each list of products; ids stand for package URLs or names', () => {
    const evidence = read(
      csaf(
        {
          known_affected: ['P2', 'P9'],
          known_not_affected: ['P1'],
          fixed: ['P3'],
          under_investigation: ['P4'],
          recommended: ['P3'],
        },
        { flags: [{ label: 'component_not_present', product_ids: ['P1'] }] },
      ),
    )
    expect(evidence).toEqual({
      format: 'csaf-vex',
      made: { tool: 'Secvisogram', version: '2.5', at: '2026-11-22T16:00:00.000Z', commits: [] },
      facts: {
        statements: [
          {
            pointer: '/vulnerabilities/0/product_status/known_affected',
            vulnerability: 'CVE-2024-0001',
            products: ['Shop 2', 'P9'],
            status: 'affected',
          },
          {
            pointer: '/vulnerabilities/0/product_status/fixed',
            vulnerability: 'CVE-2024-0001',
            products: ['Shop 3'],
            status: 'fixed',
          },
          {
            pointer: '/vulnerabilities/0/product_status/known_not_affected',
            vulnerability: 'CVE-2024-0001',
            products: ['pkg:npm/shop@1'],
            status: 'not-affected',
            justification: 'component_not_present',
          },
          {
            pointer: '/vulnerabilities/0/product_status/under_investigation',
            vulnerability: 'CVE-2024-0001',
            products: ['Shop 1 in Image 4'],
            status: 'under-investigation',
          },
        ],
      },
    })
  })

  test('reasons that differ among the products are none', () => {
    const flags = [
      { label: 'component_not_present', product_ids: ['P1'] },
      { label: 'vulnerable_code_not_present', product_ids: ['P2'] },
    ]
    expect(read(csaf({ known_not_affected: ['P1', 'P2'] }, { flags })).facts.statements?.[0]).not.toHaveProperty('justification')
  })

  test('no weaknesses: no claims', () => {
    expect(read({ ...csaf({}), vulnerabilities: undefined }).facts.statements).toEqual([])
    expect(read(csaf({})).facts.statements).toEqual([])
  })

  test.each([
    ['another version', { ...csaf({}), document: { csaf_version: '3.0' } }, '/document/csaf_version'],
    ['vulnerabilities that are no list', { ...csaf({}), vulnerabilities: {} }, '/vulnerabilities'],
    ['one that is no object', { ...csaf({}), vulnerabilities: ['CVE-1'] }, '/vulnerabilities/0'],
    ['one without a name', csaf({}, { cve: undefined }), '/vulnerabilities/0/cve'],
  ])('%s: refused', (_, document, at) => expect(refusal(document)).toMatchObject({ code: 'evidence.csaf', at: `vex.json:${at}` }))
})

test('whatever is changed in a file, it is read or refused with one problem', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<object>(openvex(said(), said({ status: 'affected' })), csaf({ fixed: ['P1'], known_affected: ['P2'] })),
      mutations,
      (document, changes) => {
        const reading = readEvidence('vex.json', mutated(document, changes))
        if (!reading.ok) expect(reading.problems).toHaveLength(1)
      },
    ),
    { numRuns: 300 },
  )
})
