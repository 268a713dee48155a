import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mermaidLabel } from '../../../core/dfd/mermaid-text.ts'
import { toMermaid } from '../../../core/dfd/to-mermaid.ts'
import { EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { AnyRow } from '../../../core/model/types.ts'
import { boundary, designOf, element, flow } from '../model/designs.ts'

const ROWS: readonly AnyRow[] = [
  boundary('B-00001', undefined, { name: 'Bank network' }),
  boundary('B-00002', 'B-00001', { name: 'Data zone' }),
  element('E-00001', { name: 'Transfer API', boundary: 'B-00001' }),
  element('E-00002', { name: 'Ledger', kind: 'dataStore', boundary: 'B-00002' }),
  element('E-00003', { name: 'Customer', kind: 'externalEntity' }),
  element('E-00004', { name: 'Card system', outOfScope: 'Built elsewhere.' }),
  flow('F-00001', 'E-00003', 'E-00001', { name: 'transfer order', protocol: 'HTTPS' }),
  flow('F-00002', 'E-00001', 'E-00002', { name: 'booking', bidirectional: true }),
  flow('F-00003', 'E-00001', undefined, { name: 'audit trail' }),
]

describe('toMermaid', () => {
  test('the empty design', () => {
    expect(toMermaid(EMPTY_DESIGN)).toBe('flowchart LR\n')
  })

  test('shapes, nesting, labels, both ways, loose ends', () => {
    expect(toMermaid(designOf(...ROWS))).toBe(`flowchart LR
  E_00003["Customer"]
  E_00004("Card system")
  subgraph B_00001["Bank network"]
    E_00001("Transfer API")
    subgraph B_00002["Data zone"]
      E_00002[("Ledger")]
    end
  end
  E_00003 -->|"transfer order (HTTPS)"| E_00001
  E_00001 <-->|"booking"| E_00002
  F_00003_target((" "))
  E_00001 -.->|"audit trail"| F_00003_target
  classDef boundary fill:none,stroke-dasharray:6 4
  class B_00001,B_00002 boundary
  classDef outOfScope opacity:0.5
  class E_00004 outOfScope
`)
  })

  test('a diagram shows only what is on it; what lies in a hidden boundary moves up', () => {
    const links = (...ids: readonly string[]) => Object.fromEntries(ids.map(id => [id, true as const]))
    const diagram = {
      id: 'G-00001',
      name: 'One',
      elements: links('E-00001', 'E-00002'),
      flows: links('F-00001', 'F-00002'),
      boundaries: links('B-00002'),
      provenance: { kind: 'human', at: '2026-11-22T16:00:00Z' },
    } as AnyRow
    expect(toMermaid(designOf(...ROWS, diagram), 'G-00001')).toBe(`flowchart LR
  E_00001("Transfer API")
  subgraph B_00002["Data zone"]
    E_00002[("Ledger")]
  end
  E_00001 <-->|"booking"| E_00002
  classDef boundary fill:none,stroke-dasharray:6 4
  class B_00002 boundary
`)
    expect(toMermaid(designOf(...ROWS), 'G-00009')).toBe('flowchart LR\n')
  })

  test('the same design in any order gives the same text', () => {
    const text = toMermaid(designOf(...ROWS))
    fc.assert(
      fc.property(fc.shuffledSubarray([...ROWS], { minLength: ROWS.length }), rows => {
        expect(toMermaid(designOf(...rows))).toBe(text)
      }),
      { numRuns: 50 },
    )
  })

  test('boundaries in a circle, and two thousand nested ones', () => {
    const circle = designOf(boundary('B-00001', 'B-00002'), boundary('B-00002', 'B-00001'))
    expect(toMermaid(circle).match(/subgraph/g)).toHaveLength(2)
    const id = (n: number) => `B-${String(n).padStart(5, '0')}`
    const deep = toMermaid(designOf(...Array.from({ length: 2000 }, (_, n) => boundary(id(n), n === 0 ? undefined : id(n - 1)))))
    expect(deep.match(/^ *end$/gm)).toHaveLength(2000)
    expect(deep.length).toBeLessThan(400_000)
  })
})

describe('mermaidLabel', () => {
  test.each([
    ['Transfer API', '"Transfer API"'],
    ['Step 2 (old), v1.0', '"Step 2 (old), v1.0"'],
    ['', '" "'],
    ['   ', '" "'],
    ['say "hi"', '"say #34;hi#34;"'],
    ['`code`', '"#96;code#96;"'],
    ['end', '"end"'],
    ['a[b]{c}|d|', '"a#91;b#93;#123;c#125;#124;d#124;"'],
    ['<script>alert(1)</script>', '"#60;script#62;alert(1)#60;/script#62;"'],
    ['&quot;', '"#38;quot#59;"'],
    ['#35; #quot;', '"#35;35#59; #35;quot#59;"'],
    ['a; b', '"a#59; b"'],
    ['line one\nline two\r\n three', '"line one line two three"'],
    ['%%{init: {"theme":"dark"}}%%', '"#37;#37;#123;init: #123;#34;theme#34;:#34;dark#34;#125;#125;#37;#37;"'],
    ['tab\there\u0000nul', '"tab here nul"'],
    ['\u202Eevil\u200B', '"evil"'],
    ['half \uD800 pair', '"half pair"'],
    ['Überweisung 転送 🏦', '"Überweisung 転送 🏦"'],
    ['style: #fff', '"style#58; #35;fff"'],
    ['\\"', '"#92;#34;"'],
    ['a-->b', '"a--#62;b"'],
    ['1. first', '"1#46; first"'],
    ['- item', '"#45; item"'],
    ['*bold* and _thin_, user_id', '"#42;bold#42; and #95;thin#95;, user_id"'],
    ['$$x^2$$', '"#36;#36;x#94;2#36;#36;"'],
    ['fa:fa-ban', '"fa#58;fa-ban"'],
    ['host:443', '"host:443"'],
  ])('%j', (text, expected) => {
    expect(mermaidLabel(text)).toBe(expected)
  })

  test('whatever the name, the label is one quoted line that holds nothing active', () => {
    const hostile = fc.array(
      fc.constantFrom(
        '"',
        '`',
        '\n',
        '%%{',
        '}%%',
        '<b>',
        '#',
        ';',
        'end',
        '|',
        ']',
        ')',
        'style:',
        '\u2028',
        'x',
        ' ',
        '\\',
        '&',
      ),
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          hostile.map(parts => parts.join('')),
        ),
        text => {
          const label = mermaidLabel(text)
          expect(label).toMatch(/^"[^"'`\n\r<>&%{}[\]|\\~@*$]+"$/)
          expect(label.slice(1, -1).replace(/#\d+;/g, '')).not.toMatch(/[#;]/)
          expect(label).not.toMatch(/(?:style|classDef).*:\S*#.*;/)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('names that differ visibly stay different', () => {
    expect(mermaidLabel('a"b')).not.toBe(mermaidLabel('a#34;b'))
    expect(mermaidLabel('a<b')).not.toBe(mermaidLabel('a#60;b'))
  })
})
