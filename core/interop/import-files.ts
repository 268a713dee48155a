import { applyChanges, type Change, EMPTY_DESIGN } from '../model/change.ts'
import type { Design } from '../model/types.ts'
import type { Problem } from '../support/result.ts'
import { type ImportOptions, importModel } from './import.ts'
import { changesInto, type Into } from './reimport/into.ts'
import { both, NO_UPDATE, type Update } from './reimport/update.ts'
import type { ImportSummary } from './report.ts'

/** A file as it was handed over: its name, which may have folders before it, and its text. */
export type ModelFile = { readonly name: string; readonly text: string }

/** What became of one file. */
export type FileRead =
  | { readonly name: string; readonly kind: 'read'; readonly summary: ImportSummary }
  | {
      readonly name: string
      readonly kind: 'refused'
      readonly problems: readonly Problem[]
      /** What could be read of it all the same, when asked for with `partial`: counts above zero. */
      readonly readable?: Readonly<Record<string, number>>
    }
  /** A part of another file, which names it. */
  | { readonly name: string; readonly kind: 'included'; readonly by: string }

/** How far an import is: `done` of `of` files are through; `step` is what happens to `file` now. */
export type ImportStep = { readonly file: string; readonly step: 'read' | 'compare'; readonly done: number; readonly of: number }

export type FilesOptions = Omit<ImportOptions, 'others'> & {
  /** Takes what can be read of a damaged file, and says what was left out. */
  readonly partial?: boolean
  /** Whose value stays where a person and the file changed the same field; default: the design's. */
  readonly prefer?: 'design' | 'file'
  readonly onStep?: (step: ImportStep) => void
  /** Looks at every imported design; what it finds is told with its file. */
  readonly inspect?: (design: Design) => readonly Problem[]
}

/** Files as they were read, one after the other into the same design, and the one list of changes that brings them in. */
export type ImportedFiles = {
  readonly files: readonly FileRead[]
  readonly changes: readonly Change[]
  readonly update: Update
  readonly problems: readonly Problem[]
}

/** Reads several files into one design; a file that is refused leaves the others as they are. Changes nothing: it says what to change. */
export function importFiles(present: Design | undefined, files: readonly ModelFile[], options: FilesOptions): ImportedFiles {
  const read: FileRead[] = []
  const changes: Change[] = []
  const problems: Problem[] = []
  let design = present ?? EMPTY_DESIGN
  let update = NO_UPDATE
  for (const [at, { name, text }] of files.entries()) {
    const tell = (step: ImportStep['step']) => options.onStep?.({ file: name, step, done: at, of: files.length })
    tell('read')
    const imported = importModel(name, text, options)
    if (!imported.ok) {
      read.push({ name, kind: 'refused', problems: imported.problems })
      continue
    }
    tell('compare')
    const { summary, design: model } = imported.value
    const into: Into = changesInto(design, model, { prefer: options.prefer ?? 'design', isOurs: summary.format === 'skeptic' })
    const found = [...summary.problems, ...into.problems, ...(options.inspect?.(model) ?? [])]
    read.push({ name, kind: 'read', summary: { ...summary, problems: found } })
    for (const change of into.changes) changes.push(change)
    design = applyChanges(design, into.changes)
    update = both(update, into.update)
  }
  return { files: read, changes, update, problems }
}
