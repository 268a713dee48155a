import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv, type AnySchema, type ValidateFunction } from 'ajv'

const folder = path.resolve(import.meta.dirname, '../../../schemas/cyclonedx')
const made = new Map<string, ValidateFunction>()

/** The published schema under Ajv, with uniqueItems as Ajv does it; of the formats, only the one that decides between two forms. */
export function ajvOf(version: string): ValidateFunction {
  const known = made.get(version)
  if (known) return known
  const load = (name: string) => JSON.parse(readFileSync(path.join(folder, `${name}.schema.json`), 'utf8')) as AnySchema
  const ajv = new Ajv({ strict: false, logger: false, formats: { uri: /^[a-z][a-z0-9+.-]*:\S*$/i } })
  for (const format of ['date-time', 'email', 'idn-email', 'iri-reference', 'iri', 'uri-reference', 'date'])
    ajv.addFormat(format, true)
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs']) ajv.addSchema(load(name))
  const validate = ajv.compile(load(`bom-${version}`))
  made.set(version, validate)
  return validate
}

const SHA = 'a'.repeat(64)

/** A bill of materials with something of most kinds that all four versions have. */
export function richBom(version: string): object {
  return {
    bomFormat: 'CycloneDX',
    specVersion: version,
    serialNumber: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79',
    version: 1,
    metadata: {
      timestamp: '2026-11-22T16:00:00Z',
      tools: [{ vendor: 'Example', name: 'lister', version: '2.0' }],
      authors: [{ name: 'Somebody', email: 'somebody@example.org' }],
      component: { 'bom-ref': 'root', type: 'application', name: 'shop', version: '1.0.0' },
    },
    components: [
      {
        'bom-ref': 'pkg:npm/%40scope/a@1.0.0',
        type: 'library',
        group: '@scope',
        name: 'a',
        version: '1.0.0',
        purl: 'pkg:npm/%40scope/a@1.0.0',
        scope: 'required',
        hashes: [{ alg: 'SHA-256', content: SHA }],
        licenses: [{ license: { id: 'MIT' } }, { license: { name: 'Own', url: 'https://example.org/own' } }],
        externalReferences: [{ type: 'vcs', url: 'https://example.org/a.git', hashes: [{ alg: 'SHA-256', content: SHA }] }],
        components: [{ type: 'file', name: 'inner.js' }],
        properties: [{ name: 'k', value: 'v' }],
      },
      {
        'bom-ref': 'b',
        type: 'library',
        name: 'b',
        version: '2.0.0',
        purl: 'pkg:npm/b@2.0.0',
        licenses: [{ expression: 'MIT OR Apache-2.0' }],
        pedigree: { commits: [{ uid: '123', url: 'https://example.org/123' }], patches: [{ type: 'backport' }] },
      },
    ],
    services: [
      { 'bom-ref': 's', name: 'api', endpoints: ['https://example.org/api'], data: [{ flow: 'inbound', classification: 'PII' }] },
    ],
    dependencies: [{ ref: 'root', dependsOn: ['pkg:npm/%40scope/a@1.0.0', 'b'] }, { ref: 'b' }],
    compositions: [{ aggregate: 'complete', assemblies: ['root'], dependencies: ['root'] }],
    vulnerabilities: [
      {
        id: 'CVE-2024-0001',
        source: { name: 'NVD', url: 'https://example.org/CVE-2024-0001' },
        references: [{ id: 'GHSA-xxxx-yyyy-zzzz', source: { name: 'GitHub' } }],
        ratings: [{ score: 9.8, severity: 'critical', method: 'CVSSv31' }, { severity: 'high' }],
        cwes: [79, 80],
        affects: [{ ref: 'b', versions: [{ version: '2.0.0', status: 'affected' }] }],
        analysis: { state: 'not_affected', justification: 'code_not_reachable', response: ['update'], detail: 'Never called.' },
      },
    ],
  }
}
