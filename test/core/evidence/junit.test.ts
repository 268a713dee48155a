import { describe, expect, test } from 'vitest'
import { readEvidence } from '../../../core/evidence/read.ts'
import type { TestFacts } from '../../../core/evidence/types.ts'
import { walkXml } from '../../../core/evidence/xml.ts'

function tested(xml: string): TestFacts {
  const read = readEvidence('x.xml', xml)
  if (!read.ok) throw new Error(read.problems[0].message)
  if (!read.value.facts.tests) throw new Error('not JUnit')
  return read.value.facts.tests
}

const statuses = (xml: string) => tested(xml).cases.map(({ status }) => status)
const suite = (body: string, attributes = '') => `<testsuite name="s" ${attributes}>${body}</testsuite>`

describe('roots and nesting', () => {
  test('nothing at all', () => expect(tested('<testsuites/>')).toEqual({ cases: [], disagreements: [], oddities: [] }))
  test('both roots, nested suites, pointers counted from 1', () => {
    const xml = `<testsuites>${suite('<testcase classname="c" name="a"/>')}<testsuite><testsuite><testcase name="b"/></testsuite><testcase classname="c" name="d"/></testsuite></testsuites>`
    expect(tested(xml).cases.map(({ pointer, id }) => [pointer, id])).toEqual([
      ['/testsuites/testsuite[1]/testcase[1]', 'c::a'],
      ['/testsuites/testsuite[2]/testsuite[1]/testcase[1]', 'b'],
      ['/testsuites/testsuite[2]/testcase[1]', 'c::d'],
    ])
    expect(tested('<testsuite><testcase name="a"/></testsuite>').cases[0]?.pointer).toBe('/testsuite/testcase[1]')
  })
  test('a test outside a suite is none', () => {
    expect(tested('<testsuites><properties><testcase name="a"/></properties></testsuites>').cases).toEqual([])
  })
})

describe('status of a test', () => {
  test.each([
    ['', 'passed'],
    ['<failure/>', 'failed'],
    ['<error message="x">text</error>', 'error'],
    ['<skipped/>', 'skipped'],
    ['<flakyFailure/>', 'flaky'],
    ['<flakyError/>', 'flaky'],
    ['<rerun/>', 'flaky'],
    ['<rerunFailure/><failure/>', 'failed'],
    ['<skipped/><failure/><error/>', 'error'],
    ['<error/><failure/><skipped/><rerun/>', 'error'],
    ['<system-out><failure/></system-out>', 'passed'],
    ['<system-out><![CDATA[<failure/>]]></system-out>', 'passed'],
    ['<constructor/><toString/>', 'passed'],
  ])('%s', (body, status) => {
    expect(statuses(suite(`<testcase name="a">${body}</testcase>`))).toEqual([status])
  })
  test.each([
    ['status="notrun"', 'skipped'],
    ['status="disabled"', 'skipped'],
    ['result="suppressed"', 'skipped'],
    ['status="run" result="completed"', 'passed'],
  ])('said in attributes: %s', (attributes, status) => {
    expect(statuses(suite(`<testcase name="a" ${attributes}/>`))).toEqual([status])
  })
})

describe('totals against elements', () => {
  const disagreements = (xml: string) => tested(xml).disagreements.map(({ text }) => text)
  const one = '<testcase name="a"/>'
  const bad = '<testcase name="b"><failure/></testcase>'
  const skip = '<testcase name="c"><skipped/></testcase>'
  test.each([
    ['agree', suite(one + bad + skip, 'tests="3" failures="1" errors="0" skipped="1"'), []],
    ['missing totals say nothing', suite(one), []],
    ['no numbers say nothing', suite(one, 'tests="" failures="x"'), []],
    ['too many tests declared', suite(one, 'tests="6"'), ['suite "s" declares 6 tests and holds 1']],
    ['too few', suite(one + bad, 'tests="1"'), ['suite "s" declares 1 tests and holds 2']],
    ['failures that are not there', suite(one, 'tests="1" failures="1"'), ['suite "s" declares 1 failed tests and holds 0']],
    ['failures that are hidden', suite(bad, 'tests="1" failures="0"'), ['suite "s" declares 0 failed tests and holds 1']],
    ['skipped that are not there', suite(one, 'skipped="2"'), ['suite "s" declares 2 skipped tests and holds 0']],
    [
      'failures and errors counted together',
      suite('<testcase name="a"><error/></testcase>', 'tests="1" failures="1" errors="0"'),
      [],
    ],
    [
      'several results in one test',
      suite('<testcase name="a"><failure/><error/></testcase>', 'tests="1" failures="1" errors="1"'),
      [],
    ],
    ['own tests only', `<testsuite name="s" tests="1">${one}${suite(one, 'tests="1"')}</testsuite>`, []],
    ['all tests below', `<testsuite name="s" tests="2">${one}${suite(one, 'tests="1"')}</testsuite>`, []],
    ['disabled that are not there', suite(one, 'disabled="1"'), ['suite "s" declares 1 disabled tests and holds 0']],
    ['disabled, said in an attribute', suite('<testcase name="a" status="notrun"/>', 'tests="1" disabled="1" skipped="0"'), []],
    [
      'reruns counted as tests',
      suite('<testcase name="a"><flakyFailure/></testcase>', 'tests="2"'),
      ['suite "s" declares 2 tests and holds 1'],
    ],
    ['at the root', `<testsuites tests="9">${suite(one)}</testsuites>`, ['the report declares 9 tests and holds 1']],
    ['a failure outside any test', suite(`${one}<error/>`), ['reports an error outside any test']],
  ])('%s', (_name, xml, expected) => {
    expect(disagreements(xml)).toEqual(expected)
  })
})

