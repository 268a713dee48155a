import { type ReactNode, useState } from 'react'
import type { Command } from '../commands/command.ts'
import { useContextNow, useRun } from '../state/use-commands.ts'
import { t } from '../words/translate.ts'
import { Button } from './button.tsx'
import styles from './deed-form.module.css'

type Props<In> = {
  readonly label: string
  readonly deed: Command<In>
  readonly input: In
  /** What the button that does the deed says. */
  readonly send: string
  readonly small?: boolean
  readonly onDone: () => void
  readonly children: ReactNode
}

/** A form in the page for one deed: a refusal is read aloud and the form stays; Escape leaves it. */
export function DeedForm<In>({ label, deed, input, send, small = false, onDone, children }: Props<In>) {
  const run = useRun()
  const context = useContextNow()
  const [refusal, setRefusal] = useState<string>()
  return (
    <form
      className={styles.form}
      aria-label={label}
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onDone()
      }}
      onSubmit={event => {
        event.preventDefault()
        const planned = deed.plan(context, input)
        if (!planned.ok) return setRefusal(`${planned.problems[0].message} ${planned.problems[0].cure ?? ''}`)
        // A deed of a form always takes an input; the type of `run` cannot tell before it knows which.
        run<unknown>(deed as Command<unknown>, input)
        onDone()
      }}
    >
      {children}
      {refusal ? (
        <p role="alert" className={styles.refusal}>
          {refusal}
        </p>
      ) : null}
      <div className={styles.end}>
        <Button small={small} onPress={onDone}>
          {t('Cancel')}
        </Button>
        <Button small={small} look="primary" type="submit">
          {send}
        </Button>
      </div>
    </form>
  )
}
