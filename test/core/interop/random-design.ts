import fc from 'fast-check'
import { EMPTY_DESIGN } from '../../../core/model/change.ts'
import { DEFAULT_POLICY } from '../../../core/model/lookup.ts'
import type { AnyRow, Comment, Design, Settings, Suggestion, Triage } from '../../../core/model/types.ts'
import { diagramsOf, randomPages } from './random-diagrams.ts'
import { flagsOf, lines, maybe, nameText, provenance, sentence, valuesOf } from './random-texts.ts'

/**
 * Designs as people make them: every link leads somewhere, names have odd characters in them, nothing is foreign. Small, and smaller
 * when a property fails: links are numbers that are taken modulo what there is, so any part can go without the rest losing its sense.
 */
export type Most = { readonly [table in keyof Drafts]?: number }

const at = '2026-11-22T16:00:00Z'
const ternary = fc.constantFrom('yes', 'no', 'unknown' as const)
const scale = fc.integer({ min: 1, max: 5 })
const level = fc.constantFrom('low', 'medium', 'high' as const)
const links = maybe(fc.array(fc.nat(99), { minLength: 1, maxLength: 3 }))
const link = maybe(fc.nat(99))
const globs = maybe(flagsOf('src/**', 'api/*.ts', 'a b/"c"'))
/** Words of the schemas, a few of each list: enough to meet every kind of value. */
const ATTRIBUTES = ['authenticates', 'encryptsAtRest', 'isLog', 'storesCredentials', 'exposedToInternet', 'isAiAgent'] as const
const CATEGORIES = [
  ...(['spoofing', 'tampering', 'repudiation', 'informationDisclosure', 'denialOfService', 'elevationOfPrivilege'] as const),
]

const drafts = {
  elements: fc.record({
    name: nameText,
    kind: fc.constantFrom('process', 'dataStore', 'externalEntity' as const),
    technology: maybe(nameText),
    boundary: link,
    attributes: maybe(valuesOf(ternary, ...ATTRIBUTES)),
    codeClasses: maybe(flagsOf('authn', 'payment', 'parser')),
    data: links,
    paths: globs,
    tags: maybe(flagsOf('pci', 'Team A')),
    outOfScope: maybe(sentence),
    description: maybe(lines),
  }),
  flows: fc.record({
    name: nameText,
    source: fc.oneof({ weight: 5, arbitrary: fc.nat(99) }, link),
    target: fc.oneof({ weight: 5, arbitrary: fc.nat(99) }, link),
    protocol: maybe(nameText),
    authentication: maybe(ternary),
    encryption: maybe(ternary),
    publicNetwork: maybe(ternary),
    data: links,
    bidirectional: maybe(fc.constant(true as const)),
    outOfScope: maybe(sentence),
    description: maybe(lines),
  }),
  boundaries: fc.record({
    name: nameText,
    kind: fc.constantFrom('unknown', 'network', 'process', 'machine', 'organisation', 'privilege' as const),
    parent: link,
    trustLevel: maybe(fc.integer({ min: 0, max: 100 })),
    membership: fc.constantFrom('stated', 'geometry', 'stated', 'unresolved' as const),
    description: maybe(lines),
  }),
  data: fc.record({
    name: nameText,
    class: maybe(fc.constantFrom('D0', 'D1', 'D2', 'D3', 'D4' as const)),
    confidentiality: maybe(level),
    integrity: maybe(level),
    availability: maybe(level),
    personal: maybe(ternary),
    description: maybe(lines),
  }),
  requirements: fc.record({
    statement: sentence,
    kind: fc.constantFrom('functional', 'security', 'privacy', 'compliance', 'operational' as const),
    priority: maybe(fc.constantFrom('must', 'should', 'could' as const)),
    source: maybe(sentence),
    actor: maybe(nameText),
    verification: maybe(fc.constantFrom('test', 'analysis', 'inspection', 'demonstration' as const)),
    parent: link,
    status: fc.constantFrom('draft', 'approved', 'retired' as const),
    elements: links,
    flows: links,
    data: links,
    description: maybe(lines),
  }),
  assumptions: fc.record({
    statement: sentence,
    consequence: maybe(sentence),
    owner: maybe(nameText),
    description: maybe(lines),
  }),
  triage: fc.record({
    decision: fc.constantFrom('notApplicable', 'real' as const),
    likelihood: maybe(scale),
    impact: maybe(scale),
    reason: maybe(sentence),
    on: fc.nat(99),
  }),
  threats: fc.record({
    statement: sentence,
    source: maybe(sentence),
    prerequisite: maybe(sentence),
    action: maybe(sentence),
    impact: maybe(sentence),
    categories: fc.subarray(CATEGORIES, { maxLength: 3 }),
    privacy: maybe(flagsOf('linking', 'unawareness')),
    cwe: maybe(flagsOf('CWE-79', 'CWE-287', 'CWE-1')),
    findings: links,
    elements: links,
    flows: links,
    data: links,
    likelihood: maybe(scale),
    impactScale: maybe(scale),
    owasp: maybe(valuesOf(fc.integer({ min: 0, max: 9 }), 'motive', 'size')),
    cvss: maybe(fc.constant('CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N')),
    description: maybe(lines),
  }),
  mitigations: fc.record({
    statement: sentence,
    threats: links,
    control: maybe(fc.constantFrom('AUTHN-SESSION', 'TLS')),
    status: fc.constantFrom('planned', 'implemented', 'verified' as const),
    owner: maybe(nameText),
    checks: maybe(valuesOf(fc.record({ statement: sentence }), 'neg', 'unit-2')),
    description: maybe(lines),
  }),
  acceptances: fc.record({
    response: fc.constantFrom('accept', 'transfer', 'avoid' as const),
    threat: fc.nat(99),
    reason: sentence,
    owner: nameText,
    approver: maybe(nameText),
    expires: maybe(fc.constantFrom('2027-01-31', '2028-02-29')),
    description: maybe(lines),
  }),
  exclusions: fc.record({
    framework: fc.constantFrom('owasp-asvs', 'gdpr'),
    entry: nameText,
    reason: sentence,
    expires: maybe(fc.constantFrom('2027-01-31', '2028-02-29')),
  }),
  workItems: fc.record({
    name: nameText,
    goal: sentence,
    operation: fc.constantFrom('generate', 'refactor', 'test' as const),
    elements: links,
    flows: links,
    requirements: links,
    mayEdit: globs,
    packages: maybe(flagsOf('pkg:npm/zod@4.0.0')),
    description: maybe(lines),
  }),
  comments: fc.record({
    text: lines,
    by: nameText,
    resolved: maybe(fc.boolean()),
    on: fc.nat(99),
    field: maybe(fc.constant('name')),
  }),
  suggestions: fc.record({ title: nameText, description: maybe(sentence), by: nameText, name: nameText, on: fc.nat(99) }),
  pages: randomPages,
}

