import type { Category, DataClass, PrivacyCategory, Ternary, Triage, Zone } from '../../core/model/types.ts'

/** The words a person reads for the values the design stores. */
export const KIND_NAMES = {
  process: 'Process',
  dataStore: 'Data store',
  externalEntity: 'External entity',
  boundary: 'Trust boundary',
  flow: 'Data flow',
} as const

/** What a drawn thing is called. */
export function kindName(kind: keyof typeof KIND_NAMES): string {
  return KIND_NAMES[kind]
}

/** The STRIDE categories in words. */
export const CATEGORY_NAMES: Readonly<Record<Category, string>> = {
  spoofing: 'Spoofing',
  tampering: 'Tampering',
  repudiation: 'Repudiation',
  informationDisclosure: 'Information disclosure',
  denialOfService: 'Denial of service',
  elevationOfPrivilege: 'Elevation of privilege',
}

/** The STRIDE categories in the order of their letters. */
export const CATEGORIES = Object.keys(CATEGORY_NAMES) as readonly Category[]

/** The letter STRIDE gives a category. */
export function letterOf(category: Category): string {
  return CATEGORY_NAMES[category].slice(0, 1)
}

/** The privacy threat types of LINDDUN in words; they stand beside STRIDE and are never one of its six. */
export const PRIVACY_NAMES: Readonly<Record<PrivacyCategory, string>> = {
  linking: 'Linking',
  identifying: 'Identifying',
  nonRepudiation: 'Non-repudiation',
  detecting: 'Detecting',
  dataDisclosure: 'Data disclosure',
  unawareness: 'Unawareness',
  nonCompliance: 'Non-compliance',
}

/** The privacy threat types in the order of LINDDUN. */
export const PRIVACY_CATEGORIES = Object.keys(PRIVACY_NAMES) as readonly PrivacyCategory[]

/** What LINDDUN writes for a type where there is no room for the word; two letters where one would say two things. */
export const PRIVACY_MARKS: Readonly<Record<PrivacyCategory, string>> = {
  linking: 'L',
  identifying: 'I',
  nonRepudiation: 'Nr',
  detecting: 'D',
  dataDisclosure: 'Dd',
  unawareness: 'U',
  nonCompliance: 'Nc',
}

/** The categories of something in one line, privacy after STRIDE and named as such. */
export function categoryWords(of: {
  readonly categories: readonly Category[]
  readonly privacy?: readonly PrivacyCategory[] | undefined
}) {
  const privacy = of.privacy?.map(category => PRIVACY_NAMES[category]).join(', ')
  return [...of.categories.map(category => CATEGORY_NAMES[category]), ...(privacy ? [`Privacy: ${privacy}`] : [])].join(', ')
}

/** The data classes in words. */
export const CLASS_NAMES: Readonly<Record<DataClass, string>> = {
  D0: 'D0 public',
  D1: 'D1 internal',
  D2: 'D2 confidential',
  D3: 'D3 restricted',
  D4: 'D4 secret',
}

/** The three answers to a question about security. */
export const TERNARIES: readonly { readonly value: Ternary; readonly label: string }[] = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
  { value: 'unknown', label: 'Unknown' },
]

/** The three decisions on a finding. */
export const DECISION_NAMES: Readonly<Record<Triage['decision'], string>> = {
  real: 'Real',
  notApplicable: 'Not applicable',
  duplicate: 'Duplicate',
}

/** Why a finding asks for attention now. */
export const ATTENTION_NAMES: Readonly<Record<string, string>> = {
  crossing: 'crosses a boundary',
  dataClass: 'sensitive data',
  exposed: 'exposed to the internet',
  privileged: 'runs privileged',
  aiAgent: 'AI agent',
  parsesUntrusted: 'parses untrusted input',
  unknownBoundary: 'boundary not resolved',
  unknownClass: 'data class unknown',
  unknownExposure: 'exposure unknown',
}

/** Likelihood and impact from 1 to 5. */
export const SCALE: readonly { readonly value: string; readonly label: string }[] = [
  { value: '1', label: '1 very low' },
  { value: '2', label: '2 low' },
  { value: '3', label: '3 medium' },
  { value: '4', label: '4 high' },
  { value: '5', label: '5 very high' },
]

/** The zones of AI use in words. */
export const ZONE_NAMES: Readonly<Record<Zone, string>> = {
  forbidden: 'AI forbidden',
  'advise-only': 'AI may only advise',
  'assisted-2p': 'Assisted, two reviewers',
  assisted: 'Assisted, one reviewer',
  'sandboxed-agent': 'Sandboxed agent',
}

/** "1 finding", "3 findings". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
}
