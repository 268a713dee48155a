import path from 'node:path'
import type { FileRead, ImportedFiles, ImportStep } from '../../core/interop/import-files.ts'
import { importFiles } from '../../core/interop/import-files.ts'
import { applyChanges, EMPTY_DESIGN } from '../../core/model/change.ts'
import { explainRow } from '../../core/model/explain.ts'
import type { Design } from '../../core/model/types.ts'
import { importedProblems } from '../../core/scan/imported.ts'
import { linearEngine } from '../../core/scan/linear.ts'
import { ok, type Problem, type Result, refuse } from '../../core/support/result.ts'
import { type FileFound, readModels } from '../../host/node/import/model-files.ts'
import { type ImportNote, notesOf } from '../../host/node/import/noted.ts'
import { noteEntry } from '../../host/node/kept-states.ts'
import { createFolder, writeChanges } from '../../host/node/store.ts'
import { openDesign } from '../design.ts'
import { openForEditing, tellTeam } from '../design-write.ts'
import { answer, type Command, type Options, type World } from '../frame.ts'
import { countsText, importText } from '../import-text.ts'

export const importCommand: Command = {
  takes: ['FILE', '[FILE ...]'],
  options: {
    format: { value: 'NAME', help: 'Format of the files; default: found by their content.' },
    into: { value: 'DIR', help: 'Make a new design in DIR; default: bring them into the present design.' },
    partial: { help: 'Take what can be read of a damaged file, and leave out files that cannot be read at all.' },
    prefer: { value: 'design|file', help: 'Whose value stays where people and the file changed the same; default: design.' },
    'dry-run': { help: 'Show what would happen; write nothing.' },
  },
  async run({ args, options, world }) {
    const prefer = preferIn(options)
    if (!prefer.ok) return prefer
    const found = await readModels(world.cwd, args)
    if (!found.ok) return found
    const place = await placeOf(options, world)
    if (!place.ok) return place
    const { named, beside } = found.value
    const read = importAll([...named, ...beside], place.value.design, { options, world, prefer: prefer.value })
    const files = read.files.slice(0, named.length)
    const refused = files.filter(file => file.kind === 'refused')
    const [first] = refused
    if (first && (!options.on('partial') || refused.length === files.length)) return refusedWith(refused, options.on('partial'))
    const isDry = options.on('dry-run')
    const saved = isDry ? ok([]) : await save(place.value, read, { world, notes: notesOf(named, files) })
    if (!saved.ok) return saved
    const json = jsonOf(files, read, saved.value)
    const text = [
      importText(files, read.update, prefer.value),
      ...saved.value.map(({ message }) => message),
      ...(isDry ? [DRY] : []),
    ]
    return answer(isDry ? { ...json, dryRun: true } : json, text.join('\n'), first ? 3 : 0)
  },
}

const DRY = 'Nothing was written: --dry-run.'

function preferIn(options: Options): Result<'design' | 'file'> {
  const prefer = options.text('prefer') ?? 'design'
  if (prefer === 'design' || prefer === 'file') return ok(prefer)
  return refuse({ code: 'usage.prefer', message: `--prefer knows no "${prefer}".`, cure: 'Use design or file.' })
}

/** Where it goes: a folder to be made, or the present design as it stands. */
type Place = { readonly design: Design; readonly folder: string | undefined; readonly isNew: boolean }

async function placeOf(options: Options, world: World): Promise<Result<Place>> {
  const into = options.text('into')
  if (into !== undefined) return ok({ design: EMPTY_DESIGN, folder: path.resolve(world.cwd, into), isNew: true })
  const opened = options.on('dry-run') ? await openDesign(world) : await openForEditing(world)
  return opened.ok ? ok({ design: opened.value.design, folder: opened.value.folder, isNew: false }) : opened
}

type Importing = { readonly options: Options; readonly world: World; readonly prefer: 'design' | 'file' }

function importAll(files: readonly FileFound[], design: Design, { options, world, prefer }: Importing): ImportedFiles {
  const format = options.text('format')
  return importFiles(
    design,
    files.map(({ name, text }) => ({ name, text })),
    {
      stamp: { at: world.at, by: world.by, random: world.random },
      explain: explainRow,
      prefer,
      partial: options.on('partial'),
      inspect: model => importedProblems(model, linearEngine),
      onStep: step => tell(world, step),
      ...(format === undefined ? {} : { format }),
    },
  )
}

/** Which file is read, where a person waits for several. */
function tell({ say }: World, { file, step, done, of }: ImportStep): void {
  if (process.stderr.isTTY && of > 1 && step === 'read') say(`${done + 1}/${of} ${file}`)
}

/** All that is wrong, and how much could be read all the same. */
function refusedWith(files: readonly Extract<FileRead, { kind: 'refused' }>[], isPartial: boolean): Result<never> {
  const problems = files.flatMap(file => {
    const [first, ...rest] = file.problems
    const more =
      file.readable === undefined || isPartial ? '' : ` Or take what can be read (${countsText(file.readable)}): --partial`
    return first ? [{ ...first, cure: `${first.cure ?? ''}${more}`.trim() }, ...rest] : []
  })
  const [first, ...rest] = problems as readonly Problem[]
  return first ? { ok: false, problems: [first, ...rest] } : refuse({ code: 'import.nothing', message: 'Nothing could be read.' })
}

type Saving = { readonly world: World; readonly notes: readonly ImportNote[] }

/**
 * Writes what the import changes, whole or not at all: being asked to stop waits until the files stand. A history that takes no entries
 * keeps no import away; it is told.
 */
async function save(
  { design, folder, isNew }: Place,
  { changes }: ImportedFiles,
  { world, notes }: Saving,
): Promise<Result<readonly Problem[]>> {
  if (folder === undefined) return ok([])
  const wait = () => {}
  process.on('SIGINT', wait)
  try {
    const after = applyChanges(design, changes)
    const written = isNew ? await createFolder(folder, after) : await writeChanges(folder, design, after)
    if (!written.ok) return written
    await tellTeam(world, folder)
    for (const payload of notes) {
      const noted = await noteEntry(folder, { type: 'imported', payload, design: after }, { at: world.at, by: world.by })
      if (!noted.ok) return ok([notNoted(noted.problems[0])])
    }
    return ok([])
  } finally {
    process.off('SIGINT', wait)
  }
}

function notNoted({ message, at }: Problem): Problem {
  return {
    code: 'import.notNoted',
    severity: 'warning',
    ...(at === undefined ? {} : { at }),
    message: `The import is not in the history: ${message}`,
    cure: 'See what is wrong with it: skeptic ledger verify',
  }
}

/** One file answers as it always did; several by name. */
function jsonOf(
  files: readonly FileRead[],
  { update }: ImportedFiles,
  more: readonly Problem[],
): Readonly<Record<string, unknown>> {
  const [only] = files
  if (files.length === 1 && only?.kind === 'read')
    return { ...only.summary, problems: [...only.summary.problems, ...more], update }
  return { files: files.map(plainFile), update, problems: more }
}

function plainFile(file: FileRead): Readonly<Record<string, unknown>> {
  if (file.kind !== 'read') return file
  const { summary, ...rest } = file
  return { ...rest, ...summary }
}
