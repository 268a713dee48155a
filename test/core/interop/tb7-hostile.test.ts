import { describe, expect, test } from 'vitest'
import { readTb7 } from '../../../core/interop/tb7/read.ts'
import type { Problem } from '../../../core/support/result.ts'
import { templateText } from './tb7-text.ts'

/** The problems of a file that must be refused: each names file, place, reason and cure. */
function refused(text: string): readonly Problem[] {
  const answer = readTb7('bad.tb7', text)
  if (answer.ok) throw new Error('It was read.')
  for (const problem of answer.problems) {
    expect(problem).toMatchObject({ severity: 'error', code: expect.stringMatching(/^(tb7|file)\./) })
    expect(problem.at).toMatch(/^bad\.tb7(:\d+:\d+)?$/)
    expect(problem.message).toMatch(/^[^\n]{10,400}\.$/)
    expect(problem.cure).toMatch(/\.$/)
  }
  return answer.problems
}

const GOOD = templateText([{}])

describe('files that are no templates', () => {
  test.each([
    ['', 'tb7.empty', 'bad.tb7:1:1'],
    [' \n ', 'tb7.empty', 'bad.tb7:1:1'],
    ['PK\u0003\u0004\u0014\u0000', 'tb7.zip', 'bad.tb7:1:1'],
    ['MZ\u0000\u0001', 'tb7.binary', 'bad.tb7:1:1'],
    ['\uFFFD\uFFFD<\u0000K\u0000', 'tb7.binary', 'bad.tb7:1:1'],
    ['{"rules": []}', 'tb7.notTemplate', 'bad.tb7:1:1'],
    ['Threats: see <KnowledgeBase>', 'tb7.notTemplate', 'bad.tb7:1:1'],
    ['<html><body/></html>', 'tb7.notTemplate', 'bad.tb7:1:1'],
    ['<?xml version="1.0"?>\n<ThreatModel xmlns="x"><KnowledgeBase/></ThreatModel>', 'tb7.model', 'bad.tb7:1:1'],
    ['<KnowledgeBase>', 'tb7.xml', 'bad.tb7:1:16'],
    ['<KnowledgeBase />', 'tb7.noThreats', 'bad.tb7'],
    ['<', 'tb7.xml', 'bad.tb7:1:2'],
    ['<!-- only a comment -->', 'tb7.xml', 'bad.tb7:1:24'],
    [GOOD.slice(0, 900), 'tb7.xml', undefined],
    [GOOD.replace('<ThreatType>', '<ThreatType x>'), 'tb7.xml', undefined],
  ])('%j', (text, code, at) => {
    const problems = refused(text)
    expect(problems.map(problem => problem.code)).toEqual([code])
    if (at !== undefined) expect(problems[0]?.at).toBe(at)
  })

  test('what declares anything is refused where it does', () => {
    const bomb = '<!DOCTYPE k [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
    const outside = '<!DOCTYPE KnowledgeBase SYSTEM "file:///etc/passwd">\n'
    for (const declaration of [bomb, outside])
      expect(refused(templateText([{ include: '&b;' }], { head: declaration }))).toMatchObject([
        { code: 'tb7.doctype', at: expect.stringMatching(/^bad\.tb7:2:/) },
      ])
  })

  test('an entity that nobody declared is no well-formed XML', () => {
    expect(refused(templateText([{ include: '&secret;' }]))).toMatchObject([
      { code: 'tb7.xml', message: expect.stringContaining('entity'), at: expect.stringMatching(/^bad\.tb7:27:/) },
    ])
  })

  test('what is nested or repeated without end is refused', () => {
    expect(refused(`<KnowledgeBase>${'<a>'.repeat(100_000)}`)).toMatchObject([{ code: 'tb7.limit' }])
    expect(refused(`<KnowledgeBase><Image>${'<a>'.repeat(100_000)}`)).toMatchObject([{ code: 'tb7.limit' }])
    expect(refused(`<KnowledgeBase>${'<a/>'.repeat(600_000)}</KnowledgeBase>`)).toMatchObject([{ code: 'tb7.limit' }])
    expect(refused(`<KnowledgeBase>${' '.repeat(17 * 1024 * 1024)}</KnowledgeBase>`)).toMatchObject([{ code: 'file.large' }])
  })

  test('more threat types or stencils than any rule could be compared with', () => {
    expect(refused(templateText(Array.from({ length: 2001 }, () => ({}))))).toMatchObject([
      { code: 'tb7.limit', message: expect.stringContaining('2001 threat types') },
    ])
    const stencils = '<ElementType><ID>a</ID></ElementType>'.repeat(501)
    expect(refused(GOOD.replace('</StandardElements>', `${stencils}</StandardElements>`))).toMatchObject([
      { code: 'tb7.limit', message: expect.stringContaining('stencils') },
    ])
  })
})

