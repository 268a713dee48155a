import { describe, expect, test } from 'vitest'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { AnyRow, Requirement, Settings, WordList } from '../../../core/model/types.ts'
import { hintsOn, LINT_RULES, lintRequirements } from '../../../core/requirements/lint.ts'
import { rewritten } from '../../../core/requirements/rewritten.ts'
import english from '../../../packs/words/en.json' with { type: 'json' }
import { asset, designOf, element, requirement } from '../model/designs.ts'

const WORDS: readonly WordList[] = [english as unknown as WordList]
const MODEL: readonly AnyRow[] = [
  element('E-00001', { name: 'Transfer API' }),
  element('E-00002', { name: 'Ledger', kind: 'dataStore' }),
  element('E-00003', { name: 'Fast Lane' }),
  element('E-00004', { name: 'Customer', kind: 'externalEntity' }),
  asset('D-00001'),
]

function lint(statement: string, fields: Partial<Requirement> = {}, rows: readonly AnyRow[] = MODEL) {
  return hintsOn(designOf(...rows), WORDS, requirement('R-00001', statement, fields))
}

/** Rule, quoted words, and the statement after the rewrite. */
const TABLE: readonly (readonly [string, readonly (readonly [string, string, string?])[]])[] = [
  ['The Transfer API shall derive the debit account from the session.', []],
  ['When a transfer exceeds 500 EUR, the Transfer API shall ask for a second factor.', []],
  ['If the code is wrong 3 times, then the Transfer API shall lock the account for 15 minutes.', []],
  ['The Transfer API shall use TLS 1.3 and AES-256 on port 443.', []],
  ['The Transfer API shall answer 95 % of requests within 800 ms at 50 rps.', []],
  ['The Transfer API shall keep the score between 5 and 10 points.', []],
  ['The Fast Lane shall reject transfers scored over 0.9.', []],
  [
    'The Transfer API shall use an appropriate key.',
    [['vague', 'appropriate', 'The Transfer API shall use an [which one, by which rule] key.']],
  ],
  [
    'The Transfer API shall encrypt the answer where possible.',
    [['escape', 'where possible', 'The Transfer API shall encrypt the answer when [condition].']],
  ],
  [
    'The Transfer API shall answer as soon as possible.',
    [['escape', 'as soon as possible', 'The Transfer API shall answer within [number] [unit].']],
  ],
  [
    'The Transfer API shall reject transfers, orders, etc.',
    [['open-ended', 'etc', 'The Transfer API shall reject transfers, orders, and [the others by name].']],
  ],
  ['The Transfer API should lock the account.', [['weak-modal', 'should', 'The Transfer API shall lock the account.']]],
  ['The Transfer API may lock the account.', [['weak-modal', 'may', 'The Transfer API shall lock the account.']]],
  [
    'The Transfer API shall be able to lock the account.',
    [['able-to', 'be able to', 'The Transfer API shall lock the account.']],
  ],
  [
    'The Transfer API shall be fast.',
    [['unquantified', 'fast', 'The Transfer API shall be answered within [number] ms for [number] % of requests.']],
  ],
  ['Data shall be encrypted.', [['passive', 'Data shall be encrypted', 'The [element] shall encrypt data.']]],
  [
    'When a transfer is rejected, the transfer shall be logged with its reason.',
    [
      [
        'passive',
        'the transfer shall be logged',
        'When a transfer is rejected, the [element] shall log the transfer with its reason.',
      ],
    ],
  ],
  ['Backups shall be taken away and stored by the Ledger.', []],
  ['Transfers shall be approved by a Customer.', []],
  ['Data shall not be stored.', [['passive', 'Data shall not be stored', 'The [element] shall not store data.']]],
  [
    'When the Transfer API receives a transfer, it shall check the limit.',
    [['pronoun', 'it', 'When the Transfer API receives a transfer, the Transfer API shall check the limit.']],
  ],
  ['When a transfer arrives, the Transfer API shall check the limit before it books the transfer.', []],
  [
    'The Ledger shall seal it and hide it.',
    [
      ['pronoun', 'it'],
      ['compound', 'and hide'],
    ],
  ],
  ['The Transfer API shall tell them.', [['pronoun', 'them', 'The Transfer API shall tell the [things meant].']]],
  ['The Transfer API shall log and/or alert.', [['and-or', 'and/or', 'The Transfer API shall log or alert.']]],
  ['The Ledger shall keep entries TBD days.', [['tbd', 'TBD', 'The Ledger shall keep entries [what is decided] days.']]],
  [
    'The Ledger shall keep entries for [number] days.',
    [['tbd', '[number]', 'The Ledger shall keep entries for [what is decided] days.']],
  ],
  ['The Ledger shall keep entries for a time to be agreed.', [['tbd', 'to be agreed']]],
  [
    'The Transfer API shall not accept a transfer.',
    [['negative', 'shall not accept', 'The Transfer API shall reject a transfer.']],
  ],
  [
    'The Transfer API shall not sleep.',
    [['negative', 'shall not sleep', 'The Transfer API shall not sleep and shall [what it does instead].']],
  ],
  ['The Transfer API shall not sleep and shall poll the queue.', [['compound', 'and shall poll']]],
  [
    'The Transfer API shall ask for a second factor and log the attempt.',
    [['compound', 'and log', 'The Transfer API shall ask for a second factor. The Transfer API shall log the attempt.']],
  ],
  ['The Transfer API shall show name and report number.', []],
  [
    'The Transfer API shall lock the account after 5.',
    [['unit', '5', 'The Transfer API shall lock the account after 5 [unit].']],
  ],
  ['The Transfer API shall accept at most 5 and stop.', [['unit', '5']]],
  ['The Transfer API shall answer in 800 ms.', [['tolerance', 'in 800 ms', 'The Transfer API shall answer within 800 ms.']]],
  [
    'The Ledger shall keep entries 90 days.',
    [['tolerance', '90 days', 'The Ledger shall keep entries at [most or least] 90 days.']],
  ],
  ['The Transfer API shall log every transfer.', [['universal', 'every', 'The Transfer API shall log each transfer.']]],
  ['The Transfer API shall always log.', [['universal', 'always', 'The Transfer API shall log.']]],
  ['The API shall log.', [['actor', 'API', 'The Transfer API shall log.']]],
  ['The scheduler shall log.', [['actor', 'scheduler', 'The [element] shall log.']]],
  ['Customers shall confirm.', []],
  ['The Transfer API shall tell the CRM.', [['term', 'CRM', 'The Transfer API shall tell the CRM ([what it means]).']]],
  [
    'The Transfer API shall tell the Settlement Engine.',
    [['term', 'Settlement Engine', 'The Transfer API shall tell the Settlement Engine ([what it means]).']],
  ],
  ['The Transfer API shall call the Fraud Check API.', [['term', 'Fraud Check API']]],
  ['THE TRANSFER API SHALL STOP.', []],
  ['The Ledger shall hide D-00001.', [['data-class', 'D-00001']]],
]

