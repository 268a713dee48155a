import { cancelImport, namesOf, pickImport, readPart, writeImport } from '../commands/definitions/import.ts'
import { type ImportPreview, useSession } from '../state/session.ts'
import { useRun } from '../state/use-commands.ts'
import { Button } from '../ui/button.tsx'
import { Modal, ModalEnd } from '../ui/modal.tsx'
import { ProblemList } from '../ui/problem-list.tsx'
import { t } from '../words/translate.ts'
import styles from './import-dialog.module.css'
import { FilesRead } from './import-files.tsx'
import { ReadingFiles } from './import-reading.tsx'
import { ImportUpdate } from './import-update.tsx'
import { readFiles } from './read-file.ts'

/** Import in two steps: first what the files hold and what cannot be kept, then the writing. */
export function ImportDialog() {
  const importing = useSession(session => session.importing)
  const run = useRun()
  const onClose = () => run(cancelImport)
  const state = importing?.state
  const result = state?.kind === 'read' ? state.result : undefined
  const isPartial = result?.files.some(file => file.kind === 'refused' && file.readable !== undefined) ?? false
  const isUpdate = (result?.update.changed ?? 0) + (result?.update.removed ?? 0) > 0
  const canWrite = (result?.changes.length ?? 0) > 0
  return (
    <Modal
      title={importing ? t('Import {{name}}', { name: namesOf(importing.files) }) : t('Import a model')}
      onClose={onClose}
      wide
    >
      <Body importing={importing} />
      <input
        type="file"
        multiple
        data-picks-import
        aria-label={t('Model file')}
        className="visually-hidden"
        tabIndex={-1}
        onChange={event => void readFiles(event.target.files, run)}
      />
      <ModalEnd>
        <Button onPress={onClose}>{t('Cancel')}</Button>
        {state?.kind === 'reading' ? null : (
          <Button look={canWrite || isPartial ? 'plain' : 'primary'} onPress={() => run(pickImport)}>
            {importing ? t('Choose other files…') : t('Choose files…')}
          </Button>
        )}
        {isPartial ? (
          <Button look={canWrite ? 'plain' : 'primary'} onPress={() => run(readPart)}>
            {t('Import what can be read')}
          </Button>
        ) : null}
        {canWrite ? (
          <Button look="primary" onPress={() => run(writeImport)}>
            {isUpdate ? t('Update this design') : t('Add to this design')}
          </Button>
        ) : null}
      </ModalEnd>
    </Modal>
  )
}

function Body({ importing }: { readonly importing: ImportPreview | undefined }) {
  if (!importing)
    return (
      <p className={styles.lead}>
        {t(
          'Models of other tools can be read, and diagrams, Compose files and OpenAPI documents as a beginning. Choose files, or drop them on the window: what they are is found by what they hold. You see it, and what cannot be kept, before anything is written.',
        )}
      </p>
    )
  switch (importing.state.kind) {
    case 'reading':
      return <ReadingFiles files={importing.files} step={importing.state.step} />
    case 'refused':
      return (
        <>
          <p className={styles.lead}>
            {t('The file cannot be imported: {{count}} problems. Nothing was changed.', {
              count: importing.state.problems.length,
            })}
          </p>
          <ProblemList problems={importing.state.problems} />
        </>
      )
    case 'read':
      return (
        <div className={styles.report}>
          <ImportUpdate result={importing.state.result} prefer={importing.prefer} />
          <FilesRead result={importing.state.result} />
        </div>
      )
  }
}
