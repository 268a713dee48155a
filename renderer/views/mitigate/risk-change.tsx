import { ArrowRight } from 'lucide-react'
import type { ThreatState } from '../../../core/mitigations/derive.ts'
import { RISK_LEVELS, type Risk } from '../../../core/mitigations/risk.ts'
import { riskLevelName } from '../../state/risk-words.ts'
import { Badge } from '../../ui/badge.tsx'
import { t } from '../../words/translate.ts'
import styles from './risk-change.module.css'

/** Risk before and after what is done about it: a word and as many bars as it has levels. */
export function RiskChange({ state, named = false }: { readonly state: ThreatState; readonly named?: boolean }) {
  const word = named ? styles.word : 'visually-hidden'
  if (!state.inherent) return <Badge>{t('Not estimated')}</Badge>
  return (
    <span className={styles.change}>
      <span className={word}>{t('Inherent risk')}</span>
      <RiskBar risk={state.inherent} />
      <ArrowRight size={13} aria-hidden className={styles.arrow} />
      <span className={word}>{t('residual risk')}</span>
      <RiskBar risk={state.residual ?? state.inherent} />
    </span>
  )
}

/** One risk; the bars repeat what the word says, for eyes that run down a list. */
export function RiskBar({ risk }: { readonly risk: Risk }) {
  const filled = RISK_LEVELS.indexOf(risk.level)
  return (
    <span className={`${styles.risk} ${styles[risk.level]}`}>
      <span className={styles.bars} aria-hidden>
        {RISK_LEVELS.map((level, i) => (
          <span key={level} className={i <= filled ? styles.bar : styles.rest} />
        ))}
      </span>
      {riskLevelName(risk.level)}
    </span>
  )
}
