import { describe, expect, test } from 'vitest'
import { evidenceIn, factsOf, problemOf } from './facts-of.ts'

const ALERT = {
  pluginid: '10020',
  name: 'No header',
  riskcode: '2',
  confidence: '3',
  cweid: '1021',
  instances: [{ uri: 'http://a/x' }],
}
const json = (site: unknown, rest: object = {}) =>
  JSON.stringify({ '@version': '2.16.1', '@generated': 'Fr., 30 Sep. 2022 08:40:35', ...rest, site })
const site = (alerts: readonly object[], name = 'http://a') => ({ '@name': name, '@host': 'a', alerts })
const xml = (sites: string, attributes = '') =>
  `<?xml version="1.0"?><OWASPZAPReport version="2.9.0" generated="Tue, 12 May 2020 20:57:30" ${attributes}>${sites}</OWASPZAPReport>`
const item = (fields: object, rest = '') =>
  `<alertitem>${Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}${rest}</alertitem>`

describe('ZAP', () => {
  const expected = { id: '10020', name: 'No header', risk: 'medium', cwe: ['CWE-1021'], at: ['http://a/x'], falsePositive: false }
  test('JSON: numbers are strings, the date has no zone', () => {
    expect(evidenceIn(json([site([ALERT])]))).toEqual({
      format: 'zap',
      made: { tool: 'ZAP', version: '2.16.1', commits: [] },
      facts: {
        dast: { reached: ['http://a', 'http://a/x'], alerts: [{ pointer: '/site/0/alerts/0', ...expected }], oddities: [] },
      },
    })
  })
  test('XML says the same', () => {
    const { instances: _, ...fields } = ALERT
    const text = xml(
      `<site name="http://a"><alerts>${item(fields, '<instances><instance><uri>http://a/x</uri><responsebody>&lt;name&gt;<![CDATA[<alertitem>]]></responsebody></instance></instances>')}</alerts></site>`,
    )
    expect(evidenceIn(text)).toEqual({
      format: 'zap',
      made: { tool: 'ZAP', version: '2.9.0', commits: [] },
      facts: {
        dast: {
          reached: ['http://a', 'http://a/x'],
          alerts: [{ pointer: '/OWASPZAPReport/site[1]/alerts/alertitem[1]', ...expected }],
          oddities: [],
        },
      },
    })
  })
  test('newer versions also give an instant and their name', () => {
    const rest = { created: '2025-06-22T04:04:14.5Z', '@programName': 'ZAP by X' }
    expect(evidenceIn(json([], rest)).made).toMatchObject({ tool: 'ZAP by X', at: '2025-06-22T04:04:14.500Z' })
    expect(evidenceIn(xml('', 'created="2025-06-22T04:04:14Z"')).made.at).toBe('2025-06-22T04:04:14.000Z')
  })
  test('an empty list of sites means that nothing was reached', () => {
    for (const text of [json([]), json(null), xml('')]) expect(factsOf('dast', text).reached).toEqual([])
  })
  test('one site that is no list', () => expect(factsOf('dast', json(site([ALERT]))).alerts[0]?.pointer).toBe('/site/alerts/0'))
  test('an alert without instances, and one with its address in itself', () => {
    expect(factsOf('dast', json([site([{ ...ALERT, instances: undefined }])])).alerts[0]?.at).toEqual([])
    const text = xml(`<site name="http://a"><alerts>${item({ pluginid: '1', riskcode: '0', uri: 'http://a/y' })}</alerts></site>`)
    expect(factsOf('dast', text).alerts[0]).toMatchObject({ risk: 'informational', at: ['http://a/y'], name: '' })
  })
  test.each([
    ['0', 'informational', 0],
    ['1', 'low', 0],
    ['3', 'high', 0],
    [3, 'high', 0],
    ['4', 'high', 1],
    ['-1', 'high', 1],
    ['Medium', 'high', 1],
    [undefined, 'high', 1],
    ['1.0', 'high', 1],
  ])('risk code %s is %s', (riskcode, risk, odd) => {
    const { alerts, oddities } = factsOf('dast', json([site([{ ...ALERT, riskcode }])]))
    expect([alerts[0]?.risk, oddities.length]).toEqual([risk, odd])
  })
  test.each([
    ['-1', []],
    ['0', []],
    ['', []],
    [undefined, []],
    [79, ['CWE-79']],
  ])('cweid %s', (cweid, cwe) => expect(factsOf('dast', json([site([{ ...ALERT, cweid }])])).alerts[0]?.cwe).toEqual(cwe))
  test('confidence 0 is a false positive', () => {
    const mark = (confidence: unknown) => factsOf('dast', json([site([{ ...ALERT, confidence }])])).alerts[0]?.falsePositive
    expect([mark('0'), mark(0), mark('1'), mark(undefined)]).toEqual([true, true, false, false])
  })
  test('cut off or with entities of its own it is refused', () => {
    expect(problemOf(xml('<site>'))?.code).toBe('evidence.xml')
    expect(problemOf('<!DOCTYPE a [<!ENTITY b "c">]><OWASPZAPReport/>')?.code).toBe('evidence.doctype')
    expect(problemOf('{"site":[]}')?.code).toBe('evidence.format')
  })
})
