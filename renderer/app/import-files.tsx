import { useState } from 'react'
import type { FileRead, ImportedFiles } from '../../core/interop/import-files.ts'
import { Badge } from '../ui/badge.tsx'
import { Fold } from '../ui/fold.tsx'
import { ProblemList } from '../ui/problem-list.tsx'
import { t } from '../words/translate.ts'
import styles from './import-dialog.module.css'
import { countsText } from './import-kinds.ts'
import { ImportReport } from './import-report.tsx'

/** What became of each file; of a single one without more ado, of several one below the other, those with trouble open. */
export function FilesRead({ result }: { readonly result: ImportedFiles }) {
  const [only] = result.files
  const remarks = result.problems.length > 0 ? <ProblemList problems={result.problems} /> : null
  if (result.files.length === 1 && only)
    return (
      <>
        <Content file={only} />
        {remarks}
      </>
    )
  return (
    <>
      <ul className={styles.files} aria-label={t('Files')}>
        {result.files.map(file => (
          <OneFile key={file.name} file={file} />
        ))}
      </ul>
      {remarks}
    </>
  )
}

function OneFile({ file }: { readonly file: FileRead }) {
  const [isOpen, setOpen] = useState(file.kind === 'refused')
  return (
    <li className={styles.file}>
      <div className={styles.fileHead}>
        <Fold isOpen={isOpen} onToggle={() => setOpen(!isOpen)}>
          {file.name}
        </Fold>
        <Standing file={file} />
      </div>
      {file.kind === 'read' && !isOpen ? <p className={styles.brief}>{countsText(file.summary.counts)}</p> : null}
      {isOpen ? (
        <div className={styles.inside}>
          <Content file={file} isOneOfMany />
        </div>
      ) : null}
    </li>
  )
}

function Standing({ file }: { readonly file: FileRead }) {
  switch (file.kind) {
    case 'read':
      return file.summary.losses.length === 0 ? (
        <Badge tone="good">{t('Read')}</Badge>
      ) : (
        <Badge tone="warn">{t('Read, {{count}} things not kept', { count: file.summary.losses.length })}</Badge>
      )
    case 'refused':
      return <Badge tone="bad">{t('Refused')}</Badge>
    case 'included':
      return <Badge>{t('Part of {{name}}', { name: file.by })}</Badge>
  }
}

function Content({ file, isOneOfMany = false }: { readonly file: FileRead; readonly isOneOfMany?: boolean }) {
  switch (file.kind) {
    case 'read':
      return <ImportReport summary={file.summary} />
    case 'refused':
      return (
        <>
          <p className={styles.lead}>
            {isOneOfMany
              ? t('This file stays out; the others can be added without it.')
              : t('The file cannot be imported: {{count}} problems. Nothing was changed.', { count: file.problems.length })}
          </p>
          <ProblemList problems={file.problems} />
          {file.readable ? (
            <p className={styles.readable}>
              {t('Up to there it can be read: {{counts}}.', { counts: countsText(file.readable) })}
            </p>
          ) : null}
        </>
      )
    case 'included':
      return <p className={styles.lead}>{t('It was read as a part of {{name}}, which names it.', { name: file.by })}</p>
  }
}
