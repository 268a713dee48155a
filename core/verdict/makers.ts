import { nameAndAddress } from '../provenance/bots.ts'
import type { CommitFact, JudgedChecklist, VerdictContext } from './context.ts'

/** Those who had a hand in a change and so do not judge it. */
export type Hand = 'commit.author' | 'prompt.author' | 'evidence.producer'

export const HANDS: Readonly<Record<Hand, string>> = {
  'commit.author': 'author of the change',
  'prompt.author': 'author of the prompt',
  'evidence.producer': 'producer of the evidence',
}

type Ground = { readonly checklist: Pick<JudgedChecklist, 'workItem'>; readonly context: VerdictContext }

/** Names and addresses in lower case; undefined when they cannot be known. */
export function namesOfHand(hand: Hand, ground: Ground): ReadonlySet<string> | undefined {
  return NAMES[hand](ground)
}

const NAMES: Readonly<Record<Hand, (ground: Ground) => ReadonlySet<string> | undefined>> = {
  'commit.author': ({ context }) => context.change.commits && new Set(context.change.commits.flatMap(peopleOf).map(lower)),
  'prompt.author': ({ checklist, context }) =>
    new Set(
      context.ledger.entries
        .filter(({ entry }) => PROMPTED.has(entry.type) && entry.payload.workItem === checklist.workItem)
        .map(({ entry }) => lower(entry.actor)),
    ),
  'evidence.producer': ({ context }) =>
    new Set(context.ledger.entries.filter(({ entry }) => entry.type === 'collected').map(({ entry }) => lower(entry.actor))),
}

/** Author, committer and everybody whom a trailer names as having written along. */
function peopleOf({ author, email, committer, trailers }: CommitFact): readonly string[] {
  const along = trailers
    .filter(({ name }) => WROTE_ALONG.has(name.toLowerCase()))
    .map(({ value }) => nameAndAddress(value))
    .concat({ name: author, email })
    .concat(committer ? [committer] : [])
  return along.flatMap(one => [one.name, one.email, `${one.name} <${one.email}>`]).filter(text => text !== '')
}

const WROTE_ALONG: ReadonlySet<string> = new Set(['co-authored-by', 'co-developed-by', 'signed-off-by'])

const PROMPTED: ReadonlySet<string> = new Set(['prompt-issued', 'prompt-copied', 'exported'])

function lower(text: string): string {
  return text.trim().toLowerCase()
}
