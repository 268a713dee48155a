import { Check, X } from 'lucide-react'
import type { LedgerState } from '../../../core/model/ledger.ts'
import { closeStartHere, toFirstStep } from '../../commands/definitions/home.ts'
import type { FirstStep } from '../../state/steps.ts'
import { useContextNow, useRun } from '../../state/use-commands.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import { firstSteps } from './home-model.ts'
import styles from './start-here.module.css'

const VERBS: Readonly<Record<FirstStep, { readonly verb: () => string; readonly why: () => string }>> = {
  model: { verb: () => t('Draw a model'), why: () => t('The sample, a template, or your own.') },
  decide: { verb: () => t('Answer one threat'), why: () => t('Mitigate it, or accept it with a reason.') },
  gate: { verb: () => t('Open the gate'), why: () => t('It says what is left, and how long that takes.') },
  copy: { verb: () => t('Copy a prompt'), why: () => t('Guarded by your own decisions, line by line.') },
  verify: { verb: () => t('Verify a change'), why: () => t('The diff first, then what the evidence says.') },
}

/** The sample brings a change along, so nobody has to wait for an AI to see the last step. */
const PRETEND: (typeof VERBS)[FirstStep] = {
  verb: () => t('Pretend the AI answered'),
  why: () => t('The change it wrote is in the sample: verify it.'),
}

/** The whole loop in five verbs. Their ticks come from the design and the ledger; the card closes for good and comes back from the keys. */
export function StartHere({ ledger }: { readonly ledger: LedgerState | undefined }) {
  const context = useContextNow()
  const run = useRun()
  const steps = firstSteps(context.design, context.facts, ledger)
  const done = steps.filter(step => step.isDone).length
  const verbs = context.session.isSample ? { ...VERBS, verify: PRETEND } : VERBS
  const next = steps.find(step => !step.isDone)?.step
  return (
    <section aria-label={t('Start here')} className={`${panel.card} ${styles.card}`} tabIndex={-1} data-focus="start-here">
      <div className={styles.head}>
        <h2 className={styles.title}>{t('Start here')}</h2>
        <span className={panel.count}>{t('{{done}} of {{of}}', { done, of: steps.length })}</span>
        <span className={panel.grow} />
        <IconButton label={t('Close the five first steps')} onPress={() => run(closeStartHere)}>
          <X size={15} aria-hidden />
        </IconButton>
      </div>
      <ol className={styles.steps}>
        {steps.map(({ step, isDone }, index) => (
          <li key={step} className={styles.step} data-done={isDone} data-next={step === next}>
            <span className={styles.mark} aria-hidden>
              {isDone ? <Check size={13} strokeWidth={2.6} /> : index + 1}
            </span>
            <button type="button" className={styles.verb} onClick={() => run(toFirstStep, step)}>
              {verbs[step].verb()}
              <span className="visually-hidden">{isDone ? t('(done)') : t('(not done yet)')}</span>
            </button>
            <span className={styles.why}>{verbs[step].why()}</span>
          </li>
        ))}
      </ol>
      <p className={styles.end}>
        {next === undefined
          ? t('That was the whole loop. Begin with your own system: paste it, import it, or take a template.')
          : t('Five minutes, one loop, nothing to set up. Ticks come from the design and the ledger.')}
      </p>
    </section>
  )
}
