import { acceptThreat, addMitigation, editMitigation } from '../mitigations/edits.ts'
import type { Change, Fields } from '../model/change.ts'
import { tableOf } from '../model/lookup.ts'
import type { Design, Stamp, Table } from '../model/types.ts'
import { approveRequirement } from '../requirements/edits.ts'
import { idsOf } from '../support/order.ts'
import type { Result } from '../support/result.ts'
import { triageDuplicate, triageNotApplicable, triageReal } from '../threats/edits.ts'
import { deriveFindings, type Finding, findingsById } from '../threats/engine.ts'
import { saysTheSame } from '../threats/merged.ts'
import { confirmProposed } from './confirm.ts'
import { editWorkItem } from './edits.ts'
import type { GateProblem } from './evaluate.ts'
import type { GatePacks } from './links.ts'

/** How a question turns out: as one hopes, or as one fears. */
export type Outlook = 'hoped' | 'feared'

/** An answer taken for the sake of argument: what it is in words, what it changes, and which places it speaks for. */
export type Cure = { readonly assumed: string; readonly changes: readonly Change[]; readonly covers: readonly string[] }

type Case = {
  readonly design: Design
  readonly packs: GatePacks
  readonly at: string
  readonly fix: string
  readonly outlook: Outlook
  readonly stamp: Stamp
}

/** What would cure a problem under this outlook; undefined where only a person at the drawing or the policy can tell. */
export function cureOf(problem: GateProblem, given: Omit<Case, 'at' | 'fix'>): Cure | undefined {
  const { at, fix } = problem
  return at === undefined || fix === undefined ? undefined : CURES[problem.code]?.({ ...given, at, fix: fix.id })
}

const CURES: Readonly<Record<string, (of: Case) => Cure | undefined>> = {
  'gate.crossing.protocolUnknown': of => field(of, 'flows', { protocol: ['HTTPS', 'HTTP'] }, 'protocol'),
  'gate.crossing.encryptionUnknown': of => field(of, 'flows', { encryption: ['yes', 'no'] }, 'encrypted'),
  'gate.crossing.authenticationUnknown': of => field(of, 'flows', { authentication: ['yes', 'no'] }, 'ends prove who they are'),
  'gate.exposure.unknown': of =>
    field(of, 'elements', { 'attributes/exposedToInternet': ['no', 'yes'] }, 'exposed to the internet'),
  'gate.data.unclassified': of => field(of, 'data', { class: ['D1', 'D3'] }, 'class'),
  'gate.requirement.notApproved': of => edit(of, 'approved', approveRequirement(of.design, { id: of.at }, of.stamp)),
  'gate.requirement.noVerification': of => field(of, 'requirements', { verification: ['test', 'test'] }, 'shown by'),
  'gate.finding.undecided': decideFinding,
  'gate.decision.hanging': decideFinding,
  'gate.threat.undecided': mitigate,
  'gate.threat.unestimated': of => {
    const value = of.outlook === 'hoped' ? 2 : 4
    const fields = { likelihood: value, impactScale: value }
    return { assumed: `estimated ${value} by ${value}`, changes: [patch('threats', of.at, fields)], covers: [of.at] }
  },
  'gate.mitigation.unverifiable': of =>
    edit(of, 'given a check', editMitigation(of.design, { mitigation: of.at, fields: { checks: ASSUMED_CHECK } })),
  'gate.acceptance.expired': renew,
  'gate.acceptance.expiring': renew,
  'gate.acceptance.notApproved': of => ({
    assumed: 'approved by another person',
    changes: [patch('acceptances', of.at, { approver: `${of.stamp.by} and another` })],
    covers: [of.at],
  }),
  'gate.ai.unconfirmed': of => edit(of, 'confirmed', confirmProposed(of.design, { id: of.at }, of.stamp)),
  'gate.workItem.dangling': of => {
    const item = of.design.workItems[of.at]
    const fields = (['elements', 'flows', 'requirements'] as const).flatMap(field =>
      idsOf(item?.[field])
        .filter(id => !hasEntity(of.design, id))
        .map(id => [`${field}/${id}`, undefined] as const),
    )
    return { assumed: 'taken out', changes: [patch('workItems', of.at, Object.fromEntries(fields))], covers: [of.at] }
  },
  'gate.workItem.noGlobs': of => edit(of, 'its files named', editWorkItem(of.design, globs(of, ['src/*.ts']), of.stamp)),
  'gate.workItem.wideGlobs': of => {
    const narrow = idsOf(of.design.workItems[of.at]?.mayEdit).map(glob => glob.replaceAll('**', '*'))
    return edit(of, 'narrowed', editWorkItem(of.design, globs(of, [...new Set(narrow)]), of.stamp))
  },
  'gate.workItem.noLanguage': of => field(of, 'workItems', { language: ['typescript', 'typescript'] }, 'language'),
}

