import type { People } from '../../../core/verdict/people.ts'
import { ANSWER_NAMES } from '../../commands/definitions/review.ts'
import { useSession } from '../../state/session.ts'
import { Badge } from '../../ui/badge.tsx'
import panel from '../../ui/panel.module.css'
import { spoken, t } from '../../words/translate.ts'
import type { Review } from './use-review.ts'
import styles from './verify-view.module.css'
import { keyWords } from './vouched.tsx'

/** Who answered this check, in which order, and who is still missing. */
export function PeoplePart({ review }: { readonly review: Review }) {
  const me = useSession(session => session.ledgerName)
  const people = review.shown && review.people(review.shown)
  if (!people || (people.answers.length === 0 && ((people.asked?.count ?? 0) < 2 || !review.isRevealed))) return null
  return (
    <section aria-label={t('Who answered')} className={styles.part}>
      {people.answers.length > 0 ? (
        <ol className={styles.people}>
          {people.answers.map((one, at) => (
            <li key={one.hash} className={styles.person}>
              {people.answers.length > 1 ? <span className={styles.place}>{at + 1}</span> : null}
              <Badge tone={one.stale ? 'plain' : one.answer === 'pass' ? 'good' : one.answer === 'fail' ? 'bad' : 'warn'}>
                {ANSWER_NAMES[one.answer]}
              </Badge>
              <span className={styles.said}>
                {one.observation === '' ? <em className={panel.mute}>{t('no observation')}</em> : one.observation}{' '}
                <span className={panel.sub}>
                  {one.by}, {one.at.slice(0, 16).replace('T', ' ')} UTC
                  {', '}
                  {one.signed
                    ? t('signed with key {{key}}', { key: keyWords(review.told?.signers[one.hash]?.key ?? '') })
                    : t('self-reported')}
                  {one.stale ? `, ${t('out of date')}: ${one.stale}` : ''}
                </span>
              </span>
            </li>
          ))}
        </ol>
      ) : null}
      {people.asked && people.missing > 0 && review.isRevealed ? <Missing people={people} asked={people.asked} me={me} /> : null}
    </section>
  )
}

/** Who may not answer a check. */
const WHO_NAMES = spoken({
  'commit.author': 'the author of the change',
  'prompt.author': 'the author of the prompt',
  'evidence.producer': 'the producer of the evidence',
})

type MissingProps = { readonly people: People; readonly asked: NonNullable<People['asked']>; readonly me: string }

function Missing({ people, asked, me }: MissingProps) {
  const mine = people.answers.find(one => one.by === me && one.stale === undefined)
  const notBy = (asked.notBy ?? []).map(who => WHO_NAMES[who]).join(', ')
  return (
    <div className={styles.missing}>
      <p>
        <strong>
          {asked.count > 1
            ? t('{{yes}} of {{count}} people say yes; {{missing}} missing.', {
                yes: people.yes,
                count: asked.count,
                missing: people.missing,
              })
            : t('Nobody who counts here says yes so far.')}
        </strong>{' '}
        {asked.count > 1 && mine
          ? t('You answered already: another answer of yours replaces it, the second must be somebody else.')
          : ''}
      </p>
      {notBy === '' ? null : <p>{t('Here may not answer: {{who}}.', { who: notBy })}</p>}
    </div>
  )
}
