import type { Find } from './engine.ts'
import type { Span } from './found.ts'
import { isAfter, isEdge, type Rule } from './rule.ts'

/** Domains that are reserved for examples (RFC 2606, RFC 6761). */
const EXAMPLE = /@(?:[\w.-]+\.)?(?:example(?:\.(?:com|net|org))?|invalid|test|localhost)$/i

/** Names of files and versions that only look like a domain. */
const NO_DOMAIN =
  /^\d+\.\d|\.(?:png|jpe?g|gif|svg|webp|[cm]?[jt]sx?|json|md|css|html|ya?ml|toml|zip|gz|jar|exe|dll|so|py|rb|go|rs)$/i

/** E-mail addresses; each @ is looked at once, with as much around it as an address may have. */
const addresses: Find = text => {
  const spans: Span[] = []
  let last = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at
    while (start > last && at - start < 64 && /[A-Za-z0-9._%+-]/.test(text[start - 1] ?? '')) start--
    const domain = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9-])/.exec(
      text.slice(at + 1, at + 220),
    )?.[0]
    if (start === at || domain === undefined || NO_DOMAIN.test(domain)) continue
    const end = at + 1 + domain.length
    // git@host:path names a repository.
    if (text.slice(start, at) === 'git' && /[:/]/.test(text[end] ?? '')) continue
    if (!EXAMPLE.test(text.slice(at, end))) spans.push({ start, end })
    last = end
  }
  return spans
}

/** Numbers set aside for stories (North America, the United Kingdom). */
const FICTION = /^(?:1?\d{3}55501\d\d|55501\d\d|44(?:207946|1632960|7700900)\d{3}|0?(?:207946|1632960|7700900)\d{3,4})$/

function phone(text: string, hit: Span): Span | undefined {
  const digits = text.slice(hit.start, hit.end).replace(/\D/g, '')
  const before = text[hit.start - 1] ?? ' '
  if (digits.length < 8 || digits.length > 15 || /[\p{L}\p{N}_.+/-]/u.test(before) || !isEdge(text, hit.end)) return undefined
  return isPhone(digits) ? hit : undefined
}

/** What follows a word such as `phone`, without the word. */
function phoneAfterWord(text: string, hit: Span): Span | undefined {
  const lead = /^\D*?(?=[(\d])/.exec(text.slice(hit.start, hit.end))?.[0] ?? ''
  const digits = text.slice(hit.start + lead.length, hit.end).replace(/\D/g, '')
  if (digits.length < 7 || digits.length > 13 || !isEdge(text, hit.start - 1) || !isEdge(text, hit.end)) return undefined
  return isPhone(digits) ? { start: hit.start + lead.length, end: hit.end } : undefined
}

function isPhone(digits: string): boolean {
  return !FICTION.test(digits) && new Set(digits).size > 3 && !/^\d{0,3}1234567/.test(digits)
}

/** Four numbers that name no machine of anybody: this one, examples (RFC 5737), many at once, and what is version or section. */
function address(text: string, hit: Span): Span | undefined {
  const parts = partsOf(text, hit)
  if (
    !parts ||
    isInner(parts) ||
    isAfter(text, hit.start, /(?:\bv|version|release|build|section|§|clause|chapter|oid)[\s:.=]*$/i, 12)
  )
    return undefined
  const [a = 0, b = 0, c = 0] = parts
  if (a === 0 || a === 127 || a >= 224 || (a === 169 && b === 254)) return undefined
  if (
    (a === 192 && b === 0 && (c === 2 || c === 0)) ||
    (a === 198 && b === 51 && c === 100) ||
    (a === 203 && b === 0 && c === 113)
  )
    return undefined
  return parts.every(part => part < 30) || new Set(parts).size === 1 ? undefined : hit
}

/** An address of an inner network (RFC 1918, RFC 6598, RFC 3927). */
export function innerAddress(text: string, hit: Span): Span | undefined {
  const parts = partsOf(text, hit)
  // 10.0.0.0/8 and its like name the range, not a machine.
  return parts &&
    isInner(parts) &&
    !/^(?:10\.0\.0\.0|172\.16\.0\.0|192\.168\.0\.0|100\.64\.0\.0|169\.254\.0\.0)$/.test(parts.join('.'))
    ? hit
    : undefined
}

function isInner([a = 0, b = 0]: readonly number[]): boolean {
  return (
    a === 10 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254)
  )
}

