import type { OWASP_GROUPS, OwaspFactor } from '../../../core/mitigations/owasp.ts'
import { spoken, t } from '../../words/translate.ts'

/** The four groups of the OWASP Risk Rating Methodology in words. */
export const GROUP_NAMES: Readonly<Record<keyof typeof OWASP_GROUPS, string>> = spoken({
  threatAgent: 'Who would do it',
  vulnerability: 'How it could be done',
  technicalImpact: 'What the system loses',
  businessImpact: 'What the organisation loses',
})

type FactorWords = { readonly label: string; readonly values: readonly string[] }

/** What a factor asks, and what its values mean; the values are those of the methodology, the words our own. */
export const FACTOR_WORDS: Readonly<Record<OwaspFactor, FactorWords>> = {
  skillLevel: factor(
    () => t('Skill'),
    () => [t('None'), t('Some'), t('Uses computers well'), t('Knows networks and code'), t('Breaks into systems as a trade')],
  ),
  motive: factor(
    () => t('Gain'),
    () => [t('Hardly any'), t('Perhaps some'), t('A lot')],
  ),
  opportunity: factor(
    () => t('Access needed'),
    () => [t('Full, or costly means'), t('Special'), t('Some'), t('None needed')],
  ),
  size: factor(
    () => t('How many they are'),
    () => [t('Developers, administrators'), t('People inside'), t('Partners'), t('Signed-in users'), t('Anyone on the internet')],
  ),
  easeOfDiscovery: factor(
    () => t('To find it'),
    () => [t('Hardly possible'), t('Hard'), t('Easy'), t('Tools do')],
  ),
  easeOfExploit: factor(
    () => t('To use it'),
    () => [t('In theory only'), t('Hard'), t('Easy'), t('Tools do')],
  ),
  awareness: factor(
    () => t('Known'),
    () => [t('To nobody'), t('Hidden'), t('Plain to see'), t('In public')],
  ),
  intrusionDetection: factor(
    () => t('Noticed'),
    () => [t('At once'), t('Logged and reviewed'), t('Logged, nobody looks'), t('Not logged')],
  ),
  lossOfConfidentiality: factor(
    () => t('Confidentiality'),
    () => [t('A little, not sensitive'), t('A little sensitive, or much else'), t('Much sensitive data'), t('All data')],
  ),
  lossOfIntegrity: factor(
    () => t('Integrity'),
    () => [t('A little, slightly'), t('A little, badly'), t('Much, slightly'), t('Much, badly'), t('All data')],
  ),
  lossOfAvailability: factor(
    () => t('Availability'),
    () => [t('Side services, a little'), t('Main ones a little, or side ones much'), t('Main services, much'), t('All services')],
  ),
  lossOfAccountability: factor(
    () => t('Accountability'),
    () => [t('Traced in full'), t('Perhaps traced'), t('Not traceable')],
  ),
  financialDamage: factor(
    () => t('Money'),
    () => [t('Less than the repair'), t("Little of a year's profit"), t("Much of a year's profit"), t('Ruin')],
  ),
  reputationDamage: factor(
    () => t('Reputation'),
    () => [t('Hardly any'), t('Large customers leave'), t('Goodwill is lost'), t('The name is damaged')],
  ),
  nonCompliance: factor(
    () => t('Rules broken'),
    () => [t('Slightly'), t('Clearly'), t('In the public eye')],
  ),
  privacyViolation: factor(
    () => t('Privacy'),
    () => [t('One person'), t('Hundreds'), t('Thousands'), t('Millions')],
  ),
}

/** Read when it is shown, so that it is in the language of that moment. */
function factor(label: () => string, values: () => readonly string[]): FactorWords {
  return {
    get label() {
      return label()
    },
    get values() {
      return values()
    },
  }
}
