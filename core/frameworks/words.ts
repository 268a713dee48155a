import { shown } from '../evidence/show.ts'
import type { Excluded, FrameworkConcern, FrameworkLayer, FrameworkRow, Readable, Remark, RowState } from './types.ts'

/** What a row is, in a word. */
export const STATE_WORDS: { readonly [S in RowState]: string } = {
  proven: 'proven',
  planned: 'planned',
  notAddressed: 'not addressed',
  notApplicable: 'not applicable',
  outside: 'outside',
}

export const LAYER_WORDS: { readonly [L in FrameworkLayer]: string } = {
  principles: 'Principles',
  process: 'Process',
  practice: 'Practice',
  compliance: 'Compliance',
}

export const REMARK_WORDS: { readonly [R in Remark]: string } = {
  noVerdict: 'no verdict speaks of it',
  stale: 'the verdict is stale: the design changed since',
  failed: 'the last verdict failed it',
  cannotTell: 'the last verdict could not tell',
  waived: 'waived, which proves nothing',
  evidenceGone: 'evidence that the verdict cites is not there',
  broken: 'the ledger or the evidence is broken',
  inNoWorkItem: 'in no work item',
  noCheck: 'no check could show it',
  unconfirmed: 'proposed by an AI, not confirmed',
  olderDesign: 'not recorded for the design as it is now',
  selfReported: 'on the word of whoever ran the tool',
  contradicted: 'called not applicable, which contradicts what was decided',
  exclusionEnded: 'called not applicable until a day that has come',
  exclusionProposed: 'called not applicable by an AI, not confirmed',
}

/** Whether a decision that a row is not applicable counts. */
export const STANDING_WORDS: { readonly [S in Excluded['standing']]: string } = {
  counts: 'yes',
  contradicted: 'no: contradicts what was decided',
  ended: 'no: its day has come',
  proposed: 'no: an AI proposed it, not confirmed',
}

export const CONCERN_WORDS: { readonly [C in FrameworkConcern]: string } = {
  isAiModel: 'an AI model',
  isAiAgent: 'an AI agent',
  trainsModel: 'training of models',
  retrievesContent: 'retrieval',
  keepsMemory: 'memory of agents',
  isClient: 'a program on a user’s device',
  isMultiTenant: 'several tenants',
  handlesFiles: 'files of users',
  managesSessions: 'sessions',
  servesBrowser: 'pages for browsers',
  acceptsWebhooks: 'webhooks',
  personalData: 'personal data',
}

/** Remarks that a reader of a proof must know. */
const OF_PROOFS: ReadonlySet<Remark> = new Set(['selfReported', 'contradicted', 'exclusionEnded', 'exclusionProposed'])

/** What a row rests on, in how many places that is proven, what keeps it from being so, and who called it not applicable; in parts. */
export function restWords(row: FrameworkRow): readonly string[] {
  const { state, answers, remarks, needsEvery, without, outside, excluded } = row
  const said = excluded ? [excludedWords(excluded)] : []
  const doubts = remarks.filter(remark => state !== 'proven' || OF_PROOFS.has(remark)).map(remark => REMARK_WORDS[remark])
  if (without) return [`nothing here is or holds ${without.map(one => CONCERN_WORDS[one]).join(' or ')}`, ...doubts, ...said]
  if (state === 'notApplicable') return [...said, ...(outside === undefined ? [] : [outside])]
  if (outside !== undefined) return [outside, ...(excluded ? [...doubts, ...said] : [])]
  const told = state === 'notAddressed' ? [] : answers.filter(one => needsEvery || one.state !== 'none')
  const named = told.map(one => `${answerWords(one.answer)} (${one.proven} of ${one.places})`)
  return [...named, ...doubts, ...said]
}

/** Who called a row not applicable, when and why, on one line; whether that counts is said by its state and remarks. */
export function excludedWords({ reason, by, at, expires }: Excluded): string {
  const until = expires === undefined ? '' : `, until ${expires}`
  return `Not applicable, says ${plain(by)} (${at.slice(0, 10)}${until}): ${plain(reason)}`
}

/** On one line, with what nobody would see made visible: it goes to terminals too. */
function plain(text: string): string {
  return shown(text.replace(/\s+/g, ' ').trim(), MOST)
}

/** More than a reason can have. */
const MOST = 5000

/** What an answer asks for, in a few words. */
export function answerWords(answer: Readable): string {
  if ('rule' in answer) return `threats found by ${answer.rule}`
  const { control, cwe, category, requirement, check, ledger, fact, record } = answer
  if (control !== undefined) return `control ${control}`
  if (cwe !== undefined) return `controls against ${cwe}`
  if (category !== undefined) return `threats of ${category}`
  if (requirement !== undefined) return `approved ${requirement} requirements`
  if (check !== undefined) return `checks of ${CHECK_WORDS[check]}`
  if (ledger !== undefined) return `entries in the ledger: ${ledger}`
  if (record !== undefined) return `evidence in ${record === 'spdx' ? 'SPDX' : 'CycloneDX'}`
  return fact === undefined ? '' : FACT_WORDS[fact]
}

const CHECK_WORDS: { readonly [C in NonNullable<Exclude<Readable, { readonly rule: string }>['check']>]: string } = {
  tests: 'tests',
  findings: 'scanner findings',
  vulnerabilities: 'known vulnerabilities',
  components: 'components',
  newDependencies: 'new dependencies',
  coverage: 'code coverage',
  fuzz: 'fuzzing',
  dast: 'scans of the running program',
  attestation: 'attestations',
  signoff: 'reviews by people',
  'two-people': 'reviews by two people',
  'security-review': 'reviews for security',
  'within-globs': 'the files a change may touch',
  'ai-disclosed': 'disclosure of AI',
  'no-new-suppressions': 'silenced scanners',
  'keeps-tests': 'weakened tests',
  'keeps-scanner-config': 'changed scanner settings',
  monitoring: 'monitoring',
}

const FACT_WORDS: { readonly [F in NonNullable<Exclude<Readable, { readonly rule: string }>['fact']>]: string } = {
  purpose: 'the purpose is stated',
  drawn: 'the data flows are drawn',
  boundaries: 'trust boundaries are drawn',
  'data-classified': 'all data has a class',
  'personal-data-known': 'it is known which data is personal',
  threats: 'threats are on record',
  'findings-decided': 'every finding that asks now is decided',
  'threats-estimated': 'every threat has an estimate',
  'threats-answered': 'every threat has a response',
  requirements: 'requirements are approved',
  'requirements-linked': 'every approved requirement is linked and can be shown',
  assumptions: 'assumptions are on record',
  acceptances: 'accepted risks have owner, approver and end',
  policy: 'a policy says where AI may be applied',
  'work-items': 'work is cut into items',
  detection: 'mitigations say how an attack would be noticed',
}

/** What the numbers do not mean; it stands wherever they do. */
export const NOT_CERTIFICATION: readonly string[] = [
  'Coverage is not certification: nobody but the publisher, an auditor or an authority can say that a framework is met.',
  'Proven means that what a row asks for passed its checks in at least one place, on evidence that stands for the design as it is now; in how many of its places stands beside it.',
  'A framework lists more than is listed here, and what is not drawn was not examined.',
]
