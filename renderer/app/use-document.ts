import { useLayoutEffect } from 'react'
import type { Theme } from '../state/preferences.ts'
import type { Language } from '../words/translate.ts'

/** Puts the chosen theme and the language on the page; without a theme the system decides. */
export function useDocument(theme: Theme, language: Language): void {
  useLayoutEffect(() => {
    const page = document.documentElement
    if (theme === 'system') delete page.dataset.theme
    else page.dataset.theme = theme
    page.lang = language
  }, [theme, language])
}
