import { rowsOf } from '../model/table.ts'
import type { Design, Requirement } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { type Gist, gistOf } from './gist.ts'
import type { RequirementHint } from './hint.ts'
import type { Language } from './language.ts'

/** What two requirements say about each other. */
export const PAIR_RULES = [
  { id: 'duplicate', severity: 'warning', follows: 'INCOSE GtWR R39' },
  { id: 'conflict', severity: 'warning', follows: 'ISO/IEC/IEEE 29148 5.2.6 (consistent)' },
] as const

type Said = { readonly row: Requirement; readonly gist: Gist }
type Found = { readonly with: Requirement; readonly hint: RequirementHint }

/**
 * Hints between the requirements that are not retired, by id. Each is held against the first of its likes, and the later of the two
 * carries the hint; so one pass is enough. Who asks again after an edit gets the same hints for the pairs that stayed.
 */
export function pairHints(
  { requirements }: Pick<Design, 'requirements'>,
  languages: readonly Language[],
): ReadonlyMap<string, RequirementHint> {
  const { gist, kept } = memoryFor(languages)
  const first = new Map<string, Said>()
  const denied = new Map<string, Said>()
  const hints = new Map<string, RequirementHint>()
  for (const row of rowsOf(requirements)) {
    const own = row.status === 'retired' ? undefined : gist(row)
    if (!own) continue
    const said = { row, gist: own }
    const against = [
      keyOf(own, own.deed, !own.isNegative),
      ...(own.opposite === undefined ? [] : [keyOf(own, own.opposite, own.isNegative)]),
    ]
    const key = keyOf(own, own.deed, own.isNegative)
    const same = first.get(key)
    const contrary = own.isDuty ? (denied.get(key) ?? first.get(against[1] ?? '')) : undefined
    const other = same ?? (contrary?.gist.isDuty ? contrary : undefined)
    if (other) hints.set(row.id, hintFor(said, other, { isSame: other === same, kept }))
    if (!same) first.set(key, said)
    if (own.isDuty && own.deed !== '') for (const one of against) if (!denied.has(one)) denied.set(one, said)
  }
  return hints
}

function keyOf({ frame }: Gist, deed: string, isNegative: boolean): string {
  return `${frame}\n${deed}\n${isNegative}`
}

const memoryFor = memoLast((languages: readonly Language[]) => {
  const gists = new WeakMap<Requirement, { readonly gist: Gist | undefined }>()
  return {
    kept: new WeakMap<Requirement, Found>(),
    gist: (row: Requirement) => {
      const known = gists.get(row) ?? { gist: gistOf(row, languages) }
      gists.set(row, known)
      return known.gist
    },
  }
})

type How = { readonly isSame: boolean; readonly kept: WeakMap<Requirement, Found> }

function hintFor({ row, gist }: Said, other: Said, { isSame, kept }: How): RequirementHint {
  const known = kept.get(row)
  if (known?.with === other.row) return known.hint
  const hint = isSame ? sameHint(row, gist, other) : conflictHint(row, gist, other)
  kept.set(row, { with: other.row, hint })
  return hint
}

/** The same sentence again, or the same with another number. */
function sameHint(row: Requirement, gist: Gist, other: Said): RequirementHint {
  const i = gist.measures.findIndex(({ text }, at) => text !== other.gist.measures[at]?.text)
  const [mine, theirs] = [gist.measures[i], other.gist.measures[i]]
  if (!mine || !theirs)
    return {
      ...base('duplicate', row),
      quoted: row.statement,
      offset: 0,
      message: `It says the same as ${other.row.id}.`,
      cure: `Delete one of the two, or say what ${row.id} asks for beyond ${other.row.id}.`,
    }
  return {
    ...base('conflict', row),
    quoted: mine.text,
    offset: mine.offset,
    rewrite: theirs.text,
    message: `"${mine.text}" stands where ${other.row.id} says ${theirs.text}.`,
    cure: 'Decide which holds, or say when each does.',
  }
}

function conflictHint(row: Requirement, { place }: Gist, other: Said): RequirementHint {
  return {
    ...base('conflict', row),
    ...place,
    message: `"${place.quoted}" is against ${other.row.id}: "${other.gist.place.quoted}".`,
    cure: 'Decide which holds, or say when each does.',
  }
}

function base(rule: (typeof PAIR_RULES)[number]['id'], { id: at }: Requirement) {
  return { code: `requirement.${rule}`, severity: 'warning', at, rule, field: 'statement' } as const
}