type Drafts = { readonly [table in keyof typeof drafts]: readonly Drawn<(typeof drafts)[table]>[] }
type Drawn<A> = A extends fc.Arbitrary<infer Value> ? Value : never

/** How many rows of each table there are at most; a format's test may ask for fewer or more of some. */
const MOST: Required<Most> = {
  ...{ elements: 5, flows: 5, boundaries: 4, data: 3, requirements: 2, assumptions: 2, triage: 1, threats: 4, mitigations: 3 },
  ...{ acceptances: 2, exclusions: 1, workItems: 1, comments: 1, suggestions: 1, pages: 3 },
}

const settings = fc.record({ name: nameText, purpose: maybe(lines), glossary: maybe(valuesOf(sentence, 'step-up', 'a "b"')) })

/** Random sound designs; `most` says how many rows of a table there are at most, 0 for none. */
export function randomDesign(most: Most = {}): fc.Arbitrary<Design> {
  const counts = { ...MOST, ...most }
  const lists = Object.fromEntries(
    Object.entries(drafts).map(([table, draft]) => [
      table,
      fc.array(draft as fc.Arbitrary<unknown>, { maxLength: counts[table as keyof Most] }),
    ]),
  )
  return fc.tuple(settings, fc.record(lists)).map(([head, rows]) => designFrom(head, rows as unknown as Drafts))
}

type Ids = { readonly [table in keyof Drafts]: readonly string[] }
const PREFIX: { readonly [table in keyof Drafts]: string } = {
  ...{ elements: 'E', flows: 'F', boundaries: 'B', data: 'D', requirements: 'R', assumptions: 'A', triage: 'N', threats: 'T' },
  ...{ mitigations: 'M', acceptances: 'X', exclusions: 'Q', workItems: 'W', comments: 'K', suggestions: 'S', pages: 'G' },
}

