import { goToObject } from '../../commands/definitions/select.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { CATEGORY_NAMES, DECISION_NAMES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import styles from './findings-part.module.css'
import { Part } from './part.tsx'

const SHOWN = 12

/** What the rules found on one object; a line goes to its finding. */
export function FindingsPart({ subject }: { readonly subject: string }) {
  const design = useDesign()
  const findings = useFacts()
    .findings()
    .filter(finding => finding.subject === subject && finding.applicability === 'applies')
  const run = useRun()
  if (findings.length === 0) return null
  return (
    <Part title={`Findings (${findings.length})`}>
      <ul className={styles.list}>
        {findings.slice(0, SHOWN).map(finding => {
          const decision = design.triage[finding.id]?.decision
          return (
            <li key={finding.id}>
              <button type="button" className={styles.line} onClick={() => run(goToObject, finding.id)}>
                <span className={styles.title}>{finding.title}</span>
                <span className={styles.more}>
                  {finding.categories.map(category => CATEGORY_NAMES[category]).join(', ')}
                  {decision ? (
                    <Badge tone={decision === 'real' ? 'bad' : 'good'}>{DECISION_NAMES[decision]}</Badge>
                  ) : finding.attention === 'now' ? (
                    <Badge tone="warn">Open</Badge>
                  ) : (
                    <Badge>Later</Badge>
                  )}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </Part>
  )
}
