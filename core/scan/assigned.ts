import { isDummy, isRandom, isWordy, kindsIn } from './dummy.ts'
import { entropyOf } from './entropy.ts'
import type { Span } from './found.ts'
import type { Rule } from './rule.ts'
import { SECRET_CURE } from './tokens.ts'

/** Names under which secrets are kept. */
const NAMES =
  'pass(?:word|wd|phrase|code|wort)|pass|pwd|kennwort|mot de passe|contraseña|secret|token|(?:api|access|account|private|signing|encryption|auth|shared[ _-]?access|master|license)[ _-]?key|credentials?|conn(?:ection)?[ _-]?string'

/** A name, what its identifier goes on with, and a sign of assignment. What follows is read by hand, because quotes close it. */
const LEAD = `(?:${NAMES})[a-z0-9_.-]{0,24}["'\\]]{0,2}(?:\\s{0,3}(?:=>|:=|=|:|>)\\s{0,3}|\\s{1,3}(?:is|was|ist|lautet|war)\\s{1,3})`
/** The same as an option of a command line. */
const OPTION = '--(?:password|passwd|pass|token|secret|api-key|access-key|client-secret|auth-token)[ =]'

/** Names that end so say something about a secret, and hold none. */
const ABOUT =
  /(?:^|[_.-])(?:ids?|name|file|path|ur[il]|type|hash(?:ed)?|digest|length|len|size|ttl|expir\w*|at|date|count|policy|field|ref|class|algorithm|alg|format|header|scopes?|version|store|manager|provider|arn|env|var|prefix|endpoint|issuer|audience|rotation|min|max)$/i

/** References to where a secret is kept. */
const REFERENCE =
  /^(?:process|os|env|config|settings|secrets?|vault|ssm|arn|op|file|ref|self|this|ctx|req|request|data|var|local|module|github|steps|inputs|kms|keyvault|gcp|aws|azure|sha\d*|md5|urn|pkg|https?|s3|gs)[.:[/-]|^\.{0,2}\/|^[A-Za-z_][\w.]*\[|^\d{4}-\d\d-\d\d|^v?\d+(?:\.\d+)+/i

/** How the names begin. */
const KEYWORDS = [
  ...['pass', 'pwd', 'kennwort', 'mot de passe', 'contrase', 'secret', 'token', 'credential', 'conn'],
  ...['api', 'access', 'account', 'private', 'signing', 'encryption', 'auth', 'shared', 'master', 'license'],
]

/** Something that is assigned to a name like `password` or `api_key` and looks random. */
export const ASSIGNED_RULES: readonly Rule[] = [assigned(LEAD, KEYWORDS), assigned(OPTION, ['--'])]

function assigned(pattern: string, keywords: readonly string[]): Rule {
  return {
    id: 'scan.secret.generic',
    action: 'secondPerson',
    what: 'what looks like a secret',
    cure: `${SECRET_CURE} If it is none, a waiver for scan.secret.generic at this object that another person approves lets it pass.`,
    label: 'secret',
    keywords,
    pattern,
    ignoresCase: true,
    reach: 80,
    accept,
  }
}

function accept(text: string, { start, end }: Span): Span | undefined {
  const lead = text.slice(start, end)
  const [, name = '', more = ''] = SPLIT.exec(lead) ?? []
  if (isOtherWord(name, more) || ABOUT.test(more.replace(/([a-z])([A-Z])/g, '$1_$2').replace(/^(?=[A-Z])/, '_'))) return undefined
  const { value, isQuoted } = valueAt(text, end)
  const content = value && text.slice(value.start, value.end)
  if (!value || !content || isDummy(content) || REFERENCE.test(content)) return undefined
  const isSaid = /\s(?:is|was|ist|lautet|war)\s+$/i.test(lead)
  if (isSaid && !isQuoted && (isWordy(content) || kindsIn(content) < 3)) return undefined
  return looksSecret(content, /^(?:-*pass|pwd|kennwort|mot|contra)/i.test(name)) ? value : undefined
}

const SPLIT = new RegExp(`^(--[a-z-]+|${NAMES})([a-z0-9_.-]{0,24})`, 'i')

/** `passport` and `tokenizer` only begin like one. */
function isOtherWord(name: string, more: string): boolean {
  return /^[a-z]/.test(more) && !/^s(?:$|[^a-z])/.test(more) && /[a-z]$/.test(name)
}

/** Up to the closing quote on the same line, or up to a space or a closing sign. */
function valueAt(text: string, at: number): { readonly value: Span | undefined; readonly isQuoted: boolean } {
  const quote = text[at] ?? ''
  if (quote === '"' || quote === "'" || quote === '`') {
    const end = text.slice(at + 1, at + 1 + LONGEST).search(new RegExp(`[\\n${quote}]`))
    const value = end >= SHORTEST && text[at + 1 + end] === quote ? { start: at + 1, end: at + 1 + end } : undefined
    return { value: value && /\s/.test(text.slice(value.start, value.end)) ? undefined : value, isQuoted: true }
  }
  const length = /^[^\s"'`,;<>(){}|]{0,200}/.exec(text.slice(at, at + LONGEST))?.[0].replace(/[.!?:]+$/, '').length ?? 0
  const isCalled = text[at + length] === '(' || text[at + length] === '{'
  return { value: length >= SHORTEST && !isCalled ? { start: at, end: at + length } : undefined, isQuoted: false }
}

const SHORTEST = 8
const LONGEST = 240

function looksSecret(value: string, isPassword: boolean): boolean {
  if (isWordy(value) && kindsIn(value) < 4) return false
  if (isRandom(value, 3.5)) return true
  // People make passwords shorter and less even than machines make keys.
  return isPassword && entropyOf(value) >= 2.5 && /[A-Za-z]/.test(value) && (/\d/.test(value) || kindsIn(value) >= 3)
}
