import { ArrowRight } from 'lucide-react'
import type { ThreatState } from '../../../core/mitigations/derive.ts'
import { RiskBadge } from '../../ui/risk-badge.tsx'
import styles from './mitigate-view.module.css'

/** Risk before and after what is done about it. */
export function RiskChange({ state }: { readonly state: ThreatState }) {
  return (
    <span className={styles.change}>
      <span className="visually-hidden">Inherent risk</span>
      <RiskBadge risk={state.inherent} />
      {state.inherent ? (
        <>
          <ArrowRight size={13} aria-hidden />
          <span className="visually-hidden">residual risk</span>
          <RiskBadge risk={state.residual ?? state.inherent} />
        </>
      ) : null}
    </span>
  )
}
