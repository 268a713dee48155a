import { ChevronRight } from 'lucide-react'
import type { UnaskedFile } from '../../../core/verdict/unasked.ts'
import type { ChangedFile } from '../../../host/contract.ts'
import { foldFile, toggleViewed } from '../../commands/definitions/review-files.ts'
import type { FileKey } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Badge } from '../../ui/badge.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import { Diff } from './diff.tsx'
import { fileSize } from './verify-model.ts'
import styles from './verify-view.module.css'

type Props = {
  readonly file: ChangedFile
  readonly fileKey: FileKey
  readonly isViewed: boolean
  readonly isOpen: boolean
  /** V counts for this one. */
  readonly isCurrent: boolean
  readonly unasked: UnaskedFile | undefined
}

/** One changed file: how much of it changed, whether it was asked for, and the difference itself. */
export function FilePart({ file, fileKey, isViewed, isOpen, isCurrent, unasked }: Props) {
  const run = useRun()
  const size = fileSize(file)
  return (
    <div className={styles.file} data-current={isCurrent}>
      <div className={styles.fileHead}>
        <button
          type="button"
          className={styles.fileName}
          aria-expanded={isOpen}
          data-focus={`file ${file.path}`}
          onClick={() => run(foldFile, { path: file.path, isOpen })}
        >
          <ChevronRight size={14} aria-hidden className={styles.arrow} />
          <code className={styles.path}>{file.path}</code>
          <span className={panel.count}>{kindWord(file.kind)}</span>
          {file.withheld === undefined ? (
            <span className={styles.size}>
              {size.added > 0 ? <span className={styles.plus}>+{size.added}</span> : null}{' '}
              {size.removed > 0 ? <span className={styles.minus}>−{size.removed}</span> : null}
            </span>
          ) : null}
          {unasked ? <Badge tone="warn">{unasked.why === 'forbidden' ? t('to be left alone') : t('not asked for')}</Badge> : null}
        </button>
        <label className={styles.viewed}>
          <input type="checkbox" checked={isViewed} onChange={() => run(toggleViewed, fileKey)} />
          {t('Looked at')}
          <span className="visually-hidden"> {file.path}</span>
        </label>
      </div>
      {isOpen ? (
        file.withheld === undefined ? (
          <Diff file={file} />
        ) : (
          <p className={styles.withheld}>{withheldWords(file.withheld)}</p>
        )
      ) : null}
    </div>
  )
}

function kindWord(kind: ChangedFile['kind']): string {
  return kind === 'added' ? t('added') : kind === 'removed' ? t('removed') : t('changed')
}

function withheldWords(why: NonNullable<ChangedFile['withheld']>): string {
  switch (why) {
    case 'binary':
      return t('Not shown: it is not text. Open it in the tool that made it before you tick it.')
    case 'large':
      return t('Not shown: it is larger than 512 KB. Look at it with git diff before you tick it.')
    case 'many':
      return t('Not shown: the change as a whole is larger than the window reads. Look at it with git diff before you tick it.')
  }
}
