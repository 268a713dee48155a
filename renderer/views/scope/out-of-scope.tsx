import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { rowsOf } from '../../../core/model/table.ts'
import { putOutOfScope, takeBackIntoScope } from '../../commands/definitions/scope.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { FormField } from '../../ui/form-field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import panel from '../../ui/panel.module.css'
import { Pick } from '../../ui/pick.tsx'
import { t } from '../../words/translate.ts'
import styles from './scope-view.module.css'

/** What was left out on purpose, and why. */
export function OutOfScope() {
  const design = useDesign()
  const run = useRun()
  const drawn = [...rowsOf(design.elements), ...rowsOf(design.flows)]
  const rows = drawn.filter(row => row.outOfScope !== undefined)
  const inside = drawn.filter(row => row.outOfScope === undefined)
  return (
    <section aria-label={t('Out of scope')} className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>{t('Out of scope')}</h2>
        <span className={panel.count}>{rows.length}</span>
      </div>
      {rows.length > 0 ? (
        <ul>
          {rows.map(row => (
            <li key={row.id} className={styles.out}>
              <div className={styles.outRow}>
                <Chip id={row.id} named />
                <span className={panel.grow} />
                <IconButton
                  label={t('Take {{name}} back into scope', { name: row.name })}
                  onPress={() => run(takeBackIntoScope, row.id)}
                >
                  <Undo2 size={14} aria-hidden />
                </IconButton>
              </div>
              <p className={panel.mute}>{row.outOfScope}</p>
            </li>
          ))}
        </ul>
      ) : (
        <p className={`${styles.out} ${panel.mute}`}>{t('Nothing is left out. What is, needs a reason.')}</p>
      )}
      {inside.length > 0 ? <PutOut choices={inside.map(row => ({ value: row.id, label: row.name }))} /> : null}
    </section>
  )
}

function PutOut({ choices }: { readonly choices: readonly { readonly value: string; readonly label: string }[] }) {
  const run = useRun()
  const [isOpen, setOpen] = useState(false)
  const [id, setId] = useState('')
  const [reason, setReason] = useState('')
  function close() {
    setOpen(false)
    setId('')
    setReason('')
  }
  if (!isOpen)
    return (
      <div className={styles.putOut}>
        <Button small onPress={() => setOpen(true)}>
          {t('Leave something out…')}
        </Button>
      </div>
    )
  return (
    <form
      className={styles.putOut}
      onSubmit={event => {
        event.preventDefault()
        run(putOutOfScope, { id, reason })
        close()
      }}
    >
      <Pick label={t('Element or flow')} value={id} choices={choices} onPick={setId} />
      <FormField label={t('Reason')} value={reason} onText={setReason} required />
      <div className={panel.actions}>
        <Button small onPress={close}>
          {t('Cancel')}
        </Button>
        <Button small look="primary" type="submit" isDisabled={id === '' || reason.trim() === ''}>
          {t('Leave it out')}
        </Button>
      </div>
    </form>
  )
}
