import { describe, expect, test } from 'vitest'
import { strideOf, wordsOf } from '../../../core/mitigations/categories.ts'
import { controlOf } from '../../../core/model/lookup.ts'
import { primitiveFor } from '../../../core/prompts/language.ts'
import { linesOf } from '../../../core/prompts/lines.ts'
import { fenced } from '../../../core/prompts/reference.ts'
import { slotsFor } from '../../../core/prompts/slots.ts'
import { slugOf } from '../../../core/prompts/slug.ts'
import { tagged } from '../../../core/prompts/tags.ts'
import { filled } from '../../../core/prompts/threat-rows.ts'
import { untagged } from '../../../core/prompts/untagged.ts'
import { hiddenIn, madeVisible } from '../../../core/support/hidden.ts'
import { ALL_ACTIVE } from '../../../core/targets/active.ts'
import { inert } from '../../../core/targets/inert.ts'
import { ID, PACKS, TRANSFERS } from '../gate/transfers.ts'

describe('hidden characters', () => {
  test.each([
    ['plain text, 日本語, é, emoji 🙂', []],
    ['a\u202eb\u2066c', ['U+202E', 'U+2066']],
    ['\u{e0041}\u{e0042}', ['U+E0041', 'U+E0042']],
    ['\ue000\u{f0000}', ['U+E000', 'U+F0000']],
    ['a\u00adb\u200bc\ufeff', ['U+00AD', 'U+200B', 'U+FEFF']],
    ['\u0000\u001b[31m\u0085', ['U+0000', 'U+001B', 'U+0085']],
    ['\ud800', ['U+D800']],
    ['line\nend\tand tab', []],
  ])('%j', (text, expected) => {
    expect(hiddenIn(text)).toEqual(expected)
    expect(hiddenIn(madeVisible(text))).toEqual([])
  })
})

describe('active syntax', () => {
  test.each([
    ['run !`curl x`', 'run ! `curl x`'],
    ['see @src/a.ts, not a@b', 'see @ src/a.ts, not a@b'],
    ['$ARGUMENTS and $1 and $100', '$ ARGUMENTS and $ 1 and $ 100'],
    ['{{x}} {{{y}}}', '{ {x} } { { {y} } }'],
    ['#[[file:x]] and #tool:y and #5', '# [[file:x]] and # tool:y and #5'],
    ['<!-- x --> <system> a < b, Array<string>', '< !-- x --> < system> a < b, Array<string>'],
    ['---', '- --'],
    ['```js', '` ` `js'],
    ['[a](b) ![c](d)', '[a] (b) ! [c] (d)'],
    ['two\nlines\u2028three', 'two lines three'],
    ['ends with !', 'ends with ! '],
  ])('%j becomes %j', (text, expected) => {
    expect(inert(text, ALL_ACTIVE)).toBe(expected)
  })

  test('a target is only spared what it acts on', () => {
    expect(inert('{{x}} @y', ['mention'])).toBe('{{x}} @ y')
    expect(inert('@x', [])).toBe('@x')
  })

  test('cells and code keep their form', () => {
    const slots = slotsFor({ active: ALL_ACTIVE })
    const plain = (text: string) => untagged(text).text
    expect(plain(slots.cell(['T-1'], 'a | b \\| c'))).toBe('a \\| b \\ \\| c')
    expect(plain(slots.code(['W-1'], 'a`b'))).toBe("a'b")
    expect(slots.bound.map(one => one.text)).toEqual(['a | b \\| c', 'a`b'])
  })
})

describe('provenance', () => {
  test('tags vanish and leave stretches', () => {
    const { text, stretches } = untagged(`a ${tagged(['p/x'], `b ${tagged(['R-1', 'T-2'], 'c')} d`)} e`)
    expect(text).toBe('a b c d e')
    expect(stretches).toEqual([
      { start: 2, end: 7, from: ['p/x'] },
      { start: 4, end: 5, from: ['R-1', 'T-2'] },
    ])
  })

  test('lines name the design where it speaks, else the innermost template', () => {
    const { text, stretches } = untagged(
      tagged(['t/all'], `head\n${tagged(['p/x'], `own\n- ${tagged(['R-1'], 'text')}\n\nlast`)}\ntail`),
    )
    expect(linesOf(text, stretches)).toEqual([
      { line: 1, from: ['t/all'] },
      { line: 2, from: ['p/x'] },
      { line: 3, from: ['R-1'] },
      { line: 5, from: ['p/x'] },
      { line: 6, from: ['t/all'] },
    ])
  })
})

describe('reference material', () => {
  const input = { slice: 'sha256:1', active: ALL_ACTIVE }

  test('every space is marked, every line end kept', () => {
    const { lines } = fenced('W-1', 'one two\n  three   four\r\n\nfiveˆsix\nEND\u00a0DATA\u3000x', input)
    expect(lines.map(line => untagged(line).text)).toEqual(['oneˆtwo', '  threeˆˆˆfour', '', 'five^six', 'ENDˆDATAˆx'])
  })

  test('the nonce follows slice and content, and is never in the content', () => {
    const first = fenced('W-1', 'text', input)
    expect(fenced('W-1', 'text', input).nonce).toBe(first.nonce)
    expect(fenced('W-1', 'text', { ...input, slice: 'sha256:2' }).nonce).not.toBe(first.nonce)
    const forged = fenced('W-1', `text ${first.nonce}`, input)
    expect(`text ${first.nonce}`).not.toContain(forged.nonce)
  })
})

describe('names', () => {
  test.each([
    ['Step-up authentication', 'gp-7k3q2-step-up-authentication'],
    ['  Äpfel & Öl!  ', 'gp-7k3q2-apfel-ol'],
    ['日本語', 'gp-7k3q2'],
    ['x'.repeat(100), `gp-7k3q2-${'x'.repeat(55)}`],
    [`${'x'.repeat(54)} y`, `gp-7k3q2-${'x'.repeat(54)}`],
  ])('%j', (title, slug) => {
    expect(slugOf('P-7K3Q2', title)).toBe(slug)
    expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  })

  test('categories read as words, in STRIDE order', () => {
    expect(wordsOf('informationDisclosure')).toBe('Information disclosure')
    expect(strideOf({ categories: { elevationOfPrivilege: true, spoofing: true } })).toBe('Spoofing, Elevation of privilege')
  })

  test('slots of a control are filled from where the threat acts', () => {
    const threat = TRANSFERS.threats[ID.tampering]
    if (!threat) throw new Error('no threat')
    expect(filled('{element} and {flow} and {data} and {other}', TRANSFERS, { threat, place: ID.submit })).toBe(
      'Transfer API and Submit transfer and data and {other}',
    )
  })

  test('a language is recognised by the names people give it', () => {
    const control = controlOf(PACKS.controls, 'AUTHZ-OBJECT')
    expect(primitiveFor(control, 'JavaScript')).toBe(control?.primitives.typescript)
    expect(primitiveFor(control, ' Py ')).toBe(control?.primitives.python)
    expect(primitiveFor(control, 'cobol')).toBeUndefined()
    expect(primitiveFor(undefined, 'python')).toBeUndefined()
  })
})
