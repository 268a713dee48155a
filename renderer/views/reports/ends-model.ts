import type { LedgerState } from '../../../core/model/ledger.ts'
import { rowIds } from '../../../core/model/table.ts'
import type { Design } from '../../../core/model/types.ts'
import { promptVersions } from '../../../core/prompts/versions.ts'
import type { KeptState, PastAsked, Revisions } from '../../../host/contract.ts'
import type { GroupedChoice } from '../../ui/pick.tsx'
import { spoken, t } from '../../words/translate.ts'
import { ENTRY_NAMES } from './ledger-model.ts'

/** One end of a comparison as the session keeps it: `now`, or a word for its kind and what names it. */
export const NOW = 'now'

/** So many of each kind are offered, newest first. */
const MOST = 100

/** What the host is asked for an end; nothing for the design as it is now. */
export function askedFor(end: string): PastAsked | undefined {
  const [kind, name = ''] = [end.slice(0, end.indexOf(' ')), end.slice(end.indexOf(' ') + 1)]
  if (kind === 'entry') return { entry: name }
  if (kind === 'state') return { state: name }
  return kind === 'revision' ? { revision: name } : undefined
}

/** Why states were kept, in words. */
export const WHY_NAMES: Readonly<Record<KeptState['why'], string>> = spoken({
  entry: 'kept with a ledger entry',
  settled: 'after edits',
  closed: 'when it was closed',
  import: 'before an import',
  suggestion: 'before a suggestion was merged',
  many: 'before a large edit',
  removal: 'before much was removed',
  bringBack: 'before an earlier state was brought back',
})

const REVISION_GROUPS = spoken({ branch: 'Branches', tag: 'Tags', commit: 'Commits' })

type Known = {
  readonly ledger: LedgerState | undefined
  readonly states: readonly KeptState[]
  readonly revisions: Revisions | undefined
}

/** Everything that may be compared, in groups, each newest first. */
export function endChoices({ ledger, states, revisions }: Known): readonly GroupedChoice[] {
  const entries = (ledger?.entries ?? []).slice(-MOST).toReversed()
  const named = revisions?.kind === 'repository' ? revisions.revisions : []
  return [
    { value: NOW, label: t('Now') },
    ...named.map(({ kind, name, commit, at }) => ({
      // Two names may lead to one commit, and each is a choice of its own.
      value: `revision ${kind === 'commit' ? commit : `${commit}${ORIGIN[kind]}`}`,
      label: [name, commit.slice(0, 9), at.slice(0, 10)].join(' · '),
      group: REVISION_GROUPS[kind],
    })),
    ...entries.map(({ hash, entry }) => ({
      value: `entry ${hash}`,
      label: `${instantWords(entry.at)} · ${ENTRY_NAMES[entry.type]}`,
      group: t('Ledger'),
    })),
    ...states
      .slice(-MOST)
      .toReversed()
      .map(({ digest, at, why }) => ({
        value: `state ${digest}`,
        label: `${instantWords(at)} · ${WHY_NAMES[why]}`,
        group: t('Kept on this machine'),
      })),
  ]
}

/** Marks that lead from a commit to itself, so that a branch, a tag and the commit they name stay three choices. */
const ORIGIN = { branch: '^0', tag: '^{}' } as const

/** What a comparison begins with: the last commit, else the last entry, else the last kept state. */
export function firstEnd(choices: readonly GroupedChoice[]): string {
  const [revision, other] = [choices.filter(({ value }) => value.startsWith('revision ')), choices[1]]
  return (revision.find(({ value }) => /^revision [0-9a-f]+$/.test(value)) ?? other)?.value ?? NOW
}

/** The last version of each work item's prompt that the ledger notes. */
export function issuedIn(design: Design, ledger: LedgerState | undefined): ReadonlyMap<string, number> {
  if (!ledger) return new Map()
  return new Map(
    rowIds(design.workItems).flatMap(id => {
      const last = promptVersions(id, ledger).at(-1)
      return last ? [[id, last.number] as const] : []
    }),
  )
}

/** An instant as this view writes it. */
export function instantWords(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`
}
