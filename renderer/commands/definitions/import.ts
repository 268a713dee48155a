import type { ImportedFiles } from '../../../core/interop/import-files.ts'
import type { Change } from '../../../core/model/change.ts'
import type { Stamp, TableName } from '../../../core/model/types.ts'
import type { Problem, Result } from '../../../core/support/result.ts'
import type { FileGiven } from '../../../host/contract.ts'
import type { ImportPreview } from '../../state/session.ts'
import type { StepId } from '../../state/steps.ts'
import { t } from '../../words/translate.ts'
import { ask, type Command, type Effect, notNow, plan, session } from '../command.ts'

/** Lets the desktop open another design; a browser window belongs to one folder. */
export const openFolder: Command = {
  id: 'design.open',
  category: 'Design',
  title: 'Open a design folder…',
  plan: ({ session: now }) =>
    now.desktop
      ? plan({ kind: 'window', what: 'openFolder' })
      : notNow(t('In a browser the folder is chosen when Skeptic is started: skeptic serve --design FOLDER.')),
}

/** Opens the import, which writes nothing before it has shown what it would write. */
export const openImport: Command = {
  id: 'import.open',
  category: 'Design',
  title: 'Import a model…',
  plan: () => plan(session({ dialog: { kind: 'import' }, importing: undefined, palette: false })),
}

/** Lets the person choose the file. */
export const pickImport: Command = {
  id: 'import.pick',
  category: 'Design',
  title: 'Choose files…',
  plan: () => plan({ kind: 'window', what: 'pickFile' }),
}

/** A file that was refused before it was read. */
export const refuseImport: Command<{ readonly name: string; readonly problem: Problem }> = {
  id: 'import.refuse',
  category: 'Design',
  title: 'Refuse the file',
  plan: (_context, { name, problem }) =>
    plan(
      session({
        dialog: { kind: 'import' },
        importing: { ...unread('', [{ name, text: '' }]), state: { kind: 'refused', problems: [problem] } },
      }),
    ),
}

/** Has the host read files; what it found is shown before anything is written. */
export const readImport: Command<readonly FileGiven[]> = {
  id: 'import.read',
  category: 'Design',
  title: 'Read the files',
  plan: ({ stamp }, files) => reading(unread(runOf(stamp), files)),
}

/** Reads damaged files once more, as far as they can be read. */
export const readPart: Command = {
  id: 'import.part',
  category: 'Design',
  title: 'Import what can be read',
  plan: ({ stamp, session: { importing } }) =>
    importing ? reading({ ...importing, run: runOf(stamp), partial: true }) : notNow(t('Read a file first.')),
}

/** Reads the files once more with another answer to whose value stays where a person and the file changed the same field. */
export const preferImport: Command<ImportPreview['prefer']> = {
  id: 'import.prefer',
  category: 'Design',
  title: 'Whose value stays',
  plan: ({ stamp, session: { importing } }, prefer) =>
    importing ? reading({ ...importing, run: runOf(stamp), prefer }) : notNow(t('Read a file first.')),
}

function runOf({ random }: Stamp): string {
  return `import-${random().toString(36).slice(2)}`
}

function unread(run: string, files: readonly FileGiven[]): ImportPreview {
  return { run, files, partial: false, prefer: 'design', state: { kind: 'reading' } }
}

/** Asks the host; an answer that comes after the person went elsewhere, or asked anew, says nothing any more. */
function reading(importing: ImportPreview): Result<readonly Effect[]> {
  const { run, files, partial, prefer } = importing
  const names = namesOf(files)
  return plan(session({ dialog: { kind: 'import' }, importing: { ...importing, state: { kind: 'reading' } } }), {
    ...ask('import.read', { run, files, partial, prefer }, result => [
      { kind: 'settleImport', run, state: { kind: 'read', result } },
      { kind: 'say', text: saidOf(result, names) },
    ]),
    refused: problems =>
      problems[0]?.code === 'import.cancelled'
        ? []
        : [
            { kind: 'settleImport', run, state: { kind: 'refused', problems } },
            { kind: 'say', text: t('{{name}} cannot be imported. Nothing was changed.', { name: names }) },
          ],
  })
}

