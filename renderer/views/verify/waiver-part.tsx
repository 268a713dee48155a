import { secondWaiver } from '../../commands/definitions/review-waiver.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Keys } from '../../ui/keys.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import type { Review } from './use-review.ts'
import styles from './verify-view.module.css'

type Waiver = NonNullable<Review['told']>['waivers'][number]

/** Who wants the check in view set aside, who agreed, until when; and the place where the second person signs. */
export function WaiverPart({ review }: { readonly review: Review }) {
  const id = review.shown?.check.id
  const waivers = review.told?.waivers.filter(({ check }) => check === id) ?? []
  if (waivers.length === 0) return null
  return (
    <section aria-label={t('Waivers')} className={styles.part}>
      {waivers.map(waiver => (
        <WaiverLine key={`${waiver.entry} ${waiver.state}`} waiver={waiver} />
      ))}
    </section>
  )
}

function WaiverLine({ waiver }: { readonly waiver: Waiver }) {
  const run = useRun()
  const isReadOnly = useSession(session => session.save.kind === 'readOnly')
  const { state, reason, until, why, entry } = waiver
  const isWaiting = state === 'waiting'
  const mayI = isWaiting && waiver.notBy === undefined && !isReadOnly
  return (
    <div
      className={styles.waiver}
      tabIndex={isWaiting && !mayI ? -1 : undefined}
      data-focus={isWaiting && !mayI ? 'waiver' : undefined}
    >
      <p className={styles.verdict}>
        <Badge tone={state === 'waiting' ? 'warn' : 'plain'}>{stateWords(waiver)}</Badge>
        <span className={styles.sentence}>{reason}</span>
      </p>
      <p className={panel.sub}>
        {whoWords(waiver)} {until === '' ? '' : t('Until {{day}}.', { day: until })}{' '}
        {why === undefined ? '' : t('It does not count: {{why}}.', { why })}
      </p>
      {isWaiting ? (
        <p className={styles.formEnd}>
          {mayI ? (
            <Button small data-focus="waiver" onPress={() => run(secondWaiver, entry)}>
              {t('Sign as the second person')} <Keys chord="S" />
            </Button>
          ) : (
            <span className={panel.sub}>{waiver.notBy ? notByWords(waiver.notBy) : ''}</span>
          )}
        </p>
      ) : null}
    </div>
  )
}

function stateWords({ state, kind }: Waiver): string {
  if (state === 'waiting') return t('Waits for a second person')
  if (state === 'refused') return t('Does not count')
  return kind === 'waived' ? t('Waived') : t('Not applicable')
}

function whoWords({ by }: Waiver): string {
  const [first, second] = by
  const proposed = t('Proposed by {{name}}', { name: first?.name ?? '' })
  const word = first?.signed ? t('signed') : t('self-reported')
  const agreed = second ? ` ${t('Signed second by {{name}}.', { name: second.name })}` : ''
  return `${proposed}, ${word}.${agreed}`
}

function notByWords(why: NonNullable<Waiver['notBy']>): string {
  switch (why) {
    case 'samePerson':
      return t('You proposed it, so another person has to sign it.')
    case 'maker':
      return t('You had a hand in the change or in its prompt, so you cannot be the second.')
    case 'noKey':
      return t('Somebody with an enrolled key has to sign it; you have none here.')
    case 'notYet':
      return t('Your key was not enrolled before this change, so it cannot sign this.')
    case 'refused':
      return t('Your signature would not count for it.')
  }
}
