import { useState } from 'react'
import type { Check } from '../../../core/model/types.ts'
import { ANSWER_NAMES, type Answer, answerCheck, chooseAnswer } from '../../commands/definitions/review.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import field from '../../ui/field.module.css'
import { Keys } from '../../ui/keys.tsx'
import styles from './verify-view.module.css'

const ANSWERS: readonly Answer[] = ['pass', 'fail', 'cannotTell']

/** The person's answer: nothing is pre-set, and what was seen is written in own words. */
export function AnswerForm({ check }: { readonly check: Check }) {
  const run = useRun()
  const answer = useSession(session => session.answer)
  const [observation, setObservation] = useState('')
  const canRecord = answer !== undefined && observation.trim() !== ''
  function record() {
    if (answer === undefined || !canRecord) return
    run(answerCheck, { check: check.id, answer, observation })
    setObservation('')
  }
  return (
    <form
      className={styles.part}
      onSubmit={event => {
        event.preventDefault()
        record()
      }}
    >
      <fieldset className={styles.question}>
        <legend className={styles.ask}>{check.question ?? `Is it so: ${check.statement}`}</legend>
        <div className={styles.answers}>
          {ANSWERS.map((value, index) => (
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
          ))}
        </div>
      </fieldset>
      <label className={field.field}>
        <span className={field.label}>What you saw, in your own words</span>
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
      <div className={styles.formEnd}>
        <Button look="primary" type="submit" isDisabled={!canRecord}>
          Record answer
        </Button>
        <Keys chord="Mod+Enter" />
      </div>
    </form>
  )
}
