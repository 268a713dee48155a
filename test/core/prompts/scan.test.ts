import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isIban, isLuhn } from '../../../core/prompts/scan/personal.ts'
import { scanBound, scanText } from '../../../core/prompts/scan/scan.ts'
import { ends } from '../../support/ends.ts'

/** Shapes are put together here, so that no scanner mistakes this file for a leak. */
const made = (prefix: string, length: number) => prefix + 'a1B2c3D4e5F6g7H8'.repeat(20).slice(0, length)
const upper = (prefix: string, length: number) => prefix + 'A1B2C3D4E5F6G7H8'.repeat(4).slice(0, length)

describe('data scan', () => {
  test('finds nothing in nothing', () => {
    expect(scanText('')).toEqual([])
  })

  test.each<[string, string]>([
    ['a private key', `-----BEGIN ${'RSA'} PRIVATE KEY-----`],
    ['an AWS access key id', upper('AKIA', 16)],
    ['a GitHub token', made('ghp_', 36)],
    ['a GitLab token', made('glpat-', 20)],
    ['a Slack token', made('xoxb-', 24)],
    ['a Google API key', made('AIza', 35)],
    ['a payment provider key', made('sk_live_', 24)],
    ['a package registry token', made('npm_', 36)],
    ['a model provider key', made('sk-', 40)],
    ['a signed web token', `${made('eyJ', 20)}.${made('eyJ', 30)}.${made('x', 30)}`],
    ['a password in an address', `postgres://app:${made('', 9)}@db/ledger`],
    ['what looks like a secret', `password = "${made('', 10)}"`],
    ['what looks like a secret', `API_KEY=${made('', 24)}`],
    ['what looks like a secret', `"client_secret": "${made('', 16)}"`],
  ])('%s blocks', (what, text) => {
    const found = scanText(`before ${text} after`)
    expect(found).toEqual([expect.objectContaining({ severity: 'error', what })])
  })

  test.each([
    'password: at least 12 characters with a digit',
    `API_KEY=$\{PAYMENT_KEY}`,
    'token={{ token }}',
    'secret: <SECRET:payment>',
    'password=changeme1',
    'secret=xxxxxxxx1',
    'token: ********1a',
    'The token shall be RS256-signed.',
    'pkg:npm/express@5.1.0 and pkg:npm/%40scope/name@1.2.3',
    'commit 9c1e7f0a4b2d8e6f3a5c7b9d1e0f2a4c6b8d0e1f',
    'sha256:59c4b968e015f5182e965e90f04a116bcceeffe1961c51c9028175e17b70bdb8',
    'https://example.com/a/b:c@d',
  ])('%s passes', text => {
    expect(scanText(text)).toEqual([])
  })

  test.each<[string, string, string]>([
    ['scan.card', 'error', 'Card 4111 1111 1111 1111.'],
    ['scan.card', 'error', '5500-0000-0000-0004'],
    ['scan.iban', 'error', 'from DE89 3704 0044 0532 0130 00 EUR'],
    ['scan.iban', 'error', 'GB82WEST12345698765432'],
    ['scan.email', 'warning', 'mail jane.roe@partner-bank.eu.'],
    ['scan.hidden', 'warning', 'txt.\u202egnp'],
  ])('%s, %s', (code, severity, text) => {
    expect(scanText(text)).toEqual([expect.objectContaining({ code, severity })])
  })

  test.each([
    '4111 1111 1111 1112',
    '0000 0000 0000 0000',
    '12345678901234567890',
    'DE88 3704 0044 0532 0130 00',
    'security@example.com',
    'ops@host.test',
    '3.14159265358979',
  ])('no personal data: %s', text => {
    expect(scanText(text)).toEqual([])
  })

  test('says where, and never the value', () => {
    const secret = made('ghp_', 36)
    const problems = scanBound([
      { from: ['R-AAAAA'], text: `x ${secret} y ${secret}` },
      { from: [], text: 'fine' },
    ])
    expect(problems).toEqual([
      expect.objectContaining({ code: 'scan.secret.token', at: 'R-AAAAA', message: 'Holds a GitHub token.' }),
    ])
    expect(JSON.stringify(problems)).not.toContain(secret)
  })

  test('checksums notice any one wrong digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{14}$/), fc.nat(15), fc.integer({ min: 1, max: 9 }), (body, place, by) => {
        const check = [...'0123456789'].find(digit => isLuhn(body + digit))
        fc.pre(check !== undefined)
        const good = body + check
        const at = place % good.length
        const bad = good.slice(0, at) + ((Number(good[at]) + by) % 10) + good.slice(at + 1)
        expect(isLuhn(bad)).toBe(false)
      }),
      { numRuns: 200 },
    )
    for (let digit = 0; digit < 10; digit++) expect(isIban(`DE8937040044053201300${digit}`)).toBe(digit === 0)
  })

  test('ends on text made to hurt it', () => {
    // Half a million characters and more, looked at each with each, take many minutes.
    for (const text of [
      'password='.repeat(100_000),
      '1 '.repeat(250_000),
      'a.'.repeat(250_000),
      'eyJ'.repeat(200_000),
      'AB12'.repeat(150_000),
      `${'a'.repeat(500_000)}@`,
      'x://'.repeat(150_000),
    ])
      ends(() => scanText(text))
  })
})
