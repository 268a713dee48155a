import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EvidenceItem } from '../../../core/evidence/types.ts'
import { canonicalJson } from '../../../core/model/canonical.ts'
import { allOf, anyOf, type Judgement, open, proven, refuted } from '../../../core/verdict/judgement.ts'
import type { Expression } from '../../../schemas/generated/types.ts'
import { checkOf, hit, itemOf, judge, junit, recordOf, SIGNED, STALE, sarif, testcase, UNBOUND } from './scenes.ts'

const judgement = fc.constantFrom<Judgement>(proven('p'), refuted('f'), open('missing', 'm'), open('flaky', 'l'))
const several = fc.array(judgement, { minLength: 1, maxLength: 6 })
const verdict = (one: Judgement) => one.verdict

describe('all and any', () => {
  test('do not depend on the order', () => {
    fc.assert(
      fc.property(several, fc.infiniteStream(fc.nat()), (parts, keys) => {
        const shuffled = parts
          .map(part => [keys.next().value, part] as const)
          .sort(([a], [b]) => a - b)
          .map(([, part]) => part)
        expect(verdict(allOf(shuffled))).toBe(verdict(allOf(parts)))
        expect(verdict(anyOf(shuffled))).toBe(verdict(anyOf(parts)))
      }),
    )
  })
  test('are the minimum and the maximum: grouping changes nothing, and all never exceeds any', () => {
    const order = ['fail', 'inconclusive', 'pass']
    fc.assert(
      fc.property(several, several, (a, b) => {
        expect(verdict(allOf([allOf(a), allOf(b)]))).toBe(verdict(allOf([...a, ...b])))
        expect(verdict(anyOf([anyOf(a), anyOf(b)]))).toBe(verdict(anyOf([...a, ...b])))
        expect(order.indexOf(verdict(allOf(a)))).toBeLessThanOrEqual(order.indexOf(verdict(anyOf(a))))
        expect(verdict(allOf([...a, ...a]))).toBe(verdict(allOf(a)))
      }),
    )
  })
})

const status = fc.constantFrom('', '<failure/>', '<error/>', '<skipped/>', '<flakyFailure/>')
const name = fc.constantFrom('denies a', 'denies b', 'adds')
const cases = fc.array(fc.tuple(name, status), { maxLength: 5 })
const junitText = cases.map(list => junit(list.map(([test, body]) => testcase(test, body)).join('')))
const sarifText = fc
  .record({
    results: fc.oneof(
      fc.constant(undefined),
      fc.array(fc.constantFrom(hit(), hit({ level: 'note' }), hit({ suppressions: [{ kind: 'inSource' }] })), { maxLength: 3 }),
    ),
    rules: fc.constantFrom(undefined, []),
    executionSuccessful: fc.boolean(),
  })
  .map(({ results, rules, executionSuccessful }) =>
    sarif({ results, ...(rules ? { rules } : {}), rest: { invocations: [{ executionSuccessful }] } }),
  )
const line = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.nat(1)).map(([at, hits]) => `DA:${at},${hits}\n`)
const lcovText = fc.array(line, { maxLength: 3 }).map(lines => `SF:a.ts\n${lines.join('')}end_of_record\n`)
const statsText = fc
  .tuple(fc.nat(1), fc.nat(1), fc.nat(1))
  .map(
    ([runs, edges, crashes]) =>
      `start_time: 1\nrun_time: 9\nexecs_done: ${runs}\nsaved_crashes: ${crashes}\nsaved_hangs: 0\nedges_found: ${edges}\ncommand_line: a`,
  )
const zapText = fc
  .tuple(fc.constantFrom('http://a', 'http://b'), fc.array(fc.constantFrom('0', '3'), { maxLength: 2 }))
  .map(([site, risks]) =>
    JSON.stringify({ '@version': '2', site: [{ '@name': site, alerts: risks.map(riskcode => ({ riskcode, pluginid: '1' })) }] }),
  )
