import { rowsOf } from '../../../core/model/table.ts'
import type { WorkItem } from '../../../core/model/types.ts'
import { editOneWorkItem } from '../../commands/definitions/prompts.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { DraftField } from '../../ui/draft-field.tsx'
import { Pick } from '../../ui/pick.tsx'
import inspector from '../inspector/inspector.module.css'
import { LinkChecks } from '../inspector/link-checks.tsx'
import styles from './prompts-view.module.css'

const OPERATIONS: readonly { readonly value: WorkItem['operation']; readonly label: string }[] = [
  { value: 'generate', label: 'Generate code' },
  { value: 'refactor', label: 'Refactor' },
  { value: 'test', label: 'Write tests' },
  { value: 'docs', label: 'Write documentation' },
  { value: 'review', label: 'Review' },
  { value: 'design', label: 'Design' },
  { value: 'iac', label: 'Infrastructure as code' },
  { value: 'migration', label: 'Migration' },
  { value: 'dependency', label: 'Dependency change' },
]

type Links = 'elements' | 'flows' | 'requirements'

/** What a work item asks for and what it may touch: structured fields instead of a blank box. */
export function WorkItemForm({ item }: { readonly item: WorkItem }) {
  const design = useDesign()
  const run = useRun()
  const { id } = item
  const set = (fields: Parameters<typeof editOneWorkItem.plan>[1]['fields']) => run(editOneWorkItem, { id, fields })
  const toggle = (field: Links) => (other: string, linked: boolean) => {
    const rest = Object.keys(item[field] ?? {}).filter(one => one !== other)
    set({ [field]: linked ? [...rest, other] : rest })
  }
  const globs = (field: 'mayEdit' | 'mayRead' | 'mustNotTouch', label: string) => (
    <DraftField
      label={label}
      multiline
      value={Object.keys(item[field] ?? {}).join('\n')}
      placeholder="One path or glob a line"
      onCommit={text => set({ [field]: text.split(/\s+/).filter(Boolean) })}
    />
  )
  return (
    <div className={styles.form}>
      <DraftField label="Title" value={item.name} onCommit={name => set({ name })} />
      <DraftField label="Goal" multiline value={item.goal} onCommit={goal => set({ goal })} />
      <DraftField label="Done when" multiline value={item.doneWhen ?? ''} onCommit={doneWhen => set({ doneWhen })} />
      <Pick label="Operation" value={item.operation} choices={OPERATIONS} onPick={operation => set({ operation })} />
      <DraftField
        label="Language"
        value={item.language ?? ''}
        placeholder="typescript, python, …"
        onCommit={language => set({ language })}
      />
      <DraftField label="Stack and versions" value={item.stack ?? ''} onCommit={stack => set({ stack })} />
      <details className={styles.fold}>
        <summary>
          Touches {Object.keys(item.elements ?? {}).length + Object.keys(item.flows ?? {}).length} elements and flows
        </summary>
        <div className={inspector.fields}>
          <LinkChecks
            label="Elements"
            rows={rowsOf(design.elements)}
            linked={item.elements}
            onToggle={toggle('elements')}
            empty="Nothing is drawn yet."
          />
          <LinkChecks
            label="Flows"
            rows={rowsOf(design.flows)}
            linked={item.flows}
            onToggle={toggle('flows')}
            empty="No flow is drawn yet."
          />
        </div>
      </details>
      <details className={styles.fold}>
        <summary>Meets {Object.keys(item.requirements ?? {}).length} requirements</summary>
        <div className={inspector.fields}>
          <LinkChecks
            label="Requirements"
            rows={rowsOf(design.requirements)
              .filter(row => row.status !== 'retired')
              .map(row => ({ id: row.id, name: row.statement }))}
            linked={item.requirements}
            onToggle={toggle('requirements')}
            empty="No requirement is written yet."
          />
        </div>
      </details>
      <details className={styles.fold}>
        <summary>Files</summary>
        <div className={inspector.fields}>
          {globs('mayEdit', 'May edit')}
          {globs('mayRead', 'May read')}
          {globs('mustNotTouch', 'Must not touch')}
        </div>
      </details>
    </div>
  )
}
