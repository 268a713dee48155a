import styles from './inspector.module.css'

type Props = {
  readonly label: string
  readonly rows: readonly { readonly id: string; readonly name: string; readonly more?: string | undefined }[]
  readonly linked: Readonly<Record<string, true>> | undefined
  readonly onToggle: (id: string, linked: boolean) => void
  readonly empty: string
}

/** Which of these belong to it, as check boxes. */
export function LinkChecks({ label, rows, linked, onToggle, empty }: Props) {
  if (rows.length === 0) return <p className={styles.mute}>{empty}</p>
  return (
    <fieldset className={styles.checks}>
      <legend className="visually-hidden">{label}</legend>
      {rows.map(row => (
        <label key={row.id} className={styles.check}>
          <input type="checkbox" checked={linked?.[row.id] === true} onChange={event => onToggle(row.id, event.target.checked)} />
          <span>{row.name}</span>
          {row.more ? <span className={styles.more}>{row.more}</span> : null}
        </label>
      ))}
    </fieldset>
  )
}
