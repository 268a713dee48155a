import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { newDesign } from '../../../core/model/create.ts'
import { randomFrom } from '../../../core/model/identity.ts'
import type { Design, Packs, Provenance, Stamp, TargetPack } from '../../../core/model/types.ts'
import { triageNotApplicable } from '../../../core/threats/edits.ts'
import { deriveFindings, type Finding } from '../../../core/threats/engine.ts'
import { builtinPacks } from '../../../packs/builtin.ts'
import { firstRules } from '../../../packs/start.ts'
import targets from '../../../packs/targets/targets.json'

/** The clock of these tests. */
export const AT = '2026-11-22T16:00:00Z'
export const STAMP: Stamp = { at: AT, by: 'architect', random: randomFrom('transfers') }
export const PACKS: Packs = { ...builtinPacks, rules: firstRules, targets: [targets as unknown as TargetPack] }

const provenance: Provenance = { kind: 'human', at: AT, by: 'architect' }

/** Ids of the design below, by the names people would use. */
export const ID = {
  customer: 'E-CVST1',
  api: 'E-AP1AA',
  ledger: 'E-DB1AA',
  fraud: 'E-FRAVD',
  submit: 'F-SVBM1',
  book: 'F-B00K1',
  score: 'F-SC0RE',
  internet: 'B-CR0SS',
  order: 'D-0RDER',
  session: 'D-SESS1',
  derive: 'R-DER1V',
  limit: 'R-STEPP',
  otherRequirement: 'R-0THER',
  tampering: 'T-TAMP1',
  disclosure: 'T-D1SC1',
  accepted: 'T-ACCPT',
  ownership: 'M-0WNER',
  logs: 'M-N0L0G',
  acceptance: 'X-ACCPT',
  work: 'W-STEP1',
  otherWork: 'W-0THER',
} as const

