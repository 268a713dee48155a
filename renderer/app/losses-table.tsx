import type { Loss } from '../../core/interop/report.ts'
import table from '../ui/table.module.css'
import { t } from '../words/translate.ts'
import styles from './import-dialog.module.css'

type Props = { readonly losses: readonly Loss[]; readonly label: string; readonly place: string }

/** What is lost, why, and where it stands. */
export function LossesTable({ losses, label, place }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
    <section aria-label={label} className={`${table.wrap} ${styles.losses}`} tabIndex={0}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('What')}</th>
            <th scope="col">{t('Why')}</th>
            <th scope="col">{place}</th>
          </tr>
        </thead>
        <tbody>
          {losses.map(loss => (
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
  )
}
