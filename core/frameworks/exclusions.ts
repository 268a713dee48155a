import { shown } from '../evidence/show.ts'
import { isDay, isNobody } from '../mitigations/acceptance.ts'
import { computedId } from '../model/identity.ts'
import { pathOf } from '../model/parse.ts'
import { rowAt, rowsOf, sizeOf } from '../model/table.ts'
import type { Design, Exclusion } from '../model/types.ts'
import type { Problem } from '../support/result.ts'
import type { Excluded, FrameworkPack } from './types.ts'

/** The id of the one decision that an entry of a framework can have: whoever decides about another entry touches another row. */
export function exclusionId(framework: string, entry: string): string {
  return computedId('Q', { entry, framework })
}

/** Decisions by entry at an instant; what cannot count, whoever wrote it, is among the problems instead. */
export function excludedIn(
  design: Pick<Design, 'exclusions'>,
  at: string,
): (framework: string, entry: string) => Excluded | undefined {
  const today = at.slice(0, 10)
  if (sizeOf(design.exclusions) === 0) return () => undefined
  return (framework, entry) => {
    const row = rowAt(design.exclusions, exclusionId(framework, entry))
    return row === undefined || flawOf(row) !== undefined ? undefined : excluded(row, today)
  }
}

function excluded(row: Exclusion, today: string): Excluded {
  const { id, reason, expires, provenance } = row
  const isProposed = provenance.kind === 'ai' && provenance.confirmedBy === undefined
  const isEnded = expires !== undefined && today >= expires
  return {
    ...{ id, reason: reason.trim(), ...personOf(row) },
    ...(expires === undefined ? {} : { expires }),
    standing: isProposed ? 'proposed' : isEnded ? 'ended' : 'counts',
  }
}

/** Who answers for it, and since when. */
function personOf({ provenance }: Exclusion): { readonly by: string; readonly at: string } {
  const { kind, by = '', at, confirmedBy, confirmedAt } = provenance
  return kind === 'ai' && confirmedBy !== undefined ? { by: confirmedBy, at: confirmedAt ?? at } : { by, at }
}

/** No framework has longer ids; what is in one that nobody would see is made visible. */
const MOST_NAME = 100

type Flaw = { readonly code: string; readonly field: string; readonly message: string; readonly cure: string }

/** Why a decision cannot count; a merge, a file or a peer can bring in one that no edit would have made. */
function flawOf(row: Exclusion): Flaw | undefined {
  const { id, reason, expires } = row
  const right = exclusionId(row.framework, row.entry)
  const [framework, entry] = [shown(row.framework, MOST_NAME), shown(row.entry, MOST_NAME)]
  if (id !== right)
    return {
      ...{ code: 'exclusion.misfiled', field: 'id' },
      message: `It speaks of ${entry} of ${framework} under the id of another entry, so it does not count.`,
      cure: `Name the file and its id ${right}, or remove it and decide anew.`,
    }
  if (isNobody(reason))
    return {
      ...{ code: 'exclusion.noReason', field: 'reason' },
      message: `It says of ${entry} of ${framework} that it is not applicable, and not why, so it does not count.`,
      cure: 'State the reason, or withdraw it.',
    }
  if (isNobody(personOf(row).by))
    return {
      ...{ code: 'exclusion.nobody', field: 'provenance' },
      message: `Nobody stands behind it that ${entry} of ${framework} is not applicable, so it does not count.`,
      cure: 'Decide it anew under a name, or withdraw it.',
    }
  if (expires !== undefined && !isDay(expires))
    return {
      ...{ code: 'exclusion.noDay', field: 'expires' },
      message: `"${expires}" is no day of the calendar, so it does not count.`,
      cure: 'Write a day, as 2027-01-31, or take the field away.',
    }
  return undefined
}

/**
 * Decisions that no row shows: they cannot count, or name what none of these frameworks lists, as a newer pack might. By id, each with
 * the place it stands at and a cure; what it says stays in the design.
 */
export function exclusionProblems(design: Pick<Design, 'exclusions'>, frameworks: readonly FrameworkPack[]): readonly Problem[] {
  return rowsOf(design.exclusions).flatMap(row => {
    const flaw = flawOf(row) ?? unlisted(row, frameworks)
    if (!flaw) return []
    const { code, field, message, cure } = flaw
    return [{ code, severity: 'warning', at: `${pathOf('exclusions', row.id)}:/${field}`, message, cure }]
  })
}

function unlisted(row: Exclusion, frameworks: readonly FrameworkPack[]): Flaw | undefined {
  const pack = frameworks.find(({ id }) => id === row.framework)
  if (pack?.entries.some(({ id }) => id === row.entry)) return undefined
  const [framework, entry] = [shown(row.framework, MOST_NAME), shown(row.entry, MOST_NAME)]
  return {
    ...(pack ? { code: 'exclusion.noEntry', field: 'entry' } : { code: 'exclusion.noFramework', field: 'framework' }),
    message: pack
      ? `It says that ${entry} is not applicable, and ${pack.title} ${pack.source.version} lists no such entry here; no row shows it.`
      : `It says that ${entry} of "${framework}" is not applicable, and there is no such framework here; no row shows it.`,
    cure: `Use a version of Skeptic that lists it, or withdraw it: skeptic frameworks ${word(framework)} ${word(entry)} --withdraw`,
  }
}

/** As it is typed in a shell. */
function word(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
