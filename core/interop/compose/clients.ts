import { provenanceFor } from '../reading/building.ts'
import { groupsBy } from '../reading/groups.ts'
import { defined, lineOf, listOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { filled } from './interpolation.ts'
import { type Port, portOf } from './ports.ts'
import type { File } from './read.ts'
import type { Service } from './services.ts'

/** Whoever calls a published port: an external entity with a flow for each protocol, and a question who that is. */
export function addClients(file: File, services: readonly Service[]): void {
  for (const service of services) {
    const isOnHost = filled(service.raw.network_mode)?.text === 'host'
    const ports = portsOf(file, service)
    if (isOnHost) askHostNetwork(file, service)
    if (ports.length > 0) addClient(file, service, ports)
    if (ports.length > 0 || isOnHost) setExposure(file, service, !isOnHost && ports.every(({ isLocal }) => isLocal))
  }
}

function portsOf({ building }: File, { raw, place }: Service): readonly Port[] {
  return listOf(raw.ports).flatMap(value => {
    const port = portOf(value)
    if (!port)
      tally(building.report, place, {
        what: count => many(count, 'published port'),
        why: 'It names no port of the container that could be read: left out.',
      })
    return port ?? []
  })
}

/** A port bound to the machine itself is not reached from the internet; of any other, the file does not say who reaches the machine. */
function setExposure({ building }: File, { id }: Service, isLocal: boolean): void {
  const row = building.elements[id]
  if (row) building.elements[id] = { ...row, attributes: { ...row.attributes, exposedToInternet: isLocal ? 'no' : 'unknown' } }
}

function addClient({ building }: File, service: Service, ports: readonly Port[]): void {
  const { name, place } = service
  const id = building.idFor('E', building.model, '/services', name, 'clients')
  const provenance = provenanceFor(building, undefined)
  building.elements[id] = { id, name: lineOf(`Clients of ${name}`, 400) ?? 'Clients', kind: 'externalEntity', provenance }
  const groups = groupsBy(ports, port => `${protocolOf(service, port)}${port.isLocal ? ' on the machine itself' : ''}`)
  for (const [group, among] of groups) {
    const [first] = among
    if (!first) continue
    const flow = building.idFor('F', building.model, '/services', name, 'clients', group)
    building.flows[flow] = defined({
      id: flow,
      name: lineOf(`Requests to ${name}`, 400) ?? 'Requests',
      source: id,
      target: service.id,
      protocol: protocolOf(service, first),
      encryption: first.application === 'HTTPS' ? ('yes' as const) : first.application === 'HTTP' ? ('no' as const) : undefined,
      publicNetwork: first.isLocal ? ('no' as const) : undefined,
      provenance,
      foreign: { ports: among.slice(0, 50).map(writtenAs) },
    })
  }
  askWho(building.report, { id, ports })
  tally(building.report, place, {
    what: count => `Who calls ${many(count, 'service')} with published ports`,
    why: 'The file says only that the machine passes the ports on: one external entity each stands for whoever calls.',
  })
}

/** What the file says is spoken, what a known store speaks on its usual port, or the transport, which is all that is certain. */
function protocolOf({ image }: Service, { application, target, transport }: Port): string {
  if (application !== undefined) return application
  return transport === 'TCP' && image?.store && target === String(image.store.port) ? image.store.protocol : transport
}

function writtenAs({ target, published, transport }: Port): string {
  const ports = published === undefined ? target : `${published}:${target}`
  return transport === 'UDP' ? `${ports}/udp` : ports
}

function askWho(report: File['building']['report'], { id, ports }: { id: string; ports: readonly Port[] }): void {
  const open = ports.filter(({ isLocal }) => !isLocal)
  const shown = (open.length > 0 ? open : ports).slice(0, 5).map(writtenAs).join(', ')
  report.problems.push({
    code: 'compose.published',
    severity: 'warning',
    at: id,
    message:
      open.length > 0
        ? `Published beyond the machine itself (${shown}): who can reach it, and from where, the file does not say.`
        : `Published on the machine itself only (${shown}): which program there calls it, the file does not say.`,
    cure: 'Name the callers, say whether the service is exposed to the internet, or bind the port to 127.0.0.1.',
  })
}

function askHostNetwork({ building }: File, { id }: Service): void {
  building.report.problems.push({
    code: 'compose.hostNetwork',
    severity: 'warning',
    at: id,
    message: 'It uses the network of the machine: every port it opens is reached as if published, and none is listed.',
    cure: 'Add who calls it, and say whether it is exposed to the internet.',
  })
}
