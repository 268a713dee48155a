import { describe, expect, test } from 'vitest'
import type { AnyRow } from '../../../core/model/types.ts'
import { languageOf, languagesOf } from '../../../core/requirements/language.ts'
import { hintsOn, LINT_RULES } from '../../../core/requirements/lint.ts'
import { rewritten } from '../../../core/requirements/rewritten.ts'
import { builtinWords } from '../../../packs/words.ts'
import { asset, designOf, element, requirement } from '../model/designs.ts'

const MODEL: readonly AnyRow[] = [
  element('E-00001', { name: 'Transfer-API' }),
  element('E-00002', { name: 'Journal' }),
  asset('D-00001'),
]

function lint(statement: string) {
  return hintsOn(designOf(...MODEL), builtinWords, requirement('R-00001', statement))
}

describe('the language of a sentence', () => {
  test.each([
    ['The API shall log each transfer.', 'en'],
    ['Firewalls shall be implemented using dedicated hardware.', 'en'],
    ['As a user, I want to reset my password so that I can log in.', 'en'],
    ['The system is in an error state.', 'en'],
    ['Daten in Tabellen an Server melden und prüfen.', 'de'],
    ['Die API muss jede Buchung protokollieren.', 'de'],
    ['Passwörter dürfen nicht gespeichert werden.', 'de'],
    ['Daten müssen verschlüsselt werden.', 'de'],
    ['Die API will fast immer das Limit prüfen.', 'de'],
    ['De gegevens werden versleuteld.', undefined],
    ['Alle data moeten worden versleuteld.', undefined],
    ['Systemet skal logge alle forsøg for hver bruger.', undefined],
    ['Systemet må ikke gemme adgangskoder.', undefined],
    ['Systemet ska logga varje inloggning och varna.', undefined],
    ['Järjestelmän pitää kirjata jokainen siirto.', undefined],
    ['El sistema debe registrar todas las transferencias.', undefined],
    ['O sistema deve registrar todas as transferências.', undefined],
    ['Le système doit enregistrer chaque virement.', undefined],
    ['Il sistema deve registrare ogni bonifico.', undefined],
    ['System musi zapisywać każdy przelew.', undefined],
    ['Systém musí zaznamenat každý převod.', undefined],
    ['Sistem her havaleyi kaydetmelidir.', undefined],
    ['Система должна записывать каждый перевод.', undefined],
    ['系统应记录每次转账。', undefined],
    ['システムは、すべての送金を記録しなければならない。', undefined],
    ['يجب على النظام تسجيل كل تحويل.', undefined],
    ['OAuth', undefined],
    ['', undefined],
  ])('%s: %s', (statement, language) => {
    expect(languageOf(statement, languagesOf(builtinWords))?.language).toBe(language)
  })

  test('where two fit alike nobody guesses', () => {
    expect(languageOf('The und', languagesOf(builtinWords))).toBe(undefined)
  })
})

/** Sentence, and for each hint its rule, its words, and the sentence after its rewrite. */
const GERMAN: readonly (readonly [string, readonly (readonly [string, string, string?])[]])[] = [
  ['Die Transfer-API muss das Belastungskonto aus der Sitzung ableiten.', []],
  ['Wenn eine Überweisung 500 EUR übersteigt, muss die Transfer-API einen zweiten Faktor verlangen.', []],
  ['Falls der Code 3 Mal falsch ist, muss die Transfer-API das Konto für 15 Minuten sperren.', []],
  ['Die Transfer-API muss TLS 1.3 und AES-256 auf Port 443 verwenden.', []],
  ['Das Journal muss das Protokoll alle 5 Minuten sichern.', []],
  ['Das Journal muss die Anzahl zwischen 5 und 10 Punkten halten.', []],
  [
    'Die Transfer-API muss einen geeigneten Schlüssel verwenden.',
    [['vague', 'geeigneten', 'Die Transfer-API muss einen [welche, nach welcher Regel] Schlüssel verwenden.']],
  ],
  [
    'Die Transfer-API muss nach Möglichkeit warnen.',
    [['escape', 'nach Möglichkeit', 'Die Transfer-API muss wenn [Bedingung] warnen.']],
  ],
  ['Die Transfer-API muss Buchungen usw. löschen.', [['open-ended', 'usw.']]],
  ['Die Transfer-API muss imstande sein, das Konto zu sperren.', [['able-to', 'imstande sein']]],
  ['Die Transfer-API muss schnell antworten.', [['unquantified', 'schnell']]],
  [
    'Die Transfer-API muss warnen und/oder das Konto sperren.',
    [['and-or', 'und/oder', 'Die Transfer-API muss warnen oder das Konto sperren.']],
  ],
  ['Die Transfer-API muss immer warnen.', [['universal', 'immer', 'Die Transfer-API muss warnen.']]],
  ['Wenn das Journal voll ist, muss die Transfer-API ihn warnen.', [['pronoun', 'ihn']]],
  ['Die Transfer-API soll das Konto sperren.', [['weak-modal', 'soll', 'Die Transfer-API muss das Konto sperren.']]],
  [
    'Das Journal muss das Limit, noch offen, prüfen.',
    [['tbd', 'noch offen', 'Das Journal muss das Limit, [was entschieden ist], prüfen.']],
  ],
  [
    'Der Schlüssel muss nach 90 Tagen rotiert werden.',
    [['passive', 'Der Schlüssel muss nach 90 Tagen rotiert werden', '[Element] muss den Schlüssel nach 90 Tagen rotieren.']],
  ],
  [
    'Wenn eine Überweisung eingeht, muss die Überweisung protokolliert werden.',
    [
      [
        'passive',
        'muss die Überweisung protokolliert werden',
        'Wenn eine Überweisung eingeht, muss [Element] die Überweisung protokollieren.',
      ],
    ],
  ],
  [
    'Backups müssen täglich erstellt und verschlüsselt werden.',
    [
      [
        'passive',
        'Backups müssen täglich erstellt und verschlüsselt werden',
        '[Element] muss Backups täglich erstellen und verschlüsseln.',
      ],
    ],
  ],
  ['Der Schlüssel muss durch das Journal rotiert werden.', []],
  [
    'Passwörter dürfen nicht gespeichert werden.',
    [['passive', 'Passwörter dürfen nicht gespeichert werden', '[Element] darf Passwörter nicht speichern.']],
  ],
  [
    'Die Transfer-API darf Passwörter nicht speichern.',
    [['negative', 'darf Passwörter nicht speichern', 'Die Transfer-API muss Passwörter verwerfen.']],
  ],
  [
    'Die Transfer-API darf keine Passwörter speichern.',
    [
      [
        'negative',
        'darf keine Passwörter speichern',
        'Die Transfer-API darf keine Passwörter speichern und muss [was stattdessen geschieht].',
      ],
    ],
  ],
  ['Die Transfer-API darf die Überweisung nicht annehmen, sondern muss warnen.', []],
  [
    'Die Transfer-API muss die Überweisung prüfen und das Ergebnis melden.',
    [['compound', 'und', 'Die Transfer-API muss die Überweisung prüfen. Transfer-API muss das Ergebnis melden.']],
  ],
  ['Die Transfer-API muss das Konto und das Limit prüfen.', []],
  [
    'Die Transfer-API muss das Konto nach höchstens 5 sperren.',
    [['unit', '5', 'Die Transfer-API muss das Konto nach höchstens 5 [Einheit] sperren.']],
  ],
  [
    'Die Transfer-API muss in 800 ms antworten.',
    [['tolerance', 'in 800 ms', 'Die Transfer-API muss innerhalb von 800 ms antworten.']],
  ],
  ['Der Planer muss das Konto sperren.', [['actor', 'Planer', 'Der [Element] muss das Konto sperren.']]],
  [
    'Die Transfer-API muss das CRM benachrichtigen.',
    [['term', 'CRM', 'Die Transfer-API muss das CRM ([was es bedeutet]) benachrichtigen.']],
  ],
  ['Das Journal muss D-00001 verbergen.', [['data-class', 'D-00001']]],
]

