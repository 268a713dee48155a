import { useMemo } from 'react'
import { traceOf } from '../../../core/mitigations/trace.ts'
import { useSession } from '../../state/session.ts'
import { useFacts } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import panel from '../../ui/panel.module.css'
import { Progress } from '../../ui/progress.tsx'
import { t } from '../../words/translate.ts'
import { type Coverage, coverageOf } from './scope-model.ts'
import styles from './scope-view.module.css'

/** How far the requirements reach into the rest of the design. */
export function CoverageCard() {
  const design = useDesign()
  const facts = useFacts()
  const now = useSession(session => session.now)
  const coverage = useMemo(() => coverageOf(traceOf(design, facts.packs, now)), [design, facts.packs, now])
  const hints = facts.hints().length
  const all = coverage[0]?.of ?? 0
  return (
    <section aria-label={t('Coverage')} className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>{t('Coverage')}</h2>
        <span className={panel.grow} />
        <span className={panel.count}>{t('{{count}} requirements', { count: all })}</span>
      </div>
      <div className={styles.coverage}>
        {coverage.map(({ id, ...line }) => (
          <Progress key={id} label={coverageName(id)} {...line} />
        ))}
        <p className={panel.sub}>{hints > 0 ? t('{{count}} hints', { count: hints }) : t('No hints.')}</p>
      </div>
    </section>
  )
}

function coverageName(id: Coverage['id']): string {
  return { approved: t('Approved'), modelled: t('Modelled'), threatened: t('With threats'), checked: t('Checked') }[id]
}