describe('what runners do', () => {
  test('the same name twice stays two tests, each with its own status', () => {
    expect(statuses(suite('<testcase name="a"/><testcase name="a"><failure/></testcase>'))).toEqual(['passed', 'failed'])
  })
  test('a scanner that writes findings as tests: none found is no test at all', () => {
    expect(tested('<testsuites><testsuite name="gitleaks" tests="0" failures="0"/></testsuites>')).toEqual({
      cases: [],
      disagreements: [],
      oddities: [],
    })
  })
  const madeAt = (xml: string) => {
    const read = readEvidence('x.xml', xml)
    return read.ok ? read.value.made.at : read
  }
  test('the latest stamp that names its zone says when', () => {
    const stamped = (at: string) => `<testsuite timestamp="${at}"/>`
    expect(madeAt(`<testsuites>${stamped('2026-01-01T12:00:00+02:00')}${stamped('2026-01-01T09:00:00Z')}</testsuites>`)).toBe(
      '2026-01-01T10:00:00.000Z',
    )
    expect(madeAt(stamped('2026-01-01T12:00:00'))).toBeUndefined()
    expect(madeAt(stamped('2026-13-41T12:00:00Z'))).toBeUndefined()
  })
  test('a huge attribute is read, a huge name of a test refused with its place', () => {
    const huge = 'x'.repeat(1_000_001)
    expect(statuses(suite(`<testcase name="a" file="${huge}"/>`, `hostname="${huge}"`))).toEqual(['passed'])
    const read = readEvidence('x.xml', suite(`\n<testcase name="${huge}"/>`))
    expect(read.ok ? '' : read.problems[0]).toMatchObject({ code: 'evidence.limit', at: expect.stringMatching(/^x\.xml:2:/) })
  })
})

describe('XML that is not taken', () => {
  const problem = (xml: string) => {
    const read = readEvidence('x.xml', xml)
    return read.ok ? undefined : read.problems[0]
  }
  test.each([
    ['cut off', '<testsuites>\n<testsuite><testcase name="a"', 'evidence.xml', 'x.xml:2:'],
    ['cut off between elements', '<testsuites><testsuite><testcase name="a"/>', 'evidence.xml', 'x.xml:1:'],
    ['crossed tags', '<testsuite><testcase></testsuite></testcase>', 'evidence.xml', 'x.xml:1:'],
    ['two roots', '<testsuite/><testsuite/>', 'evidence.xml', 'x.xml:1:'],
    ['unknown entity', '<testsuite name="&x;"/>', 'evidence.xml', 'x.xml:1:'],
    ['control character', '<testsuite name="\u0008"/>', 'evidence.xml', 'x.xml:1:'],
    ['the same attribute twice', '<testsuite name="a" name="b"/>', 'evidence.xml', 'x.xml:1:'],
    [
      'entities of its own',
      '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite name="&x;"/>',
      'evidence.doctype',
      'x.xml:1:',
    ],
    ['another root', '<html/>', 'evidence.format', 'x.xml:1:'],
    ['another root before a good one', '<a><testsuite/></a>', 'evidence.format', 'x.xml:1:'],
    ['too deep', `${'<testsuite>'.repeat(100_000)}`, 'evidence.limit', 'x.xml:1:'],
  ])('%s', (_name, xml, code, at) => {
    expect(problem(xml)).toMatchObject({ code })
    expect(problem(xml)?.at).toContain(at)
    expect(problem(xml)?.message.length).toBeLessThan(300)
  })
  test('an external document type is tolerated and not fetched', () => {
    expect(tested('<!DOCTYPE testsuites SYSTEM "http://192.0.2.1/x.dtd"><testsuites/>').cases).toEqual([])
  })
  test('too many elements', () => {
    const listener = { roots: ['a'], open: () => undefined, close: () => undefined }
    const walked = walkXml('x.xml', '<a><a/><a/></a>', listener, { depth: 9, elements: 2 })
    expect(walked.ok ? '' : walked.problems[0].code).toBe('evidence.limit')
  })
})
