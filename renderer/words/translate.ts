import { createInstance } from 'i18next'
import en from './en.json'

/** A language of the window, by its BCP 47 tag. */
export type Language = 'en' | 'de'

/** The languages there are, each under the name its speakers give it. */
export const LANGUAGES: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'de', name: 'Deutsch' },
]

const words = createInstance()
void words.init({
  lng: 'en',
  resources: { en: { translation: en } },
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  returnEmptyString: false,
  interpolation: { escapeValue: false },
})

/**
 * The words in the language of the window. The key is the English text; `{{name}}` stands for a value, and `count` chooses between
 * singular and plural, whose English forms stand in en.json.
 */
export function t(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return words.t(text, values)
}

/** Speaks this language from now on; views are drawn anew by whoever asked. */
export async function speak(language: Language): Promise<void> {
  if (language !== 'en' && !words.hasResourceBundle(language, 'translation')) {
    const catalogue = await import('./de.json')
    words.addResourceBundle(language, 'translation', catalogue.default)
  }
  await words.changeLanguage(language)
}
