import type { Change } from '../model/change.ts'
import { rowAt, rowsOf } from '../model/table.ts'
import type { AuditEvent, Design, Mitigation } from '../model/types.ts'
import { idsOf } from '../support/order.ts'
import { eventSchemaPath } from './audit-events.ts'
import type { HandOff, ThreatWatch } from './types.ts'

type OwnCheck = NonNullable<Mitigation['checks']>[string]

/**
 * A check for every audit event that the control of a mitigation needs: a test emits the event and holds the line against its
 * schema. Only mitigations whose control leads to a detection get one, and what is there already stays.
 */
export function addMonitoringChecks(design: Design, handOff: HandOff): readonly (Change & { readonly kind: 'patch' })[] {
  const watches = new Map(handOff.watches.map(watch => [watch.threat.id, watch]))
  const events = new Map(handOff.signals.map(({ detection, event }) => [detection.id, event]))
  return rowsOf(design.mitigations).flatMap(mitigation => {
    const missing = eventsFor(mitigation, watches, events).filter(event => mitigation.checks?.[keyOf(event)] === undefined)
    if (missing.length === 0 || !rowAt(design.mitigations, mitigation.id)) return []
    const fields = Object.fromEntries(missing.map(event => [`checks/${keyOf(event)}`, checkFor(event)]))
    return [{ kind: 'patch', table: 'mitigations', id: mitigation.id, fields } as const]
  })
}

/** The events of the detections that the control of a mitigation leads to, by the ids of these detections. */
function eventsFor(
  { threats, control }: Mitigation,
  watches: ReadonlyMap<string, ThreatWatch>,
  events: ReadonlyMap<string, AuditEvent>,
): readonly AuditEvent[] {
  const wanted = idsOf(threats)
    .flatMap(id => watches.get(id)?.detections ?? [])
    .filter(one => one.because === 'mitigation' && one.control === control)
    .map(({ detection }) => detection)
  const found = [...new Set(wanted)].sort().flatMap(id => events.get(id) ?? [])
  return [...new Map(found.map(event => [event.name, event])).values()]
}

function keyOf({ name }: AuditEvent): string {
  return `audit-${name.replace(/[._]/g, '-')}`.slice(0, 60)
}

/**
 * Inside `all`, so that the name of a negative test of the same threat does not pass for it, and the negative test is asked for still.
 */
function checkFor({ name, when }: AuditEvent): OwnCheck {
  const match = [`*audit event ${name}*`, `*audit_event_${name.replace(/[.-]/g, '_')}*`]
  return {
    statement: `When ${when}, the audit event ${name} is written: a test emits it and validates the line against ${eventSchemaPath(name)}.`,
    verify: { all: [{ tests: { from: { slot: 'unit' }, match, min: 1 } }] },
  }
}
