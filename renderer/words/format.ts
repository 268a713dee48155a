import { locale } from './translate.ts'

/** A number as readers of the language write it. */
export function numberWords(value: number): string {
  return new Intl.NumberFormat(locale()).format(value)
}

/** Things in a row, as a sentence of the language has them: a, b and c. */
export function listWords(things: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(things)
}

/** A day out of an instant, "22 Nov 2026"; what is no date stays as it is. */
export function dayWords(instant: string): string {
  return dateWords(instant, { dateStyle: 'medium' })
}

/** The time of day where the person is, "16:02". */
export function timeWords(instant: string): string {
  return dateWords(instant, { timeStyle: 'short' })
}

/** Day and time where the person is. */
export function instantWords(instant: string): string {
  return dateWords(instant, { dateStyle: 'medium', timeStyle: 'short' })
}

function dateWords(instant: string, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(instant)
  return Number.isNaN(date.valueOf()) ? instant : new Intl.DateTimeFormat(locale(), options).format(date)
}
