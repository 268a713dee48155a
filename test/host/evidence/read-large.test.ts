import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { readEvidence } from '../../../core/evidence/read.ts'
import { loadEvidence } from '../../../host/node/evidence/load.ts'
import { readLarge } from '../../../host/node/evidence/read-large.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'large-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const sarif = '../shared/corpus/evidence/sarif'

async function large(bytes: Uint8Array | string) {
  const file = path.join(folder, 'x.sarif')
  writeFileSync(file, bytes)
  return readLarge('x.sarif', file)
}

describe('a large log, read a chunk at a time', () => {
  test.skipIf(!existsSync(sarif))('says what the whole reading says of every real log', async () => {
    let read = 0
    for (const name of readdirSync(sarif)) {
      const bytes = readFileSync(path.join(sarif, name))
      const whole = readEvidence('x.sarif', bytes.toString('utf8'))
      const part = await large(bytes)
      if (!part) expect(whole.ok && whole.value.format === 'sarif', name).toBe(false)
      else {
        read++
        expect(part.reading, name).toEqual(whole)
        expect(part.digest).toBe(`sha256:${createHash('sha256').update(bytes).digest('hex')}`)
      }
    }
    expect(read).toBeGreaterThan(10)
  })

  test('says the same of logs that hold every member the reader asks for, in any shape', async () => {
    const odd = fc.constantFrom<unknown>(null, 1, '', [], {}, [null], [[]], 'CWE-7')
    const or = (of: fc.Arbitrary<unknown>) => fc.oneof({ weight: 8, arbitrary: of }, { weight: 1, arbitrary: odd })
    const some = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
      or(fc.record(Object.fromEntries(Object.entries(fields).map(([name, of]) => [name, or(of)])), { requiredKeys: [] }))
    const list = (of: fc.Arbitrary<unknown>) => or(fc.array(of, { maxLength: 3 }))
    const word = fc.constantFrom('R1', 'R2', 'R1/2', 'CWE', 'cwe-79', 'error', 'note', 'src/a%20b.ts', 'file:///c/d.ts', '79')
    const index = fc.constantFrom(0, 1, 2, -1, 1.5)
    const text = some({ text: word, markdown: word })
    const reference = some({ id: word, index, guid: word, toolComponent: some({ name: word, index, guid: word }) })
    const marks = some({ tags: list(word), cwe: word, cwes: list(word), other: odd })
    const place = some({
      physicalLocation: some({
        artifactLocation: some({ uri: word, index, uriBaseId: word }),
        region: some({ startLine: index, snippet: text }),
      }),
      message: text,
    })
    const rule = some({
      id: word,
      name: word,
      helpUri: fc.constant('https://cwe.mitre.org/data/definitions/79.html'),
      shortDescription: text,
      fullDescription: text,
      help: text,
      defaultConfiguration: some({ level: word, enabled: odd }),
      properties: marks,
      relationships: list(some({ target: reference, kinds: list(word) })),
    })
    const component = some({ name: word, version: word, semanticVersion: word, rules: list(rule), guid: word })
    const notice = some({ level: word, message: text, locations: list(place), exception: odd })
    const result = some({
      ruleId: word,
      ruleIndex: index,
      rule: reference,
      level: word,
      kind: fc.constantFrom('fail', 'open', 'pass', 'review'),
      baselineState: word,
      suppressions: list(some({ status: fc.constantFrom('accepted', 'rejected'), kind: word })),
      properties: marks,
      taxa: list(reference),
      locations: list(place),
      codeFlows: list(place),
      message: text,
    })
    const run = some({
      tool: fc.record({ driver: component, extensions: list(component) }),
      automationDetails: some({ id: word }),
      invocations: list(
        some({
          executionSuccessful: fc.boolean(),
          toolExecutionNotifications: list(notice),
          toolConfigurationNotifications: list(notice),
        }),
      ),
      externalPropertyFileReferences: some({ results: list(some({ location: odd })) }),
      versionControlProvenance: list(some({ revisionId: word, repositoryUri: word })),
      artifacts: list(some({ location: some({ uri: word, index }), length: index })),
      taxonomies: list(some({ name: word, taxa: list(reference) })),
      results: list(result),
      originalUriBaseIds: odd,
    })
    const log = fc.record({ version: fc.constantFrom('2.1.0', '2.0.0'), runs: list(run) })
    await fc.assert(
      fc.asyncProperty(log, async value => {
        const content = JSON.stringify(value)
        expect((await large(content))?.reading).toEqual(readEvidence('x.sarif', content))
      }),
      { numRuns: 300 },
    )
  })

  test.each([
    ['another format', '{"results":[]}'],
    ['a log that is cut off', '{"version":"2.1.0","runs":[{'],
    ['a member of another format at the top', '{"version":"2.1.0","runs":[],"matches":[]}'],
    ['another encoding', Buffer.from('\ufeff{"version":"2.1.0","runs":[]}', 'utf16le')],
    ['bytes that are no text', Buffer.from([...Buffer.from('{"version":"2.1.0","runs":["'), 0xc3, 0x28, 0x22, 0x5d, 0x7d])],
  ])('leaves %s to the whole reading', async (_what, content) => expect(await large(content)).toBeUndefined())

  test('a character that lies across two chunks is whole', async () => {
    for (const before of [0, 1, 2, 3]) {
      const head = '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"'
      const fill = 'x'.repeat(1024 * 1024 - head.length - before)
      const read = await large(`${head}${fill}\u{1f600}ä","rules":[]}},"results":[]}]}`)
      expect(read?.reading.ok && read.reading.value.facts.scan?.runs[0]?.tool.endsWith('x\u{1f600}ä')).toBe(true)
    }
  })

  test('an evidence folder with a large log in it says the same as with a small one, and of a broken one what is wrong', async () => {
    const log = {
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'T' } }, results: [{ ruleId: 'a', message: { text: 'x' } }] }],
    }
    const padding = { properties: { padding: 'y'.repeat(5 * 1024 * 1024) } }
    const inside = mkdtempSync(path.join(folder, 'evidence-'))
    writeFileSync(path.join(inside, 'sast.sarif'), JSON.stringify({ ...log, ...padding }))
    writeFileSync(path.join(inside, 'twice.sarif'), `${JSON.stringify({ ...log, ...padding })}]`)
    const { reports } = await loadEvidence(inside)
    expect(reports[0]?.reading).toEqual(readEvidence('sast.sarif', JSON.stringify(log)))
    expect(reports[1]?.reading).toMatchObject({ ok: false, problems: [{ code: 'json.syntax' }] })
  })
})
