import type { Category, PrivacyCategory } from '../../model/types.ts'
import type { TemplateCategory } from './template.ts'

/** What a category of a template is here. */
export type Mapped = {
  readonly category: Category
  readonly privacy?: readonly PrivacyCategory[]
  /** Why it is not simply that; nothing when the template says it in STRIDE. */
  readonly because?: string
}

/** The nearest STRIDE category; a threat without one would be seen nowhere. */
export function mappedCategory({ name, description }: Pick<TemplateCategory, 'name' | 'description'>): Mapped {
  const stride = strideCategory(name)
  if (stride) return { category: stride }
  if (/\bprivacy\b/i.test(name))
    return {
      category: 'informationDisclosure',
      privacy: ['dataDisclosure'],
      because:
        'STRIDE has no privacy: its rules count as information disclosure, and as data disclosure among the privacy threats.',
    }
  const near = NEAR.find(({ pattern }) => pattern.test(`${name} ${description}`))
  return {
    category: near?.category ?? 'tampering',
    because: near
      ? `STRIDE has no such category: its rules count as ${near.title}, which is nearest to what the template says of it.`
      : 'STRIDE has no such category, and nothing the template says of it is near one: its rules count as tampering.',
  }
}

/** The category that the tool calls so; nothing for one that a template has added. */
export function strideCategory(name: string): Category | undefined {
  return NAMES.find(({ pattern }) => pattern.test(name))?.category
}

const NAMES: readonly { readonly category: Category; readonly pattern: RegExp }[] = [
  { category: 'spoofing', pattern: /^spoofing\b/i },
  { category: 'tampering', pattern: /^tampering\b/i },
  { category: 'repudiation', pattern: /^repudiation\b/i },
  { category: 'informationDisclosure', pattern: /^information disclosure\b/i },
  { category: 'denialOfService', pattern: /^denial of service\b/i },
  { category: 'elevationOfPrivilege', pattern: /^elevation of privileges?\b/i },
]

/** Words of names and descriptions, the more telling ones first. */
const NEAR: readonly { readonly category: Category; readonly title: string; readonly pattern: RegExp }[] = [
  { category: 'spoofing', title: 'spoofing', pattern: /\b(spoof|impersonat|masquerad|identit|authenticat|phish)/i },
  { category: 'repudiation', title: 'repudiation', pattern: /\b(repudiat|denying|audit|traceab|non-?complian)/i },
  {
    category: 'informationDisclosure',
    title: 'information disclosure',
    pattern: /\b(disclos|confidential|leak|sniff|eavesdrop)/i,
  },
  { category: 'denialOfService', title: 'denial of service', pattern: /\b(denial|availab|outage|exhaust|disrupt)/i },
  {
    category: 'elevationOfPrivilege',
    title: 'elevation of privilege',
    pattern: /\b(privileg|authoriz|authoris|permission|abuse|misuse)/i,
  },
  { category: 'tampering', title: 'tampering', pattern: /\b(tamper|integrit|alter|modif|corrupt|inject|safety)/i },
]
