import type { AuditEvent } from '../model/types.ts'
import { jsonFile, requirementOf } from './audit-events.ts'
import { type FlatEvent, samplesOf } from './samples.ts'
import type { EventDemand, HandOff, Rendered } from './types.ts'

/** Names of fields moved between versions, so every event says which one it follows. */
const VERSION = '1.6.0'
const CLASS = 6003
const CATEGORY = 6

/** Activities of class 6003, API Activity. */
const ACTIVITIES = { create: 1, read: 2, update: 3, delete: 4, other: 99 } as const
/** Informational, low, medium. */
const SEVERITIES = { info: 1, warn: 2, error: 3 } as const

/** The same audit events as OCSF 1.6.0, class API Activity: the requirement of each with a JSON Schema and a sample. */
export function ocsfFiles(handOff: HandOff): Rendered {
  return {
    files: handOff.demands.map(demand =>
      jsonFile(`ocsf/${demand.event.name}.json`, {
        ...requirementOf(handOff, demand),
        ocsf: ocsfClassOf(demand.event),
        mapping: mappingOf(demand.event),
        schema: ocsfSchema(handOff, demand),
        sample: sampleOf(handOff, demand),
      }),
    ),
    losses: [],
  }
}

/** Version, class and activity that an event is in OCSF. */
export function ocsfClassOf({ activity }: Pick<AuditEvent, 'activity'>) {
  return { version: VERSION, class: 'API Activity', class_uid: CLASS, activity_id: ACTIVITIES[activity] }
}

/** Where each field of the log goes; what OCSF has no place for stands under unmapped. */
export function mappingOf(event: AuditEvent): Readonly<Record<string, string>> {
  return {
    '@timestamp': 'time (milliseconds since 1970)',
    'event.action': 'api.operation',
    'event.outcome': 'status_id (success 1, else 2) and unmapped',
    'event.dataset': 'metadata.log_name',
    'service.name': 'metadata.product.name',
    ...Object.fromEntries(event.fields.map(({ name }) => [name, PLACES[name] ?? `unmapped["${name}"]`])),
  }
}

const PLACES: Readonly<Record<string, string>> = { 'user.id': 'actor.user.uid', 'source.ip': 'src_endpoint.ip' }

function has(event: AuditEvent, field: string): boolean {
  return event.fields.some(({ name }) => name === field)
}

function unmappedFields(event: AuditEvent) {
  return event.fields.filter(({ name }) => PLACES[name] === undefined)
}

function ocsfSchema(handOff: HandOff, { event }: EventDemand) {
  const text = { type: 'string', minLength: 1, maxLength: 1000 }
  const object = (properties: Readonly<Record<string, object>>) => ({
    type: 'object',
    required: Object.keys(properties),
    properties,
  })
  const activity = ACTIVITIES[event.activity]
  const unmapped = unmappedFields(event).map(
    ({ name, values }) => [name, values ? { type: 'string', enum: values } : text] as const,
  )
  const properties: Readonly<Record<string, object>> = {
    class_uid: { const: CLASS },
    category_uid: { const: CATEGORY },
    activity_id: { const: activity },
    ...(activity === 99 ? { activity_name: text } : {}),
    type_uid: { const: CLASS * 100 + activity },
    severity_id: { type: 'integer', minimum: 0, maximum: 99 },
    status_id: { enum: [1, 2] },
    time: { type: 'integer', minimum: 0 },
    metadata: object({
      version: { const: VERSION },
      log_name: { type: 'string', minLength: 1 },
      product: object({ name: text, vendor_name: text }),
    }),
    actor: has(event, 'user.id') ? object({ user: object({ uid: text }) }) : object({ app_name: text }),
    api: object({ operation: { const: event.name } }),
    src_endpoint: has(event, 'source.ip') ? object({ ip: text }) : object({ svc_name: text }),
    unmapped: object({ 'event.outcome': { enum: ['success', 'failure', 'denied'] }, ...Object.fromEntries(unmapped) }),
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${handOff.address.slice(0, -1)}:ocsf:${event.name}`,
    title: event.name,
    ...object(properties),
  }
}

/** The first positive sample of the event in this form. */
function sampleOf(handOff: HandOff, { event }: EventDemand): unknown {
  const signal = handOff.signals.find(one => one.event.name === event.name)
  const [first] = signal ? samplesOf(handOff, signal).positive : []
  return first && asOcsf(event, first)
}

/** An event of the log as OCSF. */
export function asOcsf(event: AuditEvent, flat: FlatEvent): unknown {
  const activity = ACTIVITIES[event.activity]
  const service = flat['service.name'] ?? ''
  const unmapped = ['event.outcome', ...unmappedFields(event).map(({ name }) => name)]
  return {
    class_uid: CLASS,
    category_uid: CATEGORY,
    activity_id: activity,
    ...(activity === 99 ? { activity_name: event.name } : {}),
    type_uid: CLASS * 100 + activity,
    severity_id: SEVERITIES[event.weight],
    status_id: flat['event.outcome'] === 'success' ? 1 : 2,
    time: Date.parse(flat['@timestamp'] ?? ''),
    metadata: { version: VERSION, log_name: flat['event.dataset'], product: { name: service, vendor_name: 'Own development' } },
    actor: has(event, 'user.id') ? { user: { uid: flat['user.id'] } } : { app_name: service },
    api: { operation: event.name },
    src_endpoint: has(event, 'source.ip') ? { ip: flat['source.ip'] } : { svc_name: service },
    unmapped: Object.fromEntries(unmapped.map(name => [name, flat[name]])),
  }
}
