import { describe, expect, test } from 'vitest'
import { classifyEars } from '../../../core/requirements/ears.ts'
import { isGerman } from '../../../core/requirements/ears-german.ts'
import type { Ears } from '../../../core/requirements/ears-parts.ts'
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
  ['SCADA, Telemetry, and Control Systems shall stop.', 'ubiquitous', { actor: 'SCADA, Telemetry, and Control Systems' }],
  [
    'Mail from SCADA, Telemetry and the Historian shall stop.',
    'ubiquitous',
    { actor: 'Mail from SCADA, Telemetry and the Historian' },
  ],
  ['After a restart, the API shall stop.', 'ubiquitous', { actor: 'API' }],
  [
    'Das System muss jede Buchung protokollieren.',
    'ubiquitous',
    { actor: 'System', modal: 'muss', response: 'jede Buchung protokollieren' },
  ],
  [
    'Wenn eine Überweisung 500 EUR übersteigt, muss die Transfer-API einen zweiten Faktor anfordern.',
    'event',
    {
      trigger: 'eine Überweisung 500 EUR übersteigt',
      actor: 'Transfer-API',
      modal: 'muss',
      response: 'einen zweiten Faktor anfordern',
    },
  ],
  ['Wenn ein Kunde überweisen kann, muss die API fragen.', 'event', { trigger: 'ein Kunde überweisen kann', actor: 'API' }],
  ['Solange das Journal ruht, darf die API keine Buchung annehmen.', 'state', { state: 'das Journal ruht', actor: 'API' }],
  ['Sofern ein Token verlangt ist, muss die API fragen.', 'optional', { feature: 'ein Token verlangt ist' }],
  ['Falls der Code falsch ist, dann muss die API warnen.', 'unwanted', { condition: 'der Code falsch ist', actor: 'API' }],
  ['Die API muss warnen, falls der Code falsch ist.', 'unwanted', { condition: 'der Code falsch ist', response: 'warnen' }],
  ['Bei jeder Überweisung muss die API fragen.', 'ubiquitous', { actor: 'API', response: 'fragen' }],
  ['Muss warnen.', 'none', {}],
  ['Es muss schnell gehen.', 'none', {}],
  ['El sistema debe registrar todas las transferencias.', 'none', {}],
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
    // German tells its nouns by their capitals, and the actor by its noun.
    for (const [statement, pattern] of TABLE.filter(([text]) => !isGerman(text)))
      expect(classifyEars(statement.toUpperCase()).pattern).toBe(pattern)
  })

  test('long and repetitive text costs little', () => {
    // More than any field takes. Each verb looks back once over what stands before it; a pattern that does it thrice takes hours.
    for (const word of [
      'when ',
      'the ',
      ', ',
      'shall ',
      'if the ',
      'must can ',
      ' and when ',
      'x, ',
      '   ',
      'muss ',
      'Wenn ',
      ', falls ',
    ])
      for (const end of ['', ' the API shall log', ' muss die API warnen'])
        ends(() => classifyEars(word.repeat(Math.ceil(300_000 / word.length)) + end))
  })
})
