import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { rateVector } from '../../commands/definitions/rate.ts'
import { useRun } from '../../state/use-commands.ts'
import field from '../../ui/field.module.css'
import { t } from '../../words/translate.ts'
import styles from './score-another-way.module.css'
import { readVector, type VectorReading } from './score-model.ts'

type Props = { readonly threat: string; readonly vector: string }

/** A CVSS 4.0 vector: written when it can be read, and told what is wrong where it cannot. */
export function CvssField({ threat, vector }: Props) {
  const id = useId()
  const run = useRun()
  const [text, setText] = useState(vector)
  const [isLeft, setLeft] = useState(vector !== '')
  const isTyping = useRef(false)
  useEffect(() => {
    if (!isTyping.current) setText(vector)
  }, [vector])
  const reading = readVector(text)
  const isFault = isLeft && reading.kind === 'fault'
  function commit() {
    setLeft(true)
    const next = text.trim()
    if (reading.kind !== 'fault' && next !== vector) run(rateVector, { threat, vector: next || undefined })
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') {
      event.preventDefault()
      commit()
    }
    if (event.key === 'Escape' && text !== vector) {
      event.stopPropagation()
      setText(vector)
    }
  }
  return (
    <div className={styles.way}>
      <label htmlFor={id} className={styles.title}>
        {t('CVSS 4.0 vector')}
      </label>
      <input
        id={id}
        className={`${field.input} ${styles.vector}`}
        placeholder="CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"
        spellCheck={false}
        autoComplete="off"
        value={text}
        data-clean={text === vector}
        aria-invalid={isFault}
        aria-describedby={`${id}-reading`}
        onChange={event => setText(event.target.value)}
        onFocus={() => {
          isTyping.current = true
        }}
        onBlur={() => {
          isTyping.current = false
          commit()
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-reading`} role="status">
        <Reading reading={reading} isLeft={isLeft} />
      </div>
    </div>
  )
}

function Reading({ reading, isLeft }: { readonly reading: VectorReading; readonly isLeft: boolean }) {
  if (reading.kind === 'score')
    return (
      <p className={styles.score}>
        <strong>{reading.score}</strong> {reading.sentence}
      </p>
    )
  if (reading.kind === 'empty' || !isLeft)
    return <p className={styles.mute}>{t("As FIRST's calculator writes it. It is kept as written.")}</p>
  const { problem, parts } = reading
  return (
    <div className={styles.fault}>
      <p className={styles.message}>{problem.message}</p>
      {problem.cure ? <p>{problem.cure}</p> : null}
      <p className={styles.blame}>
        <code>
          {parts[0]}
          <mark>{parts[1] || '␣'}</mark>
          {parts[2]}
        </code>
      </p>
    </div>
  )
}
