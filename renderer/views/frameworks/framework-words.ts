import type { Excluded, FrameworkConcern, FrameworkLayer, Readable, Remark, RowState } from '../../../core/frameworks/types.ts'
import type { Requirement } from '../../../core/model/types.ts'
import { CATEGORY_NAMES } from '../../state/words.ts'
import type { Tone } from '../../ui/badge.tsx'
import { spoken, t } from '../../words/translate.ts'

/** What a row is, in the language of the window. */
export const STATE_NAMES: Readonly<Record<RowState, string>> = spoken({
  proven: 'Proven',
  planned: 'Planned',
  notAddressed: 'Not addressed',
  notApplicable: 'Not applicable',
  outside: 'Outside',
})

export const STATE_TONES: Readonly<Record<RowState, Tone>> = {
  proven: 'good',
  planned: 'info',
  notAddressed: 'warn',
  notApplicable: 'plain',
  outside: 'plain',
}

export const LAYER_NAMES: Readonly<Record<FrameworkLayer, string>> = spoken({
  principles: 'Principles',
  process: 'Process',
  practice: 'Practice',
  compliance: 'Compliance',
})

export const LAYER_LINES: Readonly<Record<FrameworkLayer, string>> = spoken({
  principles: 'What is wished for',
  process: 'How risk is managed',
  practice: 'What is done in design and code',
  compliance: 'What is demanded, and the records of it',
})

export const REMARK_NAMES: Readonly<Record<Remark, string>> = spoken({
  noVerdict: 'No verdict speaks of it',
  stale: 'The verdict is stale: the design changed since',
  failed: 'The last verdict failed it',
  cannotTell: 'The last verdict could not tell',
  waived: 'Waived, which proves nothing',
  evidenceGone: 'Evidence that the verdict cites is not there',
  broken: 'The ledger or the evidence is broken',
  inNoWorkItem: 'In no work item',
  noCheck: 'No check could show it',
  unconfirmed: 'Proposed by an AI and not confirmed',
  olderDesign: 'Not recorded for the design as it is now',
  selfReported: 'On the word of whoever ran the tool',
  contradicted: 'Called not applicable, which contradicts what was decided',
  exclusionEnded: 'Called not applicable until a day that has come',
  exclusionProposed: 'Called not applicable by an AI and not confirmed',
})

/** Why a decision that a row is not applicable does not count. */
export const STANDING_NAMES: Readonly<Record<Exclude<Excluded['standing'], 'counts'>, string>> = spoken({
  contradicted: 'Does not count: it contradicts what was decided',
  ended: 'Does not count: its day has come',
  proposed: 'Does not count: an AI proposed it',
})

const CONCERN_NAMES: Readonly<Record<FrameworkConcern, string>> = spoken({
  isAiModel: 'an AI model',
  isAiAgent: 'an AI agent',
  trainsModel: 'training of models',
  retrievesContent: 'retrieval',
  keepsMemory: 'memory of agents',
  isClient: 'a program on a device of users',
  isMultiTenant: 'several tenants',
  handlesFiles: 'files of users',
  managesSessions: 'sessions',
  servesBrowser: 'pages for browsers',
  acceptsWebhooks: 'webhooks',
  personalData: 'personal data',
})

/** What the design is without, as one clause. */
export function withoutWords(concerns: readonly FrameworkConcern[]): string {
  const names = concerns.map(concern => CONCERN_NAMES[concern])
  return t('Everything drawn says that it has none of this: {{names}}', { names: names.join(', ') })
}

type Check = NonNullable<Exclude<Readable, { readonly rule: string }>['check']>
type Fact = NonNullable<Exclude<Readable, { readonly rule: string }>['fact']>

const CHECK_NAMES: Readonly<Record<Check, string>> = spoken({
  tests: 'Checks by tests',
  findings: 'Checks of scanner findings',
  vulnerabilities: 'Checks of known vulnerabilities',
  components: 'Checks of components',
  newDependencies: 'Checks of new dependencies',
  coverage: 'Checks of code coverage',
  fuzz: 'Checks by fuzzing',
  dast: 'Scans of the running program',
  attestation: 'Checks of attestations',
  signoff: 'Reviews by people',
  'two-people': 'Reviews by two people',
  'security-review': 'Reviews for security',
  'within-globs': 'Changes stay in their files',
  'ai-disclosed': 'Disclosure of AI in commits',
  'no-new-suppressions': 'Nothing silences a scanner',
  'keeps-tests': 'No test is weakened',
  'keeps-scanner-config': 'Scanner settings stay as they are',
  monitoring: 'Checks of monitoring',
})

const FACT_NAMES: Readonly<Record<Fact, string>> = spoken({
  purpose: 'The purpose is stated',
  drawn: 'The data flows are drawn',
  boundaries: 'Trust boundaries are drawn',
  'data-classified': 'All data has a class',
  'personal-data-known': 'It is known which data is personal',
  threats: 'Threats are on record',
  'findings-decided': 'Every finding that asks now is decided',
  'threats-estimated': 'Every threat has an estimate',
  'threats-answered': 'Every threat has a response',
  requirements: 'Requirements are approved',
  'requirements-linked': 'Every approved requirement is linked and can be shown',
  assumptions: 'Assumptions are on record',
  acceptances: 'Accepted risks have owner, approver and end',
  policy: 'A policy says where AI may be applied',
  'work-items': 'Work is cut into items',
  detection: 'Mitigations say how an attack would be noticed',
})

const KIND_NAMES: Readonly<Record<Requirement['kind'], string>> = spoken({
  functional: 'Functional',
  security: 'Security',
  privacy: 'Privacy',
  compliance: 'Compliance',
  operational: 'Operational',
})

const LEDGER_NAMES: Readonly<Record<'prompt-issued' | 'verdict' | 'collected' | 'checklist-issued', string>> = spoken({
  'prompt-issued': 'Prompts that passed the gate, in the ledger',
  verdict: 'Verdicts in the ledger',
  collected: 'Collected evidence in the ledger',
  'checklist-issued': 'Checklists taken along, in the ledger',
})

/** What would answer a row, in the language of the window. */
export function answerName(answer: Readable): string {
  if ('rule' in answer) return t('Threats found by {{rule}}', { rule: answer.rule })
  const { control, cwe, category, requirement, check, ledger, fact, record } = answer
  if (control !== undefined) return t('Control {{control}}', { control })
  if (cwe !== undefined) return t('Controls against {{cwe}}', { cwe })
  if (category !== undefined) return t('Threats of {{category}}', { category: CATEGORY_NAMES[category] })
  if (requirement !== undefined) return t('Approved requirements: {{kind}}', { kind: KIND_NAMES[requirement] })
  if (check !== undefined) return CHECK_NAMES[check]
  if (record !== undefined) return t('Evidence in {{format}}', { format: record === 'spdx' ? 'SPDX' : 'CycloneDX' })
  if (fact !== undefined) return FACT_NAMES[fact]
  return isNamed(ledger) ? LEDGER_NAMES[ledger] : t('Entries in the ledger: {{type}}', { type: ledger ?? '' })
}

function isNamed(type: string | undefined): type is keyof typeof LEDGER_NAMES {
  return type !== undefined && Object.hasOwn(LEDGER_NAMES, type)
}