/** For each rule the sentence that is nearest to its fault and has it not. */
const INNOCENT: Readonly<Record<string, string>> = {
  vague: 'The Transfer API shall show the Acceptable Use Policy (AUP).',
  escape: 'The Transfer API shall need a token.',
  'open-ended': 'The Transfer API shall reject transfers and orders.',
  'able-to': 'The Transfer API shall lock the account that is able to pay.',
  unquantified: 'The Transfer API shall use fast-path routing.',
  'and-or': 'The Transfer API shall log or alert.',
  universal: 'The Transfer API shall poll the queue every 5 minutes and every day.',
  pronoun: 'The Transfer API shall check the limit before it books the transfer.',
  'weak-modal': 'When a customer can pay, the Transfer API shall check the limit.',
  tbd: 'The Transfer API shall keep the list of open points.',
  passive: 'The Ledger shall be Read Only.',
  negative: 'The Transfer API shall not sleep but poll the queue.',
  compound: 'The Transfer API shall show name and report number.',
  unit: 'The Transfer API shall follow Article 5 and use port 443.',
  tolerance: 'The Transfer API shall answer within 800 ms.',
  actor: 'Customers shall confirm.',
  term: 'The Transfer API shall write HTML (see the style guide) and a Bill of Materials (BOM).',
  'data-class': 'The Ledger shall hide D-00009.',
  verification: 'The Transfer API shall log.',
}

