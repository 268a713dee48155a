import type { ImportStep } from '../../core/interop/import-files.ts'
import type { FileGiven } from '../../host/contract.ts'
import { Progress } from '../ui/progress.tsx'
import { t } from '../words/translate.ts'
import styles from './import-dialog.module.css'

type Props = { readonly files: readonly FileGiven[]; readonly step: ImportStep | undefined }

const STEPS: Readonly<Record<ImportStep['step'], (name: string) => string>> = {
  read: name => t('Reading {{name}}', { name }),
  compare: name => t('Comparing {{name}} with this design', { name }),
}

/** How far the reading is: in words that are read out, and as a bar where there are several files. */
export function ReadingFiles({ files, step }: Props) {
  const said = step ? STEPS[step.step](step.file) : t('Reading…')
  return (
    <div className={styles.reading}>
      <p role="status">{said}</p>
      {files.length > 1 ? <Progress label={t('Files')} done={step?.done ?? 0} of={files.length} /> : null}
      <p className={styles.lead}>{t('It is read apart from the window, with limits. Cancel leaves everything as it is.')}</p>
    </div>
  )
}
