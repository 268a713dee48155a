import type { WorkItem } from '../../../core/model/types.ts'
import { showWorkItem } from '../../commands/definitions/prompts.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { Badge } from '../../ui/badge.tsx'
import styles from './prompts-view.module.css'

type Props = { readonly items: readonly WorkItem[]; readonly shown: string | undefined }

/** The work items, each with whether its gate is open. */
export function WorkItemList({ items, shown }: Props) {
  const facts = useFacts()
  const run = useRun()
  return (
    <ul aria-label="Work items" className={styles.items}>
      {items.map(item => {
        const gate = facts.gateFor(item.id)
        return (
          <li key={item.id}>
            <button
              type="button"
              className={styles.item}
              data-focus={`object ${item.id}`}
              aria-current={item.id === shown}
              onClick={() => run(showWorkItem, item.id)}
            >
              <span className={styles.itemName}>{item.name}</span>
              <span className={styles.itemMore}>
                <code>{item.id}</code>
                {gate.open ? <Badge tone="good">Gate open</Badge> : <Badge tone="bad">{gate.problems.length} blocking</Badge>}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
