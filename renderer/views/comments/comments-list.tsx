import type { Thread } from '../../../core/comments/threads.ts'
import { labelOf } from '../../../core/model/lookup.ts'
import { goToComment, showComments } from '../../commands/definitions/comments.ts'
import { usePeople, useWaiting } from '../../state/said.ts'
import { useSession } from '../../state/session.ts'
import { homeOf } from '../../state/steps.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import panel from '../../ui/panel.module.css'
import { Segments } from '../../ui/segments.tsx'
import { t } from '../../words/translate.ts'
import styles from './comments.module.css'
import { listedOf } from './comments-model.ts'
import { ThreadBox } from './thread.tsx'

/** All comments on the design: those that wait for an answer of this person, those still open, or all. */
export function CommentsList() {
  const design = useDesign()
  const run = useRun()
  const waiting = useWaiting()
  const people = usePeople()
  const shown = useSession(session => session.commentsShown)
  const { threads, removed, counts } = listedOf(design, waiting, shown)
  const why = new Map(waiting.map(one => [one.thread.first.id, one.why]))
  const items = (list: readonly Thread[], isRemoved: boolean) =>
    list.map(thread => (
      <li key={thread.first.id} className={`${panel.card} ${styles.card}`}>
        <p className={styles.on}>
          {isRemoved ? (
            <code>{thread.first.anchor.id}</code>
          ) : (
            <>
              <span className={styles.name}>{labelOf(design, thread.first.anchor.id)}</span>
              <code className={styles.mute}>{thread.first.anchor.id}</code>
            </>
          )}
          {why.get(thread.first.id) === 'mention' ? <Badge tone="accent">{t('Names you')}</Badge> : null}
          {why.get(thread.first.id) === 'answer' ? <Badge tone="info">{t('New answer')}</Badge> : null}
          <span className={styles.grow} />
          {isRemoved || homeOf(thread.first.anchor.id) === undefined ? null : (
            <Button
              small
              look="quiet"
              aria-label={t('Go there: {{name}}', { name: labelOf(design, thread.first.anchor.id) })}
              onPress={() => run(goToComment, thread.first.anchor.id)}
            >
              {t('Go there')}
            </Button>
          )}
        </p>
        <ThreadBox thread={thread} people={people} />
      </li>
    ))
  return (
    <>
      <div className={styles.filter}>
        <Segments
          label={t('Which comments')}
          value={shown}
          choices={[
            { value: 'waiting', label: t('For you ({{number}})', { number: counts.waiting }) },
            { value: 'open', label: t('Open ({{number}})', { number: counts.open }) },
            { value: 'all', label: t('All ({{number}})', { number: counts.all }) },
          ]}
          onPick={value => run(showComments, value)}
        />
      </div>
      {threads.length + removed.length === 0 ? (
        <div className={panel.card}>
          <Empty title={shown === 'waiting' ? t('Nobody waits for an answer of yours.') : t('No comment here.')}>
            <p>{t('Select anything in the design and comment on it in the inspector; @ names somebody.')}</p>
          </Empty>
        </div>
      ) : null}
      {threads.length > 0 ? (
        <ul className={styles.cards} aria-label={t('Comments')}>
          {items(threads, false)}
        </ul>
      ) : null}
      {removed.length > 0 ? (
        <section aria-label={t('About objects that were removed')} className={styles.removed}>
          <h2 className={styles.removedTitle}>{t('About objects that were removed')}</h2>
          <ul className={styles.cards}>{items(removed, true)}</ul>
        </section>
      ) : null}
    </>
  )
}