describe('lint rules', () => {
  test.each(Object.entries(INNOCENT))('%s says nothing about: %s', (rule, statement) => {
    expect(lint(statement).filter(hint => hint.rule === rule)).toEqual([])
  })

  test('each rule has a sentence that it must leave alone', () => {
    expect(Object.keys(INNOCENT).sort()).toEqual(LINT_RULES.map(({ id }) => id).sort())
  })

  test('a list of names is one actor, and a hyphen parts no verb', () => {
    const hints = lint('Ledger, Fast Lane, and Customer shall be port-scanned.')
    expect(hints.map(hint => [hint.rule, hint.quoted, hint.rewrite])).toEqual([
      [
        'passive',
        'Ledger, Fast Lane, and Customer shall be port-scanned',
        'The [element] shall port-scan Ledger, Fast Lane, and Customer',
      ],
    ])
  })

  test.each(TABLE)('%s', (statement, expected) => {
    const hints = lint(statement)
    expect(hints.map(hint => [hint.rule, hint.quoted])).toEqual(expected.map(([rule, quoted]) => [rule, quoted]))
    for (const [i, [, , after]] of expected.entries()) {
      const hint = hints[i]
      if (after !== undefined && hint) expect(rewritten(statement, hint)).toBe(after)
    }
  })

  test('each rule is shown by a row above, and says which published rule it follows', () => {
    const shown = new Set(TABLE.flatMap(([, hints]) => hints.map(([rule]) => rule)))
    expect(LINT_RULES.map(rule => rule.id).filter(id => !shown.has(id))).toEqual(['verification'])
    for (const rule of LINT_RULES) expect(rule.follows).toMatch(/INCOSE|ISO/)
    expect(new Set(LINT_RULES.map(rule => rule.id)).size).toBe(LINT_RULES.length)
  })

  test('compound is only for information', () => {
    expect(lint('The Transfer API shall not sleep and shall poll the queue.')[0]?.severity).toBe('info')
  })

  test('a missing verification method is proposed', () => {
    const { verification: _none, ...draft } = requirement('R-00001', 'The Transfer API shall log.')
    const hints = hintsOn(designOf(...MODEL), WORDS, draft)
    expect(hints).toMatchObject([
      { rule: 'verification', field: 'verification', quoted: '', rewrite: 'test', severity: 'warning' },
    ])
    expect(hintsOn(designOf(...MODEL), WORDS, { ...draft, kind: 'compliance' })[0]?.rewrite).toBe('inspection')
  })

  test('the one linked element, or the stated actor, is proposed for whoever is missing', () => {
    const linked = lint('Data shall be encrypted.', { elements: { 'E-00002': true } })[0]
    expect(linked?.rewrite).toBe('The Ledger shall encrypt data')
    expect(lint('Data shall be encrypted.', { actor: 'operator' })[0]?.rewrite).toBe('The operator shall encrypt data')
    expect(lint('The scheduler shall log.', { actor: 'scheduler' })).toEqual([])
  })

  test('with nothing drawn yet nobody is asked to be drawn', () => {
    expect(lint('The scheduler shall log.', {}, [])).toEqual([])
  })

  test('the name of the design and terms of the glossary are known', () => {
    const settings: Settings = {
      id: 'design',
      format: 1,
      designId: '0123456789',
      name: 'Shop',
      epoch: 1,
      glossary: { CRM: 'x', 'safe list': 'x' },
    }
    const design = applyChanges(designOf(...MODEL), [{ kind: 'put', table: 'settings', row: settings }])
    const hints = (statement: string) => hintsOn(design, WORDS, requirement('R-00001', statement))
    expect(hints('The shop shall tell the CRM.')).toEqual([])
    expect(hints('The Ledger shall keep a safe list.')).toEqual([])
    expect(hints('The Ledger shall keep a safe place.').map(hint => hint.quoted)).toEqual(['safe'])
  })

  test('a retired requirement is left alone', () => {
    expect(lint('Transfers should be fast.', { status: 'retired' })).toEqual([])
  })
})

