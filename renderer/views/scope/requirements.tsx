import { addSomeRequirements } from '../../commands/definitions/scope.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { AddLine } from '../../ui/add-line.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import { ApprovalBar } from './approval-bar.tsx'
import { GhostRequirements } from './ghost-requirements.tsx'
import { RequirementRow } from './requirement-row.tsx'
import { examplesFor, requirementLines } from './scope-model.ts'
import styles from './scope-view.module.css'

/** The list of requirements: one line is one requirement, and typing is the interface. */
export function Requirements() {
  const design = useDesign()
  const facts = useFacts()
  const run = useRun()
  const hints = facts.hints()
  const lines = requirementLines(design, hints)
  const examples = examplesFor(design)
  return (
    <section aria-label={t('Requirements')} className={panel.card} tabIndex={-1} data-focus="requirements">
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>{t('Requirements')}</h2>
        <span className={panel.count}>{lines.length}</span>
        <span className={panel.grow} />
        <span className={panel.count}>{hints.length > 0 ? t('{{count}} hints', { count: hints.length }) : ''}</span>
      </div>
      <ApprovalBar />
      {lines.length > 0 ? (
        <ul>
          {lines.map(line => (
            <RequirementRow key={line.row.id} line={line} />
          ))}
        </ul>
      ) : (
        <p className={styles.first}>
          {t('Write what the system must do, one testable sentence a line. Or begin with an example and change it.')}
        </p>
      )}
      {lines.length > 1 ? (
        <p className={styles.outlineHint}>
          {t('While you write, Tab makes a line a part of the one above, Shift+Tab takes it out; after Esc, Tab moves on.')}
        </p>
      ) : null}
      {examples.length > 0 ? <GhostRequirements examples={examples} /> : null}
      <AddLine
        label={t('New requirement')}
        placeholder={t('Write a requirement and press Enter, or paste a list')}
        focus="new-requirement"
        onAdd={text => run(addSomeRequirements, text)}
      />
    </section>
  )
}
