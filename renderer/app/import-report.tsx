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
        This is {summary.format} {summary.formatVersion}. Nothing is written yet.
      </p>
      <ul className={styles.counts} aria-label="What it holds">
        {Object.entries(summary.counts).map(([kind, count]) => (
          <li key={kind}>
            <strong>{count}</strong> {wordsOf(kind)}
          </li>
        ))}
      </ul>
      <h3>Cannot be kept: {summary.losses.length === 0 ? 'nothing' : counted(summary.losses.length, 'thing')}</h3>
      {summary.losses.length > 0 ? (
        <div className={`${table.wrap} ${styles.losses}`}>
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
        </div>
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

/** "dataStores" as a person reads it. */
function wordsOf(kind: string): string {
  return kind.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
}
