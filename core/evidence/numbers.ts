/** A whole number that is not negative, as a number or as digits; many tools write numbers as text. What is none is unknown, not zero. */
export function wholeOf(value: unknown): number | undefined {
  if (typeof value === 'string') return /^\d{1,15}$/.test(value) ? Number(value) : undefined
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

/** An ISO instant from a stamp that names its zone; a stamp that could mean several instants is none. */
export function instantOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !ZONED.test(value)) return undefined
  return instantOfMs(Date.parse(value))
}

const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/

/** An instant from milliseconds since 1970. Zero is what tools write that do not know. */
export function instantOfMs(ms: number | undefined): string | undefined {
  return ms === undefined || Number.isNaN(ms) || ms <= 0 || ms > 8.64e15 ? undefined : new Date(ms).toISOString()
}