describe('filters that cannot be read', () => {
  test('are named with the exact place, however the file writes them', () => {
    const [first, second] = refused(
      templateText([
        { id: 'A', include: "source is &apos;GE.P&apos;\r\n  annd target is 'GE.P'" },
        { id: 'B', exclude: "<!-- note --><![CDATA[flow is 'a' or]]> &#40;flow is 'x" },
      ]),
    )
    expect(first).toEqual({
      code: 'tb7.filter',
      severity: 'error',
      at: 'bad.tb7:28:3',
      message: 'The Include filter of threat type A cannot be read: "and" or "or" is expected, not "annd".',
      cure: 'Correct the filter in the template editor of the Microsoft Threat Modeling Tool, or in the file.',
    })
    expect(second?.message).toBe('The Exclude filter of threat type B cannot be read: this quote is never closed.')
    const line = "<Exclude><!-- note --><![CDATA[flow is 'a' or]]> &#40;flow is 'x</Exclude>"
    expect(second?.at).toBe(`bad.tb7:37:${line.indexOf("'x") + 1}`)
  })

  test('refuse the template, with the first twenty', () => {
    const threats = Array.from({ length: 100 }, (_, i) => ({ id: `N${i}`, include: i % 2 === 0 ? "source is 'GE.P'" : 'broken' }))
    const problems = refused(templateText(threats))
    expect(problems).toHaveLength(20)
    expect(problems[0]?.message).toContain('N1 ')
  })

  test.each([
    [
      'deep parentheses',
      `${'('.repeat(100_000)}source is 'GE.P'${')'.repeat(100_000)}`,
      'it has 200016 characters; at most 20000 are read',
    ],
    ['parentheses within the length', '('.repeat(15_000), 'it is nested more than 20 levels deep'],
    ['not without end', 'not '.repeat(4000), 'it is nested more than 20 levels deep'],
    ['ten megabytes', "flow is 'a' or ".repeat(700_000), 'it has 10500000 characters; at most 20000 are read'],
    ['ten megabytes of quotes', "'".repeat(10_000_000), 'it has 10000000 characters; at most 20000 are read'],
    ['too many conditions', `${"flow is 'a' or ".repeat(600)}flow is 'a'`, 'it has more than 200 conditions'],
  ])('%s', (_, include, reason) => {
    const [problem, ...others] = refused(templateText([{ include }]))
    expect(others).toEqual([])
    expect(problem?.message).toBe(`The Include filter of threat type X1 cannot be read: ${reason}.`)
    expect(problem?.at).toMatch(/^bad\.tb7:27:\d+$/)
  })
})

describe('templates made to be slow', () => {
  test('the largest filters that are allowed, each different', () => {
    const chain = (i: number) => Array.from({ length: 100 }, (_, k) => `source.a${k} is '${i}' and target is 'GE.P'`).join(' or ')
    const threats = Array.from({ length: 300 }, (_, i) => ({ id: `N${i}`, include: chain(i), exclude: `not (${chain(i + 1)})` }))
    const answer = readTb7('slow.tb7', templateText(threats))
    expect(answer.ok && answer.value.pack.rules.length).toBe(300)
  })

  test('stencils that descend from each other in a circle, and in a chain', () => {
    const one = (id: string, parent: string) =>
      `<ElementType><ID>${id}</ID><Name>${id}</Name><ParentElement>${parent}</ParentElement></ElementType>`
    const circle = [one('c0', 'c1'), one('c1', 'c0')].join('')
    const chain = Array.from({ length: 450 }, (_, i) => one(`d${i}`, i === 0 ? 'GE.P' : `d${i - 1}`)).join('')
    const threats = Array.from({ length: 200 }, (_, i) => ({ id: `N${i}`, include: `source is 'c0' or target is 'd${i}'` }))
    const text = templateText(threats).replace('</StandardElements>', `${circle}${chain}</StandardElements>`)
    const answer = readTb7('slow.tb7', text)
    expect(answer.ok && answer.value.pack.rules[0]?.when?.[0]?.any?.[0]?.property?.type).toEqual(['c0', 'c1'])
  })
})
