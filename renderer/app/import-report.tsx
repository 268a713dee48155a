import type { ImportSummary } from '../../host/contract.ts'
import { counted } from '../state/words.ts'
import { ProblemList } from '../ui/problem-list.tsx'
import table from '../ui/table.module.css'
import styles from './import-dialog.module.css'

/** What a file holds, and everything of it that cannot be kept, with the reason. */
export function ImportReport({ summary }: { readonly summary: ImportSummary }) {
  return (
    <div className={styles.report}>
      <p className={styles.lead}>
        This is a {FORMAT_NAMES[summary.format] ?? summary.format} model, version {summary.formatVersion}. Nothing is written yet.
      </p>
      <ul className={styles.counts} aria-label="What it holds">
        {Object.entries(summary.counts)
          .filter(([, count]) => count > 0)
          .map(([kind, count]) => (
            <li key={kind}>
              <strong>{count}</strong> {wordsOf(kind, count)}
            </li>
          ))}
      </ul>
      <h3>Cannot be kept: {summary.losses.length === 0 ? 'nothing' : counted(summary.losses.length, 'thing')}</h3>
      {summary.losses.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
        <section aria-label="What cannot be kept" className={`${table.wrap} ${styles.losses}`} tabIndex={0}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Why</th>
                <th scope="col">Where in the file</th>
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
          <h3>Looked wrong</h3>
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

/** "dataStores" as a person reads it, in the singular where there is one. */
function wordsOf(kind: string, count: number): string {
  const words = kind.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
  if (count !== 1) return words
  return words
    .replace(/ies$/, 'y')
    .replace(/sses$/, 'ss')
    .replace(/(?<!s)s$/, '')
}
