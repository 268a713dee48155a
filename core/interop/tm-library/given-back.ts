import { digestOfText } from '../../model/digest.ts'
import type { AnyRow, Design, Table, TableName } from '../../model/types.ts'
import { listOf, type Raw, recordOf } from '../reading/json-fields.ts'

/** Under this key a file of ours keeps what the format has no place for. The format wants a domain: this one can belong to nobody. */
export const EXTENSION = 'skeptic.invalid/tm-library'

/** Lists of a file by the keys of the format, those whose objects have names. */
export type ListKey =
  | 'trust_zones'
  | 'actors'
  | 'components'
  | 'data_stores'
  | 'data_sets'
  | 'data_flows'
  | 'threats'
  | 'controls'

/** What a file of ours says of itself, so that it is read as the design it was written from. */
export type GivenBack = {
  readonly design?: string
  /** Ids of rows by symbolic name, list by list; those of assumptions, which have no names, with their words. */
  readonly ids: { readonly [list in ListKey]?: Readonly<Record<string, string>> }
  readonly assumptions: readonly (readonly [description: string, id: string])[]
  /** Keys that an import had kept beside a row, by its id; every other key beside a row is there because the format asks for it. */
  readonly foreign: Readonly<Record<string, readonly string[]>>
  /** Symbolic names of what stands for nothing: the zone of what lies in none, the other end of loose flows, whoever acts. */
  readonly nothing: { readonly zone?: string; readonly end?: string; readonly persona?: string }
  /** Flows of which nobody knows whether they are encrypted. */
  readonly unknown: readonly string[]
  /** What the file holds besides, only to say again what rows say. */
  readonly own: {
    readonly keys: readonly string[]
    readonly scope: readonly string[]
    readonly threat_personas: readonly string[]
    readonly risks: readonly string[]
    /** Digests of their sources. */
    readonly diagrams: readonly string[]
    readonly pairs: readonly (readonly [string, string])[]
  }
}

/** What a file of ours gives back; nothing for any other file. A damaged part of it counts as empty. */
export function givenBackIn(root: Raw): GivenBack | undefined {
  const raw = recordOf(recordOf(root.extensions)?.[EXTENSION])
  if (!raw) return undefined
  const [nothing, own] = [recordOf(raw.nothing) ?? {}, recordOf(raw.own) ?? {}]
  const text = (key: string) => (typeof nothing[key] === 'string' ? { [key]: nothing[key] } : {})
  return {
    ...(typeof raw.design === 'string' ? { design: raw.design } : {}),
    ids: tablesIn(raw.ids),
    assumptions: pairsIn(raw.assumptions),
    foreign: Object.fromEntries(Object.entries(recordOf(raw.foreign) ?? {}).map(([id, keys]) => [id, textsIn(keys)])),
    nothing: { ...text('zone'), ...text('end'), ...text('persona') },
    unknown: textsIn(raw.unknown),
    own: {
      keys: textsIn(own.keys),
      scope: textsIn(own.scope),
      threat_personas: textsIn(own.threat_personas),
      risks: textsIn(own.risks),
      diagrams: textsIn(own.diagrams),
      pairs: pairsIn(own.pairs),
    },
  }
}

function tablesIn(value: unknown): GivenBack['ids'] {
  return Object.fromEntries(
    Object.entries(recordOf(value) ?? {})
      .map(([list, names]) => [list, new Map(Object.entries(recordOf(names) ?? {}))] as const)
      .map(([list, names]) => [list, Object.fromEntries([...names].filter(([, id]) => typeof id === 'string'))]),
  ) as GivenBack['ids']
}

function pairsIn(value: unknown): readonly (readonly [string, string])[] {
  return listOf(value).map(pair => [String(listOf(pair)[0]), String(listOf(pair)[1])] as const)
}

function textsIn(value: unknown): readonly string[] {
  return listOf(value).filter(one => typeof one === 'string')
}

/** The file without what only says again what rows say. */
export function theirsOf(root: Raw, { own }: GivenBack): Raw {
  const { [EXTENSION]: _ours, ...extensions } = recordOf(root.extensions) ?? {}
  const without = (key: string, isOwn: (raw: Raw) => boolean) => ({
    [key]: listOf(root[key]).filter(one => !isOwn(recordOf(one) ?? {})),
  })
  const pairs = new Set(own.pairs.map(pairKey))
  const left: Raw = {
    ...root,
    extensions: Object.keys(extensions).length > 0 ? extensions : undefined,
    scope: withoutKeys(recordOf(root.scope) ?? {}, own.scope),
    ...without('threat_personas', raw => own.threat_personas.includes(String(raw.symbolic_name))),
    ...without('risks', raw => own.risks.includes(String(raw.symbolic_name))),
    ...without('diagrams', raw => own.diagrams.includes(digestOfText(String(raw.source)))),
    ...without('trust_boundaries', raw => pairs.has(pairKey([String(raw.trust_zone_a), String(raw.trust_zone_b)]))),
  }
  const kept = withoutKeys(left, own.keys)
  return Object.fromEntries(
    Object.entries(kept).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  )
}

/** Two zones in one text, by which pairs are compared. */
export function pairKey([a, b]: readonly [string, string]): string {
  return `${a} ${b}`
}

function withoutKeys(raw: Raw, keys: readonly string[]): Raw {
  return Object.fromEntries(Object.entries(raw).filter(([key]) => !keys.includes(key)))
}

/** The design with only those keys beside its rows that came from another file. */
export function withoutAsked(design: Design, { ids, assumptions, foreign }: GivenBack): Design {
  const own = new Set([...Object.values(ids).flatMap(names => Object.values(names ?? {})), ...assumptions.map(([, id]) => id)])
  const cleaned = (table: Table<AnyRow>) =>
    Object.fromEntries(Object.entries(table).map(([id, row]) => [id, own.has(id) ? only(row, foreign[id] ?? []) : row]))
  const tables: readonly TableName[] = ['boundaries', 'elements', 'data', 'flows', 'assumptions', 'threats', 'mitigations']
  return { ...design, ...Object.fromEntries(tables.map(table => [table, cleaned(design[table] as Table<AnyRow>)])) }
}

function only(row: AnyRow, keys: readonly string[]): AnyRow {
  const { foreign, ...rest } = row as AnyRow & { readonly foreign?: Raw }
  const kept = Object.entries(foreign ?? {}).filter(([key]) => keys.includes(key))
  return (kept.length > 0 ? { ...rest, foreign: Object.fromEntries(kept) } : rest) as AnyRow
}
