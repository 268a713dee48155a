import type { DataAsset, DataClass } from '../../../core/model/types.ts'
import { editObject, removeObjects, renameObject } from '../../commands/definitions/model.ts'
import { useRun } from '../../state/use-commands.ts'
import { CLASS_NAMES } from '../../state/words.ts'
import { Button } from '../../ui/button.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import { Pick } from '../../ui/pick.tsx'
import { TernaryField } from '../../ui/ternary-field.tsx'
import styles from './inspector.module.css'

const CLASSES = (Object.keys(CLASS_NAMES) as DataClass[]).map(value => ({ value, label: CLASS_NAMES[value] }))

/** A data asset: how sensitive it is. */
export function DataPanel({ data }: { readonly data: DataAsset }) {
  const run = useRun()
  const { id } = data
  const set = (label: string, fields: Readonly<Record<string, unknown>>) => run(editObject, { id, fields, label })
  return (
    <div className={styles.fields}>
      <DraftField label="Name" value={data.name} onCommit={name => run(renameObject, { id, name })} />
      <Pick
        label="Class"
        value={data.class ?? ''}
        empty="No class yet"
        choices={CLASSES}
        onPick={value => set('class', { class: value || undefined })}
      />
      <TernaryField label="About a person" value={data.personal} onPick={value => set('personal data', { personal: value })} />
      <DraftField
        label="Description"
        multiline
        value={data.description ?? ''}
        onCommit={text => set('description', { description: text || undefined })}
      />
      <div className={styles.buttons}>
        <Button look="danger" onPress={() => run(removeObjects, [id])}>
          Remove data asset
        </Button>
      </div>
    </div>
  )
}
