import { entropyOf } from './entropy.ts'
import type { Found } from './found.ts'

/** Shapes that issuers give their tokens, so that they can be recognised. Our own patterns; each is linear in its input. */
const SHAPES: readonly (readonly [string, RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY/g],
  ['an AWS access key id', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g],
  ['a GitHub token', /\b(?:gh[oprsu]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,255})/g],
  ['a GitLab token', /\bglpat-[A-Za-z0-9_-]{20,}/g],
  ['a Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g],
  ['a Google API key', /\bAIza[A-Za-z0-9_-]{35}/g],
  ['a payment provider key', /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/g],
  ['a package registry token', /\b(?:npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_-]{50,})/g],
  ['a model provider key', /\bsk-[A-Za-z0-9_-]{24,}/g],
  ['a signed web token', /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g],
  ['a password in an address', /\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s/:@'"]{1,64}:[^\s/:@'"]{3,128}@[A-Za-z0-9]/g],
]

/** A keyword, a sign of assignment, and something that could be its value. */
const ASSIGNMENT =
  /(?:pass(?:word|wd|phrase)|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|client[_-]?secret|conn(?:ection)?[_-]?string)["']?\s{0,3}(?::=|=>|=|:)\s{0,3}["'`]?([^\s"'`,;<>(){}]{8,200})/gi

/** What stands where a value will be put later. */
const PLACEHOLDER =
  /^(?:\$|%|\{|\[|<|x{4,}|\*{3,}|\.{3,}|example|changeme|placeholder|redacted|dummy|none|null|undefined|your[-_])/i

/** Secrets, by known shape and by assignment. They block: there is no reason for one in a prompt. */
export function secretsIn(text: string): readonly Found[] {
  const shaped = SHAPES.flatMap(([what, pattern]) =>
    [...text.matchAll(pattern)].map(match => secret(`scan.secret.token`, what, match.index, match[0].length)),
  )
  const assigned = [...text.matchAll(ASSIGNMENT)].flatMap(match => {
    const value = match[1] ?? ''
    const start = match.index + match[0].length - value.length
    const isKnown = shaped.some(found => found.start < start + value.length && found.end > start)
    return isKnown || !looksRandom(value)
      ? []
      : [secret('scan.secret.assignment', 'what looks like a secret', start, value.length)]
  })
  return [...shaped, ...assigned]
}

/** Letters and digits mixed, and more of them than a word repeats. */
function looksRandom(value: string): boolean {
  return !PLACEHOLDER.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value) && entropyOf(value) >= 2.5
}

function secret(code: string, what: string, start: number, length: number): Found {
  return {
    code,
    severity: 'error',
    start,
    end: start + length,
    what,
    cure: 'Write a placeholder such as <SECRET:name>, and replace the real one where it is used: it may have been read.',
  }
}
