import { digestOf } from '../model/digest.ts'
import { byText } from '../support/order.ts'

/** A template of the team's own by its name, identified by its hash. */
export type OwnTemplate = { readonly name: string; readonly hash: string }

/** What a template wrote over the context of one prompt; the digest has yet to be put in. */
export type OwnText = OwnTemplate & { readonly text: string }

/** What stands for the digest until it is known: a character that no text of a design or template still holds. */
export const DIGEST_PLACE = '\ue003'

/** The text with the digest that the prompt shows; what follows it begins on a line of its own. */
export function withShown({ text }: OwnText, shown: string): string {
  const filled = text.replaceAll(DIGEST_PLACE, shown)
  return filled.endsWith('\n') ? filled : `${filled}\n`
}

/** Hash of a template and of every other of the team's that it names as a part, all of them by name. */
export function ownHash(name: string, sources: Readonly<Record<string, string>>): string | undefined {
  if (!Object.hasOwn(sources, name)) return undefined
  const used = new Set<string>()
  const left = [name]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (used.has(next) || !Object.hasOwn(sources, next)) continue
    used.add(next)
    for (const [, part] of (sources[next] ?? '').matchAll(/\{\{~?>\s*([\w-]+)/g)) left.push(part as string)
  }
  return digestOf(Object.fromEntries([...used].sort(byText).map(one => [one, sources[one]])))
}

/** The template that an entry of the ledger names, as far as it names one in the right form: anybody can write a ledger file. */
export function ownOfPayload(value: unknown): OwnTemplate | undefined {
  const { name, hash } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Record<string, unknown>>
  return typeof name === 'string' && typeof hash === 'string' ? { name: name.slice(0, 60), hash } : undefined
}
