import { explainFinding } from '../../../core/threats/explain.ts'
import type { Finding } from '../../../core/threats/finding.ts'
import { reopenChosen, TRIAGE_KEYS } from '../../commands/definitions/threats.ts'
import { useContextNow, useFacts, useRun } from '../../state/use-commands.ts'
import { CATEGORY_NAMES, DECISION_NAMES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Keys } from '../../ui/keys.tsx'
import styles from './inspector.module.css'
import { Part } from './part.tsx'

const ROLES = { source: 'From', flow: 'Flow', target: 'To', element: 'Element' } as const

/** One finding: what could happen, why it came out, and the decision. */
export function FindingPanel({ finding }: { readonly finding: Finding }) {
  const design = useDesign()
  const facts = useFacts()
  const run = useRun()
  const context = useContextNow()
  const why = explainFinding(design, facts.packs.rules, finding.id)
  const decision = design.triage[finding.id]
  return (
    <div className={styles.fields}>
      <p className={styles.lead}>{finding.title}</p>
      <div className={styles.buttons}>
        {finding.categories.map(category => (
          <Badge key={category} tone="accent">
            {CATEGORY_NAMES[category]}
          </Badge>
        ))}
        {finding.cwe.map(cwe => (
          <Badge key={cwe}>{cwe}</Badge>
        ))}
      </div>
      <p className={styles.text}>{finding.description}</p>
      <Part title="Decide">
        <p className={styles.text}>{finding.question}</p>
        {decision ? <Decision of={decision} /> : null}
        <div className={styles.buttons}>
          {TRIAGE_KEYS.map(command => (
            <Button key={command.id} small isDisabled={!command.plan(context).ok} onPress={() => run(command)}>
              {command.title
                .replace('Judge ', '')
                .replace('…', '')
                .replace(/^./, letter => letter.toUpperCase())}{' '}
              <Keys chord={command.keys?.[0]?.chord ?? ''} />
            </Button>
          ))}
          {decision ? (
            <Button small onPress={() => run(reopenChosen)}>
              Take back <Keys chord="S" />
            </Button>
          ) : null}
        </div>
      </Part>
      <Part title="Why it came out">
        <p className={styles.text}>{finding.reason}</p>
        {why ? (
          <>
            <dl className={styles.facts}>
              {why.bindings.map(bound => (
                <div key={bound.role}>
                  <dt>{ROLES[bound.role]}</dt>
                  <dd>
                    <Chip id={bound.id} named label={bound.label} />
                  </dd>
                </div>
              ))}
            </dl>
            <ul className={styles.facts}>
              {why.attention.map(reason => (
                <li key={reason.code}>{reason.sentence}</li>
              ))}
              {why.facts.map(fact => (
                <li key={fact.sentence}>{fact.sentence}</li>
              ))}
            </ul>
            <p className={styles.mute}>
              Rule <code>{finding.rule}</code> of pack {finding.pack}
              {why.rule?.follows ? `, after ${why.rule.follows}` : ''}.
            </p>
          </>
        ) : null}
      </Part>
    </div>
  )
}

type Decided = NonNullable<ReturnType<typeof useDesign>['triage'][string]>

function Decision({ of }: { readonly of: Decided }) {
  return (
    <div className={styles.facts}>
      <p>
        <Badge tone={of.decision === 'real' ? 'bad' : 'good'}>{DECISION_NAMES[of.decision]}</Badge> by {of.by},{' '}
        {of.at.slice(0, 10)}
      </p>
      {of.reason ? <p>{of.reason}</p> : null}
      {of.likelihood ? (
        <p className={styles.mute}>
          Likelihood {of.likelihood}, impact {of.impact}
        </p>
      ) : null}
      {of.duplicateOf ? <Chip id={of.duplicateOf} /> : null}
    </div>
  )
}