describe('German', () => {
  test.each(GERMAN)('%s', (statement, expected) => {
    const hints = lint(statement)
    expect(hints.map(({ rule, quoted }) => [rule, quoted])).toEqual(expected.map(([rule, quoted]) => [rule, quoted]))
    for (const [i, [, , after]] of expected.entries()) {
      const hint = hints[i]
      if (after !== undefined && hint) expect(rewritten(statement, hint)).toBe(after)
    }
  })

  test('every rule that reads the sentence is shown by a row above', () => {
    const shown = new Set(GERMAN.flatMap(([, hints]) => hints.map(([rule]) => rule)))
    expect(LINT_RULES.map(({ id }) => id).filter(id => !shown.has(id))).toEqual(['verification'])
  })
})

/** For each rule a sentence in a language without a list that says just what the rule is about. */
const FOREIGN: Readonly<Record<string, string>> = {
  vague: 'Le système doit utiliser une clé appropriée.',
  escape: 'El sistema debe cifrar la respuesta si es posible.',
  'open-ended': 'Il sistema deve rifiutare bonifici, ordini ecc.',
  'able-to': 'O sistema deve ser capaz de bloquear a conta.',
  unquantified: 'Het systeem moet snel antwoorden.',
  'and-or': 'El sistema debe avisar y/o bloquear.',
  universal: 'Systemet skal altid logge alle overførsler.',
  pronoun: 'Le système doit le vérifier quand il arrive.',
  'weak-modal': 'Systemet bör spärra kontot.',
  tbd: 'Het systeem moet boekingen bewaren, nog te bepalen.',
  passive: 'De gegevens moeten worden versleuteld.',
  negative: 'Le système ne doit pas accepter de virement.',
  compound: 'El sistema debe pedir un segundo factor y debe registrar el intento.',
  unit: 'Il sistema deve bloccare il conto dopo 5.',
  tolerance: 'Le système doit répondre en 800 ms.',
  actor: 'El planificador debe registrar la transferencia.',
  term: 'Le système doit informer le CRM.',
  'data-class': 'System musi ukrywać numery kart.',
  verification: 'Система должна записывать каждый перевод.',
}

describe('a language without a list', () => {
  test('is asked about by every rule', () => {
    expect(Object.keys(FOREIGN)).toEqual(expect.arrayContaining(LINT_RULES.map(({ id }) => id)))
  })

  test.each(Object.entries(FOREIGN))('%s fails nobody: %s', (_, statement) => {
    expect(lint(statement)).toEqual([])
  })

  test('still hears of open points, of data without a class and of a missing verification method', () => {
    const { verification: _none, ...draft } = requirement('R-00001', 'Le système doit chiffrer D-00001 avec [quoi], TBD.')
    expect(hintsOn(designOf(...MODEL), builtinWords, draft).map(({ rule, quoted }) => [rule, quoted])).toEqual([
      ['verification', ''],
      ['data-class', 'D-00001'],
      ['tbd', '[quoi]'],
      ['tbd', 'TBD'],
    ])
  })
})
