import { byText } from '../support/order.ts'
import { ACCOUNT_RULES } from './accounts.ts'
import { ASSIGNED_RULES } from './assigned.ts'
import { CARRIER_RULES } from './carriers.ts'
import { CONTACT_RULES } from './contacts.ts'
import type { Dictionary } from './dictionary.ts'
import { type Engine, plainEngine } from './engine.ts'
import type { Found } from './found.ts'
import { MARK_RULES } from './marks.ts'
import { PERSON_RULES } from './persons.ts'
import { remembered } from './remembered.ts'
import { findingsOf, look, type Rule } from './rule.ts'
import { TOKEN_RULES } from './tokens.ts'
import { topologyRules } from './topology.ts'

export type ScanOptions = {
  readonly engine?: Engine
  readonly dictionary?: Dictionary | undefined
}

/** More characters than this are refused, never cut: what was left out could hold anything (AISVS AC.3.5). */
export const SCAN_LIMIT = 2_000_000

/** Everything in a text that may not enter a prompt, in order of appearance. Where two rules see the same, the graver one speaks. */
export function scanText(text: string, { engine = plainEngine, dictionary }: ScanOptions = {}): readonly Found[] {
  if (text.length > SCAN_LIMIT) return [tooMuch(text)]
  if (isPlain(text) && !dictionary) return []
  return dictionary ? scanWith(text, { engine, dictionary }) : scanAlone(text, engine)
}

/** Without words of a team the answer depends on the text alone. */
const scanAlone = remembered((text: string, engine: Engine) => scanWith(text, { engine, dictionary: undefined }))

function scanWith(
  text: string,
  { engine, dictionary }: { readonly engine: Engine; readonly dictionary: Dictionary | undefined },
): readonly Found[] {
  const looked = look(text)
  const all = (rules: readonly Rule[]) => rules.flatMap(rule => findingsOf(rule, looked, engine))
  const values = withoutOverlaps(text.length, [
    ...all(TOKEN_RULES),
    ...all(ACCOUNT_RULES),
    ...all(PERSON_RULES),
    ...all(CONTACT_RULES),
    ...all(ASSIGNED_RULES),
    ...all(topologyRules(dictionary)),
  ])
  return [...values, ...all(MARK_RULES), ...all(CARRIER_RULES)].sort((a, b) => a.start - b.start || byText(a.rule, b.rule))
}

/** Personal data alone, for what a prompt shows in its place. */
export function scanPersonal(text: string, engine: Engine = plainEngine): readonly Found[] {
  return personalIn(text, engine)
}

const personalIn = remembered((text: string, engine: Engine): readonly Found[] => {
  const looked = look(text)
  if (looked.digits < 4 && !text.includes('@')) return []
  const found = [...TOKEN_RULES, ...ACCOUNT_RULES, ...PERSON_RULES, ...CONTACT_RULES].flatMap(rule =>
    findingsOf(rule, looked, engine),
  )
  return withoutOverlaps(text.length, found)
    .filter(one => one.action === 'placeholder')
    .sort((a, b) => a.start - b.start)
})

/** Short words of letters, which most texts of a design are: no rule can find anything in them. */
function isPlain(text: string): boolean {
  return (
    text.length < 40 && /^[A-Za-z ]*$/.test(text) && !/CONFIDENTIAL|VERTRAULICH|SECRET|[A-Za-z]{36}|rights|use only/i.test(text)
  )
}

/** Keeps of those that overlap the first in the order given. Each finding marks its characters once, so it takes as long as they are. */
function withoutOverlaps(length: number, found: readonly Found[]): readonly Found[] {
  if (found.length < 2) return found
  const taken = new Uint8Array(length)
  return found.filter(({ start, end }) => {
    for (let at = start; at < end; at++) if (taken[at] === 1) return false
    taken.fill(1, start, end)
    return true
  })
}

function tooMuch(text: string): Found {
  return {
    rule: 'scan.volume',
    action: 'block',
    label: 'TEXT',
    start: 0,
    end: text.length,
    what: `${text.length} characters, more than the ${SCAN_LIMIT} that are read`,
    cure: 'Keep the part that is needed.',
  }
}
