import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changesFromMermaid } from '../../../core/dfd/from-mermaid.ts'
import { readMermaid } from '../../../core/dfd/mermaid-source.ts'
import { labelOf } from '../../../core/dfd/mermaid-source-shapes.ts'
import { toMermaid } from '../../../core/dfd/to-mermaid.ts'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { randomFrom } from '../../../core/model/identity.ts'
import { integrityProblems } from '../../../core/model/integrity.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { AnyRow, Design } from '../../../core/model/types.ts'
import { ends } from '../../support/ends.ts'
import { runs } from '../../support/runs.ts'
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

const stamp = () => ({ at: '2026-01-01T00:00:00Z', by: 'ada', random: randomFrom('from-mermaid') })

function edited(design: Design, text: string) {
  const read = changesFromMermaid(design, { text, diagram: undefined }, stamp())
  if (!read.ok) throw new Error(read.problems[0].message)
  const { changes, ...said } = read.value
  return { design: applyChanges(design, changes), changes, ...said }
}

const design = designOf(...ROWS)
const text = toMermaid(design)

describe('an edited text', () => {
  test('that nobody edited changes nothing', () => {
    expect(edited(design, text)).toMatchObject({ changes: [], added: 0, changed: 0, removed: 0, kept: [] })
  })

  test('renames, and keeps every id and decision', () => {
    const { design: next, changed } = edited(design, text.replace('Transfer API', 'Payments API'))
    expect(next.elements['E-00001']).toEqual({ ...design.elements['E-00001'], name: 'Payments API' })
    expect(changed).toBe(1)
  })

  test('changes kinds by shape', () => {
    const { design: next } = edited(design, text.replace('E_00002[("Ledger")]', 'E_00002("Ledger")'))
    expect(next.elements['E-00002']?.kind).toBe('process')
  })

  test('adds what is new, with names, kinds, boundaries and protocols', () => {
    const more = text
      .replace('    end\n', '    end\n    Fraud(Fraud scorer)\n')
      .replace('  classDef', '  E_00001 -->|score (gRPC)| Fraud\n  classDef')
    const { design: next, added } = edited(design, more)
    const scorer = rowsOf(next.elements).find(({ name }) => name === 'Fraud scorer')
    expect(added).toBe(2)
    expect(scorer).toMatchObject({ kind: 'process', boundary: 'B-00001' })
    expect(rowsOf(next.flows).find(({ name }) => name === 'score')).toMatchObject({
      protocol: 'gRPC',
      source: 'E-00001',
      target: scorer?.id,
    })
  })

  test('moves what stands in another subgraph', () => {
    const moved = text
      .replace('    E_00001("Transfer API")\n', '')
      .replace('flowchart LR\n', 'flowchart LR\n  E_00001("Transfer API")\n')
    expect(edited(design, moved).design.elements['E-00001']?.boundary).toBeUndefined()
  })

  test('removes what it no longer names, with the flows that hang on it', () => {
    const without = text
      .split('\n')
      .filter(line => !line.includes('E_00002'))
      .join('\n')
    const { design: next, removed } = edited(design, without)
    expect(next.elements['E-00002']).toBeUndefined()
    expect(next.flows['F-00002']).toBeUndefined()
    expect(removed).toBe(2)
    expect(integrityProblems(next)).toEqual([])
  })

  test('a new label on the same ends is a new name of the same flow', () => {
    const { design: next } = edited(design, text.replace('transfer order (HTTPS)', 'payment order (HTTPS)'))
    expect(next.flows['F-00001']).toMatchObject({ name: 'payment order', protocol: 'HTTPS' })
    expect(Object.keys(next.flows)).toEqual(Object.keys(design.flows))
  })

  test('lines that the model has no place for stay text, with the reason', () => {
    const { kept, changes } = edited(design, `${text}%% drawn in May\nclick E_00001 "https://example.org"\n?!\n`)
    expect(changes).toEqual([])
    expect(kept.map(({ text: line }) => line)).toEqual(['%% drawn in May', 'click E_00001 "https://example.org"', '?!'])
    for (const { why } of kept) expect(why).toMatch(/\.$/)
  })

  test('what stands in a line that nobody understood is not taken for removed', () => {
    const { changes, kept } = edited(design, text.replace('E_00001 <-->|"booking"| E_00002', 'E_00001 <-->|"booking E_00002'))
    expect(kept).toHaveLength(1)
    expect(changes).toEqual([])
  })

  test('a text that is no flowchart is refused and removes nothing', () => {
    const read = changesFromMermaid(design, { text: 'Dear team,\n*hello*', diagram: undefined }, stamp())
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'mermaid.none' }] })
  })

  test('only what the diagram shows can be removed by its text', () => {
    const shown = applyChanges(design, [
      {
        kind: 'put',
        table: 'diagrams',
        row: {
          id: 'G-00001',
          name: 'Front',
          elements: { 'E-00003': true },
          provenance: { kind: 'human', at: '2026-01-01T00:00:00Z', by: 'ada' },
        },
      },
    ])
    const read = changesFromMermaid(shown, { text: 'flowchart LR\n  A(New)\n', diagram: 'G-00001' }, stamp())
    if (!read.ok) throw new Error('refused')
    const next = applyChanges(shown, read.value.changes)
    expect(next.elements['E-00003']).toBeUndefined()
    expect(next.elements['E-00001']).toBeDefined()
    expect(Object.keys(next.diagrams['G-00001']?.elements ?? {})).toHaveLength(1)
  })
})

