import { Copy, Printer } from 'lucide-react'
import type { Checklist } from '../../../core/checklists/derive.ts'
import { labelOf } from '../../../core/model/lookup.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { PromptVersion } from '../../../core/prompts/versions.ts'
import { copyChecklistMarkdown, copyPullRequest, copyTaskList, printPage } from '../../commands/definitions/checklist.ts'
import { showWorkItem } from '../../commands/definitions/prompts.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { MenuButton } from '../../ui/menu-button.tsx'
import panel from '../../ui/panel.module.css'
import { Pick } from '../../ui/pick.tsx'
import { Seal, type SealState } from '../../ui/seal.tsx'
import { t } from '../../words/translate.ts'
import { isMachine } from './checklist-model.ts'
import styles from './checklist-view.module.css'

type Props = {
  readonly workItem: string | undefined
  readonly checklist: Checklist | undefined
  readonly state: SealState
  readonly last: PromptVersion | undefined
  readonly onShowChanges: (() => void) | undefined
}

/** Whose checklist it is, what it was made from, how much there is to do; and the ways to take it along. */
export function ChecklistHead({ workItem, checklist, state, last, onShowChanges }: Props) {
  const design = useDesign()
  const run = useRun()
  const items = rowsOf(design.workItems)
  const checks = checklist?.checks ?? []
  const isEmpty = checks.length === 0
  return (
    <>
      <div className={`${panel.head} ${styles.head}`}>
        <h1 className={panel.title}>{t('Checklist')}</h1>
        {workItem === undefined ? null : (
          <div className={styles.pick}>
            <Pick
              label={t('Work item')}
              hideLabel
              value={workItem}
              choices={items.map(item => ({ value: item.id, label: item.name }))}
              onPick={id => run(showWorkItem, id)}
            />
          </div>
        )}
        <span className={panel.grow} />
        <div className={`${panel.actions} ${styles.noPrint}`}>
          <MenuButton
            label={t('Copy as')}
            icon={<Copy size={14} aria-hidden />}
            isDisabled={isEmpty}
            items={[
              {
                id: 'pr',
                label: t('Pull request template'),
                note: t('A whole body, with the task list at its end'),
                onPick: () => run(copyPullRequest),
              },
              {
                id: 'tasks',
                label: t('Task list'),
                note: t('Boxes whose ids come back on verify'),
                onPick: () => run(copyTaskList),
              },
              { id: 'markdown', label: t('Markdown'), note: t('A page to read'), onPick: () => run(copyChecklistMarkdown) },
            ]}
          />
          <Button icon={<Printer size={14} aria-hidden />} isDisabled={isEmpty} onPress={() => run(printPage)}>
            {t('Print')}
          </Button>
        </div>
      </div>
      {checklist && workItem !== undefined ? (
        <>
          <div className={`${styles.sub} ${styles.noPrint}`}>
            <code>{checklist.id}</code>
            {last ? <span>{t('from {{id}} v{{version}}', { id: last.id, version: last.number })}</span> : null}
            <Seal digest={checklist.slice} label={t('slice')} state={state} onShow={onShowChanges} />
            <span className={panel.grow} />
            <Counts checklist={checklist} />
          </div>
          <PaperHead name={labelOf(design, workItem)} checklist={checklist} />
        </>
      ) : null}
    </>
  )
}

function Counts({ checklist }: { readonly checklist: Checklist }) {
  const { checks } = checklist
  const machine = checks.filter(isMachine).length
  return (
    <span className={styles.counts}>
      <strong>{t('{{count}} checks', { count: checks.length })}</strong>
      <span>{t('{{count}} automatic', { count: machine })}</span>
      <span>{t('{{count}} by eye', { count: checks.length - machine })}</span>
    </span>
  )
}

/** What stands on top of the printed page, so that paper can be held against the design. */
function PaperHead({ name, checklist }: { readonly name: string; readonly checklist: Checklist }) {
  const facts = useFacts()
  return (
    <div className={styles.paper} aria-hidden>
      <p className={styles.paperTitle}>{t('Checklist: {{name}}', { name })}</p>
      <p>
        <code>
          {checklist.id} · {checklist.workItem}
        </code>{' '}
        · {t('slice')} <code>{checklist.slice.slice(7, 19)}</code> · {t('design')} <code>{facts.digest().slice(7, 19)}</code> ·{' '}
        {t('{{count}} checks', { count: checklist.checks.length })}
      </p>
      <p className={styles.paperLines}>
        <span>{t('Commit')}</span>
        <span>{t('Reviewer')}</span>
        <span>{t('Day')}</span>
      </p>
      <p className={styles.paperKey}>
        {t('Boxes: yes, no, cannot tell. A tick is a note; evidence and answers in the ledger decide.')}
      </p>
    </div>
  )
}
