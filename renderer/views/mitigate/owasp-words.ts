import type { OWASP_GROUPS, OwaspFactor } from '../../../core/mitigations/owasp.ts'

/** The four groups of the OWASP Risk Rating Methodology in words. */
export const GROUP_NAMES: Readonly<Record<keyof typeof OWASP_GROUPS, string>> = {
  threatAgent: 'Who would do it',
  vulnerability: 'How it could be done',
  technicalImpact: 'What the system loses',
  businessImpact: 'What the organisation loses',
}

/** What a factor asks, and what its values mean; the values are those of the methodology, the words our own. */
export const FACTOR_WORDS: Readonly<Record<OwaspFactor, { readonly label: string; readonly values: readonly string[] }>> = {
  skillLevel: {
    label: 'Skill',
    values: ['None', 'Some', 'Uses computers well', 'Knows networks and code', 'Breaks into systems as a trade'],
  },
  motive: { label: 'Gain', values: ['Hardly any', 'Perhaps some', 'A lot'] },
  opportunity: { label: 'Access needed', values: ['Full, or costly means', 'Special', 'Some', 'None'] },
  size: {
    label: 'How many they are',
    values: ['Developers, administrators', 'People inside', 'Partners', 'Signed-in users', 'Anyone on the internet'],
  },
  easeOfDiscovery: { label: 'To find it', values: ['Hardly possible', 'Hard', 'Easy', 'Tools do'] },
  easeOfExploit: { label: 'To use it', values: ['In theory only', 'Hard', 'Easy', 'Tools do'] },
  awareness: { label: 'Known', values: ['To nobody', 'Hidden', 'Plain to see', 'In public'] },
  intrusionDetection: {
    label: 'Noticed',
    values: ['At once', 'Logged and reviewed', 'Logged, nobody looks', 'Not logged'],
  },
  lossOfConfidentiality: {
    label: 'Confidentiality',
    values: ['A little, not sensitive', 'A little sensitive, or much else', 'Much sensitive data', 'All data'],
  },
  lossOfIntegrity: {
    label: 'Integrity',
    values: ['A little, slightly', 'A little, badly', 'Much, slightly', 'Much, badly', 'All data'],
  },
  lossOfAvailability: {
    label: 'Availability',
    values: ['Side services, a little', 'Main ones a little, or side ones much', 'Main services, much', 'All services'],
  },
  lossOfAccountability: { label: 'Accountability', values: ['Traced in full', 'Perhaps traced', 'Not traceable'] },
  financialDamage: {
    label: 'Money',
    values: ['Less than the repair', "Little of a year's profit", "Much of a year's profit", 'Ruin'],
  },
  reputationDamage: {
    label: 'Reputation',
    values: ['Hardly any', 'Large customers leave', 'Goodwill is lost', 'The name is damaged'],
  },
  nonCompliance: { label: 'Rules broken', values: ['Slightly', 'Clearly', 'In the public eye'] },
  privacyViolation: { label: 'Privacy', values: ['One person', 'Hundreds', 'Thousands', 'Millions'] },
}
