import { isDummy, isRandom } from './dummy.ts'
import type { Span } from './found.ts'
import type { Rule } from './rule.ts'
import { type Doubt, SHAPES } from './shapes.ts'

/** Shown with every secret: a prompt is no place for one, and where it stood it may have been read. */
export const SECRET_CURE =
  'Write a placeholder such as <SECRET:name>, and replace the real one where it is used: it may have been read.'

type Accept = (text: string, hit: Span) => Span | undefined

/** A span whose text is no stand-in. */
const real: Accept = (text, hit) => (isDummy(text.slice(hit.start, hit.end)) ? undefined : hit)

/** Prefixes that are short enough to begin a word as well: the rest must be random. */
const random: Accept = (text, hit) => (isRandom(text.slice(hit.start, hit.end), 3.3) ? real(text, hit) : undefined)

/** Truncated keys count: what is missing may have been pasted elsewhere. */
function whole(_text: string, hit: Span): Span {
  return hit
}

/** Three parts; one without a signature gives no access. */
function webToken(text: string, hit: Span): Span | undefined {
  const signature = /^\.[A-Za-z0-9_-]{8,255}/.exec(text.slice(hit.end, hit.end + 260))
  return signature ? { start: hit.start, end: hit.end + signature[0].length } : undefined
}

const DOUBTS: Readonly<Record<Doubt, Accept>> = { random, whole, webToken }

const PASSWORD_IN_ADDRESS = '\\b[a-z][a-z0-9+.-]{1,15}://[^\\s/:@\'"<>]{0,64}:[^\\s/:@\'"<>]{3,128}@[a-z0-9\\[]'
const NO_PASSWORD = /^(?:pass(?:word|wd)?|pwd?|secret|token|user(?:name)?|test)$/i

function inAddress(text: string, hit: Span): Span | undefined {
  const address = text.slice(hit.start, hit.end)
  const password = address.slice(address.lastIndexOf(':') + 1, address.lastIndexOf('@'))
  return NO_PASSWORD.test(password) || isDummy(password) ? undefined : hit
}

/** `Authorization: Bearer …` and what else brings its credential along. */
function credential(text: string, hit: Span): Span | undefined {
  const value = text.slice(hit.start, hit.end).replace(/^\S+\s+/, '')
  return isRandom(value, 3.3) && !isDummy(value) ? { start: hit.end - value.length, end: hit.end } : undefined
}

/** Keywords that stand inside a secret and not at its start. */
const INSIDE: ReadonlySet<string> = new Set(['.', '-us', '.atlasv1.', ':aa', '7q~', '8q~', '/api/webhooks/', '://'])

/** No secret is longer, as far as it is read. */
const LONGEST = 640

/** Secrets of a known shape. There is no reason for one in a prompt, so no way around them. */
export const TOKEN_RULES: readonly Rule[] = [
  ...SHAPES.map(([label, what, keywords, pattern, doubt]) =>
    token({ label, what, keywords, pattern, accept: doubt ? DOUBTS[doubt] : real }),
  ),
  token(
    { label: 'password', what: 'a password in an address', keywords: ['://'], pattern: PASSWORD_IN_ADDRESS, accept: inAddress },
    true,
  ),
  token(
    {
      label: 'credential',
      what: 'a credential of a request',
      keywords: ['bearer ', 'basic '],
      pattern: '\\b(?:bearer|basic)\\s{1,3}[A-Za-z0-9+/_.~=-]{16,512}',
      accept: credential,
    },
    true,
  ),
]

type Token = {
  readonly label: string
  readonly what: string
  readonly keywords: readonly string[]
  readonly pattern: string
  readonly accept: Accept
}

function token(shape: Token, ignoresCase = false): Rule {
  return {
    id: 'scan.secret.token',
    action: 'block',
    cure: SECRET_CURE,
    ...shape,
    ...(shape.keywords.some(word => INSIDE.has(word)) ? {} : { reach: LONGEST }),
    ...(ignoresCase ? { ignoresCase: true as const } : {}),
  }
}
