import { pickImport, writeImport } from '../commands/definitions/import.ts'
import { type ImportPreview, useSession } from '../state/session.ts'
import { useRun } from '../state/use-commands.ts'
import { Button } from '../ui/button.tsx'
import { Modal, ModalEnd } from '../ui/modal.tsx'
import { ProblemList } from '../ui/problem-list.tsx'
import { t } from '../words/translate.ts'
import styles from './import-dialog.module.css'
import { ImportReport } from './import-report.tsx'
import { readFile } from './read-file.ts'

/** Import in two steps: first what the file holds and what cannot be kept, then the writing. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const importing = useSession(session => session.importing)
  const run = useRun()
  const isRead = importing?.state.kind === 'read'
  return (
    <Modal title={importing ? t('Import {{name}}', { name: importing.name }) : t('Import a model')} onClose={onClose} wide>
      <Body importing={importing} />
      <input
        type="file"
        data-picks-import
        aria-label={t('Model file')}
        className="visually-hidden"
        tabIndex={-1}
        onChange={event => void readFile(event.target.files?.[0], run)}
      />
      <ModalEnd>
        <Button onPress={onClose}>{t('Cancel')}</Button>
        <Button look={isRead ? 'plain' : 'primary'} onPress={() => run(pickImport)}>
          {importing ? t('Choose another file…') : t('Choose a file…')}
        </Button>
        {isRead ? (
          <Button look="primary" onPress={() => run(writeImport)}>
            {t('Add to this design')}
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
          'Models of other tools can be read: Threat Dragon, Open Threat Model, CycloneDX, Threat Composer and more. Choose a file, or drop it on the window. You see what it holds, and what cannot be kept, before anything is written.',
        )}
      </p>
    )
  switch (importing.state.kind) {
    case 'reading':
      return <p role="status">{t('Reading…')}</p>
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
      return <ImportReport summary={importing.state.summary} />
  }
}
