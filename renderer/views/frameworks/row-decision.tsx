import { useState } from 'react'
import type { EntryName } from '../../../core/frameworks/edits.ts'
import type { Excluded } from '../../../core/frameworks/types.ts'
import {
  callNotApplicable,
  confirmNotApplicable,
  type ExclusionInput,
  withdrawNotApplicable,
} from '../../commands/definitions/exclusions.ts'
import { useRun } from '../../state/use-commands.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { DeedForm } from '../../ui/deed-form.tsx'
import { FormField } from '../../ui/form-field.tsx'
import panel from '../../ui/panel.module.css'
import { dayWords } from '../../words/format.ts'
import { t } from '../../words/translate.ts'
import { STANDING_NAMES } from './framework-words.ts'
import styles from './frameworks-view.module.css'

/** What a person decided about a row, and the ways to decide, to stand behind a proposal, and to take it back. */
export function RowDecision({ name, excluded }: { readonly name: EntryName; readonly excluded: Excluded | undefined }) {
  const run = useRun()
  const [isOpen, setOpen] = useState(false)
  if (isOpen) return <DecisionForm name={name} before={excluded} onDone={() => setOpen(false)} />
  return (
    <div className={styles.decision}>
      {excluded ? <Said excluded={excluded} /> : null}
      <p className={styles.links}>
        {excluded?.standing === 'proposed' ? (
          <Button small look="primary" onPress={() => run(confirmNotApplicable, name)}>
            {t('Confirm')}
          </Button>
        ) : null}
        <Button small onPress={() => setOpen(true)}>
          {excluded ? t('Decide again…') : t('Not applicable…')}
        </Button>
        {excluded ? (
          <Button small look="quiet" onPress={() => run(withdrawNotApplicable, name)}>
            {t('Withdraw')}
          </Button>
        ) : null}
      </p>
    </div>
  )
}

function Said({ excluded: { reason, by, at, expires, standing } }: { readonly excluded: Excluded }) {
  return (
    <>
      <p className={styles.answer}>
        <span className={panel.sub}>
          {t('Called not applicable by {{name}} on {{day}}', { name: by, day: dayWords(at) })}
          {expires === undefined ? null : <>, {t('until {{day}}', { day: expires })}</>}
        </span>
        {standing === 'counts' ? null : <Badge tone="warn">{STANDING_NAMES[standing]}</Badge>}
      </p>
      <p className={styles.reason}>{reason}</p>
    </>
  )
}

type FormProps = { readonly name: EntryName; readonly before: Excluded | undefined; readonly onDone: () => void }

function DecisionForm({ name, before, onDone }: FormProps) {
  const [input, setInput] = useState<ExclusionInput>({
    ...name,
    reason: before?.reason ?? '',
    expires: before?.standing === 'ended' ? '' : (before?.expires ?? ''),
  })
  const set = (fields: Partial<ExclusionInput>) => setInput({ ...input, ...fields })
  return (
    <DeedForm
      label={t('{{entry}} not applicable', { entry: name.entry })}
      deed={callNotApplicable}
      input={input}
      send={t('Not applicable')}
      small
      onDone={onDone}
    >
      <FormField
        label={t('Reason')}
        value={input.reason}
        onText={reason => set({ reason })}
        required
        autoFocus
        note={t('Why it does not concern this design, in one sentence. A row that something answers keeps its state.')}
      />
      <FormField
        label={t('Until (optional)')}
        type="date"
        value={input.expires}
        onText={expires => set({ expires })}
        note={t('From this day on it is asked again.')}
      />
    </DeedForm>
  )
}