function partsOf(text: string, hit: Span): readonly number[] | undefined {
  if (
    /[\p{L}\p{N}_.-]/u.test(text[hit.start - 1] ?? ' ') ||
    !isEdge(text, hit.end) ||
    /^[.-][\p{L}\p{N}]/u.test(text.slice(hit.end, hit.end + 2))
  )
    return undefined
  const written = text.slice(hit.start, hit.end).split('.')
  if (written.some(part => part.length > 1 && part.startsWith('0'))) return undefined
  const parts = written.map(Number)
  return parts.every(part => part <= 255) ? parts : undefined
}

/** Global unicast addresses that are not for documentation (RFC 3849, RFC 9637). */
function longAddress(text: string, hit: Span): Span | undefined {
  const written = text.slice(hit.start, hit.end).toLowerCase()
  if (/[\p{L}\p{N}_:.]/u.test(text[hit.start - 1] ?? ' ') || !isEdge(text, hit.end)) return undefined
  const groups = written.split(':')
  const isShort = written.includes('::')
  if (
    isShort
      ? groups.length > 8 || written.indexOf('::') !== written.lastIndexOf('::') || groups.length < 4
      : groups.length !== 8 || groups.includes('')
  )
    return undefined
  return /^2001:0?db8:|^3fff:/.test(written) ? undefined : hit
}

/** Dotted numbers: one pattern for persons' addresses and for inner ones. */
export const DOTTED = '\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}'

/** How to reach a person, or the machine a person sits at. */
export const CONTACT_RULES: readonly Rule[] = [
  {
    ...kind('scan.email', 'EMAIL', 'an e-mail address', 'Use an address at example.com.'),
    keywords: ['@'],
    find: addresses,
  },
  {
    ...kind('scan.phone', 'PHONE', 'a telephone number', 'Name the data and its class instead of a value.'),
    keywords: ['+'],
    digits: 8,
    pattern: '\\+[1-9](?:[ ()./-]{0,2}\\d){7,14}',
    accept: phone,
  },
  {
    ...kind('scan.phone', 'PHONE', 'a telephone number', 'Name the data and its class instead of a value.'),
    keywords: ['tel', 'phone', 'mobil', 'handy', 'fax', 'call', 'whatsapp', 'cell'],
    digits: 7,
    pattern:
      '(?:telephone|telefon|tel|phone|mobile|mobil|handy|telefax|fax|call|whatsapp|cell)(?:[ -]?(?:number|nummer|nr|no))?(?:\\.|:|=| is| at| on| unter){0,2}\\s{0,2}\\(?[0-9](?:[ ()./-]{0,2}\\d){6,12}',
    ignoresCase: true,
    reach: 80,
    accept: phoneAfterWord,
  },
  {
    ...kind('scan.ip', 'IP', 'an internet address', 'Use an address for documentation, as 192.0.2.1.'),
    digits: 4,
    pattern: DOTTED,
    accept: address,
  },
  {
    ...kind('scan.ip', 'IP', 'an internet address', 'Use an address for documentation, as 2001:db8::1.'),
    keywords: [':'],
    digits: 3,
    pattern: '[23][0-9a-f]{3}(?::[0-9a-f]{0,4}){2,7}',
    ignoresCase: true,
    accept: longAddress,
  },
]

function kind(id: string, label: string, what: string, cure: string) {
  return { id, label, what, cure, action: 'placeholder' as const }
}
