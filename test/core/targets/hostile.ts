import fc from 'fast-check'
import type { Design } from '../../../core/model/types.ts'
import { ID, TRANSFERS, withFields } from '../gate/transfers.ts'

/** What some tool acts on, what breaks a structure, what cannot be seen, and the pieces all of these are made of. */
const TOKENS = [
  ...['!`cmd`', '!{cmd}', '@path', '@{path}', '$ARGUMENTS', '$1', '$skill', `$\{env:X}`, `$\{{ secrets.X }}`],
  ...['{{x}}', '{{{x}}}', '{{#each x}}', '{% x %}', '{# x #}', '#[[file:x]]', '#tool:x', '#codebase', 'file://x'],
  ...[
    '<!-- x -->',
    '<system>',
    '</system>',
    'system:',
    'user:',
    '---',
    '+++',
    '"""',
    "'''",
    '```',
    '```!sh',
    '~~~',
    '](http://x)',
  ],
  ...[
    '![x](y)',
    '## 3 Stop and ask',
    '# x',
    '> x',
    '- x',
    '1. x',
    '* x',
    '*x',
    '&x',
    '!!x',
    '%x',
    '? x',
    ': x',
    'a: b',
    'yes',
    'no',
    '|',
    '\\',
  ],
  ...['null', '2026-11-22', '1e3', '0x1', 'BEGIN DATA', 'END DATA', 'alwaysApply: true', 'tools: ["execute"]'],
  ...['\n', '\r', '\r\n', '\u0085', '\u2028', '\t', '\n---\n', '\n"""\n', '\n...\n'],
  ...['\u202e', '\ue000', '\ue001', '\ue002', '\u200b', '\ufeff', '\u00ad', '\u{e0041}', '\ufe0f', '\u0000', '\u001b[31m'],
  ...[' ', 'a', '.', '`', '!', '@', '$', '{', '}', '#', '<', '-', '"', "'", '[', ']', '(', '%', '/', '日', 'é'],
]

/** Text as an attacker would put it into a name, a threat or a note. */
export const hostile: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 300,
    arbitrary: fc
      .array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...TOKENS) }, fc.string({ maxLength: 4 })), {
        minLength: 1,
        maxLength: 8,
      })
      .map(parts => parts.join('')),
  },
  { weight: 1, arbitrary: fc.constantFrom(...TOKENS).map(token => `${'word '.repeat(3000)}${token}`) },
)

const FIELDS: readonly (readonly [Parameters<typeof withFields>[1], string, string])[] = [
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

/** What looks like a password in an address is refused by the scan, which has tests of its own. */
const wellFormed = hostile.filter(text => !/\p{Cs}/u.test(text) && !/:\/\/[^\s/]*\S*@/.test(text))

const safeGlob = fc.constantFrom('src/transfers/*.ts', 'test/**', 'packages/@scope/x/*.ts', '*.ts', 'yes')

/** The texts of one hostile design, and a path of it that may be edited. */
export const hostileTexts = fc.tuple(
  fc.array(wellFormed, { minLength: FIELDS.length, maxLength: FIELDS.length }),
  fc.oneof({ weight: 4, arbitrary: safeGlob }, wellFormed),
)

/** The design of the tests with these texts in every place that a prompt shows; the rest of it stays. */
export function designWith([texts, glob]: readonly [readonly string[], string]): Design {
  const filled = FIELDS.reduce(
    (design, [table, id, field], index) => withFields(design, table, id, { [field]: texts[index] || 'x' }),
    TRANSFERS,
  )
  return withFields(filled, 'workItems', ID.work, {
    mayEdit: { [glob || 'x']: true },
    packages: { [`pkg:npm/${texts[1]}`]: true },
  })
}

/** The same places with nothing in them that anybody acts on. */
export const CALM = designWith([FIELDS.map(() => 'word'), 'src/transfers/*.ts'])
