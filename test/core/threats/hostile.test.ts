import { describe, expect, test, vi } from 'vitest'
import { modelProblems } from '../../../core/dfd/checks.ts'
import { containmentOf } from '../../../core/dfd/containment.ts'
import { boundariesAround, interactionsOf } from '../../../core/dfd/interactions.ts'
import { toMermaid } from '../../../core/dfd/to-mermaid.ts'
import { applyChanges, type Change } from '../../../core/model/change.ts'
import { integrityProblems } from '../../../core/model/integrity.ts'
import { plainTable } from '../../../core/model/table.ts'
import type { Condition, Design, Rule, Table } from '../../../core/model/types.ts'
import { explainAbsence } from '../../../core/threats/absence.ts'
import { deriveFindings, findingOf, placesOf } from '../../../core/threats/engine.ts'
import { explainFinding } from '../../../core/threats/explain.ts'
import { fixtureProblems } from '../../../core/threats/fixtures.ts'
import { recordOf } from '../../../core/threats/found.ts'
import { phrasesOnce } from '../../../core/threats/lexicon.ts'
import { mergedFindings } from '../../../core/threats/merged.ts'
import { builtinRules } from '../../../packs/rules.ts'
import { drawn, packOf, packs, ruleWith, shop } from './designs.ts'

const number = (prefix: string, n: number) => `${prefix}-${String(n).padStart(5, '0')}`

/** Everything that reads a whole design here; whatever hangs or throws does so in one of them. */
function readAll(design: Design, known = builtinRules) {
  const { findings, problems } = deriveFindings(design, known)
  const [first] = findings
  return {
    records: findings.slice(0, 2_000).map(recordOf),
    merged: mergedFindings(findings.slice(0, 2_000)),
    problems,
    explained: first && explainFinding(design, known, first.id),
    model: modelProblems(design),
    integrity: integrityProblems(design).map(({ code, at }) => `${code} ${at}`),
    contained: containmentOf(design),
    mermaid: toMermaid(design),
  }
}

/** As a fresh program would read it: nothing remembered. */
function afresh(design: Design, known = builtinRules) {
  const tables = Object.entries(design).map(([name, rows]) => [name, plainTable(rows as Table<{ readonly id: string }>)])
  return deriveFindings(JSON.parse(JSON.stringify(Object.fromEntries(tables))), structuredClone(known)).findings.map(recordOf)
}

describe('boundaries', () => {
  const around = drawn({
    boundaries: [
      { id: 'B-00001', parent: 'B-00002' },
      { id: 'B-00002', parent: 'B-00003' },
      { id: 'B-00003', parent: 'B-00001' },
      { id: 'B-0SE1F', parent: 'B-0SE1F' },
      { id: 'B-0TA11', parent: 'B-00001' },
      { id: 'B-00PEN', parent: 'B-NNNNN' },
    ],
    elements: [
      { id: 'E-00001', boundary: 'B-00001' },
      { id: 'E-00002', boundary: 'B-00003' },
      { id: 'E-00003', boundary: 'B-0SE1F' },
      { id: 'E-00004', boundary: 'B-0TA11' },
      { id: 'E-00005', boundary: 'B-00PEN' },
    ],
    flows: [1, 2, 3, 4, 5].map(n => ({ id: number('F', n), source: number('E', n), target: number('E', (n % 5) + 1) })),
  })

  test('that lie in a circle are met once each, and are problems', () => {
    expect(boundariesAround(around, 'E-00001')).toEqual(['B-00001', 'B-00002', 'B-00003'])
    expect(boundariesAround(around, 'E-00003')).toEqual(['B-0SE1F'])
    const { integrity, records } = readAll(around)
    expect(integrity).toEqual([
      'integrity.dangling B-00PEN',
      'integrity.cycle B-00001',
      'integrity.cycle B-00002',
      'integrity.cycle B-00003',
      'integrity.cycle B-0SE1F',
    ])
    expect(records.length).toBeGreaterThan(0)
    const inCircle = interactionsOf(around).find(({ flow }) => flow === 'F-00001')
    expect(inCircle?.crossed).toEqual([])
    expect(interactionsOf(around).find(({ flow }) => flow === 'F-00002')?.crossed).toEqual([
      'B-00001',
      'B-00002',
      'B-00003',
      'B-0SE1F',
    ])
  })

  test('a circle that is cut and closed again gives what a fresh look gives', () => {
    deriveFindings(around, builtinRules)
    const parent = (parent: string | undefined): Change => ({
      kind: 'patch',
      table: 'boundaries',
      id: 'B-00003',
      fields: { parent },
    })
    const cut = applyChanges(around, [parent(undefined)])
    expect(deriveFindings(cut, builtinRules).findings.map(recordOf)).toEqual(afresh(cut))
    const closed = applyChanges(cut, [parent('B-0TA11')])
    expect(deriveFindings(closed, builtinRules).findings.map(recordOf)).toEqual(afresh(closed))
  })

  test('1,000 within one another are all crossed, and moving one in the middle is no long work', () => {
    const deep = drawn({
      boundaries: Array.from({ length: 1_000 }, (_, n) => ({
        id: number('B', n),
        ...(n > 0 ? { parent: number('B', n - 1) } : {}),
      })),
      elements: Array.from({ length: 1_001 }, (_, n) => ({
        id: number('E', n),
        ...(n < 1_000 ? { boundary: number('B', n) } : {}),
      })),
      flows: [
        { id: 'F-00000', source: 'E-01000', target: 'E-00999' },
        { id: 'F-00001', source: 'E-00498', target: 'E-00500' },
        { id: 'F-00002', source: 'E-00010', target: 'E-00011' },
      ],
    })
    expect(boundariesAround(deep, 'E-00999').length).toBe(1_000)
    const [longest, short] = interactionsOf(deep)
    expect(longest?.crossed.length).toBe(1_000)
    expect(short?.crossed).toEqual(['B-00499', 'B-00500'])
    expect(readAll(deep).integrity).toEqual([])
    const before = { ...placesOf(deep, packs).visits }
    const moved = applyChanges(deep, [{ kind: 'patch', table: 'boundaries', id: 'B-00500', fields: { parent: undefined } }])
    const visits = placesOf(moved, packs).visits
    expect([visits.places - before.places, visits.full - before.full]).toEqual([2, 0])
    expect(interactionsOf(moved).map(({ crossed }) => crossed.length)).toEqual([500, 500, 1])
    expect(deriveFindings(moved, builtinRules).findings.map(recordOf)).toEqual(afresh(moved))
  })
})

