import { useState } from 'react'
import type { GateProblem } from '../../../core/gate/evaluate.ts'
import { labelOf } from '../../../core/model/lookup.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { DataClass, Requirement } from '../../../core/model/types.ts'
import { confirmOne, removeOneWaiver } from '../../commands/definitions/gate.ts'
import { reviseAnswer } from '../../commands/definitions/mitigate.ts'
import { editObject } from '../../commands/definitions/model.ts'
import { editOneWorkItem } from '../../commands/definitions/prompts.ts'
import { placeThreat } from '../../commands/definitions/rate.ts'
import { editOneRequirement } from '../../commands/definitions/scope.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { CLASS_NAMES, SCALE } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { Pick } from '../../ui/pick.tsx'
import { t } from '../../words/translate.ts'
import { halfYearAfter } from '../mitigate/mitigate-model.ts'
import type { FixKind } from './gate-model.ts'
import styles from './small-fixers.module.css'
import { TypedField } from './typed-field.tsx'

type Small = Exclude<FixKind, { readonly opens: true }>
type Props = { readonly fix: Small; readonly problem: GateProblem; readonly onTyped: (isTyped: boolean) => void }

/** Answers one question of the gate beside it; the list grows shorter as one answers. */
export function SmallFixer({ fix, problem, onTyped }: Props) {
  const design = useDesign()
  const run = useRun()
  const id = problem.fix?.id ?? problem.at ?? ''
  const name = labelOf(design, id)
  const about = t('{{cure}} {{name}}', { cure: problem.cure ?? '', name })
  switch (fix.kind) {
    case 'ternary':
      return (
        <fieldset className={styles.answers}>
          <legend className="visually-hidden">{about}</legend>
          {(['yes', 'no'] as const).map(value => (
            <Button
              key={value}
              small
              aria-label={`${value === 'yes' ? t('Yes') : t('No')}: ${about}`}
              onPress={() => run(editObject, { id, fields: { [fix.field]: value }, label: t('answer') })}
            >
              {value === 'yes' ? t('Yes') : t('No')}
            </Button>
          ))}
        </fieldset>
      )
    case 'text':
      return (
        <TypedField
          label={about}
          placeholder={fix.field === 'protocol' ? t('Protocol') : t('Language')}
          words={fix.words}
          onTyped={onTyped}
          onCommit={text => {
            if (fix.field === 'language') run(editOneWorkItem, { id, fields: { language: text } })
            else run(editObject, { id, fields: { [fix.field]: text }, label: fix.field })
          }}
        />
      )
    case 'globs':
      return (
        <TypedField
          label={about}
          placeholder="src/transfers/*.ts"
          onTyped={onTyped}
          onCommit={text => run(editOneWorkItem, { id, fields: { mayEdit: text.split(/[\s,]+/).filter(Boolean) } })}
        />
      )
    case 'approver':
      return (
        <TypedField
          label={about}
          placeholder={t('Approved by')}
          onTyped={onTyped}
          onCommit={approver => run(reviseAnswer, { acceptance: id, fields: { approver } })}
        />
      )
    case 'class':
      return (
        <Pick
          label={about}
          hideLabel
          value=""
          choices={(Object.keys(CLASS_NAMES) as DataClass[]).map(value => ({ value, label: CLASS_NAMES[value] }))}
          onPick={value => run(editObject, { id, fields: { class: value }, label: t('class') })}
        />
      )
    case 'data':
      return (
        <Pick
          label={about}
          hideLabel
          value=""
          choices={rowsOf(design.data).map(row => ({ value: row.id, label: row.name }))}
          onPick={value => run(editObject, { id, fields: { [`data/${value}`]: true }, label: t('data') })}
        />
      )
    case 'verification':
      return (
        <Pick<NonNullable<Requirement['verification']>>
          label={about}
          hideLabel
          value=""
          choices={[
            { value: 'test', label: t('Test') },
            { value: 'analysis', label: t('Analysis') },
            { value: 'inspection', label: t('Inspection') },
            { value: 'demonstration', label: t('Demonstration') },
          ]}
          onPick={verification => run(editOneRequirement, { id, fields: { verification } })}
        />
      )
    case 'confirm':
      return (
        <Button small aria-label={about} onPress={() => run(confirmOne, id)}>
          {t('Confirm')}
        </Button>
      )
    case 'removeWaiver':
      return (
        <Button
          small
          aria-label={t('Remove waiver {{id}}', { id: problem.at ?? '' })}
          onPress={() => run(removeOneWaiver, problem.at ?? '')}
        >
          {t('Remove')}
        </Button>
      )
    case 'estimate':
      return <Estimate threat={id} about={about} />
    case 'renew':
      return <Renew acceptance={id} about={about} />
  }
}

/** Both sides, then it is written: one alone says nothing. */
function Estimate({ threat, about }: { readonly threat: string; readonly about: string }) {
  const run = useRun()
  const [likelihood, setLikelihood] = useState('')
  const [impact, setImpact] = useState('')
  function pick(first: string, second: string) {
    setLikelihood(first)
    setImpact(second)
    if (first && second) run(placeThreat, { threat, likelihood: Number(first), impact: Number(second) })
  }
  return (
    <>
      <Pick
        label={t('Likelihood. {{about}}', { about })}
        hideLabel
        value={likelihood}
        empty={t('Likelihood')}
        choices={SCALE}
        onPick={value => pick(value, impact)}
      />
      <Pick
        label={t('Impact. {{about}}', { about })}
        hideLabel
        value={impact}
        empty={t('Impact')}
        choices={SCALE}
        onPick={value => pick(likelihood, value)}
      />
    </>
  )
}

function Renew({ acceptance, about }: { readonly acceptance: string; readonly about: string }) {
  const run = useRun()
  const day = halfYearAfter(useSession(session => session.now))
  return (
    <Button
      small
      aria-label={t('{{cure}} Until {{day}}', { cure: about, day })}
      onPress={() => run(reviseAnswer, { acceptance, fields: { expires: day } })}
    >
      {t('Renew to {{day}}', { day })}
    </Button>
  )
}
