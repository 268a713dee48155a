import { jsonFile, requirementOf } from './audit-events.ts'
import { FORBIDDEN_LAST } from './common-fields.ts'
import type { EventDemand, HandOff, Rendered } from './types.ts'

/** Severity numbers of the OpenTelemetry log data model: the lowest of each range. */
const SEVERITIES = { info: [9, 'INFO'], warn: [13, 'WARN'], error: [17, 'ERROR'] } as const

/** Names that the semantic conventions have for ours. */
const NAMES: Readonly<Record<string, string>> = {
  'source.ip': 'source.address',
  'destination.host': 'destination.address',
  'error.code': 'error.type',
  'agent.id': 'gen_ai.agent.id',
  'tool.name': 'gen_ai.tool.name',
}

/** Of a type that the conventions fix; all else is text. */
const TYPES: Readonly<Record<string, string>> = { 'destination.port': 'int' }

/** Carried by the record or its resource, and so no attribute. */
const ELSEWHERE: readonly string[] = ['@timestamp', 'event.action', 'service.name']

/** The audit events as OpenTelemetry log records with an event name. The conventions for events are still in development. */
export function otelFiles(handOff: HandOff): Rendered {
  return {
    files: [
      jsonFile('otel/events.json', {
        design: handOff.name,
        status:
          'An event is a LogRecord with an EventName. The semantic conventions for events are marked Development: names may move.',
        events: handOff.demands.map(demand => eventOf(handOff, demand)),
      }),
    ],
    losses: [],
  }
}

function eventOf(handOff: HandOff, demand: EventDemand) {
  const { event, required, when, services, threats, forbidden, retentionDays } = requirementOf(handOff, demand)
  const [severityNumber, severityText] = SEVERITIES[demand.event.weight]
  return {
    // Words within a part of a name are joined by an underscore there.
    eventName: event.replaceAll('-', '_'),
    when,
    severityNumber,
    severityText,
    resource: { 'service.name': services.map(({ name }) => name) },
    attributes: required
      .filter(({ name }) => !ELSEWHERE.includes(name))
      .map(({ name, ...rest }) => ({
        name: NAMES[name] ?? name,
        type: TYPES[name] ?? 'string',
        requirementLevel: 'required',
        ...rest,
      })),
    forbidden,
    forbiddenAnywhere: FORBIDDEN_LAST,
    body: 'empty',
    retentionDays,
    threats,
  }
}
