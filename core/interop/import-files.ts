import { applyChanges, type Change, EMPTY_DESIGN } from '../model/change.ts'
import type { Design } from '../model/types.ts'
import type { Problem } from '../support/result.ts'
import { type Imported, type ImportOptions, importModel, plainText } from './import.ts'
import { type IncludesOf, spreadOf } from './includes.ts'
import { readableCounts, salvaged } from './partial/salvage.ts'
import { changesInto } from './reimport/into.ts'
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
      /** What could be read of it all the same, with `partial`: counts above zero. */
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
  /** Which files a text includes; default: as the formats say. */
  readonly includes?: IncludesOf
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

/**
 * Reads several files into one design, one after the other; a file that is refused leaves the others as they are. Files that another one
 * includes are parts of it. Changes nothing: it says what to change.
 */
export function importFiles(present: Design | undefined, files: readonly ModelFile[], options: FilesOptions): ImportedFiles {
  const { models, parts } = spreadOf(files, options.includes)
  const read = new Map<ModelFile, FileRead>(parts.map(({ file, by }) => [file, { name: file.name, kind: 'included', by }]))
  const changes: Change[] = []
  let design = present ?? EMPTY_DESIGN
  let update = NO_UPDATE
  for (const [at, { file, others }] of models.entries()) {
    const { name } = file
    const tell = (step: ImportStep['step']) => options.onStep?.({ file: name, step, done: at, of: models.length })
    tell('read')
    const found = readOne(file, { ...options, others })
    if (found.kind === 'refused') {
      read.set(file, found)
      continue
    }
    tell('compare')
    const { summary, design: model } = found.imported
    const isOurs = summary.format === 'skeptic'
    const into = changesInto(design, model, { prefer: options.prefer ?? 'design', isOurs, isPartial: found.isPartial })
    const problems = [...summary.problems, ...into.problems, ...(options.inspect?.(model) ?? [])]
    read.set(file, { name, kind: 'read', summary: { ...summary, problems } })
    for (const change of into.changes) changes.push(change)
    design = applyChanges(design, into.changes)
    update = both(update, into.update)
  }
  return { files: files.flatMap(file => read.get(file) ?? []), changes, update, problems: [] }
}

type One =
  | { readonly kind: 'read'; readonly imported: Imported; readonly isPartial: boolean }
  | Extract<FileRead, { kind: 'refused' }>

function readOne(
  { name, text }: ModelFile,
  { partial = false, ...options }: ImportOptions & { readonly partial?: boolean },
): One {
  const whole = importModel(name, text, options)
  if (whole.ok) return { kind: 'read', imported: whole.value, isPartial: false }
  const part = salvaged(name, plainText(text), options, whole)
  if (!part.ok) return { name, kind: 'refused', problems: whole.problems }
  if (partial) return { kind: 'read', imported: part.value, isPartial: true }
  return { name, kind: 'refused', problems: whole.problems, readable: readableCounts(part.value) }
}
