import type { RiskLevel } from '../../core/mitigations/risk.ts'
import { t } from '../words/translate.ts'

/** A level of risk in a word. */
export function riskLevelName(level: RiskLevel): string {
  return { low: t('Low'), medium: t('Medium'), high: t('High'), critical: t('Critical') }[level]
}
