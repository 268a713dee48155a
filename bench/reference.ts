import { table } from '../cli/table.ts'
import { EMPTY_DESIGN } from '../core/model/change.ts'
import type { Category, Design, Element, RulePack } from '../core/model/types.ts'
import { deriveFindings } from '../core/threats/engine.ts'

type Kind = Element['kind']

/** A row of the reference table: kinds of both ends, counts of S T R I D E without a crossing, and both totals. */
type Reference = {
  readonly ends: readonly [Kind, Kind]
  readonly counts: readonly number[]
  readonly base: number
  readonly crossing: number
}

/** Shostack, Threat Modeling (2014), table 3-10. */
const TABLE: readonly Reference[] = [
  { ends: ['process', 'process'], counts: [2, 0, 2, 1, 2, 2], base: 9, crossing: 12 },
  { ends: ['process', 'dataStore'], counts: [1, 1, 1, 2, 1, 0], base: 6, crossing: 9 },
  { ends: ['dataStore', 'process'], counts: [1, 1, 1, 1, 2, 1], base: 7, crossing: 10 },
  { ends: ['process', 'externalEntity'], counts: [2, 0, 1, 1, 1, 0], base: 5, crossing: 8 },
  { ends: ['externalEntity', 'process'], counts: [2, 0, 1, 1, 1, 1], base: 6, crossing: 9 },
]

const CATEGORIES: readonly Category[] = [
  'spoofing',
  'tampering',
  'repudiation',
  'informationDisclosure',
  'denialOfService',
  'elevationOfPrivilege',
]

const HEAD = ['flow', 'S', 'T', 'R', 'I', 'D', 'E', 'base', 'crossing', '']

/** The counts that five designs of two elements give, and whether each is what the table says. */
export function referenceText(packs: readonly RulePack[]): { readonly text: string; readonly isExact: boolean } {
  const pack = packs.filter(({ id }) => id === 'stride-interaction')
  const rows = TABLE.map(reference => {
    const base = findingsOf(twoElements(reference.ends, false), pack)
    const crossing = findingsOf(twoElements(reference.ends, true), pack)
    const isExact =
      String(base.counts) === String(reference.counts) && base.total === reference.base && crossing.total === reference.crossing
    return { reference, base, crossing, isExact }
  })
  const lines = rows.map(({ reference, base, crossing, isExact }) => [
    reference.ends.join(' -> '),
    ...base.counts.map(count => (count === 0 ? '-' : String(count))),
    String(base.total),
    String(crossing.total),
    isExact ? 'as in the table' : `DIFFERS: ${reference.counts.join(' ')}, ${reference.base}, ${reference.crossing}`,
  ])
  return { text: `${table(HEAD, lines)}\n`, isExact: rows.every(row => row.isExact) }
}

function findingsOf(design: Design, packs: readonly RulePack[]): { readonly counts: readonly number[]; readonly total: number } {
  const { findings } = deriveFindings(design, packs)
  return {
    counts: CATEGORIES.map(category => findings.filter(({ categories }) => categories.includes(category)).length),
    total: findings.length,
  }
}

/** One flow between two elements; when crossing, a boundary lies around the second. */
function twoElements([from, to]: readonly [Kind, Kind], crossing: boolean): Design {
  const provenance = { kind: 'human', at: '2026-01-01T00:00:00Z' } as const
  const element = (id: string, kind: Kind, more: Partial<Element> = {}): Element => ({
    id,
    name: kind,
    kind,
    provenance,
    ...more,
  })
  return {
    ...EMPTY_DESIGN,
    elements: {
      'E-00001': element('E-00001', from),
      'E-00002': element('E-00002', to, crossing ? { boundary: 'B-00001' } : {}),
    },
    flows: { 'F-00001': { id: 'F-00001', name: 'flow', source: 'E-00001', target: 'E-00002', provenance } },
    boundaries: { 'B-00001': { id: 'B-00001', name: 'boundary', kind: 'network', membership: 'stated', provenance } },
  }
}
