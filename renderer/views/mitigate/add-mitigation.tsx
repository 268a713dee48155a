import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { ThreatState } from '../../../core/mitigations/derive.ts'
import { addControl, addOwnMitigation } from '../../commands/definitions/mitigate.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { AddLine } from '../../ui/add-line.tsx'
import { Button } from '../../ui/button.tsx'
import { ChooseOne } from '../../ui/choose-one.tsx'
import { Modal } from '../../ui/modal.tsx'
import { controlChoices, FIT_NAMES } from './mitigate-model.ts'
import styles from './mitigate-view.module.css'

const SUGGESTED = 3

/** Adds what will be done: a control that fits, any control by name, or own words. */
export function AddMitigation({ state }: { readonly state: ThreatState }) {
  const facts = useFacts()
  const run = useRun()
  const [isChoosing, setChoosing] = useState(false)
  const threat = state.threat.id
  const choices = controlChoices(facts.packs.controls, state, facts.findings())
  const suggested =
    state.mitigations.length === 0
      ? choices.filter(choice => choice.fits === 'rule' || choice.fits === 'weakness').slice(0, SUGGESTED)
      : []
  return (
    <>
      {suggested.map(({ control, fits }) => (
        <div key={control.id} className={styles.ghost}>
          <span className={styles.ghostText}>
            {control.title} <span className={styles.ghostWhy}>{FIT_NAMES[fits]}</span>
          </span>
          <Button small aria-label={`Add ${control.title}`} onPress={() => run(addControl, { threat, control: control.id })}>
            Add
          </Button>
        </div>
      ))}
      <div className={styles.add}>
        <Button icon={<Plus size={14} aria-hidden />} onPress={() => setChoosing(true)}>
          Choose a control…
        </Button>
        <div className={styles.own}>
          <AddLine
            label="Mitigation in own words"
            placeholder="Or write what will be done"
            onAdd={statement => run(addOwnMitigation, { threat, statement })}
          />
        </div>
      </div>
      {isChoosing ? (
        <Modal title="Choose a control" onClose={() => setChoosing(false)} wide>
          <ChooseOne
            label="Control"
            choices={choices.map(({ control, fits }) => ({ id: control.id, text: control.title, note: FIT_NAMES[fits] }))}
            onChoose={control => {
              setChoosing(false)
              run(addControl, { threat, control })
            }}
          />
        </Modal>
      ) : null}
    </>
  )
}
