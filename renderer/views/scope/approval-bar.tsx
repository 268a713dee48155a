import { useMemo } from 'react'
import { rowsOf } from '../../../core/model/table.ts'
import { readyDrafts } from '../../../core/requirements/approve-some.ts'
import { approveMarked, approveReady, clearRequirementMarks } from '../../commands/definitions/approve.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import styles from './scope-view.module.css'

/** Approving several drafts at once: those that are marked, else all that lack nothing. */
export function ApprovalBar() {
  const design = useDesign()
  const run = useRun()
  const marked = useSession(session => session.markedRequirements)
  const ready = useMemo(() => readyDrafts(design).length, [design])
  const drafts = rowsOf(design.requirements).filter(row => row.status === 'draft')
  const count = drafts.filter(row => marked.includes(row.id)).length
  if (drafts.length < 2 && count === 0) return null
  return (
    <div className={styles.approval} role="toolbar" aria-label={t('Approve several')}>
      {count > 0 ? (
        <>
          <strong>{t('{{count}} marked', { count })}</strong>
          <Button small look="primary" onPress={() => run(approveMarked)}>
            {t('Approve marked')}
          </Button>
          <Button small look="quiet" onPress={() => run(clearRequirementMarks)}>
            {t('Unmark')}
          </Button>
        </>
      ) : (
        <>
          <span className={panel.sub}>{t('{{ready}} of {{count}} drafts ready', { ready, count: drafts.length })}</span>
          <Button small isDisabled={ready === 0} onPress={() => run(approveReady)}>
            {t('Approve all that are ready')}
          </Button>
        </>
      )}
    </div>
  )
}
