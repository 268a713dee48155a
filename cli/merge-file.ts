import { applyChanges, type Change, EMPTY_DESIGN } from '../core/model/change.ts'
import { parseOwnJson } from '../core/model/json.ts'
import { type MergeConflict, mergeDesigns, sideOf } from '../core/model/merge-three.ts'
import { accepts, parseBundle, tableAt, withFixedId } from '../core/model/parse.ts'
import type { AnyRow, Design, TableName } from '../core/model/types.ts'
import { bundleOf, folderOf } from '../core/model/write.ts'
import { mergeThree } from '../core/prompts/merge-three.ts'

export type Texts = { readonly base: string; readonly ours: string; readonly theirs: string }

/** The text of the merged file; at every conflict it holds both sides between git's marks, and is no JSON until somebody decides. */
export type MergedFile = { readonly text: string; readonly conflicts: readonly MergeConflict[] }

/**
 * Merges three states of one file of a design, or of a bundle; an empty base is none. Undefined when one of them is neither by its
 * path and content: then nobody knows its fields.
 */
export function mergeFile(path: string, texts: Texts): MergedFile | undefined {
  const [ours, theirs] = [readSide(path, texts.ours), readSide(path, texts.theirs)]
  const base = texts.base.trim() === '' ? NOTHING : readSide(path, texts.base)
  if (!base || !ours || !theirs || (ours.only === undefined) !== (theirs.only === undefined)) return undefined
  if (ours.only?.row.id !== theirs.only?.row.id) return twoRows(ours, theirs)
  // git takes a file that goes for an alike one that comes; what was another row is no base of this one
  const from = base.only?.row.id === ours.only?.row.id ? base.design : EMPTY_DESIGN
  const { merged, conflicts } = mergeDesigns(from, ours.design, theirs.design)
  if (conflicts.length === 0) return { text: textOf(merged, ours), conflicts }
  const sides = (['ours', 'theirs'] as const).map(side => textOf(applyChanges(merged, sideOf(conflicts, side)), ours))
  return { text: marked(sides[0] ?? '', sides[1] ?? ''), conflicts }
}

/** A file as a design: all of one in a bundle, else one row. */
type Side = { readonly design: Design; readonly only: { readonly table: TableName; readonly row: AnyRow } | undefined }

const NOTHING: Side = { design: EMPTY_DESIGN, only: undefined }

function readSide(path: string, text: string): Side | undefined {
  const parsed = parseOwnJson(path, text)
  if (!parsed.ok) return undefined
  if ((parsed.value as { readonly skeptic?: unknown } | null)?.skeptic === 'bundle') {
    const bundle = parseBundle(path, text)
    return bundle.ok ? { design: bundle.value, only: undefined } : undefined
  }
  const names = path.split('/')
  const table = tableAt(names.slice(-1).join('/')) ?? tableAt(names.slice(-2).join('/'))
  const row = table && withFixedId(table, parsed.value)
  if (!table || !accepts(table, row)) return undefined
  const only = { table, row: row as AnyRow }
  return { design: applyChanges(EMPTY_DESIGN, [{ kind: 'put', ...only } as Change]), only }
}

function textOf(design: Design, { only }: Side): string {
  return only ? [...folderOf(design).values()].join('') : bundleOf(design)
}

/** Two different things under one name: nothing of them can be mixed. */
function twoRows(ours: Side, theirs: Side): MergedFile {
  const table = ours.only?.table ?? 'elements'
  const [mine, their] = [ours.only?.row ?? null, theirs.only?.row ?? null]
  return {
    text: `${block(linesOf(ours), linesOf(theirs)).join('\n')}\n`,
    conflicts: [{ table, id: mine?.id ?? '', field: null, base: null, ours: mine, theirs: their }],
  }
}

function linesOf(side: Side): readonly string[] {
  return textOf(side.design, side).trimEnd().split('\n')
}

/** Both texts in one, with git's marks around exactly the lines that differ: taking either side everywhere gives that text. */
function marked(ours: string, theirs: string): string {
  return mergeThree(ours, ours, theirs)
    .flatMap(piece => (piece.kind === 'theirs' ? block(piece.mine, piece.theirs) : piece.mine))
    .join('\n')
}

function block(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  return ['<<<<<<< ours', ...ours, '=======', ...theirs, '>>>>>>> theirs']
}
