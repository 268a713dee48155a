import { rowsOf } from '../../../core/model/table.ts'
import type { Boundary } from '../../../core/model/types.ts'
import { editObject, moveInto, removeObjects, renameObject } from '../../commands/definitions/model.ts'
import { useRun } from '../../state/use-commands.ts'
import { choicesOf } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import { Pick } from '../../ui/pick.tsx'
import { spoken, t } from '../../words/translate.ts'
import styles from './inspector.module.css'
import { LinkChecks } from './link-checks.tsx'
import { Part } from './part.tsx'

const KINDS: readonly { readonly value: Boundary['kind']; readonly label: string }[] = choicesOf<Boundary['kind']>(
  spoken({
    network: 'Network',
    process: 'Process',
    machine: 'Machine',
    organisation: 'Organisation',
    privilege: 'Privilege',
    unknown: 'Unknown',
  }),
)

/** A trust boundary: why trust changes there, and what lies inside. */
export function BoundaryPanel({ boundary, others }: { readonly boundary: Boundary; readonly others: readonly Boundary[] }) {
  const design = useDesign()
  const run = useRun()
  const { id } = boundary
  const elements = rowsOf(design.elements)
  const inside = Object.fromEntries(elements.filter(row => row.boundary === id).map(row => [row.id, true as const]))
  return (
    <div className={styles.fields}>
      <DraftField label={t('Name')} value={boundary.name} onCommit={name => run(renameObject, { id, name })} />
      <Pick
        label={t('Kind')}
        value={boundary.kind}
        choices={KINDS}
        onPick={kind => run(editObject, { id, fields: { kind }, label: t('kind') })}
      />
      <Pick
        label={t('Lies in')}
        value={boundary.parent ?? ''}
        empty={t('In no other boundary')}
        choices={others.filter(row => row.id !== id).map(row => ({ value: row.id, label: row.name }))}
        onPick={parent => run(moveInto, { ids: [id], boundary: parent || undefined })}
      />
      {boundary.membership === 'unresolved' ? (
        <>
          <p className={styles.text}>
            {t('It is drawn as an open line, which does not say what lies inside. Tick what does; the gate asks until then.')}
          </p>
          <Button onPress={() => run(editObject, { id, fields: { membership: 'stated' }, label: t('contents') })}>
            {t('The list below is complete')}
          </Button>
        </>
      ) : null}
      <Part title={t('Lies inside')}>
        <LinkChecks
          label={t('Elements inside')}
          rows={elements.map(row => ({ id: row.id, name: row.name }))}
          linked={inside}
          onToggle={(element, linked) => run(moveInto, { ids: [element], boundary: linked ? id : undefined })}
          empty={t('Nothing is drawn yet.')}
        />
      </Part>
      <div className={styles.buttons}>
        <Button look="danger" onPress={() => run(removeObjects, [id])}>
          {t('Remove boundary')}
        </Button>
      </div>
    </div>
  )
}
