import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deriveChecklist } from '../../../core/checklists/derive.ts'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { builtinPacks } from '../../../packs/builtin.ts'
import { ID, TRANSFERS, withFields } from '../gate/transfers.ts'
import { validDesign } from '../model/designs.ts'
import { FULL } from '../model/samples.ts'
import { occasion } from './imported.ts'
import { hostileDesign, lossLines, written } from './written.ts'

/** RFC 4180 by the letter: every cell in quotes, quotes doubled, CRLF after every line. Anything else is an error. */
function parsed(text: string): readonly (readonly string[])[] {
  const rows: string[][] = []
  let cells: string[] = []
  for (let at = 0; at < text.length; ) {
    if (text[at] !== '"') throw new Error(`no quote at ${at}`)
    let value = ''
    for (at++; ; at++) {
      if (at >= text.length) throw new Error('a cell without an end')
      if (text[at] !== '"') value += text[at]
      else if (text[at + 1] === '"') value += text[at++]
      else break
    }
    cells.push(value)
    at++
    if (text[at] === ',') at++
    else if (text.startsWith('\r\n', at)) {
      rows.push(cells)
      cells = []
      at += 2
    } else throw new Error(`neither comma nor line end at ${at}`)
  }
  if (cells.length > 0) throw new Error('the last line has no end')
  return rows
}

/** Lines by their heading. */
function linesOf(text: string): readonly Readonly<Record<string, string>>[] {
  const [heads = [], ...rows] = parsed(text)
  return rows.map(row => Object.fromEntries(heads.map((head, i) => [head, row[i] ?? ''])))
}

const lines = linesOf(written(TRANSFERS, 'csv').text)
const line = (id: string) => lines.find(one => one.Id === id) ?? {}

describe('threats and findings as CSV', () => {
  test('an empty design is a heading and nothing else', () => {
    const { text, losses } = written(EMPTY_DESIGN, 'csv')
    expect(parsed(text)).toHaveLength(1)
    expect(text.startsWith('"Kind","Id","Statement"')).toBe(true)
    expect(losses).toEqual([])
  })

  test('a line for each threat and each finding that the rules find', () => {
    const findings = deriveFindings(TRANSFERS, builtinPacks.rules).findings.filter(one => one.applicability !== 'gone')
    expect(lines.map(one => one.Id)).toEqual([ID.accepted, ID.disclosure, ID.tampering, ...findings.map(one => one.id)])
    expect(new Set(lines.map(one => one.Kind))).toEqual(new Set(['threat', 'finding']))
  })

  test('a threat: ids, names, categories, decision, risk before and after, mitigations, checks', () => {
    const list = deriveChecklist(TRANSFERS, builtinPacks, { workItem: ID.work, at: occasion.at })
    if (!list.ok) throw new Error('no checklist')
    const checks = list.value.checks.filter(check => check.from.includes(ID.tampering)).map(check => check.id)
    expect(checks.length).toBeGreaterThan(0)
    expect(line(ID.tampering)).toMatchObject({
      Kind: 'threat',
      STRIDE: 'Tampering | Elevation of privilege',
      CWE: 'CWE-639',
      'Object ids': `${ID.api} | ${ID.submit}`,
      Objects: 'Transfer API | Submit transfer',
      Decision: 'mitigated',
      Likelihood: '4',
      Impact: '5',
      'Risk before': 'critical',
      'Mitigation ids': ID.ownership,
      Mitigations: 'The Transfer API shall book a transfer only from an account of the caller. (planned)',
      'Check ids': checks.join(' | '),
      Rule: '',
    })
    expect(line(ID.tampering)['Risk after']).not.toBe('')
    expect(line(ID.accepted)).toMatchObject({
      Decision: 'accepted',
      Reason: 'The bank carries disputes up to 500 EUR.',
      Owner: 'product owner',
      'Approved by': 'security lead',
      Until: '2027-01-31',
      'Related ids': ID.acceptance,
    })
  })

  test('a finding: rule, decision with its reason, what it crosses; nobody decided is said', () => {
    const decided = lines.find(one => one.Decision === 'not applicable') ?? {}
    expect(decided).toMatchObject({ Reason: 'Looked at in the design review of this test.', 'Decided by': 'architect' })
    const crossing = lines.find(one => one['Boundary ids'] !== '' && one.Kind === 'finding') ?? {}
    expect(crossing).toMatchObject({ 'Boundary ids': ID.internet, Boundaries: 'Data centre', Attention: 'now' })
    expect(linesOf(written({ ...TRANSFERS, triage: {} }, 'csv').text).map(one => one.Decision)).toContain('undecided')
    expect(lines.map(one => one.Decision)).toContain('kept back')
  })

  test.each(['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', '＝1'])('a cell that begins like a formula is text: %j', statement => {
    const odd = withFields(TRANSFERS, 'threats', ID.tampering, { statement })
    const cell = linesOf(written(odd, 'csv').text).find(one => one.Id === ID.tampering)?.Statement
    expect(cell).toBe(`'${statement}`)
  })

  test('each of several values is guarded too, and no locale parts a cell at what parts them', () => {
    const odd = withFields(TRANSFERS, 'elements', ID.api, { name: '=cmd' })
    const cell = linesOf(written(odd, 'csv').text).find(one => one.Id === ID.tampering)?.Objects
    expect(cell).toBe("'=cmd | Submit transfer")
  })

  test('whatever a design says, the table is whole, no cell is a formula and the same comes out twice', () => {
    fc.assert(
      fc.property(fc.oneof(hostileDesign, validDesign), design => {
        const { text } = written(design, 'csv')
        const rows = parsed(text)
        expect(new Set(rows.map(row => row.length)).size).toBe(1)
        for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
        expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text)
        expect([...text].filter(char => char < ' ' && !'\t\r\n'.includes(char))).toEqual([])
        expect(written(structuredClone(design), 'csv').text).toBe(text)
      }),
      { numRuns: 60 },
    )
  })

  test('says what it leaves out, and nothing else', () => {
    expect(lossLines(written(FULL, 'csv').losses)).toMatchInlineSnapshot(`
      [
        "elements: All but id and name of 4 drawn or named things",
        "settings: 1 setting",
        "policy: 1 policy",
        "requirements: 1 requirement",
        "assumptions: 1 assumption",
        "workItems: 1 work item",
        "exclusions: 1 excluded framework entry",
        "diagrams: 1 diagram",
        "layout: 1 drawn place",
        "comments: 1 comment",
        "suggestions: 1 suggestion",
        "triage: 1 triage decision",
        "threats/provenance: Provenance of 1 threat",
        "mitigations/control: Control of 1 mitigation",
        "mitigations/checks: Own checks of 1 mitigation",
        "mitigations/provenance: Provenance of 1 mitigation",
        "acceptances/provenance: Provenance of 1 acceptance",
      ]
    `)
    const only = applyChanges(EMPTY_DESIGN, [
      {
        kind: 'put',
        table: 'threats',
        row: { ...FULL.threats['T-00001'], provenance: { kind: 'human', at: occasion.at } },
      } as never,
    ])
    expect(lossLines(written(only, 'csv').losses)).toEqual(['threats/provenance: Provenance of 1 threat'])
  })
})
