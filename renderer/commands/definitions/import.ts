import type { Change } from '../../../core/model/change.ts'
import type { Problem } from '../../../core/support/result.ts'
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
  title: 'Choose a file…',
  plan: () => plan({ kind: 'window', what: 'pickFile' }),
}

/** A file that was refused before it was read. */
export const refuseImport: Command<{ readonly name: string; readonly problem: Problem }> = {
  id: 'import.refuse',
  category: 'Design',
  title: 'Refuse the file',
  plan: (_context, { name, problem }) =>
    plan(session({ dialog: { kind: 'import' }, importing: { name, state: { kind: 'refused', problems: [problem] } } })),
}

/** Has the host read a file; what it found is shown before anything is written. */
export const readImport: Command<{ readonly name: string; readonly text: string }> = {
  id: 'import.read',
  category: 'Design',
  title: 'Read the file',
  plan: ({ stamp }, { name, text }) => {
    const run = `import-${stamp.random().toString(36).slice(2)}`
    return plan(session({ dialog: { kind: 'import' }, importing: { name, state: { kind: 'reading' } } }), {
      ...ask('import.read', { run, files: [{ name, text }] }, ({ files: [file], changes, problems }) => {
        if (file?.kind === 'refused') return refusedFile(name, file.problems)
        if (file?.kind !== 'read') return refusedFile(name, problems)
        return [
          session({ importing: { name, state: { kind: 'read', summary: file.summary, changes } } }),
          { kind: 'say', text: t('{{name}} was read. Nothing is written yet.', { name }) },
        ]
      }),
      refused: problems => refusedFile(name, problems),
    })
  },
}

function refusedFile(name: string, problems: readonly Problem[]): readonly Effect[] {
  return [
    session({ importing: { name, state: { kind: 'refused', problems } } }),
    { kind: 'say', text: t('{{name}} cannot be imported. Nothing was changed.', { name }) },
  ]
}

/** Writes what was read as one step, so that one undo takes it back. */
export const writeImport: Command = {
  id: 'import.write',
  category: 'Design',
  title: 'Add to this design',
  plan: ({ session: now }) => {
    const state = now.importing?.state
    if (state?.kind !== 'read') return notNow(t('Read a file first.'))
    return plan(
      { kind: 'write', label: t('import {{name}}', { name: now.importing?.name ?? '' }), changes: state.changes },
      session({ dialog: undefined, importing: undefined, step: 'model', selection: [], diagram: diagramIn(state.changes) }),
      { kind: 'canvas', what: 'fit' },
      { kind: 'focus', name: 'main' },
      { kind: 'say', text: t('Imported {{name}}. Undo takes it back as one step.', { name: now.importing?.name ?? '' }) },
    )
  },
}

/** The first diagram that an import brings, to be shown. */
function diagramIn(changes: readonly Change[]): string | undefined {
  const put = changes.find(change => change.kind === 'put' && change.table === 'diagrams')
  return put?.kind === 'put' ? put.row.id : undefined
}
