/** More than any reference to a service needs; the rest of a longer value is never looked at. */
const LONGEST = 2000

const INNERMOST = /\$\{[A-Za-z_]\w*(?:(:?[-?+])([^{}$]*))?\}/g

/** A value as Compose would fill it in with no variable set: defaults stand, the rest is empty. */
export type Filled = {
  readonly text: string
  /** Whether a variable may make it another one. */
  readonly isVariable: boolean
}

/** Takes the variables out of a value; numbers are values too, anything else is none. */
export function filled(value: unknown): Filled | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const written = String(value).slice(0, LONGEST)
  if (!written.includes('$')) return { text: written.trim(), isVariable: false }
  let text = written.replaceAll('$$', '\u0000')
  const bare = text
  for (let level = 0; level < 3; level++)
    text = text.replace(INNERMOST, (_, how: string | undefined, word = '') => (how?.includes('?') ? '' : word))
  text = text.replace(/\$\{[^{}]*\}|\$[A-Za-z_]\w*/g, '')
  return { text: text.replaceAll('\u0000', '$').trim(), isVariable: text !== bare }
}
