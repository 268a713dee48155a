import { changedBetween, openRepository } from '../git.ts'
import type { LoadedReport } from './load.ts'

/** More commits than this are not looked up; their reports count for their own commit alone. */
const MOST = 50

/**
 * Commits that reports name and whose code is that of the judged commit: nothing lies between the two but the design's own files, as
 * the ledger that every answer adds to. What the design says of a report is judged elsewhere, by the digests of its slices.
 */
export async function sameCode(
  reports: readonly LoadedReport[],
  {
    codeRoot,
    commit,
    isOwn,
  }: { readonly codeRoot: string; readonly commit: string | undefined; readonly isOwn: (path: string) => boolean },
): Promise<ReadonlySet<string>> {
  if (commit === undefined) return new Set()
  const named = reports.flatMap(({ sidecar, reading }) =>
    sidecar?.ok ? (sidecar.value.commit ?? []) : reading.ok ? reading.value.made.commits : [],
  )
  const others = [...new Set(named)].filter(one => one !== commit).slice(0, MOST)
  const opened = others.length > 0 ? await openRepository(codeRoot) : undefined
  if (opened?.kind !== 'repository') return new Set()
  const { repository } = opened
  const same = await Promise.all(
    others.map(async other => {
      const changed = await changedBetween(repository, other, commit)
      return changed?.every(path => path.isBelow && isOwn(path.path)) === true
    }),
  )
  return new Set(others.filter((_, index) => same[index]))
}
