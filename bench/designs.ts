import { applyChanges, EMPTY_DESIGN } from '../core/model/change.ts'
import { newDesign } from '../core/model/create.ts'
import { randomFrom } from '../core/model/identity.ts'
import type { Boundary, DataAsset, Design, Element, Flow, Mitigation, Threat, Triage } from '../core/model/types.ts'
import { deriveFindings, type Finding } from '../core/threats/engine.ts'
import { firstRules } from '../packs/start.ts'

const AT = '2026-01-01T00:00:00Z'
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A made-up design of the wanted size: half processes, a third stores, the rest external; two flows an element, boundaries of ten. */
export function designOf(elements: number): Design {
  const provenance = { kind: 'human', at: AT } as const
  const byte = randomFrom(`bench ${elements}`)
  // One draw has 256 values; flows of large designs would all start at 256 elements.
  const random = () => byte() + byte() / 256
  const base = applyChanges(EMPTY_DESIGN, newDesign(`Bench ${elements}`, { at: AT, by: 'bench', random }))
  const boundaries = table(
    Math.max(1, Math.floor(elements / 10)),
    (i): Boundary => ({ id: idOf('B', i), name: `Zone ${i}`, kind: 'network', membership: 'stated', provenance }),
  )
  const data = table(5, (i): DataAsset => ({ id: idOf('D', i), name: `Data ${i}`, class: `D${i}` as 'D0', provenance }))
  const rows = table(
    elements,
    (i): Element => ({
      id: idOf('E', i),
      name: `Element ${i}`,
      kind: i % 2 === 0 ? 'process' : i % 6 === 1 ? 'externalEntity' : 'dataStore',
      ...(i % 6 === 1 ? {} : { boundary: idOf('B', Math.floor(i / 10) % Object.keys(boundaries).length) }),
      provenance,
    }),
  )
  const flows = table(elements * 2, (i): Flow => {
    const source = Math.floor(random() * elements)
    const target = (source + 1 + Math.floor(random() * 9)) % elements
    return {
      id: idOf('F', i),
      name: `Flow ${i}`,
      source: idOf('E', source),
      target: idOf('E', target),
      protocol: 'HTTPS',
      encryption: 'yes',
      authentication: 'unknown',
      data: { [idOf('D', i % 5)]: true },
      provenance,
    }
  })
  return { ...base, boundaries, data, elements: rows, flows }
}

/** The same with an answer to one finding in a hundred: triage, threats (a thousand at most) and what is done about them. */
export function answeredDesign(elements: number): Design {
  const design = designOf(elements)
  const provenance = { kind: 'human', at: AT } as const
  const { findings } = deriveFindings(design, firstRules)
  const chosen = findings.filter((_, i) => i % 100 === 0).slice(0, 1000)
  const triage = chosen.map((finding): Triage => {
    const { kind: _kind, ...objects } = finding.on
    return {
      id: finding.id,
      decision: 'real',
      likelihood: 3,
      impact: 3,
      subject: { rule: finding.rule, ...objects },
      at: AT,
      by: 'bench',
    }
  })
  const threats = table(
    chosen.length,
    (i): Threat => ({
      id: idOf('T', i),
      statement: `Threat ${i}`,
      categories: { tampering: true },
      findings: { [(chosen[i] as Finding).id]: true },
      provenance,
    }),
  )
  const mitigations = table(
    chosen.length,
    (i): Mitigation => ({
      id: idOf('M', i),
      statement: `The system shall answer threat ${i}.`,
      threats: { [idOf('T', i)]: true },
      control: 'INPUT-VALIDATION',
      status: 'planned',
      provenance,
    }),
  )
  return { ...design, triage: Object.fromEntries(triage.map(row => [row.id, row])), threats, mitigations }
}

function table<Row extends { readonly id: string }>(count: number, make: (i: number) => Row): Record<string, Row> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => make(i)).map(row => [row.id, row]))
}

function idOf(prefix: string, n: number): string {
  let text = ''
  for (let rest = n, i = 0; i < 5; i++, rest = Math.floor(rest / 32)) text = (ALPHABET[rest % 32] as string) + text
  return `${prefix}-${text}`
}
