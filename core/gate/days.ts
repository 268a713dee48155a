/** Whole days from an instant to a calendar day; 0 on the day itself, negative once it has passed. */
export function daysUntil(at: string, day: string): number {
  return Math.round((noonOf(day) - noonOf(at)) / 86_400_000)
}

/** From the day itself on, a thing with an expiry no longer counts. */
export function isExpired(at: string, day: string | undefined): boolean {
  return day !== undefined && daysUntil(at, day) <= 0
}

function noonOf(text: string): number {
  return Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8, 10)), 12)
}