describe('texts of others', () => {
  test('chains, lists, texts on links, dotted and thick links', () => {
    const { design: next, kept } = edited(
      EMPTY_DESIGN,
      `graph TD
        user[User] -- clicks --> web([Web app]):::hot & api{Gateway}
        web ==>|SQL (TLS)| db[(Orders)] <--> api
        api -. audit .-> log[(Log)]
        subgraph cloud [The cloud]
          web
          db
        end`,
    )
    expect(kept).toEqual([])
    expect(
      rowsOf(next.elements)
        .map(({ name, kind }) => `${kind} ${name}`)
        .sort(),
    ).toEqual(['dataStore Log', 'dataStore Orders', 'externalEntity User', 'process Gateway', 'process Web app'])
    expect(
      rowsOf(next.flows)
        .map(({ name, protocol }) => `${name}/${protocol}`)
        .sort(),
    ).toEqual(
      ['Orders to Gateway/undefined', 'SQL/TLS', 'SQL/TLS', 'audit/undefined', 'clicks/undefined', 'clicks/undefined'].filter(
        (_, i) => i !== 1,
      ),
    )
    expect(rowsOf(next.flows).find(({ bidirectional }) => bidirectional)?.name).toBe('Orders to Gateway')
    const cloud = rowsOf(next.boundaries)[0]
    expect(cloud?.name).toBe('The cloud')
    expect(integrityProblems(next)).toEqual([])
  })

  test('links without an arrow head are kept as text: they say no direction', () => {
    const { design: next, kept } = edited(EMPTY_DESIGN, 'flowchart LR\n  A[Shop] --- B --> C')
    expect(kept).toHaveLength(1)
    expect(rowsOf(next.elements)).toHaveLength(3)
    expect(rowsOf(next.flows)).toHaveLength(1)
  })

  test.each(['A[never closed', 'A -->', '--> B', 'A -->|open B', 'subgraph', 'end', '((((', '"', 'A & & B', '['.repeat(3000)])(
    '%j throws nothing',
    line => {
      const read = readMermaid(`flowchart LR\n${line}`)
      expect(read.nodes.size + read.groups.size + read.kept.length).toBeGreaterThan(0)
    },
  )

  test('many lines of the greatest length are walked once', () => {
    // A line looked through again at each of its 4,000 characters makes 160 and 30 thousand million steps.
    const kept = (line: string, count: number) => ends(() => readMermaid(`${line}\n`.repeat(count))).kept.length
    expect(kept('A -- '.repeat(800), 10_000)).toBe(10_000)
    expect(kept(`${'A -->|x| B & '.repeat(300)}?`, 2000)).toBe(2000)
    expect(kept(`${'A -->|x| B & '.repeat(300)}C`, 100)).toBe(0)
  })
})

describe('labels', () => {
  test.each([
    ['"a #39;b#39;"', "a 'b'"],
    ['a<br/>b', 'a b'],
    ['#quot;x#quot;', '"x"'],
    ['#99999999;', '#99999999;'],
    ['#55296;', '#55296;'],
  ])('%j reads %j', (raw, read) => {
    expect(labelOf(raw)).toBe(read)
  })
})

test('what was written reads as nothing new, whatever the names hold', () => {
  const name = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  )
  fc.assert(
    fc.property(
      fc.array(name, { minLength: 3, maxLength: 8 }),
      fc.array(fc.tuple(fc.nat(7), fc.nat(7), name, fc.boolean())),
      (names, links) => {
        const kinds = ['process', 'dataStore', 'externalEntity'] as const
        const id = (prefix: string, i: number) => `${prefix}-${String(i).padStart(5, '0')}`
        const rows = [
          boundary('B-00001', undefined, { name: names[0] ?? 'x' }),
          ...names.map((one, i) =>
            element(id('E', i), { name: one, kind: kinds[i % 3] ?? 'process', ...(i % 2 ? { boundary: 'B-00001' } : {}) }),
          ),
          ...links.map(([from, to, one, isBoth], i) =>
            flow(id('F', i), id('E', from), to === 7 ? undefined : id('E', to), {
              name: one,
              ...(isBoth && from < names.length && to < names.length ? { bidirectional: true } : {}),
            }),
          ),
        ]
        const drawn = designOf(...rows)
        expect(edited(drawn, toMermaid(drawn)).changes).toEqual([])
      },
    ),
    { numRuns: runs(200, 5000) },
  )
})
