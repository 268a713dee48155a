import type { Category, DataClass, PrivacyCategory, Ternary, Triage, Zone } from '../../core/model/types.ts'
import { spoken, t } from '../words/translate.ts'

/** The words a person reads for the values the design stores. */
export const KIND_NAMES = spoken({
  process: 'Process',
  dataStore: 'Data store',
  externalEntity: 'External entity',
  boundary: 'Trust boundary',
  flow: 'Data flow',
})

/** What a drawn thing is called. */
export function kindName(kind: keyof typeof KIND_NAMES): string {
  return KIND_NAMES[kind]
}

/** What is offered to be made. */
export const NEW_NAMES = spoken({
  process: 'New process',
  dataStore: 'New data store',
  externalEntity: 'New external entity',
})

/** What a step is called that adds one: a noun in the middle of a sentence is written otherwise in other languages. */
export const ADD_LABELS = spoken({
  process: 'add process',
  dataStore: 'add data store',
  externalEntity: 'add external entity',
  boundary: 'add trust boundary',
})

/** The same where a data flow to it is added too. */
export const ADD_CONNECTED_LABELS = spoken({
  process: 'add process and data flow',
  dataStore: 'add data store and data flow',
  externalEntity: 'add external entity and data flow',
})

/** The STRIDE categories in words. */
export const CATEGORY_NAMES: Readonly<Record<Category, string>> = spoken({
  spoofing: 'Spoofing',
  tampering: 'Tampering',
  repudiation: 'Repudiation',
  informationDisclosure: 'Information disclosure',
  denialOfService: 'Denial of service',
  elevationOfPrivilege: 'Elevation of privilege',
})

/** The STRIDE categories in the order of their letters. */
export const CATEGORIES = Object.keys(CATEGORY_NAMES) as readonly Category[]

/** The letter STRIDE gives a category. */
export function letterOf(category: Category): string {
  return category.slice(0, 1).toUpperCase()
}

/** The privacy threat types of LINDDUN in words; they stand beside STRIDE and are never one of its six. */
export const PRIVACY_NAMES: Readonly<Record<PrivacyCategory, string>> = spoken({
  linking: 'Linking',
  identifying: 'Identifying',
  nonRepudiation: 'Non-repudiation',
  detecting: 'Detecting',
  dataDisclosure: 'Data disclosure',
  unawareness: 'Unawareness',
  nonCompliance: 'Non-compliance',
})

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
  return [
    ...of.categories.map(category => CATEGORY_NAMES[category]),
    ...(privacy ? [t('Privacy: {{types}}', { types: privacy })] : []),
  ].join(', ')
}

/** The data classes in words. */
export const CLASS_NAMES: Readonly<Record<DataClass, string>> = spoken({
  D0: 'D0 public',
  D1: 'D1 internal',
  D2: 'D2 confidential',
  D3: 'D3 restricted',
  D4: 'D4 secret',
})

/** The three answers to a question about security. */
export const TERNARIES: readonly Spoken<Ternary>[] = choicesOf(spoken({ yes: 'Yes', no: 'No', unknown: 'Unknown' }))

/** The three decisions on a finding. */
export const DECISION_NAMES: Readonly<Record<Triage['decision'], string>> = spoken({
  real: 'Real',
  notApplicable: 'Not applicable',
  duplicate: 'Duplicate',
})

/** Why a finding asks for attention now. */
export const ATTENTION_NAMES: Readonly<Record<string, string>> = spoken({
  crossing: 'crosses a boundary',
  dataClass: 'sensitive data',
  exposed: 'exposed to the internet',
  privileged: 'runs privileged',
  aiAgent: 'AI agent',
  parsesUntrusted: 'parses untrusted input',
  unknownBoundary: 'boundary not resolved',
  unknownClass: 'data class unknown',
  unknownExposure: 'exposure unknown',
})

/** Likelihood and impact from 1 to 5. */
export const SCALE: readonly Spoken<string>[] = choicesOf(
  spoken({ 1: '1 very low', 2: '2 low', 3: '3 medium', 4: '4 high', 5: '5 very high' }),
)

/** The zones of AI use in words. */
export const ZONE_NAMES: Readonly<Record<Zone, string>> = spoken({
  forbidden: 'AI forbidden',
  'advise-only': 'AI may only advise',
  'assisted-2p': 'Assisted, two reviewers',
  assisted: 'Assisted, one reviewer',
  'sandboxed-agent': 'Sandboxed agent',
})

/** "1 finding", "3 findings"; both forms stand in en.json under "{{count}} findings". */
export function counted(count: number, one: string, many = `${one}s`): string {
  const key = `{{count}} ${many}`
  return t(key, { count })
}

/** A value with its word, which is read when it is shown. */
type Spoken<Value extends string> = { readonly value: Value; readonly label: string }

/** The lines of a choice from a table of words, all of them in its order or those that are asked for. */
export function choicesOf<Value extends string>(
  words: { readonly [V in Value]: string },
  some: readonly Value[] = Object.keys(words) as Value[],
): readonly Spoken<Value>[] {
  return some.map(value => ({
    value,
    get label() {
      return words[value]
    },
  }))
}
