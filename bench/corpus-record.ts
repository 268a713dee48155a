import type { RulePack } from '../core/model/types.ts'
import type { Corpus } from './corpus-models.ts'
import { coverage, isCovered, type Row } from './coverage.ts'
import { noiseOf, totalOf } from './noise.ts'

/** What must not creep: findings that ask now, by model, and threats of people that some finding covers. */
export type CorpusRecord = {
  readonly total: { readonly now: number; readonly all: number }
  readonly now: Readonly<Record<string, number>>
  readonly covered: Readonly<Record<string, number>>
}

/** The figures as they are today. */
export function recordOf(corpus: Corpus, packs: readonly RulePack[]): CorpusRecord {
  const rows = noiseOf(corpus, packs)
  const { now, all } = totalOf(rows)
  const { stated, asRead } = coverage(corpus, packs)
  const read = asRead.map(row => ({ ...row, name: `${row.name} *` }))
  return {
    total: { now, all },
    now: Object.fromEntries(rows.map(row => [row.name, row.now])),
    covered: Object.fromEntries([...stated, ...read].map(row => [row.name, coveredIn(row)])),
  }
}

function coveredIn({ judged }: Row): number {
  return judged.filter(({ cover }) => isCovered(cover)).length
}
