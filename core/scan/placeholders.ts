import { type Engine, plainEngine } from './engine.ts'
import type { Found } from './found.ts'
import { replaced } from './replace.ts'
import { scanPersonal } from './scan.ts'

/** Puts names in the place of personal data, the same name for the same value, numbered as they come. */
export type Withheld = {
  readonly hide: (text: string) => string
  /** What each name stands for. It leaves the machine with nothing: no prompt, no ledger, no message holds it. */
  readonly values: () => ReadonlyMap<string, string>
}

export function newWithheld(engine: Engine = plainEngine): Withheld {
  const names = new Map<string, string>()
  const counts = new Map<string, number>()
  const hidden = new Map<string, string>()
  function nameOf({ label }: Found, value: string): string {
    const known = names.get(value)
    if (known !== undefined) return known
    const count = (counts.get(label) ?? 0) + 1
    counts.set(label, count)
    const name = `⟨${label}_${count}⟩`
    names.set(value, name)
    return name
  }
  function hide(text: string): string {
    const done = hidden.get(text)
    if (done !== undefined) return done
    const made = replaced(text, scanPersonal(text, engine), nameOf)
    hidden.set(text, made)
    return made
  }
  return { hide, values: () => new Map([...names].map(([value, name]) => [name, value])) }
}

/** The text with the values back in the place of their names; names that stand for nothing known stay. */
export function restored(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/⟨[A-Z_]{2,20}_\d{1,6}⟩/g, name => values.get(name) ?? name)
}
