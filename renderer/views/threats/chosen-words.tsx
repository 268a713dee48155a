import type { MergedFinding } from '../../../core/threats/merged.ts'
import styles from './threats-view.module.css'
import { sourcesWords } from './use-chosen.ts'

/** What a dialog is about: the one finding in full, and how many rules stand behind what is decided. */
export function ChosenWords({ chosen }: { readonly chosen: readonly MergedFinding[] }) {
  const sources = sourcesWords(chosen)
  return (
    <>
      {chosen.length === 1 ? <p>{chosen[0]?.lead.title}</p> : null}
      {sources ? <p className={styles.note}>{sources}</p> : null}
    </>
  )
}
