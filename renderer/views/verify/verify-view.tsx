import { RotateCw } from 'lucide-react'
import { rowsOf } from '../../../core/model/table.ts'
import { showWorkItem } from '../../commands/definitions/prompts.ts'
import { finish, readAgain, runVerify } from '../../commands/definitions/review-verdict.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Keys } from '../../ui/keys.tsx'
import panel from '../../ui/panel.module.css'
import { Pick } from '../../ui/pick.tsx'
import { ProblemList } from '../../ui/problem-list.tsx'
import { t } from '../../words/translate.ts'
import { Bands } from './bands.tsx'
import { Basis } from './basis.tsx'
import { ChangedFiles } from './changed-files.tsx'
import { CheckPanel } from './check-panel.tsx'
import { FinishDialog } from './finish-dialog.tsx'
import { KeyLine } from './key-line.tsx'
import { Queue } from './queue.tsx'
import { Summary } from './summary.tsx'
import { useReview } from './use-review.ts'
import styles from './verify-view.module.css'

/** Step 8: the change against its checklist. The diff stands before every claim about it. */
export function VerifyView() {
  const design = useDesign()
  const run = useRun()
  const review = useReview()
  const isFinishing = useSession(session => session.finishing)
  const isReadOnly = useSession(session => session.save.kind === 'readOnly')
  const items = rowsOf(design.workItems)
  const isReady = review.workItem !== undefined && review.record !== undefined
  return (
    <section aria-label={t('Verify')} className={styles.view} data-place="review">
      <div className={styles.bar}>
        <h1 className={panel.title}>{t('Verify')}</h1>
        {review.workItem === undefined ? null : (
          <div className={styles.pick}>
            <Pick
              label={t('Work item')}
              hideLabel
              value={review.workItem}
              choices={items.map(item => ({ value: item.id, label: item.name }))}
              onPick={id => run(showWorkItem, id)}
            />
          </div>
        )}
        <Summary review={review} />
        <span className={panel.grow} />
        <div className={`${panel.actions} ${styles.deeds}`}>
          <IconButton
            label={t('Read the change again')}
            isDisabled={review.workItem === undefined}
            onPress={() => run(readAgain)}
          >
            <RotateCw size={15} aria-hidden />
          </IconButton>
          <Button isDisabled={review.workItem === undefined || isReadOnly} onPress={() => run(runVerify)}>
            {t('Run verify')}
          </Button>
          <Button look="primary" isDisabled={!isReady} onPress={() => run(finish)}>
            {t('Finish')} <Keys chord="Shift+Enter" />
          </Button>
        </div>
      </div>
      <Bands review={review} />
      {review.workItem === undefined ? (
        <Empty title={t('Nothing to verify yet.')}>
          <p>
            {t('A change is verified against the checklist of a work item.')} <a href="#/prompts">{t('Add one in step 6.')}</a>
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
      {review.workItem === undefined ? null : <KeyLine />}
      {isFinishing && review.record ? <FinishDialog record={review.record} /> : null}
    </section>
  )
}