describe('flows', () => {
  test('whose ends are missing find nothing and are problems', () => {
    const design = drawn({
      elements: [{ id: 'E-00001' }],
      flows: [
        { id: 'F-00001' },
        { id: 'F-00002', source: 'E-00001' },
        { id: 'F-00003', source: 'E-NNNNN', target: 'E-00001' },
        { id: 'F-00004', source: 'E-NNNNN', target: 'E-MMMMM', bidirectional: true },
      ],
    })
    const { model, integrity, records } = readAll(design)
    expect(records).toEqual([])
    expect(model.filter(({ code }) => code === 'dfd.flow.loose').map(({ at }) => at)).toEqual(['F-00001', 'F-00002'])
    expect(integrity).toEqual(['integrity.dangling F-00003', 'integrity.dangling F-00004', 'integrity.dangling F-00004'])
    expect(explainAbsence(design, builtinRules, { subject: 'F-00004', category: 'spoofing' }).blockers).toEqual([
      'One end is loose.',
    ])
  })

  test('that lead to a name every object answers to lead nowhere', () => {
    const design = drawn({
      elements: [{ id: 'E-00001' }],
      flows: [{ id: 'F-00001', source: 'E-00001', target: 'constructor' }],
    })
    expect(interactionsOf(design)).toEqual([])
  })

  test('to a name every object answers to find nothing', () => {
    const design = drawn({
      elements: [{ id: 'E-00001' }],
      flows: ['constructor', '__proto__', 'toString'].map((end, n) => ({ id: number('F', n), source: 'E-00001', target: end })),
    })
    expect(deriveFindings(design, builtinRules).findings).toEqual([])
  })

  test('from an element to itself are interactions like others, each way with an id of its own', () => {
    const design = drawn({
      elements: [{ id: 'E-00001' }],
      flows: [
        { id: 'F-00001', source: 'E-00001', target: 'E-00001' },
        { id: 'F-00002', source: 'E-00001', target: 'E-00001', bidirectional: true },
      ],
    })
    const { findings } = deriveFindings(design, packs)
    expect(findings.length).toBe(27)
    expect(new Set(findings.map(({ id }) => id)).size).toBe(27)
    readAll(design)
  })

  test('50,000 on one element: an edit of it asks each of them once, an edit of one flow asks one place', () => {
    const FLOWS = 50_000
    let design = drawn({
      elements: [{ id: 'E-0HVB0' }, ...Array.from({ length: 100 }, (_, n) => ({ id: number('E', n) }))],
      flows: Array.from({ length: FLOWS }, (_, n) => ({ id: number('F', n), source: number('E', n % 100), target: 'E-0HVB0' })),
    })
    const edit = (changes: readonly Change[]) => {
      const before = { ...placesOf(design, packs).visits }
      design = applyChanges(design, changes)
      const { places, full } = placesOf(design, packs).visits
      return { places: places - before.places, full: full - before.full }
    }
    const count = () => deriveFindings(design, packs).count
    expect(count()).toBe(FLOWS * 9)
    const hub = (fields: Readonly<Record<string, unknown>>): Change => ({
      kind: 'patch',
      table: 'elements',
      id: 'E-0HVB0',
      fields,
    })
    expect(edit([hub({ name: 'Hub' })])).toEqual({ places: 0, full: 0 })
    expect(edit([hub({ 'attributes/isLog': 'yes' })])).toEqual({ places: FLOWS, full: 0 })
    expect(edit([{ kind: 'patch', table: 'flows', id: 'F-00007', fields: { encryption: 'no' } }])).toEqual({ places: 1, full: 0 })
    expect(edit([hub({ kind: 'externalEntity' })])).toEqual({ places: FLOWS, full: 0 })
    expect(count()).toBe(FLOWS * 5)
    expect(edit([{ kind: 'remove', table: 'elements', id: 'E-0HVB0' }])).toEqual({ places: 0, full: 0 })
    expect(count()).toBe(0)
    expect(modelProblems(design).length).toBe(100)
    expect(integrityProblems(design).length).toBe(FLOWS)
  })
})

