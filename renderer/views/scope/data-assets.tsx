import { rowsOf } from '../../../core/model/table.ts'
import type { DataClass } from '../../../core/model/types.ts'
import { editObject, renameObject } from '../../commands/definitions/model.ts'
import { addDataAsset } from '../../commands/definitions/scope.ts'
import { useRun } from '../../state/use-commands.ts'
import { CLASS_NAMES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { AddLine } from '../../ui/add-line.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import panel from '../../ui/panel.module.css'
import { Pick } from '../../ui/pick.tsx'
import { t } from '../../words/translate.ts'
import styles from './scope-view.module.css'

const CLASSES = Object.keys(CLASS_NAMES) as DataClass[]

/** The data worth protecting, each with its class. */
export function DataAssets() {
  const rows = rowsOf(useDesign().data)
  const run = useRun()
  return (
    <section aria-label={t('Data assets')} className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>{t('Data assets')}</h2>
        <span className={panel.count}>{rows.length}</span>
      </div>
      <ul>
        {rows.map(row => (
          <li key={row.id} className={styles.data}>
            <DraftField
              label={t('Name of {{id}}', { id: row.id })}
              hideLabel
              bare
              multiline
              onEnter={leaveField}
              value={row.name}
              onCommit={name => run(renameObject, { id: row.id, name })}
            />
            <Pick
              label={t('Class of {{name}}', { name: row.name })}
              hideLabel
              bare
              value={row.class ?? ''}
              empty={t('No class yet')}
              choices={CLASSES.map(value => ({ value, label: CLASS_NAMES[value] }))}
              onPick={value => run(editObject, { id: row.id, fields: { class: value || undefined }, label: t('class') })}
            />
          </li>
        ))}
      </ul>
      <AddLine label={t('New data asset')} placeholder={t('Name of the data')} onAdd={text => run(addDataAsset, text)} />
    </section>
  )
}

/** A name is one line; Enter keeps it. */
function leaveField(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}
