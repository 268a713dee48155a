import { checkOf, type Ground } from '../checklists/seed.ts'
import { counted, shown } from '../evidence/show.ts'
import { computedId } from '../model/identity.ts'
import type { LedgerState } from '../model/ledger.ts'
import { rowsOf } from '../model/table.ts'
import type { Check, Design } from '../model/types.ts'
import { idsOf } from '../support/order.ts'
import { linesIn } from './ranges.ts'
import type { Attested, Zone } from './reconcile.ts'
import type { Provenance } from './record.ts'

/** Work items whose prompt was issued, copied or exported, and the files it may have changed. */
export function promptedZones(design: Pick<Design, 'workItems'>, { entries }: Pick<LedgerState, 'entries'>): readonly Zone[] {
  const used = new Set(entries.flatMap(({ entry }) => (ISSUES.has(entry.type) ? [entry.payload.workItem] : [])))
  return rowsOf(design.workItems)
    .filter(({ id }) => used.has(id))
    .map(({ id, mayEdit }) => ({ workItem: id, globs: idsOf(mayEdit) }))
}

const ISSUES: ReadonlySet<string> = new Set(['prompt-issued', 'prompt-copied', 'exported'])

/**
 * What a change asks beside the checks of the design: lines in the zone of a prompt that nobody speaks for. The absence of a
 * mark proves nothing, so a person says whether people wrote them.
 */
export function unmarkedCheck(ground: Ground, { commits }: Pick<Provenance, 'commits'>): Check | undefined {
  const { id } = ground.slice.workItem
  const open = commits.flatMap(commit =>
    commit.ranges.flatMap(range => {
      const isAnswered = range.said.some(index => commit.sayings[index]?.source === 'manual')
      const isUnmarked = range.flag === 'unflagged' || (range.flag === 'human-attested' && isAnswered)
      return isUnmarked && range.prompted.includes(id) ? [{ commit: commit.id, ...range }] : []
    }),
  )
  if (open.length === 0) return undefined
  const lines = linesIn(open.map(range => range.lines))
  const places = open
    .slice(0, MOST_NAMED)
    .map(({ commit, path, lines: { start, end } }) => `${shown(path)}:${start}-${end} (${commit.slice(0, 9)})`)
  const more = open.length > MOST_NAMED ? ` and ${counted(open.length - MOST_NAMED, 'more place')}` : ''
  return checkOf(ground, {
    key: KEY,
    from: [id],
    group: 'contract',
    severity: 'major',
    statement: `People wrote the ${counted(lines, 'line')} that carry no mark where the prompt ${id.replace('W-', 'P-')} was used: ${places.join(', ')}${more}.`,
    question:
      'Did people write these lines without the prompt? If a tool did, the commits lack their Assisted-by and Guarded-Prompt lines.',
    verify: { signoff: { role: 'reviewer', count: 1 } },
  })
}

const MOST_NAMED = 5
const KEY = 'unmarked-lines'

/** Answers that say yes to the check of a work item about exactly this code; others are about another change. */
export function attestedIn(
  { entries }: Pick<LedgerState, 'entries'>,
  about: { readonly workItem: string; readonly change: string | undefined },
): readonly Attested[] {
  const check = computedId('C', { workItem: about.workItem, key: KEY, from: [about.workItem] })
  const latest = new Map<string, Attested | undefined>()
  for (const { hash, entry } of entries) {
    const { workItem, check: asked, answer, change } = entry.payload
    if (entry.type !== 'signed-off' || workItem !== about.workItem || asked !== check) continue
    const counts = answer === 'pass' && about.change !== undefined && change === about.change
    latest.set(entry.actor, counts ? { workItem: about.workItem, by: entry.actor, entry: hash } : undefined)
  }
  return [...latest.values()].filter(one => one !== undefined)
}
