import { createInstance } from 'i18next'
import en from './en.json'

/** A language of the window, by its BCP 47 tag. */
export type Language = 'en' | 'de'

/** The languages there are, each under the name its speakers give it. */
export const LANGUAGES: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'de', name: 'Deutsch' },
]

/** Where numbers and dates are written as this language's readers expect; English here is British. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' }

const words = createInstance()
void words.init({
  lng: 'en',
  resources: { en: { translation: en } },
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  returnEmptyString: false,
})

/**
 * The words in the language of the window. The key is the English text; `{{name}}` stands for a value, and `count` chooses between
 * singular and plural, whose English forms stand in en.json.
 */
export function t(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  const { count } = values
  const spoken = typeof count === 'number' ? words.t(text, { count, skipInterpolation: true }) : plain(text)
  if (!spoken.includes('{{')) return spoken
  return spoken.replace(PLACE, (place, name: string) => (Object.hasOwn(values, name) ? written(values[name]) : place))
}

/** Texts of this language that were asked for before: a screen asks for hundreds at every stroke, and looking one up is slow. */
const known = new Map<string, string>()

function plain(text: string): string {
  const before = known.get(text)
  if (before !== undefined) return before
  const spoken = words.t(text, { skipInterpolation: true })
  known.set(text, spoken)
  return spoken
}

const PLACE = /\{\{(\w+)\}\}/g

/** Values are put in here and not by the library, so that a name with its signs in it stays a name, and numbers read as numbers. */
function written(value: string | number | undefined): string {
  return typeof value === 'number' ? figures().format(value) : (value ?? '')
}

let format: { readonly locale: string; readonly figures: Intl.NumberFormat } | undefined

function figures(): Intl.NumberFormat {
  if (format?.locale !== locale()) format = { locale: locale(), figures: new Intl.NumberFormat(locale()) }
  return format.figures
}

/** A table of English words that reads in the language of the window, so that it may be written down once and asked at any time. */
export function spoken<Words extends Readonly<Record<string, string>>>(english: Words): { readonly [K in keyof Words]: string } {
  const table = {}
  for (const [key, text] of Object.entries(english))
    Object.defineProperty(table, key, { enumerable: true, configurable: true, get: () => t(text) })
  return table as { readonly [K in keyof Words]: string }
}

/** The language the window speaks now. */
export function language(): Language {
  return LANGUAGES.find(one => one.id === words.language)?.id ?? 'en'
}

/** The tag by which numbers, dates and React Aria's own words are asked for. */
export function locale(): string {
  return LOCALES[language()]
}

/** Speaks this language from now on; views are drawn anew by whoever asked. */
export async function speak(language: Language): Promise<void> {
  if (language !== 'en' && !words.hasResourceBundle(language, 'translation')) {
    const catalogue = await import('./de.json')
    words.addResourceBundle(language, 'translation', catalogue.default)
  }
  await words.changeLanguage(language)
  known.clear()
}
