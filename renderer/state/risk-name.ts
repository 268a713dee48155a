import type { RiskLevel } from '../../core/mitigations/risk.ts'
import { t } from '../words/translate.ts'

const NAMES: Readonly<Record<RiskLevel, () => string>> = {
  low: () => t('Low'),
  medium: () => t('Medium'),
  high: () => t('High'),
  critical: () => t('Critical'),
}

/** A level of risk as one word in the language of the window. */
export function riskName(level: RiskLevel): string {
  return NAMES[level]()
}
