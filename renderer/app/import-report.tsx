import { FORMATS } from '../../core/interop/formats.ts'
import type { ImportSummary } from '../../core/interop/report.ts'
import { ProblemList } from '../ui/problem-list.tsx'
import { t } from '../words/translate.ts'
import styles from './import-dialog.module.css'
import { kindCounted } from './import-kinds.ts'
import { LossesTable } from './losses-table.tsx'

/** What a file holds, and everything of it that cannot be kept, with the reason. */
export function ImportReport({ summary }: { readonly summary: ImportSummary }) {
  const format = FORMATS.find(({ name }) => name === summary.format)?.title ?? summary.format
  return (
    <div className={styles.report}>
      <p className={styles.lead}>
        {t('Found by its content: {{format}}, version {{version}}. Nothing is written yet.', {
          format,
          version: summary.formatVersion,
        })}
      </p>
      <ul className={styles.counts} aria-label={t('What it holds')}>
        {Object.entries(summary.counts)
          .filter(([, count]) => count > 0)
          .map(([kind, count]) => (
            <li key={kind}>{kindCounted(kind, count)}</li>
          ))}
      </ul>
      <h3>
        {summary.losses.length === 0
          ? t('Cannot be kept: nothing')
          : t('Cannot be kept: {{count}} things', { count: summary.losses.length })}
      </h3>
      {summary.losses.length > 0 ? (
        <LossesTable losses={summary.losses} label={t('What cannot be kept')} place={t('Where in the file')} />
      ) : null}
      {summary.problems.length > 0 ? (
        <>
          <h3>{t('Looked wrong')}</h3>
          <ProblemList problems={summary.problems} />
        </>
      ) : null}
    </div>
  )
}
