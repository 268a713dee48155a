import { EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { Boundary, DataAsset, Design, Element, Flow, Rule, RulePack, Stamp } from '../../../core/model/types.ts'
import { firstRules } from '../../../packs/start.ts'

export const provenance = { kind: 'human', at: '2026-01-01T00:00:00Z', by: 'security lead' } as const
/** The interaction patterns alone. */
export const packs = firstRules

export type Drawn = {
  readonly elements?: readonly (Partial<Element> & Pick<Element, 'id'>)[]
  readonly flows?: readonly (Partial<Flow> & Pick<Flow, 'id'>)[]
  readonly boundaries?: readonly (Partial<Boundary> & Pick<Boundary, 'id'>)[]
  readonly data?: readonly (Partial<DataAsset> & Pick<DataAsset, 'id'>)[]
}

/** A design of just these things; names are the ids, elements are processes. */
export function drawn({ elements = [], flows = [], boundaries = [], data = [] }: Drawn): Design {
  return {
    ...EMPTY_DESIGN,
    elements: table(elements.map(row => ({ name: row.id, kind: 'process', provenance, ...row }))),
    flows: table(flows.map(row => ({ name: row.id, provenance, ...row }))),
    boundaries: table(boundaries.map(row => ({ name: row.id, kind: 'network', membership: 'stated', provenance, ...row }))),
    data: table(data.map(row => ({ name: row.id, provenance, ...row }))),
  }
}

/** Browser (outside) -> API (in B-CL0VD) -> Database (in B-CL0VD). */
export function shop(): Design {
  return drawn({
    elements: [
      { id: 'E-BR0WS', name: 'Browser', kind: 'externalEntity' },
      { id: 'E-AP100', name: 'API', boundary: 'B-CL0VD' },
      { id: 'E-DB000', name: 'Database', kind: 'dataStore', boundary: 'B-CL0VD' },
    ],
    flows: [
      { id: 'F-0RDER', name: 'order', source: 'E-BR0WS', target: 'E-AP100' },
      { id: 'F-SAVE0', name: 'save order', source: 'E-AP100', target: 'E-DB000' },
    ],
    boundaries: [{ id: 'B-CL0VD', name: 'Cloud' }],
  })
}

export function table<Row extends { readonly id: string }>(rows: readonly Row[]): { readonly [id: string]: Row } {
  return Object.fromEntries(rows.map(row => [row.id, row]))
}

/** A rule on processes that finds everything, with fields laid over. */
export function ruleWith(fields: Partial<Rule>): Rule {
  return {
    id: 'TEST-1',
    version: 1,
    categories: ['tampering'],
    on: 'interaction',
    crossing: 'any',
    subject: 'target',
    title: '{source} harms {target}',
    description: 'It does.',
    question: 'Does it?',
    likelihood: 2,
    impact: 3,
    cwe: ['CWE-1'],
    controls: ['CONTROL'],
    ...fields,
  }
}

export function packOf(...rules: readonly Rule[]): RulePack {
  return { id: 'test', version: '1.0.0', title: 'Test', licence: 'Apache-2.0', rules }
}

export function stampOf(kind: Stamp['kind'] = 'human', at = '2026-11-22T12:00:00Z'): Stamp {
  let n = 0
  return { at, by: 'security lead', kind, random: () => ((n++ * 7) % 32) / 32 }
}
