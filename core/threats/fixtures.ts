import { EMPTY_DESIGN } from '../model/change.ts'
import type { Boundary, DataAsset, Design, Element, Flow, Rule, RuleFixture, RulePack } from '../model/types.ts'
import type { Problem } from '../support/result.ts'
import type { Kind } from './compile.ts'
import { deriveFindings } from './engine.ts'

/** Rules that do not do what their fixtures say, and rules that have none; each rule is tried alone. */
export function fixtureProblems(pack: RulePack): readonly Problem[] {
  return pack.rules.flatMap(rule => {
    const { positive = [], negative = [] } = rule.fixtures ?? {}
    const alone: RulePack = { ...pack, optional: false, rules: [rule] }
    return [
      ...(positive.length === 0 || negative.length === 0 ? [problemOf(pack, rule, 'has no positive and negative fixture')] : []),
      ...positive.flatMap((fixture, i) => tried(alone, fixture, true, `positive fixture ${i + 1}`)),
      ...negative.flatMap((fixture, i) => tried(alone, fixture, false, `negative fixture ${i + 1}`)),
    ]
  })
}

/** The plain design of a fixture: two elements and a flow, or one element, with the fixture's fields laid over. */
export function fixtureDesign(rule: Rule, fixture: RuleFixture): Design {
  const isCrossing = fixture.crossing ?? rule.crossing === 'only'
  const data = fixture.data ? { [DATA.id]: { ...DATA, ...fixture.data } as DataAsset } : {}
  const linked = fixture.data ? { data: { [DATA.id]: true as const } } : {}
  const inside = isCrossing ? { boundary: BOUNDARY.id } : {}
  const [sourceKind, targetKind] = kindsOf(rule)
  const elements: readonly Element[] =
    rule.on === 'element'
      ? [{ ...elementOf('E-00001', rule.element?.[0] ?? 'process'), ...linked, ...fixture.element, ...inside }, otherOf(rule)]
      : [
          { ...elementOf('E-00001', sourceKind), ...fixture.source },
          { ...elementOf('E-00002', targetKind), ...fixture.target, ...inside },
        ]
  const ends = rule.on === 'element' ? { source: 'E-00002', target: 'E-00001' } : { source: 'E-00001', target: 'E-00002' }
  const flow: Flow = { id: 'F-00001', name: 'flow', ...ends, ...linked, ...fixture.flow, provenance: PROVENANCE }
  return {
    ...EMPTY_DESIGN,
    elements: Object.fromEntries(elements.map(element => [element.id, element])),
    flows: { [flow.id]: flow },
    boundaries: isCrossing ? { [BOUNDARY.id]: { ...BOUNDARY, ...fixture.boundary } as Boundary } : {},
    data,
  }
}

const PROVENANCE = { kind: 'human', at: '2026-01-01T00:00:00Z', by: 'fixture' } as const
const BOUNDARY: Boundary = { id: 'B-00001', name: 'boundary', kind: 'network', membership: 'stated', provenance: PROVENANCE }
const DATA: DataAsset = { id: 'D-00001', name: 'data', provenance: PROVENANCE }

function elementOf(id: string, kind: Kind): Element {
  return { id, name: kind, kind, provenance: PROVENANCE }
}

/** The other end of a fixture about one element: of a kind that the rule itself does not look at, where there is one. */
function otherOf(rule: Rule): Element {
  return elementOf(
    'E-00002',
    rule.element?.includes('process') && !rule.element.includes('externalEntity') ? 'externalEntity' : 'process',
  )
}

/** The first kinds a rule takes; one end is a process, because data does not move itself. */
function kindsOf(rule: Rule): readonly [Kind, Kind] {
  const target = rule.target?.[0] ?? 'process'
  const sources = rule.source ?? ['process']
  const source = target === 'process' ? sources[0] : sources.find(kind => kind === 'process')
  return source ? [source, target] : [sources[0] ?? 'process', 'process']
}

function tried(alone: RulePack, fixture: RuleFixture, wanted: boolean, which: string): readonly Problem[] {
  const rule = alone.rules[0]
  if (!rule) return []
  const { findings, problems } = deriveFindings(fixtureDesign(rule, fixture), [alone])
  if (problems.length > 0) return problems
  if (findings.some(finding => finding.applicability === 'applies') === wanted) return []
  const what = `${wanted ? 'finds nothing' : 'finds something'} in ${which}${fixture.note ? ` (${fixture.note})` : ''}`
  return [problemOf(alone, rule, what)]
}

function problemOf(pack: RulePack, rule: Rule, what: string): Problem {
  return {
    code: 'rule.fixture',
    severity: 'error',
    at: `${pack.id}/${rule.id}`,
    message: `Rule ${rule.id} ${what}.`,
    cure: 'Correct the rule or its fixture.',
  }
}