describe('rules', () => {
  test('500 that match everything are counted without being told, and each is told when read', () => {
    const every = packOf(
      ...Array.from({ length: 500 }, (_, n) =>
        ruleWith(n % 2 ? { id: `ALL-${n}`, on: 'element', subject: 'element' } : { id: `ALL-${n}`, cwe: [] }),
      ),
    )
    const design = drawn({
      elements: Array.from({ length: 100 }, (_, n) => ({ id: number('E', n) })),
      flows: Array.from({ length: 500 }, (_, n) => ({ id: number('F', n), source: number('E', n % 100), target: 'E-00000' })),
    })
    const { count, on, findings } = deriveFindings(design, [every])
    expect(count).toBe(250 * 100 + 250 * 500)
    expect(on('F-00007').length).toBe(250)
    expect(on('E-00007').length).toBe(250)
    expect(findings.length).toBe(count)
    expect(new Set(on('F-00007').map(({ id }) => id)).size).toBe(250)
    readAll(design, [every])
  })

  const deep = (levels: number, wrap: (inner: Condition) => Condition): Condition => {
    let condition: Condition = { attribute: { isLog: ['yes'] } }
    for (let level = 0; level < levels; level++) condition = wrap(condition)
    return condition
  }
  const other: Condition = { encryption: ['no'] }
  const WRAPS: readonly (readonly [string, (inner: Condition) => Condition, boolean])[] = [
    ['not', inner => ({ not: inner }), true],
    ['any', inner => ({ any: [inner] }), true],
    ['any of three', inner => ({ any: [other, inner, { technology: ['sql'] }] }), true],
    ['any and not', inner => ({ any: [{ not: inner }] }), true],
    ['not any of two', inner => ({ not: { any: [inner, other] } }), true],
    ['beside a matcher', inner => ({ authentication: ['yes'], any: [inner] }), false],
  ]

  test.each(WRAPS)('50 conditions within one another end: %s', (_, wrap, isFound) => {
    const rule: Rule = ruleWith({
      when: [deep(50, wrap)],
      unless: [{ condition: deep(50, wrap), control: 'CONTROL' }],
      fixtures: { positive: [{ target: { attributes: { isLog: 'yes' } } }], negative: [{}] },
    } as Partial<Rule>)
    const design = drawn({
      elements: [{ id: 'E-00001' }, { id: 'E-00002', attributes: { isLog: 'yes' } }],
      flows: [{ id: 'F-00001', source: 'E-00001', target: 'E-00002' }],
    })
    const known = [packOf(rule)]
    const { findings, problems } = deriveFindings(design, known)
    expect(problems).toEqual([])
    expect(findings.map(({ applicability }) => applicability)).toEqual(isFound ? ['suppressed'] : [])
    for (const finding of findings) {
      expect(recordOf(finding).reason.length).toBeLessThan(4_000)
      expect(JSON.stringify(explainFinding(design, known, finding.id) ?? '').length).toBeLessThan(20_000)
    }
    expect(JSON.stringify(explainAbsence(design, known, { subject: 'E-00001', category: 'tampering' })).length).toBeLessThan(
      20_000,
    )
    expect(fixtureProblems(known[0] ?? packOf()).length).toBeGreaterThan(0)
  })

  test('conditions that are no conditions, 50 deep, break the rule and nothing else', () => {
    const broken = ruleWith({ id: 'TEST-2', when: [deep(50, inner => ({ not: inner, nonsense: 1 }) as never)] })
    const { findings, problems } = deriveFindings(shop(), [packOf(ruleWith({}), broken)])
    expect(problems.map(({ code, at }) => `${code} ${at}`)).toEqual(['rule.broken test/TEST-2'])
    expect(findings.length).toBeGreaterThan(0)
    const inside = ruleWith({
      id: 'TEST-3',
      when: [deep(50, inner => ('attribute' in inner ? { not: { bogus: 1 } } : { not: inner }) as never)],
    })
    expect(deriveFindings(shop(), [packOf(inside)]).problems[0]?.message).toContain('There is no matcher "bogus".')
  })
})

