import { rowsOf } from '../../../core/model/table.ts'
import { addOneWorkItem, workItemShown } from '../../commands/definitions/prompts.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { AddLine } from '../../ui/add-line.tsx'
import { Empty } from '../../ui/empty.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import { PromptPane } from './prompt-pane.tsx'
import styles from './prompts-view.module.css'
import { useLedger } from './use-versions.ts'
import { WorkItemForm } from './work-item-form.tsx'
import { WorkItemList } from './work-item-list.tsx'

/** Step 6: work items, and for each the guarded prompt with where every line comes from. */
export function PromptsView() {
  const design = useDesign()
  const run = useRun()
  const session = useSession()
  const ledger = useLedger()
  const shown = workItemShown({ design, session })
  const item = shown === undefined ? undefined : design.workItems[shown]
  return (
    <div className={styles.frame}>
      <section aria-label={t('Prompts')} className={styles.view} data-place="prompt">
        <div className={styles.list}>
          <div className={styles.listHead}>
            <h1 className={panel.title}>{t('Prompts')}</h1>
          </div>
          <WorkItemList
            items={rowsOf(design.workItems)}
            shown={shown}
            ledger={ledger.kind === 'read' ? ledger.value : undefined}
          />
          {item ? <WorkItemForm key={item.id} item={item} /> : <div />}
          <AddLine
            label={t('New work item')}
            placeholder={t('What should come out?')}
            focus="new-work-item"
            onAdd={goal => run(addOneWorkItem, goal)}
          />
        </div>
        {item ? (
          <PromptPane key={item.id} item={item} ledger={ledger} />
        ) : (
          <Empty title={t('A work item is one prompt-sized change.')}>
            <p>
              {t(
                'Say in one sentence what should come out, then choose what it touches. On the canvas, select elements and press W.',
              )}
            </p>
          </Empty>
        )}
      </section>
    </div>
  )
}
