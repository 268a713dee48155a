import { CheckCheck, RotateCcw, Trash2 } from 'lucide-react'
import { mentionsIn } from '../../../core/comments/mentions.ts'
import type { Thread } from '../../../core/comments/threads.ts'
import type { Comment } from '../../../core/model/types.ts'
import { madeVisible } from '../../../core/support/hidden.ts'
import { removeOwnComment, reopenComment, replyComment, resolveComment } from '../../commands/definitions/comments.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { AddLine } from '../../ui/add-line.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { instantWords } from '../../words/format.ts'
import { t } from '../../words/translate.ts'
import styles from './comments.module.css'

type Props = { readonly thread: Thread; readonly people: readonly string[] }

/** One thread: what was said, what was answered, and what can be done about it. */
export function ThreadBox({ thread, people }: Props) {
  const run = useRun()
  const { first, replies, isOpen } = thread
  return (
    <div className={styles.thread} data-resolved={!isOpen}>
      <Saying comment={first} people={people} />
      {replies.length > 0 ? (
        <ul className={styles.replies} aria-label={t('Answers')}>
          {replies.map(reply => (
            <li key={reply.id}>
              <Saying comment={reply} people={people} />
            </li>
          ))}
        </ul>
      ) : null}
      {isOpen ? (
        <>
          <AddLine
            label={t('Answer to {{name}}', { name: first.by })}
            placeholder={t('Answer, @ names somebody')}
            people={people}
            onAdd={text => run(replyComment, { id: first.id, text })}
          />
          <div className={styles.deeds}>
            <Button small look="quiet" icon={<CheckCheck size={13} aria-hidden />} onPress={() => run(resolveComment, first.id)}>
              {t('Resolve')}
            </Button>
          </div>
        </>
      ) : (
        <div className={styles.deeds}>
          <Badge tone="good">{t('Resolved')}</Badge>
          {first.resolvedBy === undefined ? null : (
            <span className={styles.mute}>
              <bdi>{first.resolvedBy}</bdi>
              {first.resolvedAt ? (
                <>
                  , <time dateTime={first.resolvedAt}>{instantWords(first.resolvedAt)}</time>
                </>
              ) : null}
            </span>
          )}
          <Button small look="quiet" icon={<RotateCcw size={13} aria-hidden />} onPress={() => run(reopenComment, first.id)}>
            {t('Open again')}
          </Button>
        </div>
      )}
    </div>
  )
}

function Saying({ comment, people }: { readonly comment: Comment; readonly people: readonly string[] }) {
  const run = useRun()
  const person = useSession(session => session.preferences.person)
  const { id, by, at, text, editedAt, anchor, reply } = comment
  const isGone = text === ''
  return (
    <div className={styles.saying}>
      <p className={styles.who}>
        <bdi className={styles.by}>{by}</bdi>
        <time dateTime={at} className={styles.mute}>
          {instantWords(at)}
        </time>
        {editedAt !== undefined && !isGone ? <span className={styles.mute}>{t('reworded')}</span> : null}
        {anchor.field === 'prompt' && reply === undefined ? <Badge>{t('On its line in prompts')}</Badge> : null}
        <span className={styles.grow} />
        {by === person && !isGone ? (
          <IconButton label={t('Remove your comment')} onPress={() => run(removeOwnComment, id)}>
            <Trash2 size={13} aria-hidden />
          </IconButton>
        ) : null}
      </p>
      <p className={isGone ? styles.mute : styles.text} dir="auto">
        {isGone ? t('Removed by its author.') : <Words text={text} people={people} />}
      </p>
    </div>
  )
}

/** Plain text, whatever stands in it: hidden characters are written out, and names of people are marked. */
function Words({ text, people }: { readonly text: string; readonly people: readonly string[] }) {
  const person = useSession(session => session.preferences.person)
  let at = 0
  return mentionsIn(text, people).map(stretch => {
    const key = at
    at += stretch.text.length
    if (stretch.person === undefined) return <span key={key}>{madeVisible(stretch.text)}</span>
    return (
      <strong key={key} className={styles.mention} data-me={stretch.person === person}>
        {madeVisible(stretch.text)}
      </strong>
    )
  })
}