describe('texts', () => {
  test('a technology of 100,000 characters is read like any other', () => {
    const words = Array.from({ length: 12_000 }, (_, n) => `word${n}`).join(' ')
    const isNamed = (technology: string) =>
      drawn({
        elements: [{ id: 'E-00001' }, { id: 'E-00002', technology }],
        flows: [{ id: 'F-00001', source: 'E-00001', target: 'E-00002' }],
      })
    const known = [packOf(ruleWith({ when: [{ technology: ['hostile test engine'] }] }))]
    const long = `${words} Hostile-Test/Engine`
    expect(long.length).toBeGreaterThan(100_000)
    expect(deriveFindings(isNamed(long), known).findings.length).toBe(1)
    expect(deriveFindings(isNamed(`${words} hostile test`), known).findings.length).toBe(0)
    expect(deriveFindings(isNamed('x'.repeat(100_000)), builtinRules).count).toBe(9)
    readAll(isNamed(long))
  })

  test('a word that comes a thousand times is looked up once', () => {
    deriveFindings(drawn({}), builtinRules)
    const text = 'server '.repeat(1_000)
    const includes = vi.spyOn(String.prototype, 'includes')
    phrasesOnce(text)
    const calls = includes.mock.calls.length
    includes.mockRestore()
    expect(calls).toBeLessThan(200)
  })

  test.each([
    ['{source}'],
    ['{target} {flow} {element}'],
    ['{{{source}}}'],
    ['{constructor}'],
    ['__proto__'],
    ['$& $1 $` %s \\'],
    ['a|b, c" and "d'],
    ['line\nline\u2028\u0000'],
    ['</script><!--'],
    ['\u202e\u{1f512}'],
  ])('the name %j comes out as it is', name => {
    const design = drawn({
      elements: [
        { id: 'E-00001', name },
        { id: 'E-00002', name },
      ],
      boundaries: [{ id: 'B-00001', name }],
      flows: [{ id: 'F-00001', name, source: 'E-00001', target: 'E-00002' }],
    })
    const inside = applyChanges(design, [{ kind: 'patch', table: 'elements', id: 'E-00001', fields: { boundary: 'B-00001' } }])
    const known = [packOf(ruleWith({ title: '{source} | {target} | {flow}', crossing: 'only' }))]
    const [finding] = deriveFindings(inside, known).findings
    expect(finding?.title).toBe(`${name} | ${name} | ${name}`)
    expect(finding?.reason).toContain(`crosses "${name}".`)
    expect(findingOf(inside, known, finding?.id ?? '')?.id).toBe(finding?.id)
    const { records, merged } = readAll(inside)
    expect(merged.flatMap(({ lead, others }) => [lead, ...others]).length).toBe(records.length)
  })

  test('ids that look like others do not make findings say the same', () => {
    const design = drawn({
      elements: [{ id: 'E-00001' }, { id: 'E-00002' }],
      flows: [
        { id: 'F-1 forward', source: 'E-00001', target: 'E-00002' },
        { id: 'F-1', source: 'E-00001', target: 'E-00002' },
      ],
    })
    const known = [packOf(ruleWith({}))]
    expect(mergedFindings(deriveFindings(design, known).findings).length).toBe(2)
  })
})
