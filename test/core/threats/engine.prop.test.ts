import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../../core/model/canonical.ts'
import { applyChanges, type Change } from '../../../core/model/change.ts'
import { plainTable } from '../../../core/model/table.ts'
import type { Design, Rule, RulePack, Table } from '../../../core/model/types.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { recordOf } from '../../../core/threats/found.ts'
import { runs } from '../../support/runs.ts'
import { drawn, packOf, packs, provenance, ruleWith } from './designs.ts'

const ELEMENTS = Array.from({ length: 8 }, (_, i) => `E-0000${i}`)
const BOUNDARIES = ['B-00000', 'B-00001', 'B-00002']
const DATA = ['D-00000', 'D-00001']

/** Besides the shipped pack: rules on elements, with conditions and suppressions, so that every path is walked. */
const EXTRA: readonly Rule[] = [
  ruleWith({ id: 'EXTRA-1', on: 'element', subject: 'element', crossing: 'only', title: 'Harm to {element}' }),
  ruleWith({ id: 'EXTRA-2', subject: 'flow', when: [{ dataClassAtLeast: 'D2' }], crossing: 'any' }),
  ruleWith({
    id: 'EXTRA-3',
    on: 'element',
    subject: 'element',
    when: [{ attribute: { exposedToInternet: ['yes', 'unknown'] } }],
    unless: [{ condition: { personalData: ['no'] }, control: 'CONTROL' }],
  }),
]
const rules = (): readonly RulePack[] => [...packs, packOf(...EXTRA)]

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const rarely = (value: string) => fc.integer({ min: 0, max: 9 }).map(n => (n === 0 ? value : undefined))
const boundary = optional(fc.constantFrom(...BOUNDARIES))
const kind = fc.constantFrom('process', 'process', 'dataStore', 'externalEntity' as const)
const ternary = fc.constantFrom('yes', 'no', 'unknown', undefined)
const links = optional(fc.constantFrom(...DATA).map(id => ({ [id]: true })))

const elementFields = fc.record({ kind, boundary, data: links, outOfScope: rarely('theirs') })
const flowFields = fc.record({
  source: optional(fc.constantFrom(...ELEMENTS)),
  target: optional(fc.constantFrom(...ELEMENTS, ...ELEMENTS, 'E-NNNNN')),
  bidirectional: optional(fc.boolean()),
  encryption: ternary,
  authentication: ternary,
  data: links,
})

const design: fc.Arbitrary<Design> = fc
  .record({
    elements: fc.array(elementFields, { minLength: 8, maxLength: 8 }),
    flows: fc.array(flowFields, { minLength: 3, maxLength: 12 }),
    parents: fc.array(boundary, { minLength: 3, maxLength: 3 }),
    classes: fc.array(optional(fc.constantFrom('D0', 'D3')), { minLength: 2, maxLength: 2 }),
  })
  .map(({ elements, flows, parents, classes }) =>
    bare(
      drawn({
        elements: elements.map((fields, i) => ({ id: ELEMENTS[i] ?? '', ...fields })) as never,
        flows: flows.map((fields, i) => ({ id: `F-000${10 + i}`, ...fields })) as never,
        boundaries: parents.map((parent, i) => ({ id: BOUNDARIES[i] ?? '', parent })) as never,
        data: classes.map((dataClass, i) => ({ id: DATA[i] ?? '', class: dataClass })) as never,
      }),
    ),
  )

/** As it would come out of a file: fields that are undefined are not there. */
function bare(value: Design): Design {
  return JSON.parse(JSON.stringify(value))
}

const change: fc.Arbitrary<Change> = fc.oneof(
  fc
    .record({ id: fc.constantFrom(...ELEMENTS), fields: elementFields })
    .map(edit => ({ kind: 'patch', table: 'elements', ...edit }) as const),
  fc
    .record({ id: fc.integer({ min: 10, max: 21 }), fields: flowFields })
    .map(({ id, fields }) => ({ kind: 'patch', table: 'flows', id: `F-000${id}`, fields }) as const),
  fc.constantFrom(...ELEMENTS).map(id => ({ kind: 'remove', table: 'elements', id }) as const),
  fc.integer({ min: 10, max: 21 }).map(n => ({ kind: 'remove', table: 'flows', id: `F-000${n}` }) as const),
  fc
    .record({ id: fc.constantFrom(...ELEMENTS), fields: elementFields })
    .map(({ id, fields }) => ({ kind: 'put', table: 'elements', row: { id, name: id, provenance, ...fields } }) as Change),
  fc
    .record({ id: fc.integer({ min: 10, max: 25 }), fields: flowFields })
    .map(
      ({ id, fields }) =>
        ({ kind: 'put', table: 'flows', row: { id: `F-000${id}`, name: 'new', provenance, ...fields } }) as Change,
    ),
  fc
    .record({ id: fc.constantFrom(...BOUNDARIES), membership: fc.constantFrom('stated', 'unresolved') })
    .map(({ id, membership }) => ({ kind: 'patch', table: 'boundaries', id, fields: { membership } }) as const),
  fc.constantFrom(...BOUNDARIES).map(id => ({ kind: 'remove', table: 'boundaries', id }) as const),
  fc
    .record({ id: fc.constantFrom(...BOUNDARIES), fields: fc.record({ parent: boundary }) })
    .map(edit => ({ kind: 'patch', table: 'boundaries', ...edit }) as const),
  fc
    .record({ id: fc.constantFrom(...DATA), dataClass: optional(fc.constantFrom('D0', 'D2', 'D4')) })
    .map(({ id, dataClass }) => ({ kind: 'patch', table: 'data', id, fields: { class: dataClass } }) as const),
  fc.constantFrom(...ELEMENTS).map(id => ({ kind: 'patch', table: 'elements', id, fields: { name: `renamed ${id}` } }) as const),
)

