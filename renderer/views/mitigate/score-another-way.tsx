import { OWASP_GROUPS } from '../../../core/mitigations/owasp.ts'
import type { Threat } from '../../../core/model/types.ts'
import { clearFactors, rateFactor } from '../../commands/definitions/rate.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Pick } from '../../ui/pick.tsx'
import { t } from '../../words/translate.ts'
import { CvssField } from './cvss-field.tsx'
import { FACTOR_WORDS, GROUP_NAMES } from './owasp-words.ts'
import styles from './score-another-way.module.css'
import { factorChoices, owaspSentences } from './score-model.ts'

const GROUPS = Object.keys(OWASP_GROUPS) as (keyof typeof OWASP_GROUPS)[]

/** Other ways to say how likely and how bad: OWASP's factors, a CVSS 4.0 vector. Loaded when somebody asks for it. */
export function ScoreAnotherWay({ threat }: { readonly threat: Threat }) {
  return (
    <div className={styles.ways}>
      <p className={styles.mute}>
        {t(
          'Each side takes the first that says anything: an own estimate, the OWASP factors, the CVSS vector, the decision on the finding, the rule.',
        )}
      </p>
      <Owasp threat={threat} />
      <CvssField threat={threat.id} vector={threat.cvss ?? ''} />
    </div>
  )
}

function Owasp({ threat }: { readonly threat: Threat }) {
  const run = useRun()
  const factors = threat.owasp ?? {}
  const sentences = owaspSentences(factors)
  return (
    <fieldset className={styles.way}>
      <legend className={styles.title}>{t('OWASP risk rating')}</legend>
      {GROUPS.map(group => (
        <fieldset key={group}>
          <legend className={styles.group}>{GROUP_NAMES[group]}</legend>
          <div className={styles.grid}>
            {OWASP_GROUPS[group].map(factor => (
              <Pick
                key={factor}
                label={FACTOR_WORDS[factor].label}
                value={String(factors[factor] ?? '')}
                empty={t('Not known')}
                choices={factorChoices(factor, factors[factor])}
                onPick={value => run(rateFactor, { threat: threat.id, factor, value: value === '' ? undefined : Number(value) })}
              />
            ))}
          </div>
        </fieldset>
      ))}
      {sentences.length > 0 ? (
        <div className={styles.outcome}>
          <div role="status">
            {sentences.map(sentence => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
          <Button small onPress={() => run(clearFactors, threat.id)}>
            {t('Clear the factors')}
          </Button>
        </div>
      ) : null}
    </fieldset>
  )
}
