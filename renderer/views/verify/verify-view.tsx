import { rowsOf } from '../../../core/model/table.ts'
import { showWorkItem } from '../../commands/definitions/prompts.ts'
import { runVerify } from '../../commands/definitions/review.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Keys } from '../../ui/keys.tsx'
import panel from '../../ui/panel.module.css'
import { Pick } from '../../ui/pick.tsx'
import { ProblemList } from '../../ui/problem-list.tsx'
import { Basis } from './basis.tsx'
import { ChangedFiles } from './changed-files.tsx'
import { CheckPanel } from './check-panel.tsx'
import { Queue } from './queue.tsx'
import { Summary } from './summary.tsx'
import { useReview } from './use-review.ts'
import styles from './verify-view.module.css'

/** Step 8: the change against its checklist. The diff stands before every claim about it. */
export function VerifyView() {
  const design = useDesign()
  const run = useRun()
  const review = useReview()
  const items = rowsOf(design.workItems)
  return (
    <section aria-label="Verify" className={styles.view} data-place="review">
      <div className={styles.bar}>
        <h1 className={panel.title}>Verify</h1>
        {review.workItem === undefined ? null : (
          <div className={styles.pick}>
            <Pick
              label="Work item"
              hideLabel
              value={review.workItem}
              choices={items.map(item => ({ value: item.id, label: item.name }))}
              onPick={id => run(showWorkItem, id)}
            />
          </div>
        )}
        <Summary review={review} />
        <span className={panel.grow} />
        <Button isDisabled={review.workItem === undefined} onPress={() => run(runVerify)}>
          Run verify <Keys chord="Shift+Enter" />
        </Button>
      </div>
      {review.workItem === undefined ? (
        <Empty title="Nothing to verify yet.">
          <p>
            A change is verified against the checklist of a work item. <a href="#/prompts">Add one in step 6.</a>
          </p>
        </Empty>
      ) : review.problems.length > 0 ? (
        <div className={styles.problems}>
          <ProblemList problems={review.problems} />
        </div>
      ) : (
        <div className={styles.columns}>
          <Queue review={review} />
          <div className={styles.centre}>
            <div className={styles.upper}>
              <ChangedFiles review={review} />
            </div>
            <div className={styles.lower}>
              <CheckPanel review={review} />
            </div>
          </div>
          <Basis review={review} />
        </div>
      )}
    </section>
  )
}
