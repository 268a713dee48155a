import type { Found } from './found.ts'

/** A text with something else in the place of each finding; of findings that overlap, the first counts. */
export function replaced(text: string, found: readonly Found[], by: (found: Found, value: string) => string): string {
  let made = ''
  let at = 0
  for (const one of found) {
    if (one.start < at) continue
    made += text.slice(at, one.start) + by(one, text.slice(one.start, one.end))
    at = one.end
  }
  return made + text.slice(at)
}

/** What a person would write in the place of a secret. */
export function secretPlaceholder({ label }: Pick<Found, 'label'>): string {
  return `<SECRET:${label}>`
}
