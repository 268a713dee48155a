import { isDay, isNobody } from '../mitigations/acceptance.ts'
import type { Change } from '../model/change.ts'
import { provenanceOf } from '../model/create.ts'
import { hasRow, rowsOf } from '../model/table.ts'
import type { Design, Exclusion, Stamp } from '../model/types.ts'
import { ok, type Refusal, type Result, refuse } from '../support/result.ts'
import { exclusionId } from './exclusions.ts'
import type { FrameworkPack } from './types.ts'

/** An entry of a framework, by the ids of both. */
export type EntryName = { readonly framework: string; readonly entry: string }

/** Says that an entry does not apply to this design, and why; takes the place of an earlier decision on it. */
export function excludeEntry(
  design: Design,
  input: EntryName & {
    readonly frameworks: readonly FrameworkPack[]
    readonly reason: string
    /** The day from which it counts no more. */
    readonly expires?: string
  },
  stamp: Stamp,
): Result<readonly Change[]> {
  const { framework, entry, frameworks, expires } = input
  const reason = input.reason.trim()
  const place = `${framework} ${entry}`
  const refusal = unknownEntry(frameworks, input)
  if (refusal) return refusal
  if (isNobody(reason))
    return refuse({
      code: 'exclusion.noReason',
      at: place,
      message: 'An entry that does not apply needs a reason.',
      cure: 'Say in one sentence why it does not concern this design.',
    })
  if (reason.length > MOST_REASON)
    return refuse({
      code: 'exclusion.longReason',
      at: place,
      message: `The reason has ${reason.length} characters; at most ${MOST_REASON} are kept.`,
      cure: 'Say it shorter.',
    })
  if (expires !== undefined && (!isDay(expires) || expires <= stamp.at.slice(0, 10)))
    return refuse({
      code: 'exclusion.until',
      at: place,
      message: `"${expires}" is no day after today.`,
      cure: 'Give a day on which it is looked at again, as 2027-01-31, or none.',
    })
  const id = exclusionId(framework, entry)
  if (stamp.kind === 'ai' && hasRow(design.exclusions, id))
    return refuse({
      code: 'exclusion.ai',
      at: place,
      message: 'Somebody decided about this entry already.',
      cure: 'Let a person decide it anew.',
    })
  const row: Exclusion = { id, framework, entry, reason, ...(expires ? { expires } : {}), provenance: provenanceOf(stamp) }
  return ok([{ kind: 'put', table: 'exclusions', row }])
}

/** As the schema has it. */
const MOST_REASON = 4000

/** Takes a decision back, also one on an entry that no framework here lists or that stands under a wrong id; the entry asks again. */
export function withdrawExclusion(design: Design, input: EntryName): Result<readonly Change[]> {
  const rows = decisionsOn(design, input)
  if (rows.length === 0) return undecided(input)
  return ok(rows.map(({ id }): Change => ({ kind: 'remove', table: 'exclusions', id })))
}

/** A person stands behind a decision that an AI proposed. */
export function confirmExclusion(design: Design, input: EntryName, stamp: Stamp): Result<readonly Change[]> {
  const [row] = decisionsOn(design, input)
  if (!row) return undecided(input)
  const { provenance } = row
  if (provenance.kind !== 'ai' || provenance.confirmedBy !== undefined)
    return refuse({
      code: 'exclusion.notProposed',
      at: `${input.framework} ${input.entry}`,
      message: 'No AI proposed it, or somebody stands behind it already.',
      cure: 'Nothing is left to confirm.',
    })
  if (stamp.kind === 'ai')
    return refuse({
      code: 'exclusion.ai',
      at: `${input.framework} ${input.entry}`,
      message: 'What an AI proposed, only a person confirms.',
      cure: 'Let a person decide.',
    })
  const fields = { provenance: { ...provenance, confirmedBy: stamp.by, confirmedAt: stamp.at } }
  return ok([{ kind: 'patch', table: 'exclusions', id: row.id, fields }])
}

/** Why an entry is none of these frameworks; nothing where it is. */
export function unknownEntry(frameworks: readonly FrameworkPack[], { framework, entry }: EntryName): Refusal | undefined {
  const pack = frameworks.find(({ id }) => id === framework)
  if (!pack)
    return refuse({
      code: 'frameworks.unknown',
      message: `There is no framework "${framework}".`,
      cure: `Name one of: ${frameworks.map(({ id }) => id).join(', ')}`,
    })
  if (pack.entries.some(({ id }) => id === entry)) return undefined
  const folded = entry.toLowerCase().replace(/\s/g, '')
  const near = pack.entries.find(({ id }) => id.toLowerCase().replace(/\s/g, '') === folded)
  return refuse({
    code: 'frameworks.unknownEntry',
    at: framework,
    message: `${pack.title} ${pack.source.version} lists no entry "${entry}" here.`,
    cure: near ? `Did you mean "${near.id}"?` : `skeptic frameworks ${framework} lists its entries.`,
  })
}

function decisionsOn(design: Design, { framework, entry }: EntryName): readonly Exclusion[] {
  return rowsOf(design.exclusions).filter(row => row.framework === framework && row.entry === entry)
}

function undecided({ framework, entry }: EntryName): Result<never> {
  return refuse({
    code: 'exclusion.none',
    at: `${framework} ${entry}`,
    message: 'Nobody decided that this entry does not apply.',
    cure: `skeptic frameworks ${framework} shows what was decided.`,
  })
}
