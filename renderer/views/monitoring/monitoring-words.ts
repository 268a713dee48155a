import type { AuditEvent, Detection } from '../../../core/model/types.ts'
import type { MonitorFormat } from '../../../core/monitoring/files.ts'
import type { Because } from '../../../core/monitoring/types.ts'
import { CATEGORY_NAMES } from '../../state/words.ts'
import type { Tone } from '../../ui/badge.tsx'
import { spoken, t } from '../../words/translate.ts'
import type { GroupId, WhyNot } from './monitoring-model.ts'

/** How grave an alert is, in the language of the window. */
export const SEVERITY_NAMES: Readonly<Record<Detection['severity'], string>> = spoken({
  informational: 'Informational',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
})

export const SEVERITY_TONES: Readonly<Record<Detection['severity'], Tone>> = {
  informational: 'plain',
  low: 'plain',
  medium: 'warn',
  high: 'bad',
  critical: 'bad',
}

/** How grave one such event is by itself. */
export const WEIGHT_NAMES: Readonly<Record<AuditEvent['weight'], string>> = spoken({
  info: 'Information',
  warn: 'Warning',
  error: 'Error',
})

export const WEIGHT_TONES: Readonly<Record<AuditEvent['weight'], Tone>> = { info: 'plain', warn: 'warn', error: 'bad' }

/** Why a threat is not covered, as a sentence. */
export const WHY_NOT: Readonly<Record<WhyNot, string>> = spoken({
  noMitigation: 'No mitigation answers it, and no detection follows from its rule or its weakness.',
  unconfirmed: 'Its mitigations are proposed by an AI and not confirmed.',
  noControl: 'Its mitigations name no control of a pack, so no detection follows from them.',
  noDetection: 'No detection is known for the controls that answer it.',
})

/** What a group of threats is called. */
export function groupName(id: GroupId): string {
  if (id === 'privacy') return t('Privacy')
  if (id === 'none') return t('Without a category')
  return CATEGORY_NAMES[id]
}

/** From what it follows that a detection belongs to a threat. */
export function becauseWords(because: Because, control: string | undefined): string {
  switch (because) {
    case 'mitigation':
      return t('Control {{control}} answers the threat', { control: control ?? '' })
    case 'rule':
      return t('The rule of the threat asks for control {{control}}', { control: control ?? '' })
    case 'weakness':
      return t('It shows the weakness of the threat')
    case 'category':
      return t('General for the category: it covers nothing')
  }
}

/** How often it must happen before it is an alert. */
export function countWords({ correlate }: Detection): string {
  if (!correlate) return t('Each event by itself')
  const { by, distinct, within, atLeast } = correlate
  const time = timeSpan(within)
  return distinct === undefined
    ? t('{{atLeast}} or more with the same {{by}} within {{time}}', { atLeast, by, time })
    : t('{{atLeast}} or more different {{distinct}} with the same {{by}} within {{time}}', { atLeast, distinct, by, time })
}

function timeSpan(seconds: number): string {
  if (seconds % 3600 === 0) return t('{{count}} hours', { count: seconds / 3600 })
  if (seconds % 60 === 0) return t('{{count}} minutes', { count: seconds / 60 })
  return t('{{count}} seconds', { count: seconds })
}

/** Formats by their names, which are names in every language. */
export const FORMAT_TITLES: Readonly<Record<MonitorFormat, string>> = {
  sigma: 'Sigma',
  wazuh: 'Wazuh',
  ossec: 'OSSEC',
  integrity: 'Syscheck',
  events: 'JSON Schema',
  ocsf: 'OCSF',
  otel: 'OpenTelemetry',
  samples: 'JSON',
}

/** What a format holds. */
export const FORMAT_LINES: Readonly<Record<MonitorFormat, string>> = spoken({
  sigma: 'Detection and correlation rules',
  wazuh: 'Local rules',
  ossec: 'Decoder and local rules',
  integrity: 'Integrity of program and configuration',
  events: 'Audit events as they stand in the log',
  ocsf: 'Audit events for OCSF',
  otel: 'Names and attributes of events',
  samples: 'A sequence that sets each rule off, and one that does not',
})

/** Where the files go. */
export const FORMAT_PLACES: Readonly<Record<MonitorFormat, string>> = spoken({
  sigma: 'For a Sigma converter of your log store.',
  wazuh: 'Into etc/rules/ of the Wazuh manager; the log is read with log_format json.',
  ossec: 'Into etc/local_decoder.xml and rules/local_rules.xml.',
  integrity: 'Into ossec.conf of the agents.',
  events: 'For the tests of the components: a test emits the event and validates the line.',
  ocsf: 'For whoever maps the log: requirement, schema and sample of each event.',
  otel: 'For the instrumentation of the components.',
  samples: 'For a test of the rules in your log store.',
})