function designFrom(head: Drawn<typeof settings>, rows: Drafts): Design {
  const ids = Object.fromEntries(
    Object.entries(rows).map(([table, list]) => [table, list.map((_, i) => idOf(PREFIX[table as keyof Drafts], i))]),
  ) as unknown as Ids
  const boundaries = table(ids.boundaries, rows.boundaries, ({ parent, ...row }, i) => {
    const outer = ids.boundaries.slice(0, i).filter((_, j) => rows.boundaries[j]?.membership !== 'unresolved')
    return { ...row, parent: row.membership === 'unresolved' ? undefined : one(outer, parent) }
  })
  const areas = Object.values(boundaries as Design['boundaries']).flatMap(({ id, membership }) =>
    membership === 'unresolved' ? [] : [id],
  )
  const tables = {
    boundaries,
    settings: { design: stored<Settings>({ id: 'design', format: 1, designId: '0123456789', epoch: 1, ...head }) },
    policy: { policy: DEFAULT_POLICY },
    elements: table(ids.elements, rows.elements, ({ boundary, data, ...row }) => ({
      ...row,
      boundary: one(areas, boundary),
      data: some(ids.data, data),
    })),
    flows: table(ids.flows, rows.flows, ({ source, target, data, ...row }) => ({
      ...row,
      source: one(ids.elements, source),
      target: one(ids.elements, target),
      data: some(ids.data, data),
    })),
    data: table(ids.data, rows.data, row => row),
    requirements: table(ids.requirements, rows.requirements, ({ parent, ...row }, i) => ({
      ...row,
      ...linksOf(ids, row),
      parent: one(ids.requirements.slice(0, i), parent),
    })),
    assumptions: table(ids.assumptions, rows.assumptions, row => row),
    triage: triageOf(ids, rows),
    threats: table(ids.threats, rows.threats, ({ categories, findings, ...row }) => ({
      ...row,
      ...linksOf(ids, row),
      categories: Object.fromEntries(categories.map(one => [one, true as const])),
      findings: some(ids.elements.length > 0 ? ids.triage : [], findings),
    })),
    mitigations: table(ids.mitigations, rows.mitigations, ({ threats, ...row }) => ({
      ...row,
      threats: some(ids.threats, threats),
    })),
    acceptances: acceptancesOf(ids, rows),
    exclusions: table(ids.exclusions, rows.exclusions, row => row),
    workItems: table(ids.workItems, rows.workItems, ({ requirements, elements, flows, ...row }) => ({
      ...row,
      elements: some(ids.elements, elements),
      flows: some(ids.flows, flows),
      requirements: some(ids.requirements, requirements),
    })),
    comments: commentsOf(ids, rows),
    suggestions: suggestionsOf(ids, rows),
  }
  const design = { ...EMPTY_DESIGN, ...tables } as unknown as Design
  return { ...design, ...diagramsOf(design, rows.pages, ids.pages) }
}

/** Rows whose subject must exist are left out where it does not. */
function triageOf(ids: Ids, rows: Drafts): Design['triage'] {
  if (ids.elements.length === 0) return {}
  return byId(
    rows.triage.map(({ on, ...row }, i) => {
      const subject = { rule: 'STRIDE-1', element: one(ids.elements, on) }
      return stored<Triage>({ id: ids.triage[i], ...row, subject: stored(subject), at, by: 'security lead' })
    }),
  )
}

function acceptancesOf(ids: Ids, rows: Drafts): Design['acceptances'] {
  if (ids.threats.length === 0) return {}
  return table(ids.acceptances, rows.acceptances, ({ threat, approver, ...row }) => ({
    ...row,
    threat: one(ids.threats, threat),
    approver: approver === row.owner ? undefined : approver,
  })) as Design['acceptances']
}

function commentsOf(ids: Ids, rows: Drafts): Design['comments'] {
  const anchors = [...ids.elements, ...ids.flows, ...ids.boundaries]
  if (anchors.length === 0) return {}
  return byId(
    rows.comments.map(({ on, field, ...row }, i) =>
      stored<Comment>({ id: ids.comments[i], ...row, at, anchor: stored({ id: one(anchors, on), field }) }),
    ),
  )
}

function suggestionsOf(ids: Ids, rows: Drafts): Design['suggestions'] {
  if (ids.elements.length === 0) return {}
  return byId(
    rows.suggestions.map(({ on, name, ...row }, i) => {
      const changes = [{ table: 'elements' as const, id: one(ids.elements, on), before: {}, after: { name } }]
      return stored<Suggestion>({ id: ids.suggestions[i], ...row, at, base: BASE, status: 'open', changes })
    }),
  )
}

/** A digest of some design or other. */
const BASE = `sha256:${'0'.repeat(64)}`

type Linked = Pick<Drawn<typeof drafts.threats>, 'elements' | 'flows' | 'data'>

function linksOf(ids: Ids, { elements, flows, data }: Linked) {
  return { elements: some(ids.elements, elements), flows: some(ids.flows, flows), data: some(ids.data, data) }
}

function idOf(prefix: string, i: number): string {
  return `${prefix}-${String(i + 1).padStart(prefix === 'N' || prefix === 'Q' ? 8 : 5, '0')}`
}

function one(ids: readonly string[], which: number | undefined): string | undefined {
  return which === undefined ? undefined : ids[which % ids.length]
}

function some(ids: readonly string[], which: readonly number[] | undefined): { readonly [id: string]: true } | undefined {
  const named = (which ?? []).flatMap(number => one(ids, number) ?? [])
  return named.length > 0 ? Object.fromEntries(named.sort().map(id => [id, true as const])) : undefined
}

function table<Draft>(
  ids: readonly string[],
  list: readonly Draft[],
  rowOf: (draft: Draft, i: number) => object,
): { readonly [id: string]: AnyRow } {
  return byId(list.map((draft, i) => stored<AnyRow>({ id: ids[i], ...rowOf(draft, i), provenance })))
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): { readonly [id: string]: Row } {
  return Object.fromEntries(rows.map(row => [row.id, row]))
}

/** Without what is undefined, as a design is stored. */
function stored<Row>(row: object): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Row
}