describe('other languages', () => {
  test.each([
    'Das System muss alle Buchungen schnell protokollieren.',
    'Die API will fast immer das Limit prüfen.',
    'El sistema debe registrar todas las transferencias.',
    'Le système doit enregistrer chaque virement.',
    'Het systeem moet elke overboeking vastleggen.',
    'Systemet skal for hver overførsel gemme en log.',
    'システムは、すべての送金を記録しなければならない。',
    '系统应记录每次转账。',
    'Система должна записывать каждый перевод.',
    'يجب على النظام تسجيل كل تحويل.',
  ])('does not fail for lacking SHALL: %s', statement => {
    expect(lint(statement)).toEqual([])
  })

  test('open points are open in every language', () => {
    expect(lint('Das System muss die Buchung nach [Zahl] Tagen löschen, TBD.').map(hint => hint.quoted)).toEqual([
      '[Zahl]',
      'TBD',
    ])
  })

  test('a word list of the team adds its words to ours', () => {
    const own: WordList = { id: 'own', language: 'en', lists: { vague: { 'world class': 'rated [number]' } } }
    const hints = hintsOn(EMPTY_DESIGN, [...WORDS, own], requirement('R-00001', 'The API shall be world class and suitable.'))
    expect(hints.map(hint => hint.quoted)).toEqual(['world class', 'suitable'])
  })

  test('a list of another language judges texts of that language only', () => {
    const german: WordList = {
      id: 'deutsch',
      language: 'de',
      marks: ['das', 'muss', 'die', 'und'],
      lists: { vague: { angemessen: '[welche]' } },
    }
    const hints = (statement: string) => hintsOn(EMPTY_DESIGN, [...WORDS, german], requirement('R-00001', statement))
    expect(hints('Das System muss angemessen antworten.').map(hint => hint.quoted)).toEqual(['angemessen'])
    expect(hints('The system shall be angemessen.')).toEqual([])
  })

  test('without any word list only rules that need none speak', () => {
    expect(hintsOn(EMPTY_DESIGN, [], requirement('R-00001', 'It should be fast, TBD.')).map(hint => hint.rule)).toEqual(['tbd'])
  })
})

describe('lintRequirements', () => {
  test('of the empty design is empty', () => {
    expect(lintRequirements(EMPTY_DESIGN, WORDS)).toEqual([])
  })

  test('goes by id and place, whatever the order of rows', () => {
    const rows = [requirement('R-00002', 'It should be fast.'), requirement('R-00001', 'Data shall be stored.')]
    const hints = lintRequirements(designOf(...MODEL, ...rows), WORDS)
    expect(hints.map(hint => [hint.at, hint.rule])).toEqual([
      ['R-00001', 'passive'],
      ['R-00002', 'pronoun'],
      ['R-00002', 'weak-modal'],
      ['R-00002', 'unquantified'],
    ])
    expect(lintRequirements(designOf(...rows.reverse(), ...MODEL), WORDS)).toEqual(hints)
  })

  test('after an edit only the touched requirement is judged again', () => {
    const rows = Array.from({ length: 2000 }, (_, n) =>
      requirement(
        `R-${String(n).padStart(5, '0')}`,
        `When it is done, the Transfer API should be fast and log all 5 of batch B${n} where possible.`,
      ),
    )
    const design = designOf(...MODEL, ...rows)
    const first = lintRequirements(design, WORDS)
    const next = applyChanges(design, [
      { kind: 'patch', table: 'requirements', id: 'R-00000', fields: { statement: 'The Ledger shall log.' } },
    ])
    const second = lintRequirements(next, WORDS)
    const known = new Set(first)
    expect(second.length).toBeGreaterThan(2000)
    expect(second.filter(hint => !known.has(hint))).toEqual([])
    expect(second.some(hint => hint.at === 'R-00000')).toBe(false)
  })
})
