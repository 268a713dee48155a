import { useState } from 'react'
import type { Finding } from '../../../core/threats/finding.ts'
import type { MergedFinding } from '../../../core/threats/merged.ts'
import { reopenChosen, TRIAGE_KEYS } from '../../commands/definitions/threats.ts'
import { askHeir, restoreGone } from '../../commands/definitions/threats-gone.ts'
import { writeFinding } from '../../commands/definitions/threats-write.ts'
import { membersOf } from '../../state/merged.ts'
import { useContextNow, useRun } from '../../state/use-commands.ts'
import { CATEGORY_NAMES, DECISION_NAMES, PRIVACY_NAMES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Keys } from '../../ui/keys.tsx'
import { t } from '../../words/translate.ts'
import { deedWord } from '../threats/filter-bar.tsx'
import styles from './inspector.module.css'
import { Part } from './part.tsx'
import { SourcesPart } from './sources-part.tsx'
import { WhyPart } from './why-part.tsx'

/** One finding: what could happen, the decision, and why it is there. Of several that say the same, the words of the one chosen. */
export function FindingPanel({ merged }: { readonly merged: MergedFinding }) {
  const members = membersOf(merged)
  const [chosen, setChosen] = useState(merged.lead.id)
  const finding = members.find(member => member.id === chosen) ?? merged.lead
  return (
    <div className={styles.fields}>
      <p className={styles.lead}>{finding.title}</p>
      <div className={styles.badges}>
        {finding.categories.map(category => (
          <Badge key={category} tone="accent">
            {CATEGORY_NAMES[category]}
          </Badge>
        ))}
        {finding.privacy?.map(category => (
          <Badge key={category} tone="info">
            {t('Privacy: {{name}}', { name: PRIVACY_NAMES[category] })}
          </Badge>
        ))}
        {finding.cwe.map(cwe => (
          <Badge key={cwe}>{cwe}</Badge>
        ))}
      </div>
      <p className={styles.text}>{finding.description}</p>
      <Decide finding={finding} />
      {members.length > 1 ? <SourcesPart members={members} chosen={finding.id} onChoose={setChosen} /> : null}
      <WhyPart finding={finding} />
    </div>
  )
}

function Decide({ finding }: { readonly finding: Finding }) {
  const design = useDesign()
  const decision = design.triage[finding.id]
  const run = useRun()
  const context = useContextNow()
  if (finding.applicability === 'gone') return <Gone finding={finding} />
  return (
    <Part title={t('Decide')}>
      <p className={styles.text}>{finding.question}</p>
      {decision ? <Decision of={decision} /> : null}
      <div className={styles.buttons}>
        {TRIAGE_KEYS.map(command => (
          <Button key={command.id} small isDisabled={!command.plan(context).ok} onPress={() => run(command)}>
            {deedWord(command.title).replace(/^./u, letter => letter.toUpperCase())}{' '}
            <Keys chord={command.keys?.[0]?.chord ?? ''} />
          </Button>
        ))}
        <Button small onPress={() => run(writeFinding)}>
          {t('In own words…')}
        </Button>
        {reopenChosen.plan(context).ok ? (
          <Button small onPress={() => run(reopenChosen)}>
            {t('Take back')} <Keys chord="S" />
          </Button>
        ) : null}
      </div>
    </Part>
  )
}

/** A decision that has lost what it was about: kept, and brought back or handed on where that can be done. */
function Gone({ finding }: { readonly finding: Finding }) {
  const decision = useDesign().triage[finding.id]
  const run = useRun()
  const context = useContextNow()
  const canRestore = restoreGone.plan(context, finding.id).ok
  return (
    <Part title={t('Gone, its decision kept')}>
      {decision ? <Decision of={decision} /> : null}
      <div className={styles.buttons}>
        {canRestore ? (
          <Button small look="primary" onPress={() => run(restoreGone, finding.id)}>
            {t('Restore')}
          </Button>
        ) : null}
        <Button small onPress={() => run(askHeir, finding.id)}>
          {t('Reassign…')}
        </Button>
      </div>
      {canRestore ? null : (
        <p className={styles.mute}>
          {t('What was removed from the model comes back with undo; the decision then stands as before.')}
        </p>
      )}
    </Part>
  )
}

type Decided = NonNullable<ReturnType<typeof useDesign>['triage'][string]>

function Decision({ of }: { readonly of: Decided }) {
  return (
    <div className={styles.facts}>
      <p>
        <Badge tone={of.decision === 'real' ? 'bad' : 'good'}>{DECISION_NAMES[of.decision]}</Badge>{' '}
        {t('by {{who}}, {{day}}', { who: of.by, day: of.at.slice(0, 10) })}
      </p>
      {of.reason ? <p>{of.reason}</p> : null}
      {of.likelihood ? (
        <p className={styles.mute}>
          {t('Likelihood {{likelihood}}, impact {{impact}}', { likelihood: of.likelihood, impact: of.impact ?? of.likelihood })}
        </p>
      ) : null}
      {of.duplicateOf ? <Chip id={of.duplicateOf} /> : null}
    </div>
  )
}
