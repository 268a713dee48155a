import { conditionsOf, datasetOf } from './common-fields.ts'
import { type RuleIds, ruleIds } from './rule-ids.ts'
import { NOTHING } from './sigma.ts'
import type { HandOff, Rendered, Signal } from './types.ts'
import { ruleLines } from './wazuh.ts'
import { xmlRemark, xmlText } from './words.ts'

/**
 * Decoder and local rules for OSSEC 3, which reads no JSON: what it needs is found in the line by PCRE2. It groups by user, address
 * or id alone, counts two events more than its frequency says, and cannot count different values.
 */
export function ossecFiles(handOff: HandOff, first?: number): Rendered {
  const ids = ruleIds(handOff, first)
  const losses = [...new Set(handOff.signals.flatMap(lossOf))]
  const rules = [
    xmlRemark(
      `Rules for ${xmlText(handOff.name, 100)}. Put the rules into rules/local_rules.xml and the decoder into etc/local_decoder.xml.`,
    ),
    ...(handOff.signals.length === 0 ? [xmlRemark(NOTHING)] : []),
    ...losses.map(loss => xmlRemark(xmlText(loss, 400))),
    `<group name="skeptic,${handOff.slug},">`,
    `  <rule id="${ids.root}" level="0">`,
    `    <decoded_as>${decoderOf(handOff)}</decoded_as>`,
    `    <description>${xmlText(`Audit log of ${handOff.name}.`, 200)}</description>`,
    '  </rule>',
    ...handOff.signals.flatMap(signal => rulesOf(handOff, signal, ids)),
    '</group>',
  ]
  return {
    files: [
      { path: 'ossec/local_decoder.xml', text: `${decoders(handOff).join('\n')}\n` },
      { path: 'ossec/local_rules.xml', text: `${rules.join('\n')}\n` },
    ],
    losses,
  }
}

function decoderOf({ slug }: HandOff): string {
  return `skeptic-${slug}`
}

/** The only fields that OSSEC can group by, and what a rule says for each. */
const SLOTS = [
  { slot: 'user', same: 'same_user', holds: (field: string) => field === 'user.id' },
  { slot: 'srcip', same: 'same_source_ip', holds: (field: string) => field === 'source.ip' },
  { slot: 'id', same: 'same_id', holds: () => true },
] as const

function slotOf(field: string): (typeof SLOTS)[number] {
  return SLOTS.find(({ holds }) => holds(field)) ?? SLOTS[2]
}

/** One decoder for the log, and a child for each event by whose fields something is grouped. */
function decoders(handOff: HandOff): readonly string[] {
  const grouped = new Map<string, Set<string>>()
  for (const { event, detection } of handOff.signals)
    if (detection.correlate && !detection.correlate.distinct) {
      const fields = grouped.get(event.name) ?? new Set()
      grouped.set(event.name, fields.add(detection.correlate.by))
    }
  const name = decoderOf(handOff)
  const children = [...grouped].sort().flatMap(([event, fields], i) => {
    const sorted = [...fields].sort()
    return [
      `<decoder name="${name}-${i + 1}">`,
      `  <parent>${name}</parent>`,
      `  <prematch_pcre2>${pairPattern('event.action', quoted(event))}</prematch_pcre2>`,
      `  <pcre2>${sorted.map(field => `(?=.*${pairPattern(field, '([^"]*)')})`).join('')}</pcre2>`,
      `  <order>${sorted.map(field => slotOf(field).slot).join(', ')}</order>`,
      '</decoder>',
    ]
  })
  return [
    `<decoder name="${name}">`,
    `  <prematch_pcre2>${pairPattern('event.dataset', quoted(datasetOf(handOff)))}</prematch_pcre2>`,
    '</decoder>',
    ...children,
  ]
}

function rulesOf(handOff: HandOff, signal: Signal, ids: RuleIds): readonly string[] {
  const id = ids.of(signal)
  const { correlate, severity } = signal.detection
  const body = [`    <if_sid>${ids.root}</if_sid>`, `    <pcre2>${conditionsOf(signal).map(lookFor).join('')}</pcre2>`]
  const single = ruleLines(handOff, signal, { id, body })
  if (!correlate || correlate.distinct !== undefined) return single
  const { by, atLeast, within } = correlate
  const counted = [`    <if_matched_sid>${id}</if_matched_sid>`, `    <${slotOf(by).same} />`]
  return [
    ...single,
    ...ruleLines(handOff, signal, { id: id + 1, count: { severity, atLeast: atLeast - 2, within }, body: counted }),
  ]
}

function lossOf({ detection: { id, correlate } }: Signal): readonly string[] {
  return correlate?.distinct === undefined
    ? []
    : [`${id}: OSSEC cannot count different values of ${correlate.distinct}; only the single event is there.`]
}

/** All conditions must be found, in whatever order the keys stand: one look ahead for each. */
function lookFor({ field, op, values }: Signal['detection']['select'][number]): string {
  const one = (value: string) => {
    if (op === 'regex') return value.replace(/^\^/, '').replace(/\$$/, '')
    return op === 'startswith' ? `${quoted(value)}[^"]*` : quoted(value)
  }
  const written = values.map(one)
  return `(?=.*${pairPattern(field, written.length === 1 ? (written[0] ?? '') : `(?:${written.join('|')})`)})`
}

function pairPattern(field: string, value: string): string {
  return `"${quoted(field)}"\\s*:\\s*"${value}"`
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
