import { conditionsOf, datasetOf, severityAlone, titleOf } from './common-fields.ts'
import { LEVELS, type RuleIds, ruleIds, threatsSaid } from './rule-ids.ts'
import { NOTHING } from './sigma.ts'
import type { HandOff, Rendered, Signal } from './types.ts'
import { oneLine, xmlRemark, xmlText } from './words.ts'

/** Local rules for Wazuh 4: its JSON decoder makes every key of the log a field, so no decoder is needed. */
export function wazuhFiles(handOff: HandOff, first?: number): Rendered {
  const ids = ruleIds(handOff, first)
  const lines = [
    xmlRemark(
      `Rules for ${xmlText(handOff.name, 100)}. Put the file into etc/rules/ of the Wazuh manager; its log comes in with log_format json.`,
    ),
    ...(handOff.signals.length === 0 ? [xmlRemark(NOTHING)] : []),
    `<group name="skeptic,${handOff.slug},">`,
    `  <rule id="${ids.root}" level="0">`,
    '    <decoded_as>json</decoded_as>',
    `    <field name="event.dataset">^${datasetOf(handOff)}$</field>`,
    `    <description>${xmlText(`Audit log of ${handOff.name}.`, 200)}</description>`,
    '  </rule>',
    ...handOff.signals.flatMap(signal => rulesOf(handOff, signal, ids)),
    '</group>',
  ]
  return { files: [{ path: `wazuh/${handOff.slug}_rules.xml`, text: `${lines.join('\n')}\n` }], losses: [] }
}

function rulesOf(handOff: HandOff, signal: Signal, ids: RuleIds): readonly string[] {
  const id = ids.of(signal)
  const { correlate, severity } = signal.detection
  const body = [`    <if_sid>${ids.root}</if_sid>`, ...conditionsOf(signal).map(fieldLine)]
  const single = ruleLines(handOff, signal, { id, body })
  if (!correlate) return single
  const { by, distinct, within, atLeast } = correlate
  const counted = [
    `    <if_matched_sid>${id}</if_matched_sid>`,
    `    <same_field>${by}</same_field>`,
    ...(distinct === undefined ? [] : [`    <different_field>${distinct}</different_field>`]),
  ]
  return [...single, ...ruleLines(handOff, signal, { id: id + 1, count: { severity, atLeast, within }, body: counted })]
}

type RuleParts = {
  readonly id: number
  /** What it asks for, between its head and its description. */
  readonly body: readonly string[]
  /** Of one that counts another, which stands above it with the remarks. */
  readonly count?: { readonly severity: Signal['detection']['severity']; readonly atLeast: number; readonly within: number }
}

/** One rule as Wazuh and OSSEC write it. */
export function ruleLines(handOff: HandOff, signal: Signal, { id, body, count }: RuleParts): readonly string[] {
  const level = LEVELS[count?.severity ?? severityAlone(signal)]
  const counting = count ? ` frequency="${count.atLeast}" timeframe="${count.within}"` : ''
  return [
    ...(count ? [] : remarksOf(signal)),
    `  <rule id="${id}" level="${level}"${counting}>`,
    ...body,
    `    <description>${descriptionOf(signal)}${count ? ' (repeated)' : ''}</description>`,
    ...infoLines(handOff, signal),
    '  </rule>',
  ]
}

/** The threats of a rule, in words, above it. */
function remarksOf({ threats }: Signal): readonly string[] {
  return threats.slice(0, MOST_SHOWN).map(({ id, statement }) => `  ${xmlRemark(`${id}: ${xmlText(statement, 300)}`)}`)
}

const MOST_SHOWN = 20

/** The address of each threat, which alerts carry. */
function infoLines({ address }: HandOff, { threats }: Signal): readonly string[] {
  return threats.slice(0, MOST_SHOWN).map(({ id }) => `    <info type="text">${address}${id}</info>`)
}

/** Threats and title of a rule. */
function descriptionOf(signal: Signal): string {
  return xmlText(`${threatsSaid(signal)}: ${oneLine(titleOf(signal), 250)}.`, 400)
}

/** A dot stands for itself in the regular expressions of OSSEC, which Wazuh reads a field with. */
function fieldLine({ field, op, values }: Signal['detection']['select'][number]): string {
  if (op === 'regex') return `    <field name="${field}" type="pcre2">${values.join('|')}</field>`
  const end = op === 'startswith' ? '' : '$'
  return `    <field name="${field}">${values.map(value => `^${value}${end}`).join('|')}</field>`
}
