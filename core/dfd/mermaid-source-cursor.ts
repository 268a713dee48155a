/** A place in one statement; it only ever moves forward. */
export type Cursor = { readonly text: string; at: number }

/** Skips blanks. */
export function skip(cursor: Cursor): void {
  take(cursor, BLANKS)
}

const BLANKS = /\s*/y

/** Takes what a sticky pattern matches here; nothing moves when it does not. */
export function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)
  if (found) cursor.at = pattern.lastIndex
  return found ?? undefined
}
