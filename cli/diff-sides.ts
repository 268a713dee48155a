import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { importModel } from '../core/interop/import.ts'
import { designDigest } from '../core/model/digest.ts'
import { explainRow } from '../core/model/explain.ts'
import { JSON_LIMITS, tooLarge } from '../core/model/json.ts'
import type { Design } from '../core/model/types.ts'
import { ok, type Result, refuse } from '../core/support/result.ts'
import { designAtRevision } from '../host/node/design-at.ts'
import { findDesign } from '../host/node/store.ts'
import { openDesign } from './design.ts'
import type { World } from './frame.ts'

/** One side of a comparison. */
export type DiffSide = {
  /** As it was named, or "the present design". */
  readonly name: string
  readonly kind: 'folder' | 'file' | 'revision'
  readonly design: Design
  /** Format of a foreign file; none for a design of ours. */
  readonly format?: string
  /** Where a design folder lies, or of a revision the present one: its packs and its ledger count. */
  readonly folder?: string
  readonly commit?: string
}

/** The design that --design names, or the nearest upward. */
export async function presentSide(world: World): Promise<Result<DiffSide>> {
  const opened = await openDesign(world)
  if (!opened.ok) return opened
  const { design, folder } = opened.value
  const name = 'the present design'
  return ok(folder === undefined ? { name, kind: 'file', design } : { name, kind: 'folder', design, folder })
}

/** What a name stands for: a design folder, a bundle or a model of another tool, else a revision of the repository of the present design. */
export async function sideNamed(world: World, name: string): Promise<Result<DiffSide>> {
  const place = path.resolve(world.cwd, name)
  if (existsSync(place)) return statSync(place).isDirectory() ? folderSide(world, name, place) : fileSide(world, name, place)
  const folder = presentFolder(world)
  const past = folder === undefined ? undefined : await designAtRevision(folder, name)
  if (past && folder !== undefined) return past.ok ? ok({ name, kind: 'revision', ...past.value, folder }) : past
  return refuse({
    code: 'diff.unknown',
    at: name,
    message:
      folder === undefined
        ? 'There is no such file or folder, and no present design whose repository could have a revision of that name.'
        : 'There is no such file or folder, and the repository of the present design has no such revision.',
    cure: 'Name a design folder, a bundle, a model of another tool, or a branch, tag or commit.',
  })
}

function presentFolder(world: World): string | undefined {
  const place = world.design ?? findDesign(world.cwd)
  return place !== undefined && existsSync(place) && statSync(place).isDirectory() ? place : undefined
}

/** The folder itself, or its child threat-model. */
async function folderSide(world: World, name: string, place: string): Promise<Result<DiffSide>> {
  const inner = path.join(place, 'threat-model')
  const folder = !existsSync(path.join(place, 'skeptic.json')) && existsSync(path.join(inner, 'skeptic.json')) ? inner : place
  const opened = await openDesign({ ...world, design: folder })
  return opened.ok ? ok({ name, kind: 'folder', design: opened.value.design, folder }) : opened
}

async function fileSide(world: World, name: string, place: string): Promise<Result<DiffSide>> {
  const { size } = statSync(place)
  if (size > JSON_LIMITS.length) return tooLarge(name, size, JSON_LIMITS.length)
  const stamp = { at: world.at, by: world.by, random: world.random }
  const read = importModel(path.basename(place), await readFile(place, 'utf8'), { stamp, explain: explainRow })
  if (!read.ok) return read
  const { design, summary } = read.value
  if (summary.losses.length > 0)
    world.say(`${name}: ${summary.format}; ${summary.losses.length} things in it have no place in a design and are not compared.`)
  return ok({ name, kind: 'file', design, ...(summary.format === 'skeptic' ? {} : { format: summary.format }) })
}

/** Both designs as they are to be compared: a model of another tool has no design id of its own, so it takes that of the other side. */
export function comparable(before: DiffSide, after: DiffSide): readonly [Design, Design] {
  const [from, to] = [before.design.settings.design, after.design.settings.design]
  if (!from || !to || (before.format === undefined && after.format === undefined)) return [before.design, after.design]
  const settings = { ...from, designId: to.designId }
  return [{ ...before.design, settings: { design: settings } }, after.design]
}

/** What the answer says of a side. */
export function sideJson({ name, kind, design, format, commit }: DiffSide): object {
  return {
    name,
    kind,
    digest: designDigest(design),
    ...(format === undefined ? {} : { format }),
    ...(commit === undefined ? {} : { commit }),
  }
}
