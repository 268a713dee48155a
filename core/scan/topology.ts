import { DOTTED, innerAddress } from './contacts.ts'
import type { Dictionary } from './dictionary.ts'
import type { Find } from './engine.ts'
import type { Span } from './found.ts'
import { isEdge, type Rule, standsAlone } from './rule.ts'

/** Names that every cluster and every developer's machine has. */
const COMMON = /(?:^|\.)(?:svc\.cluster\.local|docker\.internal|metadata\.google\.internal|localhost\.localdomain)$/i
const PACKAGE = /^(?:com|org|net|io|java|javax|jdk|sun|edu|golang|android|kotlin|scala)\./

function host(text: string, hit: Span): Span | undefined {
  const name = text.slice(hit.start, hit.end)
  if (/[\p{L}\p{N}_.@$-]/u.test(text[hit.start - 1] ?? ' ') || !isEdge(text, hit.end)) return undefined
  if (/^[.(-][\p{L}\p{N}_(]?/u.test(text.slice(hit.end, hit.end + 2)) && !/^\.(?:\s|$)/.test(text.slice(hit.end, hit.end + 2)))
    return undefined
  return COMMON.test(name) || PACKAGE.test(name) || /^(?:this|settings|config|window|self|module)\./.test(name) ? undefined : hit
}

/** Account numbers that vendors use in their documentation. */
const SAMPLE_ACCOUNT = /:(?:123456789012|111122223333|444455556666|0{12}|1{12}|9{12}):/

const CURE = 'Name the element of the design instead.'

const RULES: readonly Rule[] = [
  {
    ...topology('scan.host', 'HOST', 'the name of an inner machine'),
    keywords: ['.internal', '.local', '.corp', '.intranet', '.lan', '.home.arpa'],
    pattern: '[a-z0-9](?:[a-z0-9-]{0,62}\\.){1,6}(?:internal|local|corp|intranet|lan|home\\.arpa|localdomain)\\b',
    ignoresCase: true,
    accept: host,
  },
  { ...topology('scan.innerIp', 'INNER_IP', 'an address of an inner network'), digits: 4, pattern: DOTTED, accept: innerAddress },
  {
    ...topology('scan.cloud', 'CLOUD_ID', 'the id of a cloud resource'),
    keywords: ['arn:'],
    pattern: '\\barn:aws[a-z-]{0,12}:[a-z0-9-]{2,32}:[a-z0-9-]{0,24}:\\d{12}:[A-Za-z0-9_/.:*-]{1,200}',
    accept: (text, hit) => (SAMPLE_ACCOUNT.test(text.slice(hit.start, hit.end)) ? undefined : hit),
  },
  {
    ...topology('scan.cloud', 'CLOUD_ID', 'the id of a cloud resource'),
    keywords: ['-'],
    digits: 4,
    pattern: '\\b(?:i|vpc|subnet|sg|ami|vol|eni|igw|rtb|nat|snap|eipalloc|vpce|tgw)-(?:[0-9a-f]{17}|[0-9a-f]{8})\\b',
    accept: (text, hit) =>
      standsAlone(text, hit) &&
      /\d/.test(text.slice(hit.start, hit.end)) &&
      !/^[.-][\p{L}\p{N}]/u.test(text.slice(hit.end, hit.end + 2)) &&
      text[hit.start - 1] !== '-'
        ? hit
        : undefined,
  },
  {
    ...topology('scan.cloud', 'CLOUD_ID', 'the id of a cloud resource'),
    keywords: ['/subscriptions/'],
    pattern: '/subscriptions/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    ignoresCase: true,
    accept: (text, hit) => (/0{8}-0{4}/.test(text.slice(hit.start, hit.end)) ? undefined : hit),
  },
  {
    ...topology('scan.cloud', 'CLOUD_ID', 'the address of a cloud resource'),
    keywords: ['.amazonaws.com', '.windows.net', '.azure.com', '.azure.net', '.run.app'],
    pattern:
      '\\b[a-z0-9][a-z0-9.-]{2,120}\\.(?:rds|elb|cache|execute-api|es|redshift|lambda-url)(?:\\.[a-z0-9-]{4,20})?\\.amazonaws\\.com\\b|\\b[a-z0-9-]{3,64}\\.(?:blob|file|queue|table|database|vault|servicebus|documents)\\.(?:core\\.windows|windows|azure)\\.(?:net|com)\\b',
    ignoresCase: true,
  },
]

/** What tells a stranger how the house is built, with the words that a team keeps to itself. */
export function topologyRules({ words = [], ticketKeys = [] }: Dictionary = {}): readonly Rule[] {
  const own = words.filter(word => word.trim().length >= 2)
  const keys = ticketKeys.filter(key => /^[A-Za-z][A-Za-z0-9_]{1,19}$/.test(key))
  return [
    ...RULES,
    ...(own.length > 0 ? [{ ...topology('scan.team', 'NAME', 'a word that the team keeps to itself'), find: wordsIn(own) }] : []),
    ...(keys.length > 0
      ? [
          {
            ...topology('scan.ticket', 'TICKET', 'the key of a ticket'),
            pattern: `\\b(?:${keys.join('|')})-\\d{1,7}\\b`,
            accept: (text: string, hit: Span) => (text[hit.start - 1] === '-' ? undefined : hit),
          },
        ]
      : []),
  ]
}

/** Whole words, whatever their case. */
function wordsIn(words: readonly string[]): Find {
  return text => {
    const lower = text.toLowerCase()
    // A letter whose small form is longer would shift every place after it.
    const searched = lower.length === text.length ? lower : text
    return words.flatMap(word => {
      const wanted = word.trim().toLowerCase()
      const spans: Span[] = []
      for (let at = searched.indexOf(wanted); at >= 0; at = searched.indexOf(wanted, at + wanted.length)) {
        const span = { start: at, end: at + wanted.length }
        if (standsAlone(text, span)) spans.push(span)
      }
      return spans
    })
  }
}

function topology(id: string, label: string, what: string) {
  return { id, label, what, cure: CURE, action: 'warn' as const }
}
