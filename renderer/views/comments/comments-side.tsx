import { threadsOn } from '../../../core/comments/threads.ts'
import { writeComment } from '../../commands/definitions/comments.ts'
import { usePeople } from '../../state/said.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { AddLine } from '../../ui/add-line.tsx'
import { t } from '../../words/translate.ts'
import inspector from '../inspector/inspector.module.css'
import styles from './comments.module.css'
import { ThreadBox } from './thread.tsx'

/** What people said about one object: open threads first, then what is resolved. */
export function CommentsSide({ id }: { readonly id: string }) {
  const run = useRun()
  const people = usePeople()
  const threads = threadsOn(useDesign(), id)
  const sorted = [...threads.filter(({ isOpen }) => isOpen), ...threads.filter(({ isOpen }) => !isOpen)]
  return (
    <div className={inspector.fields}>
      <AddLine
        label={t('New comment')}
        placeholder={t('Comment, @ names somebody')}
        people={people}
        onAdd={text => run(writeComment, { id, text })}
        focus={`comment ${id}`}
      />
      {threads.length === 0 ? <p className={styles.mute}>{t('Nobody said anything here yet.')}</p> : null}
      <ul className={styles.threads} aria-label={t('Comments')}>
        {sorted.map(thread => (
          <li key={thread.first.id}>
            <ThreadBox thread={thread} people={people} />
          </li>
        ))}
      </ul>
    </div>
  )
}
