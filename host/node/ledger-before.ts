import { entryFile, type LedgerState } from '../../core/model/ledger.ts'
import { byText } from '../../core/support/order.ts'
import { openRepository, removedBetween } from './git.ts'
import type { Stand } from './stand.ts'

/**
 * The ledger with what is missing of it: entries that the base, the judged commit or a commit between them holds and the folder does
 * not. Hashes and links tell when something in the middle is gone; only an older state tells when the end was cut off.
 */
export async function ledgerSince(
  ledger: LedgerState,
  stand: Stand,
  { codeRoot, folder }: { readonly codeRoot: string; readonly folder: string | undefined },
): Promise<LedgerState> {
  if (folder === undefined) return ledger
  const below = folder === '' ? 'ledger/' : `${folder}/ledger/`
  const there = new Set(ledger.entries.map(({ hash }) => entryFile(hash)))
  const broken = new Set(ledger.problems.map(({ at }) => at.replace(/^ledger\//, '')))
  const named = [...(stand.before?.paths ?? []), ...stand.tree.paths, ...(await removed(stand, codeRoot, below))]
  const entries = named.flatMap(path => (path.startsWith(below) ? [path.slice(below.length)] : []))
  const gone = [...new Set(entries)].filter(name => /^[0-9a-f]{64}\.json$/.test(name) && !there.has(name) && !broken.has(name))
  if (gone.length === 0) return ledger
  const problems = gone.map(name => ({
    code: 'ledger.cut',
    severity: 'error' as const,
    at: `ledger/${name}`,
    message: 'A commit holds this entry, and the ledger does not any more.',
    cure: 'Restore the file from version control; entries are never removed.',
  }))
  return { ...ledger, ok: false, problems: [...ledger.problems, ...problems].sort((a, b) => byText(a.at, b.at)) }
}

async function removed({ base, tree, revision }: Stand, codeRoot: string, below: string): Promise<readonly string[]> {
  if (base === undefined || tree.source === 'folder') return []
  const opened = await openRepository(codeRoot)
  return opened.kind === 'repository' ? removedBetween(opened.repository, base, { head: revision?.commit ?? 'HEAD', below }) : []
}