const text = fc.oneof(junitText, sarifText, lcovText, statsText, zapText, fc.constant('{'), fc.constant(sarif()))
const items = (state: fc.Arbitrary<Partial<EvidenceItem>>) =>
  fc
    .array(fc.tuple(text, state, fc.constantFrom(0, 1, 2), fc.boolean()), { maxLength: 4 })
    .map(list =>
      list.map(([content, rest, exitCode, without], index) =>
        itemOf(`e${index}.x`, content, { slot: 'e', exitCode, ...(without ? { without: 'a.ts' } : {}), ...rest }),
      ),
    )

const asks = fc.constantFrom<Expression>(
  { tests: { from: { slot: 'e' }, match: ['authz::denies*'], min: 1 } },
  { tests: { from: { slot: 'e' }, match: ['*'], min: 2, allowFlaky: true } },
  { tests: { from: { slot: 'e' }, match: ['*'], min: 1, failsWithout: 'a.ts' } },
  { coverage: { from: { slot: 'e' }, paths: ['a.ts'], minPercent: 50 } },
  { fuzz: { from: { slot: 'e' }, minExecutions: 1, minSeconds: 1 } },
  { dast: { from: { slot: 'e' }, max: 0, reached: ['http://a*'], where: { risk: ['high'] } } },
  { findings: { from: { slot: 'e' }, max: 0 } },
  { findings: { from: { slot: 'e' }, max: 1, where: { cwe: ['CWE-89'], level: ['error'] } } },
)

describe('evidence', () => {
  test('that is not bound never passes', () => {
    fc.assert(
      fc.property(asks, items(fc.constantFrom(UNBOUND, STALE)), (verify, evidence) => {
        expect(judge(checkOf(verify), evidence).verdict).not.toBe('pass')
      }),
      { numRuns: 300 },
    )
  })
  test('that nobody signed never passes where a signature is asked', () => {
    fc.assert(
      fc.property(asks, items(fc.constant({})), (verify, evidence) => {
        expect(judge(checkOf(verify, { allowSelfReported: false }), evidence).verdict).not.toBe('pass')
      }),
      { numRuns: 300 },
    )
  })
  test('in any order gives the same record', () => {
    fc.assert(
      fc.property(asks, items(fc.constantFrom({}, UNBOUND, STALE, SIGNED)), (verify, evidence) => {
        const check = checkOf(verify)
        expect(canonicalJson(recordOf([check], [...evidence].reverse()))).toBe(canonicalJson(recordOf([check], evidence)))
      }),
      { numRuns: 300 },
    )
  })
  test('that cannot be read, added to any other, never leaves a pass', () => {
    fc.assert(
      fc.property(asks, items(fc.constantFrom({}, SIGNED)), (verify, evidence) => {
        expect(judge(checkOf(verify), [...evidence, itemOf('z.x', '{', { slot: 'e' })]).verdict).not.toBe('pass')
      }),
      { numRuns: 300 },
    )
  })
  test('against a check, added to any other, never leaves a pass', () => {
    const bad: readonly [Expression, string][] = [
      [{ tests: { from: { slot: 'e' }, match: ['authz::denies*'], min: 1 } }, junit(testcase('denies a', '<failure/>'))],
      [{ findings: { from: { slot: 'e' }, max: 0 } }, sarif({ results: [hit()] })],
    ]
    fc.assert(
      fc.property(fc.constantFrom(...bad), items(fc.constantFrom({}, UNBOUND)), ([verify, content], evidence) => {
        expect(judge(checkOf(verify), [...evidence, itemOf('z.x', content, { slot: 'e' })]).verdict).not.toBe('pass')
      }),
      { numRuns: 300 },
    )
  })
  test('cut off anywhere never passes', () => {
    const whole: readonly [Expression, string][] = [
      [{ tests: { from: { slot: 'e' }, match: ['authz::*'], min: 1 } }, junit([1, 2, 3, 4].map(n => testcase(`t${n}`)).join(''))],
      [
        { findings: { from: { slot: 'e' }, max: 0 } },
        sarif({ results: [], rest: { artifacts: [{ location: { uri: 'a.ts' } }] } }),
      ],
    ]
    for (const [verify, content] of whole) {
      expect(judge(checkOf(verify), [itemOf('e.x', content)]).verdict).toBe('pass')
      for (let length = 0; length < content.length; length++)
        expect(judge(checkOf(verify), [itemOf('e.x', content.slice(0, length))]).verdict).toBe('inconclusive')
    }
  })
})
