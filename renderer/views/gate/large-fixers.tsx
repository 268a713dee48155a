import { useState } from 'react'
import type { GateProblem } from '../../../core/gate/evaluate.ts'
import { addOwnCheck } from '../../commands/definitions/mitigate.ts'
import {
  addSomeRequirements,
  approveOneRequirement,
  editOneRequirement,
  retireOneRequirement,
} from '../../commands/definitions/scope.ts'
import { judgeNotApplicable, judgeReal } from '../../commands/definitions/threats.ts'
import { mergedOf } from '../../state/facts.ts'
import { lastReasonFor, membersOf } from '../../state/merged.ts'
import { useContextNow, useFacts, useRun } from '../../state/use-commands.ts'
import { SCALE } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { AddLine } from '../../ui/add-line.tsx'
import { Button } from '../../ui/button.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import field from '../../ui/field.module.css'
import { FormField } from '../../ui/form-field.tsx'
import { Pick } from '../../ui/pick.tsx'
import { Segments } from '../../ui/segments.tsx'
import { t } from '../../words/translate.ts'
import { AddMitigation } from '../mitigate/add-mitigation.tsx'
import { AnswerForm } from '../mitigate/answer-form.tsx'
import { RequirementHintLine } from '../scope/requirement-hint.tsx'
import type { FixKind } from './gate-model.ts'
import styles from './large-fixers.module.css'

type Large = Extract<FixKind, { readonly opens: true }>
type Props = { readonly fix: Large; readonly problem: GateProblem; readonly onDone: () => void }

/** Answers that need more than one word, opened below their problem. */
export function LargeFixer({ fix, problem, onDone }: Props) {
  const id = problem.fix?.id ?? problem.at ?? ''
  switch (fix.kind) {
    case 'finding':
      return <FindingFixer finding={id} />
    case 'threat':
      return <ThreatFixer threat={id} onDone={onDone} />
    case 'requirement':
      return <RequirementFixer id={id} />
    case 'check':
      return <CheckFixer mitigation={id} />
    case 'addRequirement':
      return <RequirementLine />
  }
}

/** Real or not applicable, with what either asks for; findings that say the same are decided with it. */
function FindingFixer({ finding }: { readonly finding: string }) {
  const run = useRun()
  const design = useDesign()
  const merged = mergedOf(useFacts(), finding)
  const [answer, setAnswer] = useState<'real' | 'notApplicable'>('real')
  const [reason, setReason] = useState(() => (merged ? lastReasonFor(design, [merged]) : ''))
  const [likelihood, setLikelihood] = useState(merged?.lead.likelihood ?? 3)
  const [impact, setImpact] = useState(merged?.lead.impact ?? 3)
  if (!merged) return null
  const findings = [merged.lead.id]
  const others = membersOf(merged).length - 1
  return (
    <form
      className={styles.form}
      aria-label={t('Decide {{id}}', { id: finding })}
      onSubmit={event => {
        event.preventDefault()
        if (answer === 'real') run(judgeReal, { findings, likelihood, impact })
        else run(judgeNotApplicable, { findings, reason })
      }}
    >
      <Segments
        label={t('Decision')}
        value={answer}
        choices={[
          { value: 'real', label: t('Real') },
          { value: 'notApplicable', label: t('Not applicable') },
        ]}
        onPick={setAnswer}
      />
      {answer === 'real' ? (
        <div className={field.row}>
          <Pick
            label={t('Likelihood')}
            value={String(likelihood)}
            choices={SCALE}
            onPick={value => setLikelihood(Number(value))}
          />
          <Pick label={t('Impact')} value={String(impact)} choices={SCALE} onPick={value => setImpact(Number(value))} />
        </div>
      ) : (
        <FormField
          label={t('Reason')}
          value={reason}
          onText={setReason}
          required
          note={t('Why it cannot happen here, in one sentence.')}
        />
      )}
      <div className={styles.end}>
        {others > 0 ? (
          <span className={styles.note}>{t('Decides {{count}} more findings that say the same.', { count: others })}</span>
        ) : null}
        <Button small look="primary" type="submit">
          {answer === 'real' ? t('It is real') : t('Not applicable')}
        </Button>
      </div>
    </form>
  )
}

/** Mitigate it with what fits, or live with it knowingly. */
function ThreatFixer({ threat, onDone }: { readonly threat: string; readonly onDone: () => void }) {
  const [isAccepting, setAccepting] = useState(false)
  const state = useFacts()
    .states()
    .find(one => one.threat.id === threat)
  if (!state) return null
  if (isAccepting) return <AnswerForm threat={threat} before={state.acceptance} onDone={() => setAccepting(false)} />
  return (
    <div className={styles.form}>
      <AddMitigation state={state} focus={`gate ${threat}`} />
      <div className={styles.doors}>
        <Button small onPress={() => setAccepting(true)}>
          {t('Accept, transfer or avoid…')}
        </Button>
        <Button small look="quiet" onPress={onDone}>
          {t('Close')}
        </Button>
      </div>
    </div>
  )
}

/** Its words, what is weak in them, and the approval. */
function RequirementFixer({ id }: { readonly id: string }) {
  const run = useRun()
  const context = useContextNow()
  const requirement = context.design.requirements[id]
  if (!requirement) return null
  const hints = context.facts.hints().filter(hint => hint.at === id)
  const planned = approveOneRequirement.plan(context, id)
  return (
    <div className={styles.form}>
      <DraftField
        label={t('Statement of {{id}}', { id })}
        value={requirement.statement}
        multiline
        onCommit={statement => run(editOneRequirement, { id, fields: { statement } })}
      />
      {hints.length > 0 ? (
        <ul className={styles.hints}>
          {hints.map(hint => (
            <RequirementHintLine key={`${hint.rule} ${hint.offset}`} hint={hint} requirement={requirement} />
          ))}
        </ul>
      ) : null}
      <div className={styles.end}>
        {planned.ok ? null : (
          <span className={styles.note}>{`${planned.problems[0].message} ${planned.problems[0].cure ?? ''}`}</span>
        )}
        <Button small look="quiet" onPress={() => run(retireOneRequirement, id)}>
          {t('Retire')}
        </Button>
        <Button small look="primary" isDisabled={!planned.ok} onPress={() => run(approveOneRequirement, id)}>
          {t('Approve {{id}}', { id })}
        </Button>
      </div>
    </div>
  )
}

function CheckFixer({ mitigation }: { readonly mitigation: string }) {
  const run = useRun()
  return (
    <AddLine
      label={t('New check of {{id}}', { id: mitigation })}
      placeholder={t('What would show it, in one sentence')}
      onAdd={statement => run(addOwnCheck, { mitigation, statement })}
    />
  )
}

function RequirementLine() {
  const run = useRun()
  return (
    <AddLine
      label={t('New requirement in the gate')}
      placeholder={t('What this must do, in one sentence')}
      onAdd={text => run(addSomeRequirements, text)}
    />
  )
}
