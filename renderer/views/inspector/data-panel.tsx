import type { DataAsset } from '../../../core/model/types.ts'
import { editObject, removeObjects, renameObject } from '../../commands/definitions/model.ts'
import { useRun } from '../../state/use-commands.ts'
import { CLASS_NAMES, choicesOf } from '../../state/words.ts'
import { Button } from '../../ui/button.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import { Pick } from '../../ui/pick.tsx'
import { TernaryField } from '../../ui/ternary-field.tsx'
import { t } from '../../words/translate.ts'
import styles from './inspector.module.css'

const CLASSES = choicesOf(CLASS_NAMES)

/** A data asset: how sensitive it is. */
export function DataPanel({ data }: { readonly data: DataAsset }) {
  const run = useRun()
  const { id } = data
  const set = (label: string, fields: Readonly<Record<string, unknown>>) => run(editObject, { id, fields, label })
  return (
    <div className={styles.fields}>
      <DraftField label={t('Name')} value={data.name} onCommit={name => run(renameObject, { id, name })} />
      <Pick
        label={t('Class')}
        value={data.class ?? ''}
        empty={t('No class yet')}
        choices={CLASSES}
        onPick={value => set(t('class'), { class: value || undefined })}
      />
      <TernaryField
        label={t('About a person')}
        value={data.personal}
        onPick={value => set(t('personal data'), { personal: value })}
      />
      <DraftField
        label={t('Description')}
        multiline
        value={data.description ?? ''}
        onCommit={text => set(t('description'), { description: text || undefined })}
      />
      <div className={styles.buttons}>
        <Button look="danger" onPress={() => run(removeObjects, [id])}>
          {t('Remove data asset')}
        </Button>
      </div>
    </div>
  )
}
