import { conditionsOf, datasetOf, severityAlone, titleOf } from './common-fields.ts'
import type { HandOff, Rendered, Signal } from './types.ts'
import { oneLine, uuidOf, yamlText } from './words.ts'

/**
 * Sigma rules, one YAML document each: detection rules after the specification 2.0.0 and correlation rules after 2.1.0.
 * The correlation of a detection follows it, and refers to it by id.
 */
export function sigmaFiles(handOff: HandOff): Rendered {
  const documents = handOff.signals.flatMap(signal => documentsOf(handOff, signal))
  const text = documents.length === 0 ? `# ${NOTHING}\n` : `${documents.join('\n---\n')}\n`
  return { files: [{ path: `sigma/${handOff.slug}.yml`, text }], losses: [] }
}

/** What a file says when no threat of the design leads to a detection. */
export const NOTHING = 'No threat of this design leads to a detection.'

/** The ids of the rules of a signal. */
export function sigmaIds({ designId }: Pick<HandOff, 'designId'>, { key }: Pick<Signal, 'key'>) {
  return { event: uuidOf(designId, key, 'event'), correlation: uuidOf(designId, key, 'correlation') }
}

function documentsOf(handOff: HandOff, signal: Signal): readonly string[] {
  const { detection } = signal
  const ids = sigmaIds(handOff, signal)
  const references = ['references:', ...signal.threats.map(({ id }) => `    - '${handOff.address}${id}'`)]
  const falsePositives = [
    'falsepositives:',
    ...[...new Set(detection.falsePositives)].map(text => `    - ${yamlText(text, 400)}`),
  ]
  const event = [
    `title: ${yamlText(detection.correlate ? `${titleOf(signal)} (single event)` : titleOf(signal), 250)}`,
    `id: ${ids.event}`,
    'status: experimental',
    `description: ${yamlText(descriptionOf(signal), 20_000)}`,
    ...references,
    'logsource:',
    `    product: ${yamlText(handOff.slug, 80)}`,
    '    service: audit',
    `    definition: ${yamlText(`Audit log ${datasetOf(handOff)}: one JSON object with flat keys on each line.`, 200)}`,
    'detection:',
    '    selection:',
    ...conditionsOf(signal).flatMap(selectionLines),
    '    condition: selection',
    ...falsePositives,
    `level: ${severityAlone(signal)}`,
  ]
  return [event.join('\n'), ...correlationOf(signal, { ids, references, falsePositives })]
}

type Parts = {
  readonly ids: ReturnType<typeof sigmaIds>
  readonly references: readonly string[]
  readonly falsePositives: readonly string[]
}

function correlationOf(signal: Signal, { ids, references, falsePositives }: Parts): readonly string[] {
  const { correlate, severity } = signal.detection
  if (!correlate) return []
  const { by, distinct, within, atLeast } = correlate
  // Without this a converter drops the rule that the correlation counts, and one event alone would alert nobody. The specification
  // has it beside the correlation, its reference implementation reads it within.
  const generate = `generate: ${severityAlone(signal) !== 'informational'}`
  return [
    [
      `title: ${yamlText(titleOf(signal), 250)}`,
      `id: ${ids.correlation}`,
      'status: experimental',
      `description: ${yamlText(descriptionOf(signal), 20_000)}`,
      ...references,
      'correlation:',
      `    type: ${distinct === undefined ? 'event_count' : 'value_count'}`,
      '    rules:',
      `        - ${ids.event}`,
      '    group-by:',
      `        - ${by}`,
      `    timespan: ${timespanOf(within)}`,
      '    condition:',
      ...(distinct === undefined ? [] : [`        field: ${distinct}`]),
      `        gte: ${atLeast}`,
      `    ${generate}`,
      ...falsePositives,
      `level: ${severity}`,
      generate,
    ].join('\n'),
  ]
}

/** Number and unit in small letters, as the specification wants it. */
function timespanOf(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600}h`
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`
}

const MODIFIERS = { equals: '', in: '', startswith: '|startswith', regex: '|re' } as const

function selectionLines({ field, op, values }: Signal['detection']['select'][number]): readonly string[] {
  const key = `        ${field}${MODIFIERS[op]}:`
  // Asterisk, question mark and backslash are wildcards and escapes in Sigma, but not in a regular expression.
  const written = values.map(value => yamlText(op === 'regex' ? value : value.replace(/[\\*?]/g, '\\$&'), 500))
  return written.length === 1 ? [`${key} ${written[0]}`] : [key, ...written.map(value => `            - ${value}`)]
}

const MOST_NAMED = 20

function descriptionOf({ event, threats }: Signal): string {
  const named = threats.slice(0, MOST_NAMED).map(({ id, statement }) => `${id}: ${oneLine(statement, 300)}`)
  const more = threats.length > MOST_NAMED ? [`And ${threats.length - MOST_NAMED} more, see the references.`] : []
  return [`Event ${event.name}, reported when ${event.when}.`, ...named, ...more].join(' ')
}
