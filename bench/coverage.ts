import type { RulePack } from '../core/model/types.ts'
import type { Corpus, Model } from './corpus-models.ts'
import { type HumanThreat, threatsAsRead, threatsOf } from './corpus-threats.ts'
import { type Cover, coverOf, findingsAbout, withPack } from './covering.ts'
import { whyNot } from './misses.ts'

/** One threat of a model, and what the rules make of it: as they are used by default, and with the plain STRIDE table beside them. */
export type Judged = {
  readonly model: Model
  readonly threat: HumanThreat
  readonly cover: Cover
  readonly withTable: Cover
  readonly why: string
}

/** The threats of one model. */
export type Row = { readonly name: string; readonly judged: readonly Judged[] }

/** The optional pack that asks every category of every element by itself. */
export const TABLE = 'stride-element'

/** Every model with threats, as its file states them; those we put categories to come a second time, as we read them. */
export function coverage(
  { read }: Corpus,
  packs: readonly RulePack[],
): { readonly stated: readonly Row[]; readonly asRead: readonly Row[] } {
  const rows = (threats: (model: Model) => readonly HumanThreat[]) =>
    read
      .map(model => ({ name: model.file, judged: judge(model, threats(model), packs) }))
      .filter(({ judged }) => judged.length > 0)
  return { stated: rows(threatsOf), asRead: rows(model => threatsAsRead(model) ?? []) }
}

function judge(model: Model, threats: readonly HumanThreat[], packs: readonly RulePack[]): readonly Judged[] {
  if (threats.length === 0) return []
  const about = findingsAbout(model.design, packs)
  const aboutWithTable = findingsAbout(withPack(model.design, packs, TABLE), packs)
  return threats.map(threat => {
    const cover = coverOf(threat, about)
    const why = isCovered(cover) ? '' : whyNot(model.design, packs, { threat, cover })
    return { model, threat, cover, withTable: coverOf(threat, aboutWithTable), why }
  })
}

export function isCovered(cover: Cover): boolean {
  return cover === 'now' || cover === 'later'
}
