import { describe, expect, test } from 'vitest'
import { said, saidPage, saidProblems } from '../../cli/mcp/said.ts'

/** Assembled here, so that no scanner of repositories takes it for a live one. */
const KEY = ['AKIA', 'Q7ZK', 'W2XT', 'M4PD', 'R6HB'].join('')

describe('text of the design for a coding tool', () => {
  test.each([
    ['plain words stay', 'Pay an invoice', 'Pay an invoice'],
    ['lines become one', 'a\nb\u2028c', 'a b c'],
    ['hidden characters show', 'a\u202eb', 'a[U+202E]b'],
    ['nothing runs', 'x !`rm` $1 {{b}}', 'x ! `rm` $ 1 { {b} }'],
  ])('%s', (_, text, expected) => {
    expect(said(text)).toBe(expected)
  })

  test('what may not enter a prompt is left out, and said to be', () => {
    expect(said(`key ${KEY} here`)).toMatch(/^\[left out: it holds .+\]$/)
    expect(saidPage(`one\nkey ${KEY}\nthree`)).toMatch(/^one\n\[left out: .+\]\nthree$/)
  })

  test('problems keep place and cure, and lose the way to this machine', () => {
    const problem = {
      code: 'x.y',
      severity: 'error',
      at: '/home/someone/shop/a.json:1',
      message: 'Bad.',
      cure: 'Mend it.',
    } as const
    const many = Array.from({ length: 25 }, () => problem)
    expect(saidProblems([problem], ['/home/someone/shop'])).toBe('shop/a.json:1: Bad. [x.y]\n  Mend it.')
    expect(saidProblems(many).endsWith('... and 5 more')).toBe(true)
  })
})
