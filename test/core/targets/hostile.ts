import fc from 'fast-check'
import { cleanJson, isStorable } from '../../../core/interop/reading/json-fields.ts'
import { isNobody } from '../../../core/mitigations/acceptance.ts'
import { applyChanges } from '../../../core/model/change.ts'
import type { Design, WorkItem } from '../../../core/model/types.ts'
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
  ...[
    '!`',
    '![',
    '@',
    '${',
    '#[[',
    '```',
    '$A',
    'file:',
    ']',
    '\\|',
    '\\\\',
    '`` `',
    '<?x',
    'END DATA 0123456789abcdef',
    'END\u00a0DATA',
    '| x |',
  ],
  ...[
    '\ud800',
    '\udc00',
    '\u2066x\u2069',
    '\u3164',
    '\u2800',
    '\u0007',
    '\u007f',
    '\u009b',
    '\u000b',
    '\u2029',
    '\u00a0',
    '\u3000',
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

type Table = Parameters<typeof withFields>[1]
type Field = readonly [table: Table, id: string, field: string, value?: (text: string) => unknown]

const listed = (text: string) => ({ [text]: true })

/** Every text of the design that a prompt shows; what is not a plain text is made of one. */
const FIELDS: readonly Field[] = [
  ['workItems', ID.work, 'name'],
  ['workItems', ID.work, 'goal'],
  ['workItems', ID.work, 'doneWhen'],
  ['workItems', ID.work, 'stack'],
  ['workItems', ID.work, 'language'],
  ['workItems', ID.work, 'reference'],
  ['workItems', ID.work, 'packages', text => ({ [`pkg:npm/${text}`]: true, [text]: true })],
  ['workItems', ID.work, 'mayRead', listed],
  ['workItems', ID.work, 'mustNotTouch', listed],
  ['elements', ID.api, 'name'],
  ['elements', ID.api, 'technology'],
  ['elements', ID.customer, 'name'],
  ['elements', ID.ledger, 'name'],
  ['flows', ID.submit, 'name'],
  ['flows', ID.submit, 'protocol'],
  ['boundaries', ID.internet, 'name'],
  ['data', ID.order, 'name'],
  ['data', ID.session, 'name'],
  ['requirements', ID.derive, 'statement'],
  ['requirements', ID.limit, 'statement'],
  ['threats', ID.tampering, 'statement'],
  ['threats', ID.disclosure, 'statement'],
  ['threats', ID.accepted, 'statement'],
  ['mitigations', ID.ownership, 'statement'],
  ['mitigations', ID.logs, 'statement'],
  ['mitigations', ID.logs, 'checks', statement => ({ fields: { statement } })],
  // Nobody to see is nobody who agreed: then the threat is not shown as one that is lived with.
  ['acceptances', ID.acceptance, 'approver', text => (isNobody(text) ? 'x' : text)],
  [
    'policy',
    'policy',
    'rules',
    role => ({ 'OWN-1': { when: { element: [ID.api] }, level: 'assisted', requires: { roles: [role] } } }),
  ],
]

/** What looks like a password in an address is refused by the scan, which has tests of its own. */
const unscanned = hostile.filter(text => !/:\/\/[^\s/]*\S*@/.test(text))

/** Paths that every target takes. */
export const SAFE_GLOBS: readonly string[] = ['src/transfers/*.ts', 'test/**', 'packages/@scope/x/*.ts', '*.ts', 'yes']

/** What an attacker puts into one design. */
export type Hostile = {
  /** One for each of the fields. */
  readonly texts: readonly string[]
  /** What may be edited. */
  readonly globs: readonly string[]
  readonly operation: WorkItem['operation']
  /** A token and where to cut it: its end opens every text and its beginning closes it, so that it is whole wherever two of them meet. */
  readonly seam: readonly [token: string, cut: number] | undefined
}

const seam = fc
  .constantFrom(...TOKENS.filter(token => token.length > 1))
  .chain(token => fc.tuple(fc.constant(token), fc.integer({ min: 1, max: token.length - 1 })))

export const hostileDesigns: fc.Arbitrary<Hostile> = fc.record({
  texts: fc.array(unscanned, { minLength: FIELDS.length, maxLength: FIELDS.length }),
  globs: fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...SAFE_GLOBS) }, unscanned), { minLength: 1, maxLength: 2 }),
  operation: fc.oneof(
    { weight: 4, arbitrary: fc.constant<WorkItem['operation']>('generate') },
    fc.constant<WorkItem['operation']>('review'),
  ),
  seam: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, seam),
})

/** Every text of it as it stands in a design: no reader takes half a surrogate pair, and an import replaces it. */
export function textsOf({ texts, seam }: Hostile): readonly string[] {
  const [token, cut] = seam ?? ['', 0]
  return texts.map(text => stored(`${token.slice(cut)}${text}${token.slice(0, cut)}`) || 'x')
}

function stored(text: string): string {
  return isStorable(text) ? text : String(cleanJson(text))
}

/** The globs as they stand in a design, each once. */
export function globsOf({ globs }: Hostile): readonly string[] {
  return [...new Set(globs.map(glob => stored(glob) || 'x'))]
}

/** The design of the tests with these texts in every place that a prompt shows; the rest of it stays. */
export function designWith(hostile: Hostile): Design {
  const texts = textsOf(hostile)
  const filled = FIELDS.reduce((design, [table, id, field, value = (text: string): unknown => text], index) => {
    return withFields(design, table, id, { [field]: value(texts[index] ?? 'x') })
  }, BASE)
  return withFields(filled, 'workItems', ID.work, {
    operation: hostile.operation,
    mayEdit: Object.fromEntries(globsOf(hostile).map(glob => [glob, true])),
  })
}

/** Names a component whose code decides access, and a policy that asks for a role: both are shown. */
const BASE = withFields(
  applyChanges(TRANSFERS, [{ kind: 'put', table: 'policy', row: { id: 'policy', preset: 'own', default: 'assisted' } }]),
  'elements',
  ID.api,
  { 'codeClasses/authz': true },
)

/** The same places with nothing in them that anybody acts on; every place has a word of its own. */
export function calmOf(operation: WorkItem['operation']): Hostile {
  return { texts: FIELDS.map((_, at) => `word${at}`), globs: ['src/transfers/*.ts'], operation, seam: undefined }
}
