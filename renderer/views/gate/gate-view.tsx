import { type ReactNode, useState } from 'react'
import type { Gate } from '../../../core/gate/evaluate.ts'
import { waiversOf } from '../../../core/gate/waivers.ts'
import { policyOf } from '../../../core/model/lookup.ts'
import { hasRow, rowsOf, sizeOf } from '../../../core/model/table.ts'
import { useFacts } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Fold } from '../../ui/fold.tsx'
import panel from '../../ui/panel.module.css'
import { Pick } from '../../ui/pick.tsx'
import { t } from '../../words/translate.ts'
import { keyOf, presetName } from './gate-model.ts'
import styles from './gate-view.module.css'
import { OpeningPart } from './opening-part.tsx'
import { PolicyPart } from './policy-part.tsx'
import { ProblemList } from './problem-list.tsx'
import { ruleWords } from './rule-words.ts'
import { Seal } from './seal.tsx'
import { WaiversPart } from './waivers-part.tsx'

/** Step 5: may this be prompted? Never a bare no: the shortest list that would open it, each line with its cure. */
export function GateView() {
  const design = useDesign()
  const facts = useFacts()
  const items = rowsOf(design.workItems)
  const [scope, setScope] = useState('')
  const [typed, setTyped] = useState<ReadonlySet<string>>(new Set())
  const workItem = hasRow(design.workItems, scope) ? scope : undefined
  const gate = workItem ? facts.gateFor(workItem) : facts.gate()
  const isEmpty = sizeOf(design.elements) === 0
  const onTyped = (key: string, isTyped: boolean) =>
    setTyped(before =>
      before.has(key) === isTyped ? before : new Set(isTyped ? [...before, key] : [...before].filter(one => one !== key)),
    )
  return (
    <section aria-label={t('Gate')} className={panel.page}>
      <div className={`${panel.column} ${styles.parts}`}>
        <div className={`${panel.head} ${styles.head}`}>
          <h1 className={panel.title}>{t('Gate')}</h1>
          {items.length > 0 ? (
            <div className={styles.scope}>
              <Pick
                label={t('Examine')}
                hideLabel
                value={scope}
                empty={t('The whole design')}
                choices={items.map(item => ({ value: item.id, label: `${item.id} ${item.name}` }))}
                onPick={setScope}
              />
            </div>
          ) : null}
        </div>
        <Seal gate={gate} typed={gate.problems.filter(problem => typed.has(keyOf(problem)))} />
        {gate.problems.length > 0 ? (
          <ProblemList label={t('What would open it')} problems={gate.problems} typed={typed} onTyped={onTyped} />
        ) : null}
        <Folds gate={gate} workItem={workItem} isEmpty={isEmpty} typed={typed} onTyped={onTyped} />
      </div>
    </section>
  )
}

type FoldsProps = {
  readonly gate: Gate
  readonly workItem: string | undefined
  readonly isEmpty: boolean
  readonly typed: ReadonlySet<string>
  readonly onTyped: (key: string, isTyped: boolean) => void
}

/** Everything that does not block: the way to an open gate, warnings, what passed, what is waived, and the policy. */
function Folds({ gate, workItem, isEmpty, typed, onTyped }: FoldsProps) {
  const policy = policyOf(useDesign())
  const waivers = waiversOf(policy).length
  return (
    <div className={styles.folds}>
      {gate.open || isEmpty ? null : (
        <Part focus="opening" title={t('Preview: what would open it')}>
          <OpeningPart workItem={workItem} />
        </Part>
      )}
      {gate.warnings.length > 0 ? (
        <Part title={t('{{count}} warnings, none of them blocks', { count: gate.warnings.length })} mark="⚠">
          <ProblemList label={t('Warnings')} problems={gate.warnings} typed={typed} onTyped={onTyped} />
        </Part>
      ) : null}
      <Part title={t('{{count}} rules pass', { count: gate.passed.length })} mark="✓">
        <ul className={styles.passed}>
          {gate.passed.map(code => (
            <li key={code}>
              {ruleWords(code)} <code>{code}</code>
            </li>
          ))}
        </ul>
      </Part>
      <Part
        title={
          waivers === 0
            ? t('Nothing waived')
            : t('{{count}} waivers, {{used}} in use here', { count: waivers, used: gate.waived.length })
        }
        mark="⊘"
      >
        <WaiversPart />
      </Part>
      <Part focus="policy" title={t('Policy: {{preset}}', { preset: presetName(policy.preset) })} starts={isEmpty}>
        <PolicyPart />
      </Part>
    </div>
  )
}

type PartProps = {
  readonly title: string
  readonly mark?: string
  readonly focus?: string
  readonly starts?: boolean
  readonly children: ReactNode
}

function Part({ title, mark, focus, starts = false, children }: PartProps) {
  const [isOpen, setOpen] = useState(starts)
  return (
    <div className={styles.part}>
      <Fold isOpen={isOpen} onToggle={() => setOpen(!isOpen)} {...(focus ? { focus } : {})}>
        {mark ? <span aria-hidden>{mark} </span> : null}
        {title}
      </Fold>
      {isOpen ? <div className={styles.inside}>{children}</div> : null}
    </div>
  )
}
