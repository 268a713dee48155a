import type { Risk, RiskLevel } from '../../core/mitigations/risk.ts'
import { spoken, t } from '../words/translate.ts'
import { Badge, type Tone } from './badge.tsx'

const TONES: Readonly<Record<RiskLevel, Tone>> = { low: 'good', medium: 'warn', high: 'bad', critical: 'bad' }
const WORDS: Readonly<Record<RiskLevel, string>> = spoken({
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
})

/** A risk as one word; likelihood and impact stand behind it. */
export function RiskBadge({ risk }: { readonly risk: Risk | undefined }) {
  if (!risk) return <Badge>{t('Not estimated')}</Badge>
  return <Badge tone={TONES[risk.level]}>{WORDS[risk.level]}</Badge>
}
