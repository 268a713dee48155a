import { rowsOf } from '../../../core/model/table.ts'
import type { AttributeName, Element, Ternary } from '../../../core/model/types.ts'
import { editObject, moveInto, removeObjects, renameObject } from '../../commands/definitions/model.ts'
import { ATTRIBUTE_GROUPS, ATTRIBUTE_NAMES, ATTRIBUTES_OF } from '../../state/attribute-words.ts'
import { useRun } from '../../state/use-commands.ts'
import { choicesOf, KIND_NAMES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import { Pick } from '../../ui/pick.tsx'
import { TernaryField } from '../../ui/ternary-field.tsx'
import { t } from '../../words/translate.ts'
import styles from './inspector.module.css'
import { LinkChecks } from './link-checks.tsx'
import { Part } from './part.tsx'

const KINDS = choicesOf<Element['kind']>(KIND_NAMES, ['process', 'dataStore', 'externalEntity'])

/** A process, data store or external entity: what it is, where it lies, what it states about security. */
export function ElementPanel({ element }: { readonly element: Element }) {
  const design = useDesign()
  const run = useRun()
  const { id } = element
  const set = (label: string, fields: Readonly<Record<string, unknown>>) => run(editObject, { id, fields, label })
  const stated = Object.keys(element.attributes ?? {}) as AttributeName[]
  const names = [...new Set([...ATTRIBUTES_OF[element.kind], ...stated])]
  return (
    <div className={styles.fields}>
      <DraftField label={t('Name')} value={element.name} onCommit={name => run(renameObject, { id, name })} />
      <Pick label={t('Kind')} value={element.kind} choices={KINDS} onPick={kind => set(t('kind'), { kind })} />
      <Pick
        label={t('Trust boundary')}
        value={element.boundary ?? ''}
        empty={t('In no boundary')}
        choices={rowsOf(design.boundaries).map(row => ({ value: row.id, label: row.name }))}
        onPick={boundary => run(moveInto, { ids: [id], boundary: boundary || undefined })}
      />
      <DraftField
        label={t('Technology')}
        value={element.technology ?? ''}
        onCommit={text => set(t('technology'), { technology: text || undefined })}
      />
      <DraftField
        label={t('Description')}
        multiline
        value={element.description ?? ''}
        onCommit={text => set(t('description'), { description: text || undefined })}
      />
      {ATTRIBUTE_GROUPS.map(group => {
        const asked = group.names.filter(name => names.includes(name))
        if (asked.length === 0) return null
        return (
          <Part key={group.title} title={group.title}>
            {asked.map(name => (
              <TernaryField
                key={name}
                label={ATTRIBUTE_NAMES[name]}
                value={element.attributes?.[name]}
                onPick={value =>
                  set(t('“{{statement}}”', { statement: ATTRIBUTE_NAMES[name] }), { [`attributes/${name}`]: asStated(value) })
                }
              />
            ))}
          </Part>
        )
      })}
      <Part title={element.kind === 'dataStore' ? t('Data it stores') : t('Data it holds')}>
        <LinkChecks
          label={t('Data')}
          rows={rowsOf(design.data).map(row => ({ id: row.id, name: row.name, more: row.class }))}
          linked={element.data}
          onToggle={(data, linked) => set(t('data'), { [`data/${data}`]: linked ? true : undefined })}
          empty={t('Data assets are named in step 1.')}
        />
      </Part>
      <Part title={t('Scope')}>
        <DraftField
          label={t('Out of scope because')}
          value={element.outOfScope ?? ''}
          note={t('A reason takes it out of scope; no findings are looked for.')}
          onCommit={text => set(t('scope'), { outOfScope: text || undefined })}
        />
        <div className={styles.buttons}>
          <Button look="danger" onPress={() => run(removeObjects, [id])}>
            {t('Remove element')}
          </Button>
        </div>
      </Part>
    </div>
  )
}

/** Unknown takes the statement back: a missing one means the same. */
function asStated(value: Ternary): Ternary | undefined {
  return value === 'unknown' ? undefined : value
}