/** What the files are called in a sentence. */
export function namesOf(files: readonly { readonly name: string }[]): string {
  const [first] = files
  return files.length === 1 && first ? first.name : t('{{count}} files', { count: files.length })
}

function saidOf({ files }: ImportedFiles, names: string): string {
  const refused = files.filter(({ kind }) => kind === 'refused').length
  if (refused === files.length) return t('{{name}} cannot be imported. Nothing was changed.', { name: names })
  if (files.length === 1) return t('{{name}} was read. Nothing is written yet.', { name: names })
  return t('{{read}} of {{count}} files were read. Nothing is written yet.', {
    read: files.length - refused,
    count: files.length,
  })
}

/** Stops reading, or leaves what was read alone. */
export const cancelImport: Command = {
  id: 'import.cancel',
  category: 'Design',
  title: 'Cancel the import',
  plan: ({ session: { importing } }) => {
    const closed = session({ dialog: undefined, importing: undefined })
    if (importing?.state.kind !== 'reading') return plan(closed)
    return plan(closed, {
      ...ask('import.cancel', { run: importing.run }, () => [
        { kind: 'say', text: t('The import was cancelled. Nothing was changed.') },
      ]),
      refused: () => [],
    })
  },
}

/** Writes what was read as one step, so that one undo takes it back. */
export const writeImport: Command = {
  id: 'import.write',
  category: 'Design',
  title: 'Add to this design',
  plan: ({ session: { importing } }) => {
    if (importing?.state.kind !== 'read') return notNow(t('Read a file first.'))
    const { changes } = importing.state.result
    if (changes.length === 0) return notNow(t('There is nothing to add: the design holds all of it already.'))
    const name = namesOf(importing.files)
    return plan(
      { kind: 'write', label: t('import {{name}}', { name }), changes },
      session({ dialog: undefined, importing: undefined, step: stepFor(changes), selection: [], diagram: diagramIn(changes) }),
      { kind: 'canvas', what: 'fit' },
      { kind: 'focus', name: 'main' },
      { kind: 'say', text: t('Imported {{name}}. Undo takes it back as one step.', { name }) },
      ask('import.note', { run: importing.run }, () => []),
    )
  },
}

/** Where to see what an import brings: on the canvas, unless it draws nothing. */
function stepFor(changes: readonly Change[]): StepId {
  const brings = (...tables: readonly TableName[]) => changes.some(({ table }) => tables.includes(table))
  if (brings('elements', 'flows', 'boundaries', 'diagrams')) return 'model'
  if (brings('threats', 'mitigations')) return 'mitigate'
  return brings('requirements', 'assumptions', 'data') ? 'scope' : 'model'
}

/** The first diagram that an import brings, to be shown. */
function diagramIn(changes: readonly Change[]): string | undefined {
  const put = changes.find(change => change.kind === 'put' && change.table === 'diagrams')
  return put?.kind === 'put' ? put.row.id : undefined
}

/** Opens the export, which shows what a format cannot hold before anything is handed over. */
export const openExport: Command = {
  id: 'export.open',
  category: 'Design',
  title: 'Export the design…',
  plan: () => plan(session({ dialog: { kind: 'export', format: 'skeptic' }, palette: false })),
}

/** Chooses the format that is looked at. */
export const chooseExport: Command<string> = {
  id: 'export.choose',
  category: 'Design',
  title: 'Choose the format',
  plan: (_context, format) => plan(session({ dialog: { kind: 'export', format } })),
}

type File = { readonly name: string; readonly text: string; readonly base64?: true }

/** Hands the design over as a file. */
export const saveExport: Command<File> = {
  id: 'export.save',
  category: 'Design',
  title: 'Save the file',
  plan: (_context, file) =>
    plan(
      { kind: 'download', ...file, said: t('{{name}} was handed over.', { name: file.name }) },
      session({ dialog: undefined }),
    ),
}

/** Copies the text instead. */
export const copyExport: Command<File> = {
  id: 'export.copy',
  category: 'Design',
  title: 'Copy the text',
  plan: (_context, { name, text }) => plan({ kind: 'copy', text, said: t('Copied the text of {{name}}.', { name }) }),
}
