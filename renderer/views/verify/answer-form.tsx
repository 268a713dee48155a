import { useState } from 'react'
import type { Check } from '../../../core/model/types.ts'
import type { People } from '../../../core/verdict/people.ts'
import type { Signing } from '../../../host/contract.ts'
import {
  ANSWER_NAMES,
  type Answer,
  answerCheck,
  answerRefused,
  chooseAnswer,
  needsWords,
  readOnlyBecause,
} from '../../commands/definitions/review.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import field from '../../ui/field.module.css'
import { Keys } from '../../ui/keys.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import { SigningLine } from './signing-line.tsx'
import styles from './verify-view.module.css'

type Props = {
  readonly check: Check
  readonly signing: Signing | undefined
  /** Whom the check asks, where it asks people. */
  readonly asked: People['asked']
}

const ANSWERS: readonly Answer[] = ['pass', 'fail', 'cannotTell']

/** The person's answer: nothing is pre-set, and what was seen is written in own words. */
export function AnswerForm({ check, signing, asked }: Props) {
  const run = useRun()
  const answer = useSession(session => session.answer)
  const readOnly = useSession(readOnlyWords)
  const [observation, setObservation] = useState('')
  const refused = answer && answerRefused(check, answer)
  // Evidence decides most checks: what a person may say against it takes no room until it is said.
  const isShort = check.how === 'machine' && answer === undefined
  const asksWords = answer === undefined || needsWords(check, answer)
  const canRecord = answer !== undefined && !refused && !readOnly && (!asksWords || observation.trim() !== '')
  function record() {
    if (answer === undefined || !canRecord) return
    run(answerCheck, { check: check.id, answer, observation })
    setObservation('')
  }
  if (readOnly)
    return (
      <div className={styles.part}>
        <p className={panel.sub}>{readOnly}</p>
      </div>
    )
  return (
    <form
      className={styles.part}
      onSubmit={event => {
        event.preventDefault()
        record()
      }}
    >
      <fieldset className={isShort ? styles.aside : styles.question}>
        <legend className={styles.ask}>
          {check.question ??
            t('Did you see otherwise? Evidence decides this check; a no of a person stops the change all the same.')}
        </legend>
        <div className={styles.answers}>
          {ANSWERS.map((value, index) =>
            answerRefused(check, value) ? null : (
              <label key={value} className={styles.answer}>
                <input
                  type="radio"
                  name={`answer ${check.id}`}
                  className={styles.radio}
                  checked={answer === value}
                  onChange={() => run(chooseAnswer, value)}
                />
                <span className={styles.answerFace}>
                  {ANSWER_NAMES[value]} <Keys chord={String(index + 1)} />
                </span>
              </label>
            ),
          )}
        </div>
      </fieldset>
      {isShort ? null : (
        <>
          <label className={field.field}>
            <span className={field.label}>
              {answer === 'cannotTell'
                ? t('What you would have to know; the author is asked this')
                : t('What you saw, in your own words')}
              {asksWords ? null : ` (${t('may stay empty; the answer then says so')})`}
            </span>
            <textarea
              rows={2}
              className={field.input}
              value={observation}
              data-focus="observation"
              onChange={event => setObservation(event.target.value)}
              onKeyDown={event => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
                  event.preventDefault()
                  record()
                }
              }}
            />
          </label>
          {signing ? <SigningLine signing={signing} check={check} asked={asked} /> : null}
          <div className={styles.formEnd}>
            <Button look="primary" type="submit" isDisabled={!canRecord}>
              {t('Record answer')}
            </Button>
            <Keys chord="Mod+Enter" />
            {answer !== undefined && !canRecord && !refused ? (
              <span className={panel.sub}>{t('Own words are asked for here.')}</span>
            ) : null}
          </div>
        </>
      )}
    </form>
  )
}

function readOnlyWords(session: Parameters<typeof readOnlyBecause>[0]): string | undefined {
  return readOnlyBecause(session)
}
