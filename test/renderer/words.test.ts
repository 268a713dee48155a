import { afterEach, describe, expect, it } from 'vitest'
import { CATEGORY_NAMES, counted, letterOf, SCALE } from '../../renderer/state/words.ts'
import { dayWords, numberWords } from '../../renderer/words/format.ts'
import { locale, speak, t } from '../../renderer/words/translate.ts'
import { rawIn, rawInViews, wordsIn, wordsInUse } from './words-in-use.ts'

type Catalogue = Readonly<Record<string, string>>
const read = async (language: string) =>
  ((await import(`../../renderer/words/${language}.json`)) as { readonly default: Catalogue }).default

const en = await read('en')
const de = await read('de')
const { keys, unreadable } = wordsInUse()
const isCounted = (key: string) => key.includes('{{count}}')
const formsOf = (key: string) => (isCounted(key) ? [`${key}_one`, `${key}_other`] : [key])
const placesIn = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(([place]) => place)

describe('the words of the window', () => {
  it('are read from the source: a test that sees none would hold nothing', () => {
    expect(keys.size).toBeGreaterThan(150)
    expect(unreadable).toEqual([])
  })

  it('go through the catalogue wherever a view shows them', () => expect(rawInViews()).toEqual([]))

  it('have an English singular and plural exactly where they are counted', () => {
    const counted = [...keys.keys()].filter(isCounted).flatMap(formsOf)
    expect(counted.filter(form => en[form] === undefined)).toEqual([])
    expect(Object.keys(en).filter(form => !counted.includes(form))).toEqual([])
  })

  it('put no place into an English form that its key does not have', () => {
    const strange = Object.entries(en).filter(([form, text]) => placesIn(text).some(place => !form.includes(place)))
    expect(strange).toEqual([])
  })
})

// German is written last, as a whole; from its first word on it must be complete.
describe.skipIf(Object.keys(de).length === 0)('the German catalogue', () => {
  const asked = [...keys.keys()].flatMap(formsOf)

  it('has every key', () => expect(asked.filter(form => !de[form])).toEqual([]))

  it('has none that is unused', () => expect(Object.keys(de).filter(form => !asked.includes(form))).toEqual([]))

  it('keeps every place of a value; only a singular may leave its number out', () => {
    const lost = Object.entries(de).filter(([form, text]) => {
      const needed = placesIn(form).filter(place => !(form.endsWith('_one') && place === '{{count}}'))
      const given = placesIn(text)
      return needed.some(place => !given.includes(place)) || given.some(place => !form.includes(place))
    })
    expect(lost.map(([form]) => form)).toEqual([])
  })
})

describe('the scanner', () => {
  it('reads keys over lines, in either quotes, with signs behind a backslash', () => {
    const source = `t('Plain'); t(\n  "It's",\n  { a: f(1) },\n); counted(f(a, b), 'entry', 'entries'); spoken({ a: 'A b', c: 'D' }); run.t('no')`
    expect(wordsIn(source).keys).toEqual(['Plain', "It's", '{{count}} entries', 'A b', 'D'])
  })

  it('names what it cannot read', () => {
    expect(wordsIn("t(open ? 'a' : 'b'); t(`a`); t(step.name)").unreadable).toEqual(["t(open ? 'a' : 'b')", 't(`a`)'])
  })
})

describe('the search for words past the catalogue', () => {
  it('sees them between tags and in attributes', () => {
    expect(rawIn('<Pick label="Kind" empty={`In no boundary`} />')).toEqual(['Kind', 'In no boundary'])
    expect(rawIn('<Button>\n  Remove flow\n</Button>')).toEqual(['Remove flow'])
    expect(rawIn('<dt>From</dt><dd>{t("To")} both ways {x}</dd>')).toEqual(['From'])
  })

  it('leaves names, paths and code alone', () => {
    expect(rawIn('<legend>STRIDE</legend><input placeholder="src/a/*.ts" aria-label={t("File")} />')).toEqual([])
    expect(rawIn('const a: Map<string, Kind> = x => y < z')).toEqual([])
  })

  it('takes no table of words through the catalogue once more', () => {
    expect(wordsIn('t(KIND_NAMES[kind])').unreadable).toEqual(['t(KIND_NAMES[kind])'])
  })
})

describe('speaking', () => {
  afterEach(() => speak('en'))

  it('puts values in, numbers as the language writes them, and leaves signs in a name alone', () => {
    expect(t('Import {{name}}', { name: '{{count}} $t(x)' })).toBe('Import {{count}} $t(x)')
    expect(counted(1, 'problem')).toBe('1 problem')
    expect(counted(12_345, 'problem')).toBe('12,345 problems')
  })

  it('changes numbers and dates with the language', async () => {
    expect([numberWords(1234.5), dayWords('2026-11-22T12:00:00Z')]).toEqual(['1,234.5', '22 Nov 2026'])
    await speak('de')
    expect(locale()).toBe('de-DE')
    expect([numberWords(1234.5), dayWords('2026-11-22T12:00:00Z')]).toEqual(['1.234,5', '22.11.2026'])
  })

  it('reads tables of words when they are asked, and never translates a letter of STRIDE', async () => {
    expect(Object.keys(CATEGORY_NAMES)).toHaveLength(6)
    expect(SCALE.map(choice => `${choice.value} ${choice.label}`)[0]).toBe('1 1 very low')
    expect(letterOf('elevationOfPrivilege')).toBe('E')
  })
})
