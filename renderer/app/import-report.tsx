import type { ImportSummary } from '../../core/interop/report.ts'
import { ProblemList } from '../ui/problem-list.tsx'
import table from '../ui/table.module.css'
import { numberWords } from '../words/format.ts'
import { t } from '../words/translate.ts'
import styles from './import-dialog.module.css'

/** What a file holds, and everything of it that cannot be kept, with the reason. */
export function ImportReport({ summary }: { readonly summary: ImportSummary }) {
  return (
    <div className={styles.report}>
      <p className={styles.lead}>
        {t('This is a {{format}} model, version {{version}}. Nothing is written yet.', {
          format: FORMAT_NAMES[summary.format] ?? summary.format,
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
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
        <section aria-label={t('What cannot be kept')} className={`${table.wrap} ${styles.losses}`} tabIndex={0}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('What')}</th>
                <th scope="col">{t('Why')}</th>
                <th scope="col">{t('Where in the file')}</th>
              </tr>
            </thead>
            <tbody>
              {summary.losses.map(loss => (
                <tr key={`${loss.at} ${loss.what}`}>
                  <td>{loss.what}</td>
                  <td>{loss.why}</td>
                  <td>
                    <code>{loss.at}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
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

const FORMAT_NAMES: Readonly<Record<string, string>> = {
  'threat-dragon-v1': 'Threat Dragon',
  'threat-dragon-v2': 'Threat Dragon',
  'tm-library': 'OWASP Threat Model Library',
  otm: 'Open Threat Model',
  'threat-composer': 'Threat Composer',
  skeptic: 'Skeptic',
}

/** How many of a kind of row there are; a kind nobody named yet keeps its stored name. */
function kindCounted(kind: string, count: number): string {
  return KINDS[kind]?.(count) ?? `${numberWords(count)} ${kind}`
}

const KINDS: Readonly<Record<string, (count: number) => string>> = {
  requirements: count => t('{{count}} requirements', { count }),
  assumptions: count => t('{{count}} assumptions', { count }),
  data: count => t('{{count}} data assets', { count }),
  processes: count => t('{{count}} processes', { count }),
  dataStores: count => t('{{count}} data stores', { count }),
  externalEntities: count => t('{{count}} external entities', { count }),
  elements: count => t('{{count}} elements', { count }),
  flows: count => t('{{count}} flows', { count }),
  boundaries: count => t('{{count}} boundaries', { count }),
  diagrams: count => t('{{count}} diagrams', { count }),
  threats: count => t('{{count}} threats', { count }),
  mitigations: count => t('{{count}} mitigations', { count }),
  acceptances: count => t('{{count}} acceptances', { count }),
}