const ASSUMED_CHECK = { assumed: { statement: 'A check shows that it is there.' } }

function globs({ at }: Case, mayEdit: readonly string[]) {
  return { id: at, fields: { mayEdit } }
}

function hasEntity(design: Design, id: string): boolean {
  const table = tableOf(id)
  return table !== undefined && (design[table] as Table<{ readonly id: string }>)[id] !== undefined
}

type FieldTable = 'flows' | 'elements' | 'data' | 'requirements' | 'workItems'

/** One field, with the value one hopes for first and the one one fears second. */
function field(
  { fix, at, outlook }: Case,
  table: FieldTable,
  of: Readonly<Record<string, readonly [string, string]>>,
  name: string,
) {
  const fields = Object.fromEntries(
    Object.entries(of).map(([key, [hoped, feared]]) => [key, outlook === 'hoped' ? hoped : feared]),
  )
  return { assumed: `${name}: ${Object.values(fields).join(', ')}`, changes: [patch(table, fix, fields)], covers: [at] }
}

function edit({ at }: Case, assumed: string, made: Result<readonly Change[]>): Cure | undefined {
  return made.ok ? { assumed, changes: made.value, covers: [at] } : undefined
}

function patch(table: FieldTable | 'threats' | 'acceptances', id: string, fields: Fields): Change {
  return { kind: 'patch', table, id, fields }
}

/** Hoped: it cannot happen here. Feared: it is real. What says the same is decided with it, as a person would. */
function decideFinding({ design, packs, at, outlook, stamp }: Case): Cure | undefined {
  const { findings } = deriveFindings(design, packs.rules)
  const finding = findingsById(findings).get(at)
  if (!finding) return undefined
  const alike = saysTheSame(findings, finding).filter(one => one.id !== at && !design.triage[one.id])
  const decided =
    outlook === 'hoped'
      ? [finding, ...alike].map(one => triageNotApplicable(design, { finding: one, reason: 'Assumed.' }, stamp))
      : [judgedReal(design, finding, stamp), ...alike.map(one => triageDuplicate(design, { finding: one, of: at }, stamp))]
  return {
    assumed: outlook === 'hoped' ? 'not applicable' : 'real',
    changes: decided.flatMap(made => (made.ok ? made.value : [])),
    covers: [at, ...alike.map(one => one.id)],
  }
}

function judgedReal(design: Design, finding: Finding, stamp: Stamp): Result<readonly Change[]> {
  return triageReal(design, { finding, likelihood: finding.likelihood, impact: finding.impact }, stamp)
}

/** With the control its rule names or one for the same weakness, else in words: a mitigation in words then asks for a check. */
function mitigate({ design, packs, at, stamp }: Case): Cure | undefined {
  const findings = findingsById(deriveFindings(design, packs.rules).findings)
  const all = packs.controls.flatMap(pack => pack.controls)
  const known = new Set(all.map(one => one.id))
  const { findings: behind, cwe } = design.threats[at] ?? {}
  const named = idsOf(behind)
    .flatMap(id => findings.get(id)?.controls ?? [])
    .find(id => known.has(id))
  const control = named ?? all.find(one => one.cwe.some(weakness => cwe?.[weakness]))?.id
  const made = addMitigation(
    design,
    { threat: at, ...(control ? { control, packs: packs.controls } : { statement: 'Something is done about it.' }) },
    stamp,
  )
  return made.ok
    ? { assumed: control ? `mitigated by ${control}` : 'mitigated in own words', changes: made.value, covers: [at] }
    : undefined
}

function renew({ design, at, stamp }: Case): Cure | undefined {
  const row = design.acceptances[at]
  if (!row) return undefined
  const year = Number(stamp.at.slice(0, 4)) + 1
  const made = acceptThreat(design, { ...row, expires: `${year}-12-31` }, stamp)
  return made.ok ? { assumed: 'renewed', changes: made.value, covers: [at] } : undefined
}
