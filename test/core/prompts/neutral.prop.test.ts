import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Design } from '../../../core/model/types.ts'
import { ALL_ACTIVE, activeIn } from '../../../core/prompts/active.ts'
import { inert } from '../../../core/prompts/slots.ts'
import { hiddenIn } from '../../../core/support/hidden.ts'
import { ID, PACKS, TRANSFERS, withFields } from '../gate/transfers.ts'
import { promptOf } from './prompts.ts'

const TOKENS = [
  '!`cmd`',
  '!{cmd}',
  '@path',
  '@{path}',
  '$ARGUMENTS',
  '$1',
  `$\{env:X}`,
  '{{x}}',
  '{% x %}',
  '#[[file:x]]',
  '#tool:x',
  '<!-- x -->',
  '<system>',
  '---',
  '+++',
  '```',
  '~~~',
  '](http://x)',
  '![x](y)',
  '"""',
  '|',
  '\\',
  '\n',
  '\r',
  '\u2028',
  '\u202e',
  '\ue000',
  '\ue001',
  '\ue002',
  '\u200b',
  ' ',
  'a',
  '.',
  '\t',
  '`',
  '!',
  '@',
  '$',
  '{',
  '#',
  '<',
  '-',
  '\ud800',
]
const hostile = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...TOKENS) }, fc.string({ maxLength: 4 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map(parts => parts.join(''))

describe('one slot', () => {
  test('holds no active token, no line end and nothing hidden, and a second pass changes nothing', () => {
    fc.assert(
      fc.property(hostile, text => {
        const once = inert(text, ALL_ACTIVE)
        expect(activeIn(once, ALL_ACTIVE)).toEqual([])
        expect(hiddenIn(once)).toEqual([])
        expect(once).not.toMatch(/[\n\r\u2028\u2029]/)
        expect(inert(once, ALL_ACTIVE).trimEnd()).toBe(once.trimEnd())
      }),
      { numRuns: 500 },
    )
  })

  test('keeps every word a person reads', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zA-Z0-9.,;:()=_é日]{1,8}$/), { maxLength: 8 }), words => {
        expect(inert(words.join(' '), ALL_ACTIVE)).toBe(words.join(' '))
      }),
      { numRuns: 200 },
    )
  })
})

describe('a whole prompt', () => {
  const fields: readonly (readonly [Parameters<typeof withFields>[1], string, string])[] = [
    ['workItems', ID.work, 'name'],
    ['workItems', ID.work, 'goal'],
    ['workItems', ID.work, 'doneWhen'],
    ['workItems', ID.work, 'stack'],
    ['workItems', ID.work, 'language'],
    ['workItems', ID.work, 'reference'],
    ['elements', ID.api, 'name'],
    ['elements', ID.api, 'technology'],
    ['elements', ID.customer, 'name'],
    ['flows', ID.submit, 'name'],
    ['flows', ID.submit, 'protocol'],
    ['boundaries', ID.internet, 'name'],
    ['data', ID.order, 'name'],
    ['requirements', ID.derive, 'statement'],
    ['threats', ID.tampering, 'statement'],
    ['threats', ID.accepted, 'statement'],
    ['mitigations', ID.ownership, 'statement'],
  ]
  const edited = (texts: readonly string[]): Design => {
    const filled = fields.reduce(
      (design, [table, id, field], index) => withFields(design, table, id, { [field]: texts[index] || 'x' }),
      TRANSFERS,
    )
    return withFields(filled, 'workItems', ID.work, {
      mayEdit: { [texts[0] || 'x']: true },
      packages: { [`pkg:npm/${texts[1]}`]: true },
    })
  }
  // What looks like a password in an address is refused by the scan, which has tests of its own.
  const wellFormed = hostile.filter(text => !/\p{Cs}/u.test(text) && !/:\/\/[^\s/]*\S*@/.test(text))
  const texts = fc.array(wellFormed, { minLength: fields.length, maxLength: fields.length })

  test.each(['markdown', 'skill'])('for %s holds no token that its author did not write, in the same sections', target => {
    const active = PACKS.targets[0]?.targets.find(one => one.name === target)?.active ?? []
    const calm = promptOf(TRANSFERS, { target, pass: 'draft' })
    const sections = (text: string) => text.split('\n').filter(line => line.startsWith('## '))
    fc.assert(
      fc.property(texts, values => {
        const prompt = promptOf(edited(values), { target, pass: 'draft' })
        expect(prompt.lint.filter(problem => ['GP12', 'GP13', 'GP14', 'GP17'].includes(problem.code))).toEqual([])
        expect(sections(prompt.text)).toEqual(sections(calm.text))
        for (const file of prompt.files) expect(hiddenIn(file.text)).toEqual([])
        const own = activeIn(calm.text, active).map(hit => hit.name)
        expect(activeIn(prompt.text, active).map(hit => hit.name)).toEqual(own)
      }),
      { numRuns: 40 },
    )
  })
})
