import { changeWords } from '../../../core/verdict/as-markdown.ts'
import { reveal } from '../../commands/definitions/review-files.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Keys } from '../../ui/keys.tsx'
import panel from '../../ui/panel.module.css'
import { ProgressBar } from '../../ui/progress.tsx'
import { t } from '../../words/translate.ts'
import { FilePart } from './file-part.tsx'
import { Narrowed } from './narrowed.tsx'
import { NoChange } from './no-change.tsx'
import { Unasked } from './unasked.tsx'
import type { Review } from './use-review.ts'
import { fileKey, fileSize, isBigChange } from './verify-model.ts'
import styles from './verify-view.module.css'

/** The change itself, file by file, before anybody says anything about it. */
export function ChangedFiles({ review }: { readonly review: Review }) {
  const run = useRun()
  const viewed = useSession(session => session.viewed)
  const open = useSession(session => session.reviewFile)
  const folded = useSession(session => session.foldedFiles)
  const { files, record } = review
  const keys = files.map(fileKey)
  const waiting = keys.filter(file => !viewed.includes(file.key))
  const isBig = isBigChange(files)
  const total = files.reduce(
    (sum, file) => ({ added: sum.added + fileSize(file).added, removed: sum.removed + fileSize(file).removed }),
    { added: 0, removed: 0 },
  )
  const seen = files.length - waiting.length
  return (
    <section aria-label={t('The change')} className={`${panel.card} ${styles.change}`}>
      <div className={`${panel.cardHead} ${styles.changeHead}`}>
        <h2 className={panel.cardTitle}>{t('The change')}</h2>
        {files.length > 0 ? (
          <>
            <span className={panel.count}>{t('{{seen}} of {{count}} files looked at', { seen, count: files.length })}</span>
            <ProgressBar label={t('Files looked at')} done={seen} of={files.length} />
          </>
        ) : null}
        <span className={panel.grow} />
        {review.isRevealed || files.length === 0 ? null : (
          <Button small onPress={() => run(reveal)}>
            {t('Show what the evidence says')} <Keys chord="E" />
          </Button>
        )}
      </div>
      {record && files.length > 0 ? (
        <p className={styles.judged}>
          {changeWords(record)}{' '}
          {record.change.base ? t('Compared with {{base}}.', { base: record.change.base.slice(0, 9) }) : null}
        </p>
      ) : null}
      <Unasked review={review} />
      <Narrowed review={review} />
      {isBig ? (
        <p className={styles.note}>
          {t(
            'This change is big: {{added}} lines came and {{removed}} went, in {{count}} files. They are listed; open and look at them one by one.',
            {
              added: total.added,
              removed: total.removed,
              count: files.length,
            },
          )}
        </p>
      ) : null}
      {files.length === 0 ? <NoChange review={review} /> : null}
      {files.map((file, at) => (
        <FilePart
          key={file.path}
          file={file}
          fileKey={keys[at] ?? fileKey(file)}
          isViewed={viewed.includes(keys[at]?.key ?? '')}
          isOpen={file.path === open || (!isBig && !viewed.includes(keys[at]?.key ?? '') && !folded.includes(file.path))}
          isCurrent={file.path === open}
          unasked={review.unasked.find(one => one.path === file.path)}
        />
      ))}
    </section>
  )
}
