import { describe, expect, test } from 'vitest'
import { classifyEars, type Ears } from '../../../core/requirements/ears.ts'
import { ends } from '../../support/ends.ts'

const TABLE: readonly (readonly [string, Ears['pattern'], Partial<Ears>])[] = [
  ['', 'none', {}],
  ['   ', 'none', {}],
  ['Fast login', 'none', {}],
  ['shall', 'none', {}],
  ['The API shall', 'none', {}],
  ['shall log in', 'none', {}],
  ['The API shall log every transfer.', 'ubiquitous', { actor: 'API', modal: 'shall', response: 'log every transfer' }],
  ['the api SHALL log every transfer', 'ubiquitous', { actor: 'api', modal: 'SHALL' }],
  ['Transfer API shall log.', 'ubiquitous', { actor: 'Transfer API', response: 'log' }],
  ['Each worker must stop.', 'ubiquitous', { actor: 'worker', modal: 'must', response: 'stop' }],
  ['Transfers should be fast.', 'ubiquitous', { actor: 'Transfers', modal: 'should', response: 'be fast' }],
  ['The API needs to stop.', 'ubiquitous', { actor: 'API', modal: 'needs to', response: 'stop' }],
  [
    'When a transfer exceeds 500 EUR, the Transfer API shall ask for a second factor.',
    'event',
    { trigger: 'a transfer exceeds 500 EUR', actor: 'Transfer API', response: 'ask for a second factor' },
  ],
  [
    'WHEN the user logs in the API SHALL record it',
    'event',
    { trigger: 'the user logs in', actor: 'API', response: 'record it' },
  ],
  [
    'When a user cannot log in, the API shall reject the transfer',
    'event',
    { trigger: 'a user cannot log in', actor: 'API', modal: 'shall' },
  ],
  ['When a user can log in, the API must record it', 'event', { trigger: 'a user can log in', actor: 'API', modal: 'must' }],
  ['While the ledger is read-only, the API shall refuse transfers.', 'state', { state: 'the ledger is read-only', actor: 'API' }],
  ['Where step-up is bought, the API shall ask for it.', 'optional', { feature: 'step-up is bought', actor: 'API' }],
  ['If the code is wrong, then the API shall lock the account.', 'unwanted', { condition: 'the code is wrong', actor: 'API' }],
  ['If the code is wrong, the API shall lock the account.', 'unwanted', { condition: 'the code is wrong' }],
  ['IF the code is wrong THEN the API SHALL lock the account', 'unwanted', { condition: 'the code is wrong', actor: 'API' }],
  [
    'While the ledger is open, when a transfer arrives, the API shall book it.',
    'complex',
    { state: 'the ledger is open', trigger: 'a transfer arrives', actor: 'API' },
  ],
  [
    'Where step-up is bought, if the code is wrong, then the API shall stop.',
    'complex',
    { feature: 'step-up is bought', condition: 'the code is wrong' },
  ],
  ['When a, and when b, the API shall stop.', 'event', { trigger: 'a, b' }],
  ['The API shall stop when the disk is full.', 'event', { trigger: 'the disk is full', response: 'stop' }],
  ['The API shall stop if the disk is full', 'unwanted', { condition: 'the disk is full', response: 'stop' }],
  ['The API shall keep logs where the law asks for it.', 'ubiquitous', { response: 'keep logs where the law asks for it' }],
  ['- When x, the API shall stop.', 'event', { trigger: 'x', actor: 'API' }],
  ['R-7K3Q2: The API shall stop.', 'ubiquitous', { actor: 'API' }],
  ['Note: the API shall stop.', 'ubiquitous', { actor: 'API' }],
  ['Das System muss jede Buchung protokollieren.', 'none', {}],
  ['系统应记录每次转账。', 'none', {}],
  ['Whenever it rains, the API shall stop.', 'ubiquitous', { actor: 'API' }],
]

describe('classifyEars', () => {
  test.each(TABLE)('%s', (statement, pattern, parts) => {
    expect(classifyEars(statement)).toMatchObject({ pattern, ...parts })
  })

  test('places point at the words', () => {
    const statement = 'When x happens, then the Transfer API shall  log y.'
    const { actor, modal, response, places } = classifyEars(statement)
    expect(places && statement.slice(places.actor).startsWith(actor ?? '?')).toBe(true)
    expect(places && statement.slice(places.modal).startsWith(modal ?? '?')).toBe(true)
    expect(places && statement.slice(places.response).startsWith(response ?? '?')).toBe(true)
  })

  test('case does not matter', () => {
    for (const [statement, pattern] of TABLE) expect(classifyEars(statement.toUpperCase()).pattern).toBe(pattern)
  })

  test('long and repetitive text costs little', () => {
    // More than any field takes. Each verb looks back once over what stands before it; a pattern that does it thrice takes hours.
    for (const word of ['when ', 'the ', ', ', 'shall ', 'if the ', 'must can ', ' and when '])
      ends(() => classifyEars(word.repeat(Math.ceil(20_000 / word.length))))
  })
})
