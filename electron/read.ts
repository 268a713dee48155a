/** What came from the page, before anyone looked at it: its fields, or none when it is no plain object. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

/** Words to show: short, one line, nothing that hides or turns around what follows. */
export function isWords(value: unknown): value is string {
  return (
    typeof value === 'string' && value.length > 0 && value.length <= 200 && !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(value)
  )
}
