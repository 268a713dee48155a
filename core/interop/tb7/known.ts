import type { AttributeName, Condition, Ternary } from '../../model/types.ts'
import type { Part } from './filter.ts'

/** How a property that the tool asks for is asked of a design that was drawn elsewhere. */
export type Known = (answers: readonly Ternary[]) => Condition

/** Our word for a property, where there is one that means the same of the same thing. */
export function knownFor(of: Part, title: string): Known | undefined {
  const found = WORDS.find(({ on, title: pattern }) => on !== (of === 'flow' ? 'end' : 'flow') && pattern.test(title))
  if (!found) return undefined
  const { asks } = found
  if (asks === 'encryption' || asks === 'authentication' || asks === 'personalData') return answers => ({ [asks]: answers })
  return answers => ({ of, attribute: { [asks]: answers } })
}

/** What a value of a property answers, when it answers yes or no. */
export function answerOf(value: string): Ternary | undefined {
  if (/^(yes|true)$/i.test(value)) return 'yes'
  return /^(no|false)$/i.test(value) ? 'no' : undefined
}

type Word = {
  readonly on: 'flow' | 'end' | 'any'
  readonly title: RegExp
  readonly asks: 'encryption' | 'authentication' | 'personalData' | AttributeName
}

/** What encrypts a flow also keeps it whole, and a design has one answer for both ends proving who they are. */
const WORDS: readonly Word[] = [
  { on: 'flow', title: /^(provides (confidentiality|integrity)|(is )?encrypted)$/i, asks: 'encryption' },
  { on: 'flow', title: /^(source|destination) authenticated$/i, asks: 'authentication' },
  { on: 'end', title: /^authenticates itself$/i, asks: 'authentication' },
  { on: 'end', title: /^(https|.* tls) enforced$/i, asks: 'encryption' },
  { on: 'any', title: /^(stores|transmits) personally identifiable information\b/i, asks: 'personalData' },
  { on: 'end', title: /^sanitizes input$/i, asks: 'validatesInput' },
  { on: 'end', title: /^sanitizes output$/i, asks: 'encodesOutput' },
  { on: 'end', title: /^implements or uses an authentication mechanism$/i, asks: 'authenticates' },
  { on: 'end', title: /^implements or uses an authorization mechanism$/i, asks: 'authorises' },
  { on: 'end', title: /^((is )?encrypted|.* tde enabled)$/i, asks: 'encryptsAtRest' },
  { on: 'end', title: /^stores credentials$/i, asks: 'storesCredentials' },
  { on: 'end', title: /^stores log data$/i, asks: 'isLog' },
  { on: 'end', title: /^backup$/i, asks: 'holdsBackups' },
  { on: 'end', title: /^.* audit(ing| logging) enabled$/i, asks: 'logsAudit' },
]
