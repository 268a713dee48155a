import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readEvidence } from '../../../core/evidence/read.ts'
import type { ScanFacts } from '../../../core/evidence/types.ts'
import { EMPTY_DESIGN } from '../../../core/model/change.ts'
import { pathOf } from '../../../core/model/parse.ts'
import type { Design } from '../../../core/model/types.ts'
import { folderOf } from '../../../core/model/write.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { builtinPacks } from '../../../packs/builtin.ts'
import { ID, TRANSFERS, UNDECIDED, withFields } from '../gate/transfers.ts'
import { validDesign } from '../model/designs.ts'
import { FULL } from '../model/samples.ts'
import { hostileDesign, lossLines, written } from './written.ts'

const schemaFile = path.resolve(import.meta.dirname, '../../../../shared/corpus/schemas/sarif/sarif-schema-2.1.0.json')

type Result = {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly kind?: string
  readonly level: string
  readonly message: { readonly text: string }
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly suppressions?: readonly { readonly justification: string; readonly status: string }[]
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string } }
    readonly logicalLocations: readonly { readonly name: string; readonly fullyQualifiedName: string; readonly kind: string }[]
  }[]
}
type Log = {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
      readonly results: readonly Result[]
    },
  ]
}

function logOf(design: Design): Log['runs'][0] {
  return (JSON.parse(written(design, 'sarif').text) as Log).runs[0]
}

function factsOf(design: Design): ScanFacts {
  const read = readEvidence('model.sarif', written(design, 'sarif').text)
  const scan = read.ok ? read.value.facts.scan : undefined
  if (!scan) throw new Error('our own reader does not read it')
  return scan
}

const fingerprints = (one: Result) => Object.values(one.partialFingerprints)[0] ?? ''
const of = (design: Design, id: string) => logOf(design).results.find(one => fingerprints(one) === id)

