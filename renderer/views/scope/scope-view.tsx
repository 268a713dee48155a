import { settingsOf } from '../../../core/model/lookup.ts'
import { setPurpose } from '../../commands/definitions/scope.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { DraftField } from '../../ui/draft-field.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import { Assumptions } from './assumptions.tsx'
import { CoverageCard } from './coverage-card.tsx'
import { DataAssets } from './data-assets.tsx'
import { OutOfScope } from './out-of-scope.tsx'
import { Requirements } from './requirements.tsx'
import { RulePacks } from './rule-packs.tsx'
import styles from './scope-view.module.css'

/** Step 1: what the system is for, what it must do, what is taken for granted, what data is at stake. */
export function ScopeView() {
  const design = useDesign()
  const run = useRun()
  return (
    <section aria-label={t('Scope')} className={panel.page}>
      <div className={panel.head}>
        <h1 className={panel.title}>{t('Scope and requirements')}</h1>
      </div>
      <div className={styles.columns}>
        <div className={panel.stack}>
          <div className={`${panel.card} ${styles.purpose}`}>
            <DraftField
              label={t('Purpose')}
              multiline
              bare
              value={settingsOf(design)?.purpose ?? ''}
              placeholder={t('What is this system for, and for whom?')}
              onCommit={text => run(setPurpose, text)}
            />
          </div>
          <Requirements />
          <Assumptions />
          <RulePacks />
        </div>
        <div className={panel.stack}>
          <CoverageCard />
          <DataAssets />
          <OutOfScope />
        </div>
      </div>
    </section>
  )
}
