import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeExpression } from '../../../core/verdict/sentences.ts'
import type { DastMatcher } from '../../../schemas/generated/types.ts'
import { checkOf, itemOf, judge, outcome, SIGNED, STALE, sarif, UNBOUND } from './scenes.ts'

const asks = (rest: Partial<DastMatcher> = {}) =>
  checkOf({ dast: { from: { slot: 'zap' }, max: 0, reached: ['http://shop.test:8080/*'], ...rest } })
const ALERT = { pluginid: '40018', name: 'SQL Injection', riskcode: '3', confidence: '2', cweid: '89' }
const SITE = 'http://shop.test:8080'
const alert = (rest: object = {}, uri = `${SITE}/login`) => ({ ...ALERT, instances: [{ uri }], ...rest })
const zap = (alerts: readonly object[], name = SITE) =>
  JSON.stringify({ '@version': '2.16.1', site: [{ '@name': name, alerts }] })
const item = (text: string, rest = {}) => itemOf('zap.json', text, rest)
const second = (text: string, rest = {}) => itemOf('b.json', text, { slot: 'zap', ...rest })
const clean = zap([])
const dirty = zap([alert()])
const elsewhere = alert({}, 'http://cdn.test/a.js')

describe('alerts of the running program', () => {
  test.each([
    ['no evidence', asks(), [], 'missing'],
    ['reached, and nothing found', asks(), [item(clean)], 'pass'],
    ['something found', asks(), [item(dirty)], 'fail'],
    ['as many as allowed', asks({ max: 1 }), [item(dirty)], 'pass'],
    ['no site at all', asks(), [item('{"@version":"2","site":[]}')], 'nothing-examined'],
    ['another site', asks(), [item(zap([], 'http://cdn.test'))], 'nothing-examined'],
    ['one of two addresses not reached', asks({ reached: [`${SITE}/*`, `${SITE}/admin*`] }), [item(clean)], 'nothing-examined'],
    ['an address reached by an alert', asks({ reached: [`${SITE}/log*`], where: { risk: ['low'] } }), [item(dirty)], 'pass'],
    ['of another risk', asks({ where: { risk: ['medium', 'low'] } }), [item(dirty)], 'pass'],
    ['of the risk', asks({ where: { risk: ['high'] } }), [item(dirty)], 'fail'],
    ['of no readable risk', asks({ where: { risk: ['high'] } }), [item(zap([alert({ riskcode: '?' })]))], 'fail'],
    ['of another weakness', asks({ where: { cwe: ['CWE-79'] } }), [item(dirty)], 'pass'],
    ['of the weakness', asks({ where: { cwe: ['CWE-89'] } }), [item(dirty)], 'fail'],
    ['by id', asks({ where: { alert: ['4001*'] } }), [item(dirty)], 'fail'],
    ['by name', asks({ where: { alert: ['SQL*'] } }), [item(dirty)], 'fail'],
    ['by another name', asks({ where: { alert: ['XSS*'] } }), [item(dirty)], 'pass'],
    ['at another host', asks(), [item(zap([elsewhere]))], 'pass'],
    [
      'at another host among others',
      asks(),
      [item(zap([alert({ instances: [{ uri: 'http://cdn.test/' }, { uri: `${SITE}/` }] })]))],
      'fail',
    ],
    ['at another port and path of the host', asks(), [item(zap([alert({}, 'https://shop.test/admin')]))], 'fail'],
    ['at no address', asks(), [item(zap([alert({ instances: [] })]))], 'fail'],
    ['at another host, when every host is asked about', asks({ reached: ['*shop*'] }), [item(zap([elsewhere]))], 'fail'],
    ['a false positive', asks(), [item(zap([alert({ confidence: '0' })]))], 'contradictory'],
    ['a false positive, of which one may be', asks({ max: 1 }), [item(zap([alert({ confidence: '0' })]))], 'pass'],
    ['found in one report, not in another that reached the same', asks(), [item(dirty), second(clean)], 'contradictory'],
    ['found in one report, the other reached something else', asks(), [item(dirty), second(zap([], 'http://cdn.test'))], 'fail'],
    ['the same alert in two reports is one', asks({ max: 1 }), [item(dirty), second(zap([alert({}, `${SITE}/b`)]))], 'pass'],
    ['two alerts in two reports', asks({ max: 1 }), [item(dirty), second(zap([alert({ pluginid: '1' })]))], 'fail'],
    ['ended as such scanners do that found something', asks({ max: 1 }), [item(dirty, { exitCode: 2 })], 'pass'],
    ['ended badly', asks({ max: 1 }), [item(dirty, { exitCode: 3 })], 'tool-failed'],
    ['ended as if it had found something', asks(), [item(clean, { exitCode: 1 })], 'tool-failed'],
    ['cut off', asks(), [item('<OWASPZAPReport>')], 'unreadable'],
    ['a scanner of code in the slot', asks(), [item(sarif({ results: [] }))], 'missing'],
    ['unbound', asks(), [item(clean, UNBOUND)], 'unbound'],
    ['unbound, and something found', asks(), [item(dirty, UNBOUND)], 'fail'],
    ['of another commit', asks(), [item(dirty, STALE)], 'stale-commit'],
    ['the tool, as the report names it', asks({ from: { slot: 'zap', tool: 'zap' } }), [item(clean)], 'pass'],
    ['another tool', asks({ from: { slot: 'zap', tool: 'Burp' } }), [item(clean)], 'missing'],
    ['self-reported where a signature is asked', { ...asks(), allowSelfReported: false }, [item(clean)], 'self-reported'],
    ['signed where a signature is asked', { ...asks(), allowSelfReported: false }, [item(clean, SIGNED)], 'pass'],
  ])('%s', (_name, check, evidence, expected) => expect(outcome(judge(check, evidence))).toBe(expected))
  test('too old', () => expect(outcome(judge(asks(), [item(clean)], { maxAgeDays: 7 }))).toBe('stale-time'))
})

test('says what was reached, found and left out', () => {
  expect(judge(asks(), [item(dirty)])).toMatchObject({
    sentence: 'One alert: SQL Injection at http://shop.test:8080/login; at most 0 may be.',
    evidence: [{ pointer: '/site/0/alerts/0' }],
  })
  expect(judge(asks(), [item(zap([elsewhere]))]).sentence).toBe(
    'The scanner reached http://shop.test:8080, http://cdn.test/a.js and reports nothing of this kind. 1 alert at other hosts is left out.',
  )
  expect(describeExpression(asks({ where: { risk: ['high'], cwe: ['CWE-89'] } }).verify ?? {})).toBe(
    'No alerts of risk high for CWE-89, from a scanner of the running program that is shown to have reached "http://shop.test:8080/*", in evidence "zap".',
  )
})

test('another alert never turns a fail into a pass, and what reached nothing never passes', () => {
  const alerts = fc.array(
    fc.record({
      riskcode: fc.constantFrom('0', '3', 'x'),
      confidence: fc.constantFrom('0', '2'),
      pluginid: fc.constantFrom('1', '2'),
    }),
    { maxLength: 3 },
  )
  const check = asks({ max: 1, where: { risk: ['high'] } })
  fc.assert(
    fc.property(alerts, alerts, fc.constantFrom(SITE, 'http://cdn.test'), (some, more, site) => {
      const of = (list: readonly object[]) =>
        judge(check, [
          item(
            zap(
              list.map(one => alert(one)),
              site,
            ),
          ),
        ]).verdict
      if (of(some) === 'fail') expect(of([...some, ...more])).toBe('fail')
      if (some.length === 0 && site !== SITE) expect(of(some)).not.toBe('pass')
    }),
  )
})
