import { X } from 'lucide-react'
import { rowsOf } from '../../../core/model/table.ts'
import { addOneAssumption, editOneAssumption, removeAssumption } from '../../commands/definitions/scope.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { AddLine } from '../../ui/add-line.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import styles from './scope-view.module.css'

/** What is taken as true without proof. */
export function Assumptions() {
  const rows = rowsOf(useDesign().assumptions)
  const run = useRun()
  return (
    <section aria-label={t('Assumptions')} className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>{t('Assumptions')}</h2>
        <span className={panel.count}>{rows.length}</span>
      </div>
      <ul>
        {rows.map(row => (
          <li key={row.id} className={styles.assumption}>
            <Chip id={row.id} />
            <DraftField
              label={t('Statement of {{id}}', { id: row.id })}
              hideLabel
              bare
              multiline
              value={row.statement}
              onCommit={statement => run(editOneAssumption, { id: row.id, statement })}
            />
            <IconButton label={t('Remove {{id}}', { id: row.id })} onPress={() => run(removeAssumption, row.id)}>
              <X size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <AddLine
        label={t('New assumption')}
        placeholder={t('What do you take for granted?')}
        onAdd={text => run(addOneAssumption, text)}
      />
    </section>
  )
}
