import path from 'node:path'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { Design } from '../../../core/model/types.ts'
import { ok, type Result, refuse } from '../../../core/support/result.ts'
import { noteEntry } from '../kept-states.ts'
import { createFolder } from '../store.ts'
import { readModels } from './model-files.ts'
import { type ImportNote, notesOf } from './noted.ts'
import { plainDesign } from './plain-design.ts'
import { type StartImporter, watchedImport } from './watched.ts'

export const BUNDLE_ENDING = '.skeptic.json'

/** A bundle that was read, and the name its folder gets: that of the file without its ending. */
export type BundleRead = { readonly name: string; readonly design: Design; readonly notes: readonly ImportNote[] }

type Stamp = { readonly at: string; readonly by: string }

/** Reads a whole design from one file, apart and with the limits of an import. Another tool's model is no bundle, whatever its name. */
export async function readBundle(file: string, start: StartImporter, { at, by }: Stamp): Promise<Result<BundleRead>> {
  const found = await readModels(path.dirname(file), [file], () => [])
  if (!found.ok) return found
  const files = found.value.named
  const order = { design: plainDesign(EMPTY_DESIGN), files: files.map(({ name, text }) => ({ name, text })) }
  const answer = await watchedImport(start, { ...order, partial: false, prefer: 'design', by, at })
  if (!answer.ok) return answer
  const [read] = answer.value.files
  if (read?.kind === 'refused' && read.problems[0] !== undefined) return refuse(read.problems[0])
  if (read?.kind !== 'read' || read.summary.format !== 'skeptic') return refuse({ ...NO_BUNDLE, at: file })
  const design = applyChanges(EMPTY_DESIGN, answer.value.changes)
  const name = path.basename(file).slice(0, -BUNDLE_ENDING.length)
  return ok({ name, design, notes: notesOf(files, answer.value.files) })
}

/** Makes a folder of its own for a bundle within `around`; answers it. One that holds anything is left as it is and refused. */
export async function unpackBundle(around: string, { name, design, notes }: BundleRead, stamp: Stamp): Promise<Result<string>> {
  const folder = path.join(around, name)
  const made = await createFolder(folder, design)
  if (!made.ok) return made
  // As with every import, a history that takes no entry keeps nothing away: the ledger itself tells when it is broken.
  for (const payload of notes) await noteEntry(folder, { type: 'imported', payload, design }, stamp)
  return ok(folder)
}

const NO_BUNDLE = {
  code: 'bundle.format',
  message: 'This is no Skeptic bundle.',
  cure: 'Open a design, and bring the file in with "Import a model".',
}
