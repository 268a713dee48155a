import { describe, expect, test } from 'vitest'
import { applyChanges } from '../../../core/model/change.ts'
import type { Requirement } from '../../../core/model/types.ts'
import { lintRequirements } from '../../../core/requirements/lint.ts'
import { PAIR_RULES } from '../../../core/requirements/lint-pairs.ts'
import { rewritten } from '../../../core/requirements/rewritten.ts'
import { builtinWords } from '../../../packs/words.ts'
import { ends } from '../../support/ends.ts'
import { designOf, requirement } from '../model/designs.ts'

const PAIR = new Set<string>(PAIR_RULES.map(({ id }) => id))

/** What a second sentence gets to hear about a first. */
function between(first: string, second: string, fields: Partial<Requirement> = {}) {
  const design = designOf(requirement('R-00001', first), requirement('R-00002', second, fields))
  return lintRequirements(design, builtinWords).filter(({ rule }) => PAIR.has(rule))
}

/** First, second, what the second hears and which of its words are quoted. */
const TABLE: readonly (readonly [string, string, string, string?])[] = [
  ['The API shall log each transfer.', 'The API shall log each transfer.', 'duplicate', 'The API shall log each transfer.'],
  ['The API shall log each transfer.', 'the api SHALL log every transfer', 'duplicate'],
  ['The API shall stop when the disk is full.', 'When the disk is full, the API shall stop.', 'duplicate'],
  ['The API must log transfers.', 'The API shall log transfers.', 'duplicate'],
  ['The API shall keep entries for 90 days.', 'The API shall keep entries for 90 days.', 'duplicate'],
  ['Die API muss jede Buchung protokollieren.', 'Die API muss die Buchung protokollieren.', 'duplicate'],
  ['Le système doit enregistrer chaque virement.', 'Le système doit enregistrer chaque virement', 'duplicate'],
  ['系统应记录每次转账。', '系统应记录每次转账。', 'duplicate'],
  ['The API shall keep entries for 90 days.', 'The API shall keep entries for 30 days.', 'conflict', '30'],
  ['The API shall accept at most 5 tries.', 'The API shall accept at most 3 tries.', 'conflict', '3'],
  [
    'Das Journal muss Einträge höchstens 90 Tage aufbewahren.',
    'Das Journal muss Einträge höchstens 30 Tage aufbewahren.',
    'conflict',
    '30',
  ],
  ['The API shall store card numbers.', 'The API shall not store card numbers.', 'conflict', 'shall not store card numbers'],
  ['The API shall not store card numbers.', 'The API shall store card numbers.', 'conflict', 'shall store card numbers'],
  [
    'The API shall accept unsigned requests.',
    'The API shall reject unsigned requests.',
    'conflict',
    'shall reject unsigned requests',
  ],
  [
    'The API shall reject unsigned requests.',
    'The API shall accept unsigned requests.',
    'conflict',
    'shall accept unsigned requests',
  ],
  [
    'Die API muss Passwörter speichern.',
    'Die API darf Passwörter nicht speichern.',
    'conflict',
    'darf Passwörter nicht speichern',
  ],
]

const QUIET: readonly (readonly [string, string])[] = [
  ['The API shall log each transfer.', 'The API shall log each login.'],
  ['The API shall send keys to the Ledger.', 'The Ledger shall send keys to the API.'],
  ['When the disk is full, the API shall stop.', 'When the disk is empty, the API shall stop.'],
  ['When a transfer exceeds 500 EUR, the API shall ask.', 'When a transfer exceeds 900 EUR, the API shall ask.'],
  ['The API shall listen on port 80.', 'The API shall listen on port 443.'],
  ['Worker 1 shall stop.', 'Worker 2 shall stop.'],
  ['The API shall use TLS 1.2.', 'The API shall use TLS 1.3.'],
  ['The API may accept drafts.', 'The API may reject drafts.'],
  ['The API shall reject unsigned requests.', 'The API shall not accept unsigned requests.'],
  ['Le système doit enregistrer chaque virement.', 'Le système ne doit pas enregistrer chaque virement.'],
  ['El sistema debe guardar 90 días.', 'El sistema debe guardar 30 días.'],
  ['', ''],
]

describe('hints between requirements', () => {
  test.each(TABLE)('%s / %s: %s', (...[first = '', second = '', rule, quoted]) => {
    const [hint, ...more] = between(first, second)
    expect([hint?.rule, more]).toEqual([rule, []])
    expect(hint).toMatchObject({ at: 'R-00002', severity: 'warning', code: `requirement.${rule}` })
    expect(hint?.message).toContain('R-00001')
    expect(hint?.cure).toMatch(/\S/)
    expect(second.startsWith(hint?.quoted ?? '?', hint?.offset)).toBe(true)
    if (quoted !== undefined) expect(hint?.quoted).toBe(quoted)
  })

  test.each(QUIET)('%s / %s: nothing', (first, second) => {
    expect(between(first, second)).toEqual([])
  })

  test('each says which published rule it follows', () => {
    for (const { follows } of PAIR_RULES) expect(follows).toMatch(/INCOSE|ISO/)
  })

  test('the number of the other stands ready', () => {
    const second = 'The API shall keep entries for 30 days.'
    const [hint] = between('The API shall keep entries for 90 days.', second)
    expect(hint && rewritten(second, hint)).toBe('The API shall keep entries for 90 days.')
  })

  test('what is retired is held against nothing, and another actor is another duty', () => {
    expect(between('The API shall log.', 'The API shall log.', { status: 'retired' })).toEqual([])
    expect(between('Entries shall be kept.', 'Entries shall be kept.', { actor: 'Ledger' })).toEqual([])
  })

  test('a third is held against the first', () => {
    const rows = ['R-00003', 'R-00001', 'R-00002'].map(id => requirement(id, 'The API shall log.'))
    const hints = lintRequirements(designOf(...rows), builtinWords)
    expect(hints.map(({ at, message }) => [at, message])).toEqual([
      ['R-00002', 'It says the same as R-00001.'],
      ['R-00003', 'It says the same as R-00001.'],
    ])
  })

  test('an edit elsewhere leaves the hints as they are', () => {
    const rows = ['R-00001', 'R-00002', 'R-00003'].map(id =>
      requirement(id, id === 'R-00003' ? 'The API shall stop.' : 'The API shall log.'),
    )
    const design = designOf(...rows)
    const before = lintRequirements(design, builtinWords)
    const next = applyChanges(design, [
      { kind: 'patch', table: 'requirements', id: 'R-00003', fields: { statement: 'The API shall go.' } },
    ])
    expect(lintRequirements(next, builtinWords)[0]).toBe(before[0])
    expect(before.length).toBe(1)
  })

  test('ten thousand of them are held against each other in one pass', () => {
    const rows = Array.from({ length: 10_000 }, (_, n) =>
      requirement(`R-${String(n).padStart(5, '0')}`, n % 2 === 0 ? 'The API shall store keys.' : 'The API shall not store keys.'),
    )
    const design = designOf(...rows)
    const hints = ends(() => lintRequirements(design, builtinWords))
    expect(hints.filter(({ rule }) => PAIR.has(rule)).length).toBe(9_999)
  })
})
