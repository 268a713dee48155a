import { rowsOf } from '../../../core/model/table.ts'
import type { AttributeName, Element, Ternary } from '../../../core/model/types.ts'
import { editObject, moveInto, removeObjects, renameObject } from '../../commands/definitions/model.ts'
import { ATTRIBUTE_GROUPS, ATTRIBUTE_NAMES, ATTRIBUTES_OF } from '../../state/attribute-words.ts'
import { useRun } from '../../state/use-commands.ts'
import { KIND_NAMES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import { Pick } from '../../ui/pick.tsx'
import { TernaryField } from '../../ui/ternary-field.tsx'
import styles from './inspector.module.css'
import { LinkChecks } from './link-checks.tsx'
import { Part } from './part.tsx'

const KINDS = (['process', 'dataStore', 'externalEntity'] as const).map(value => ({ value, label: KIND_NAMES[value] }))

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
      <DraftField label="Name" value={element.name} onCommit={name => run(renameObject, { id, name })} />
      <Pick label="Kind" value={element.kind} choices={KINDS} onPick={kind => set('kind', { kind })} />
      <Pick
        label="Trust boundary"
        value={element.boundary ?? ''}
        empty="In no boundary"
        choices={rowsOf(design.boundaries).map(row => ({ value: row.id, label: row.name }))}
        onPick={boundary => run(moveInto, { ids: [id], boundary: boundary || undefined })}
      />
      <DraftField
        label="Technology"
        value={element.technology ?? ''}
        onCommit={text => set('technology', { technology: text || undefined })}
      />
      <DraftField
        label="Description"
        multiline
        value={element.description ?? ''}
        onCommit={text => set('description', { description: text || undefined })}
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
                onPick={value => set(ATTRIBUTE_NAMES[name].toLowerCase(), { [`attributes/${name}`]: asStated(value) })}
              />
            ))}
          </Part>
        )
      })}
      <Part title={element.kind === 'dataStore' ? 'Data it stores' : 'Data it holds'}>
        <LinkChecks
          label="Data"
          rows={rowsOf(design.data).map(row => ({ id: row.id, name: row.name, more: row.class }))}
          linked={element.data}
          onToggle={(data, linked) => set('data', { [`data/${data}`]: linked ? true : undefined })}
          empty="Data assets are named in step 1."
        />
      </Part>
      <Part title="Scope">
        <DraftField
          label="Out of scope because"
          value={element.outOfScope ?? ''}
          note="A reason takes it out of scope; no findings are looked for."
          onCommit={text => set('scope', { outOfScope: text || undefined })}
        />
        <div className={styles.buttons}>
          <Button look="danger" onPress={() => run(removeObjects, [id])}>
            Remove element
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
