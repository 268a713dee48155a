import { Copy, Printer } from 'lucide-react'
import { deriveChecklist } from '../../../core/checklists/derive.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { showWorkItem, workItemShown } from '../../commands/definitions/prompts.ts'
import { copyChecklistMarkdown, copyTaskList, printPage } from '../../commands/definitions/review.ts'
import { useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { counted } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import panel from '../../ui/panel.module.css'
import { Pick } from '../../ui/pick.tsx'
import { ProblemList } from '../../ui/problem-list.tsx'
import { CheckRow } from './check-row.tsx'
import { checkGroups, isMachine } from './checklist-model.ts'
import styles from './checklist-view.module.css'

/** Step 7: what must be proven about the change, each check in one sentence with one way to decide it. */
export function ChecklistView() {
  const design = useDesign()
  const facts = useFacts()
  const run = useRun()
  const session = useSession()
  const workItem = workItemShown({ design, session })
  const items = rowsOf(design.workItems)
  const checklist = workItem === undefined ? undefined : deriveChecklist(design, facts.packs, { workItem, at: facts.at })
  const checks = checklist?.ok ? checklist.value.checks : []
  const machine = checks.filter(isMachine).length
  return (
    <section aria-label="Checklist" className={panel.page}>
      <div className={styles.column}>
        <div className={panel.head}>
          <h1 className={panel.title}>Checklist</h1>
          {workItem === undefined ? null : (
            <div className={styles.pick}>
              <Pick
                label="Work item"
                hideLabel
                value={workItem}
                choices={items.map(item => ({ value: item.id, label: item.name }))}
                onPick={id => run(showWorkItem, id)}
              />
            </div>
          )}
          <span className={panel.grow} />
          <div className={`${panel.actions} ${styles.noPrint}`}>
            <Button icon={<Copy size={14} aria-hidden />} isDisabled={checks.length === 0} onPress={() => run(copyTaskList)}>
              Copy as task list
            </Button>
            <Button isDisabled={checks.length === 0} onPress={() => run(copyChecklistMarkdown)}>
              Copy as Markdown
            </Button>
            <Button icon={<Printer size={14} aria-hidden />} isDisabled={checks.length === 0} onPress={() => run(printPage)}>
              Print
            </Button>
          </div>
        </div>
        {checklist === undefined ? (
          <Empty title="A checklist belongs to a work item.">
            <p>
              Add one in <a href="#/prompts">step 6</a>.
            </p>
          </Empty>
        ) : null}
        {checklist && !checklist.ok ? <ProblemList problems={checklist.problems} /> : null}
        {checklist?.ok ? (
          <>
            <p className={panel.sub}>
              {checklist.value.id}, slice <code>{checklist.value.slice.slice(7, 13)}</code>: {counted(checks.length, 'check')},{' '}
              {machine} decided by evidence, {checks.length - machine} by people. Answer each with yes, no or cannot tell.
            </p>
            {checkGroups(checks).map(group => (
              <section key={group.title} aria-label={group.title} className={`${panel.card} ${styles.group}`}>
                <div className={panel.cardHead}>
                  <h2 className={panel.cardTitle}>{group.title}</h2>
                  <span className={panel.count}>{group.checks.length}</span>
                </div>
                <ul>
                  {group.checks.map(check => (
                    <CheckRow key={check.id} check={check} />
                  ))}
                </ul>
              </section>
            ))}
          </>
        ) : null}
      </div>
    </section>
  )
}
