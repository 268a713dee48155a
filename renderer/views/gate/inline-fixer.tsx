import { labelOf } from '../../../core/model/lookup.ts'
import type { DataClass, Requirement, Ternary } from '../../../core/model/types.ts'
import { editObject } from '../../commands/definitions/model.ts'
import { approveOneRequirement, editOneRequirement } from '../../commands/definitions/scope.ts'
import { useContextNow, useRun } from '../../state/use-commands.ts'
import { CLASS_NAMES, TERNARIES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import { Pick } from '../../ui/pick.tsx'
import { Segments } from '../../ui/segments.tsx'
import { type InlineFix, storedTernary } from './gate-model.ts'
import styles from './gate-view.module.css'

const METHODS: readonly { readonly value: NonNullable<Requirement['verification']>; readonly label: string }[] = [
  { value: 'test', label: 'Test' },
  { value: 'analysis', label: 'Analysis' },
  { value: 'inspection', label: 'Inspection' },
  { value: 'demonstration', label: 'Demonstration' },
]
const CLASSES = (Object.keys(CLASS_NAMES) as DataClass[]).map(value => ({ value, label: CLASS_NAMES[value] }))

/** Answers one question of the gate in place; the list grows shorter as one answers. */
export function InlineFixer({ fix, id }: { readonly fix: InlineFix; readonly id: string }) {
  const design = useDesign()
  const context = useContextNow()
  const run = useRun()
  const name = labelOf(design, id)
  switch (fix.kind) {
    case 'ternary':
      return (
        <Segments<Ternary>
          label={`${fix.label}: ${name}`}
          value="unknown"
          choices={TERNARIES}
          onPick={value => run(editObject, { id, fields: { [fix.field]: storedTernary(value) }, label: fix.label.toLowerCase() })}
        />
      )
    case 'text':
      return (
        <div className={styles.text}>
          <DraftField
            label={`${fix.label} of ${name}`}
            hideLabel
            value=""
            placeholder={fix.label}
            onCommit={text => run(editObject, { id, fields: { [fix.field]: text || undefined }, label: fix.label.toLowerCase() })}
          />
        </div>
      )
    case 'class':
      return (
        <Pick
          label={`Class of ${name}`}
          hideLabel
          value=""
          choices={CLASSES}
          onPick={value => run(editObject, { id, fields: { class: value }, label: 'class' })}
        />
      )
    case 'verification':
      return (
        <Pick
          label={`How ${id} is shown`}
          hideLabel
          value=""
          choices={METHODS}
          onPick={verification => run(editOneRequirement, { id, fields: { verification } })}
        />
      )
    case 'approve':
      return (
        <Button
          small
          isDisabled={!approveOneRequirement.plan(context, id).ok}
          onPress={() => run(approveOneRequirement, id)}
          aria-label={`Approve ${id}`}
        >
          Approve
        </Button>
      )
  }
}