describe('the threat model as SARIF', () => {
  test('an empty design is a run without results', () => {
    const { text, losses } = written(EMPTY_DESIGN, 'sarif')
    expect((JSON.parse(text) as Log).runs[0]).toMatchObject({ tool: { driver: { name: 'Skeptic', rules: [] } }, results: [] })
    expect(losses).toEqual([])
  })

  test('a result for each threat and each finding that applies and is not told by a threat', () => {
    const findings = deriveFindings(UNDECIDED, builtinPacks.rules).findings.filter(one => one.applicability === 'applies')
    expect(logOf(UNDECIDED).results.map(fingerprints)).toEqual([
      ID.accepted,
      ID.disclosure,
      ID.tampering,
      ...findings.map(one => one.id),
    ])
    expect(factsOf(UNDECIDED).results.every(one => !one.suppressed || one.path?.startsWith('flows/'))).toBe(true)
  })

  test('a finding: its rule with its weaknesses, a level by attention and risk, places by id, name and file', () => {
    const [finding] = deriveFindings(UNDECIDED, builtinPacks.rules).findings.filter(one => one.attention === 'now')
    if (!finding) throw new Error('no finding')
    const { tool } = logOf(UNDECIDED)
    const result = of(UNDECIDED, finding.id)
    expect(tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe(finding.rule)
    expect(result?.locations[0]?.logicalLocations[0]).toMatchObject({ fullyQualifiedName: finding.subject })
    const facts = factsOf(UNDECIDED).results.find(one => one.rule === finding.rule)
    expect(facts?.cwe).toEqual([...finding.cwe].sort())
    const levels = new Set(logOf(UNDECIDED).results.map(one => one.level))
    expect([...levels].every(level => ['error', 'warning', 'note', 'none'].includes(level))).toBe(true)
    for (const one of deriveFindings(UNDECIDED, builtinPacks.rules).findings.filter(({ attention }) => attention === 'later'))
      expect(of(UNDECIDED, one.id)?.level ?? 'note').toBe('note')
  })

  test('every place is a file of the design folder', () => {
    const files = folderOf(TRANSFERS)
    for (const { locations } of logOf(TRANSFERS).results) {
      expect(files.has(locations[0]?.physicalLocation.artifactLocation.uri ?? '')).toBe(true)
      expect(locations[0]?.physicalLocation.artifactLocation.uriBaseId).toBe('DESIGN')
    }
    expect(of(TRANSFERS, ID.tampering)?.locations[0]).toMatchObject({
      physicalLocation: { artifactLocation: { uri: pathOf('elements', ID.api) } },
      logicalLocations: [
        { name: 'Transfer API', fullyQualifiedName: ID.api, kind: 'process' },
        { name: 'Submit transfer', fullyQualifiedName: ID.submit, kind: 'data flow' },
      ],
    })
  })

  test('what was judged not applicable is suppressed with its reason, and so is an accepted threat', () => {
    const suppressed = logOf(TRANSFERS).results.filter(one => one.suppressions)
    expect(suppressed.length).toBe(Object.keys(TRANSFERS.triage).length + 1)
    expect(suppressed.find(one => fingerprints(one).startsWith('N-'))?.suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification: 'Looked at in the design review of this test.' },
    ])
    expect(of(TRANSFERS, ID.accepted)?.suppressions?.[0]?.justification).toBe(
      'Accepted: The bank carries disputes up to 500 EUR.',
    )
    expect(factsOf(TRANSFERS).results.filter(one => one.suppressed)).toHaveLength(suppressed.length)
  })

  test('a threat counts as answered when every mitigation is done, and not when one is planned', () => {
    expect(of(TRANSFERS, ID.tampering)).toMatchObject({ ruleId: 'skeptic/threat', level: 'error' })
    const done = withFields(TRANSFERS, 'mitigations', ID.ownership, { status: 'implemented' })
    expect(of(done, ID.tampering)).toMatchObject({ kind: 'pass', level: 'none' })
    expect(of({ ...TRANSFERS, mitigations: {} }, ID.tampering)?.message.text).toMatch(/Nobody has answered this threat\.$/)
    expect(of(withFields(TRANSFERS, 'threats', ID.disclosure, { likelihood: undefined }), ID.disclosure)?.level).toBe('warning')
  })

  test('no link or placeholder of the design does anything in a message', () => {
    const odd = withFields(TRANSFERS, 'threats', ID.tampering, { statement: 'See [this](https://x.example).' })
    expect(of(odd, ID.tampering)?.message.text).not.toMatch(/\]\(/)
  })

  test.skipIf(!existsSync(schemaFile))('whatever a design says, it obeys the schema and our own reader reads it', () => {
    // draft 04 differs from 07 here only in how it names itself
    const {
      id: _id,
      $schema: _schema,
      ...schema
    } = JSON.parse(readFileSync(schemaFile, 'utf8')) as Readonly<Record<string, unknown>>
    const ajv = new Ajv({ strict: false, formats: FORMATS })
    const validate = ajv.compile(schema)
    fc.assert(
      fc.property(fc.oneof(hostileDesign, validDesign), design => {
        const { text } = written(design, 'sarif')
        expect(validate(JSON.parse(text)), ajv.errorsText(validate.errors)).toBe(true)
        expect(factsOf(design).results).toHaveLength(logOf(design).results.length)
        expect(written(structuredClone(design), 'sarif').text).toBe(text)
      }),
      { numRuns: 40 },
    )
    expect(validate({ version: '2.1.0', runs: [{}] })).toBe(false)
    expect(validate({ version: '2.1.0', $schema: 'a b', runs: [] })).toBe(false)
  })

  test('says what it leaves out', () => {
    expect(lossLines(written(FULL, 'sarif').losses)).toMatchInlineSnapshot(`
      [
        "settings/purpose: Purpose of 1 setting",
        "settings/glossary: Glossary of 1 setting",
        "elements: All but id and name of 3 drawn things",
        "policy: 1 policy",
        "requirements: 1 requirement",
        "assumptions: 1 assumption",
        "data: 1 data asset",
        "exclusions: 1 excluded framework entry",
        "workItems: 1 work item",
        "diagrams: 1 diagram",
        "layout: 1 drawn place",
        "comments: 1 comment",
        "suggestions: 1 suggestion",
        "triage: 1 triage decision",
        "triage/by: Who decided of 1 triage decision",
        "triage/at: When it was decided of 1 triage decision",
        "threats/likelihood: Likelihood of 1 threat",
        "threats/impactScale: Impact of 1 threat",
        "threats/provenance: Provenance of 1 threat",
        "mitigations/control: Control of 1 mitigation",
        "mitigations/owner: Owner of 1 mitigation",
        "mitigations/checks: Own checks of 1 mitigation",
        "mitigations/provenance: Provenance of 1 mitigation",
        "acceptances/owner: Owner of 1 acceptance",
        "acceptances/approver: Who approved of 1 acceptance",
        "acceptances/expires: Until when of 1 acceptance",
        "acceptances/provenance: Provenance of 1 acceptance",
      ]
    `)
  })
})

/** The formats that the schema names, after their RFCs. */
const FORMATS = {
  uri: /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/i,
  'uri-reference': /^[^\s<>"{}|\\^`]*$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
}