const rows: readonly Change[] = [
  put('boundaries', { id: ID.internet, name: 'Data centre', kind: 'network', membership: 'stated' }),
  put('data', { id: ID.order, name: 'Payment order', class: 'D3', personal: 'yes' }),
  put('data', { id: ID.session, name: 'Session token', class: 'D4' }),
  put('elements', { id: ID.customer, name: 'Browser', kind: 'externalEntity' }),
  put('elements', {
    id: ID.api,
    name: 'Transfer API',
    kind: 'process',
    technology: 'Express 5.1.0',
    boundary: ID.internet,
    attributes: { exposedToInternet: 'yes' },
  }),
  put('elements', {
    id: ID.ledger,
    name: 'Ledger',
    kind: 'dataStore',
    technology: 'PostgreSQL 17',
    boundary: ID.internet,
    data: { [ID.order]: true },
  }),
  put('elements', {
    id: ID.fraud,
    name: 'Fraud scorer',
    kind: 'process',
    boundary: ID.internet,
    attributes: { exposedToInternet: 'no' },
  }),
  put('flows', {
    id: ID.submit,
    name: 'Submit transfer',
    source: ID.customer,
    target: ID.api,
    protocol: 'HTTPS',
    authentication: 'yes',
    encryption: 'yes',
    data: { [ID.order]: true, [ID.session]: true },
  }),
  put('flows', {
    id: ID.book,
    name: 'Book transfer',
    source: ID.api,
    target: ID.ledger,
    protocol: 'PostgreSQL',
    data: { [ID.order]: true },
  }),
  put('flows', { id: ID.score, name: 'Score', source: ID.api, target: ID.fraud }),
  put('requirements', {
    id: ID.derive,
    statement: 'When a transfer is submitted, the Transfer API shall take the debit account from the session.',
    kind: 'security',
    priority: 'must',
    status: 'approved',
    verification: 'test',
    elements: { [ID.api]: true },
  }),
  put('requirements', {
    id: ID.limit,
    statement: 'When a transfer exceeds 500 EUR, the Transfer API shall ask for a second factor before it books the transfer.',
    kind: 'functional',
    priority: 'must',
    status: 'approved',
    verification: 'inspection',
    flows: { [ID.submit]: true },
  }),
  put('requirements', {
    id: ID.otherRequirement,
    statement: 'The Fraud scorer shall answer within 200 ms.',
    kind: 'operational',
    status: 'approved',
    verification: 'test',
    elements: { [ID.fraud]: true },
  }),
  put('threats', {
    id: ID.tampering,
    statement: 'A customer changes the debit account in the request and moves money of another customer.',
    categories: { tampering: true, elevationOfPrivilege: true },
    cwe: { 'CWE-639': true },
    flows: { [ID.submit]: true },
    elements: { [ID.api]: true },
    likelihood: 4,
    impactScale: 5,
  }),
  put('threats', {
    id: ID.disclosure,
    statement: 'Account numbers are readable in the log of the Transfer API.',
    categories: { informationDisclosure: true },
    elements: { [ID.api]: true },
    likelihood: 3,
    impactScale: 3,
  }),
  put('threats', {
    id: ID.accepted,
    statement: 'A customer denies having asked for a transfer.',
    categories: { repudiation: true },
    flows: { [ID.submit]: true },
    likelihood: 2,
    impactScale: 3,
  }),
  put('mitigations', {
    id: ID.ownership,
    statement: 'The Transfer API shall book a transfer only from an account of the caller.',
    threats: { [ID.tampering]: true },
    control: 'AUTHZ-OBJECT',
    status: 'planned',
  }),
  put('mitigations', {
    id: ID.logs,
    statement: 'The Transfer API shall log only the fields on its list.',
    threats: { [ID.disclosure]: true },
    status: 'planned',
    checks: { fields: { statement: 'No log line holds an account number.' } },
  }),
  put('acceptances', {
    id: ID.acceptance,
    response: 'accept',
    threat: ID.accepted,
    reason: 'The bank carries disputes up to 500 EUR.',
    owner: 'product owner',
    approver: 'security lead',
    expires: '2027-01-31',
  }),
  put('workItems', {
    id: ID.work,
    name: 'Step-up authentication for transfers',
    goal: 'Ask for a second factor before a transfer above 500 EUR is booked.',
    doneWhen: 'A transfer of 500.01 EUR without a second factor is refused, and one of 500.00 EUR is booked.',
    operation: 'generate',
    language: 'TypeScript',
    stack: 'Node 20.20, Express 5.1.0, PostgreSQL 17',
    elements: { [ID.api]: true },
    flows: { [ID.submit]: true, [ID.book]: true },
    mayEdit: { 'src/transfers/*.ts': true, 'test/transfers/*.ts': true },
    mayRead: { 'src/session/*.ts': true },
    mustNotTouch: { 'src/ledger/*': true },
    packages: { 'pkg:npm/otplib@12.0.1': true },
  }),
  put('workItems', {
    id: ID.otherWork,
    name: 'Faster fraud scores',
    goal: 'Answer within 200 ms.',
    operation: 'refactor',
    language: 'python',
    elements: { [ID.fraud]: true },
    mayEdit: { 'scorer/*.py': true },
  }),
]

/** A small bank-transfer system in which every finding that asks for an answer has one. */
export const TRANSFERS: Design = decided(applyChanges(EMPTY_DESIGN, [...newDesign('Transfers', STAMP), ...rows]))

/** The same before anybody looked at the findings. */
export const UNDECIDED: Design = { ...TRANSFERS, triage: {} }

/** The design with fields of one row changed. */
export function withFields(
  design: Design,
  table: Extract<Change, { kind: 'patch' }>['table'],
  id: string,
  fields: Readonly<Record<string, unknown>>,
): Design {
  return applyChanges(design, [{ kind: 'patch', table, id, fields }])
}

export function findingsOf(design: Design): readonly Finding[] {
  return deriveFindings(design, PACKS.rules).findings
}

function decided(design: Design): Design {
  const open = findingsOf(design).filter(finding => finding.attention === 'now' && finding.applicability === 'applies')
  return open.reduce((before, finding) => {
    const edit = triageNotApplicable(before, { finding, reason: 'Looked at in the design review of this test.' }, STAMP)
    if (!edit.ok) throw new Error(edit.problems[0].message)
    return applyChanges(before, edit.value)
  }, design)
}

function put(table: string, row: Readonly<Record<string, unknown>>): Change {
  return { kind: 'put', table, row: { ...row, provenance } } as unknown as Change
}
