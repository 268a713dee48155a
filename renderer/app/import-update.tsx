import type { ImportedFiles } from '../../core/interop/import-files.ts'
import { preferImport } from '../commands/definitions/import.ts'
import type { ImportPreview } from '../state/session.ts'
import { useRun } from '../state/use-commands.ts'
import { Segments } from '../ui/segments.tsx'
import table from '../ui/table.module.css'
import { t } from '../words/translate.ts'
import styles from './import-dialog.module.css'

type Props = { readonly result: ImportedFiles; readonly prefer: ImportPreview['prefer'] }

/** What the import does to what the design holds of this model already; nothing while it holds nothing of it. */
export function ImportUpdate({ result: { update, changes, files }, prefer }: Props) {
  const { added, changed, removed, kept, conflicts, gone } = update
  const isNew = changed + removed + kept + conflicts.length + gone.length === 0
  if (isNew || !files.some(({ kind }) => kind === 'read')) return null
  return (
    <section className={styles.update} aria-label={t('What changes in this design')}>
      <h3>{t('What changes in this design')}</h3>
      {changes.length === 0 ? (
        <p className={styles.lead}>{t('Nothing: the design holds all of it already.')}</p>
      ) : (
        <ul className={styles.counts}>
          <li>{t('{{count}} new', { count: added })}</li>
          <li>{t('{{count}} changed', { count: changed })}</li>
          <li>{t('{{count}} removed', { count: removed })}</li>
          <li>{t('{{count}} as they were', { count: kept })}</li>
        </ul>
      )}
      {conflicts.length > 0 ? (
        <>
          <p className={styles.lead}>
            {t('{{count}} fields were changed here and in the file, differently.', { count: conflicts.length })}
          </p>
          <Prefer prefer={prefer} />
          <Conflicts conflicts={conflicts} prefer={prefer} />
        </>
      ) : null}
      {gone.length > 0 ? (
        <>
          <p className={styles.lead}>{t('The file no longer has these; they stay, for somebody worked on them here:')}</p>
          <ul className={styles.gone}>
            {gone.map(({ id, name }) => (
              <li key={id}>
                {name} <code>{id}</code>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}

function Prefer({ prefer }: Pick<Props, 'prefer'>) {
  const run = useRun()
  return (
    <Segments
      label={t('Which value stays')}
      showLabel
      value={prefer}
      choices={[
        { value: 'design', label: t('Ours') },
        { value: 'file', label: t('The file’s') },
      ]}
      onPick={value => run(preferImport, value)}
    />
  )
}

type ConflictsProps = Pick<Props, 'prefer'> & { readonly conflicts: Props['result']['update']['conflicts'] }

function Conflicts({ conflicts, prefer }: ConflictsProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
    <section aria-label={t('Fields changed twice')} className={`${table.wrap} ${styles.losses}`} tabIndex={0}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('What')}</th>
            <th scope="col">{t('Field')}</th>
            <th scope="col">{t('Here')}</th>
            <th scope="col">{t('In the file')}</th>
          </tr>
        </thead>
        <tbody>
          {conflicts.map(({ id, name, field, design, file }) => (
            <tr key={`${id} ${field}`}>
              <td>
                {name} <code>{id}</code>
              </td>
              <td>
                <code>{field}</code>
              </td>
              <td className={prefer === 'design' ? styles.stays : styles.goes}>{valueText(design)}</td>
              <td className={prefer === 'file' ? styles.stays : styles.goes}>{valueText(file)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A value as a person reads it, at a length that fits a row. */
function valueText(value: unknown): string {
  if (value === null || value === undefined) return t('nothing')
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 160 ? `${text.slice(0, 159)}…` : text
}