/** Several edits, each of one change or two. */
const histories = fc.array(fc.array(change, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 8 })

/** The same with so many idle rows that its tables change by layers. */
function crowded(design: Design): Design {
  const idle = (prefix: string) => Array.from({ length: 520 }, (_, i) => `${prefix}-Z${String(i).padStart(4, '0')}`)
  const more = drawn({
    elements: idle('E').map(id => ({ id, outOfScope: 'idle' })),
    flows: idle('F').map(id => ({ id, outOfScope: 'idle' })),
  })
  return {
    ...design,
    elements: { ...design.elements, ...more.elements },
    flows: { ...design.flows, ...more.flows },
  }
}

/** Every table as one plain object. */
function plain(design: Design): Design {
  return Object.fromEntries(
    Object.entries(design).map(([name, rows]) => [name, plainTable(rows as Table<{ readonly id: string }>)]),
  ) as unknown as Design
}

function told(design: Design, known: readonly RulePack[]): string {
  return canonicalJson(deriveFindings(design, known).findings.map(recordOf))
}

function shuffled<Row>(table: Table<Row>, order: readonly number[]): Table<Row> {
  return Object.fromEntries(
    Object.entries(table)
      .map((entry, i) => [order[i % order.length] ?? 0, entry] as const)
      .sort(([a], [b]) => a - b)
      .map(([, entry]) => entry),
  )
}

describe('findings', () => {
  test('the order of rows and packs does not matter', () => {
    fc.assert(
      fc.property(design, fc.array(fc.nat(99), { minLength: 5, maxLength: 12 }), (before, order) => {
        const first = told(before, rules())
        const again = {
          ...before,
          elements: shuffled(before.elements, order),
          flows: shuffled(before.flows, order),
          boundaries: shuffled(before.boundaries, order),
          data: shuffled(before.data, order),
        }
        expect(told(again, [...rules()].reverse())).toBe(first)
      }),
      { numRuns: 40 },
    )
  })

  test('after any run of edits the answer is the one a fresh look gives', () => {
    fc.assert(
      fc.property(design, fc.boolean(), histories, (start, isLarge, edits) => {
        const known = rules()
        let now = isLarge ? crowded(start) : start
        const steps = [now, ...edits.map(edit => (now = applyChanges(now, edit)))]
        const along = steps.map(step => deriveFindings(step, known))
        const fresh = deriveFindings(structuredClone(bare(plain(now))), structuredClone(known))
        expect(along.at(-1)?.findings.map(recordOf)).toEqual(fresh.findings.map(recordOf))
        expect(along.at(-1)?.count).toBe(fresh.findings.length - fresh.gone.length)
        // Whoever still holds the first state reads what was true then.
        const first = deriveFindings(structuredClone(bare(plain(steps[0] as Design))), structuredClone(known))
        expect(along[0]?.findings.map(finding => finding.id)).toEqual(first.findings.map(finding => finding.id))
      }),
      { numRuns: runs(100, 10_000) },
    )
  })

  test('renaming keeps every id', () => {
    fc.assert(
      fc.property(design, fc.string({ minLength: 1 }), (before, name) => {
        const after = applyChanges(before, [
          ...Object.keys(before.elements).map(id => ({ kind: 'patch', table: 'elements', id, fields: { name } }) as const),
          ...Object.keys(before.flows).map(id => ({ kind: 'patch', table: 'flows', id, fields: { name } }) as const),
          ...Object.keys(before.boundaries).map(id => ({ kind: 'patch', table: 'boundaries', id, fields: { name } }) as const),
        ])
        const idsOf = (of: Design) => deriveFindings(of, rules()).findings.map(finding => finding.id)
        expect(idsOf(after)).toEqual(idsOf(before))
      }),
      { numRuns: 40 },
    )
  })

  test('ids are unique, and a flow without a process gives none', () => {
    fc.assert(
      fc.property(design, before => {
        const { findings } = deriveFindings(before, packs)
        const ids = findings.map(finding => finding.id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const { on } of findings)
          if (on.kind === 'interaction')
            expect([before.elements[on.source]?.kind, before.elements[on.target]?.kind]).toContain('process')
      }),
      { numRuns: 40 },
    )
  })
})
