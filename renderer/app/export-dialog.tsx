import { FORMATS } from '../../core/interop/formats.ts'
import { chooseExport, copyExport, saveExport } from '../commands/definitions/import.ts'
import { useRun } from '../state/use-commands.ts'
import { useHostRead } from '../state/use-host-read.ts'
import { Button } from '../ui/button.tsx'
import { Modal, ModalEnd } from '../ui/modal.tsx'
import { Pick } from '../ui/pick.tsx'
import { ProblemList } from '../ui/problem-list.tsx'
import { t } from '../words/translate.ts'
import styles from './import-dialog.module.css'
import { LossesTable } from './losses-table.tsx'

type Props = { readonly format: string; readonly onClose: () => void }

const CHOICES = FORMATS.filter(({ write }) => write).map(({ name, title }) => ({ value: name, label: title }))

/** Export in one look: the format, what it cannot hold, and the file. */
export function ExportDialog({ format, onClose }: Props) {
  const run = useRun()
  const read = useHostRead('export.write', { format }, format)
  const file = read.kind === 'read' && !read.isStale ? read.value : undefined
  return (
    <Modal title={t('Export the design')} onClose={onClose} wide>
      <Pick label={t('Format')} value={format} choices={CHOICES} onPick={value => run(chooseExport, value)} />
      {read.kind === 'refused' ? <ProblemList problems={read.problems} /> : null}
      {file ? <Losses losses={file.losses} /> : read.kind === 'refused' ? null : <p role="status">{t('Writing…')}</p>}
      <ModalEnd>
        <Button onPress={onClose}>{t('Cancel')}</Button>
        <Button isDisabled={!file} onPress={() => (file ? run(copyExport, file) : undefined)}>
          {t('Copy')}
        </Button>
        <Button look="primary" isDisabled={!file} onPress={() => (file ? run(saveExport, file) : undefined)}>
          {file ? t('Save {{name}}', { name: file.name }) : t('Save')}
        </Button>
      </ModalEnd>
    </Modal>
  )
}

function Losses({ losses }: { readonly losses: Parameters<typeof LossesTable>[0]['losses'] }) {
  if (losses.length === 0) return <p className={styles.lead}>{t('The format holds all of the design.')}</p>
  return (
    <div className={styles.report}>
      <h3>{t('Not in the file: {{count}} things', { count: losses.length })}</h3>
      <LossesTable losses={losses} label={t('What the file does not hold')} place={t('Where in the design')} />
    </div>
  )
}
