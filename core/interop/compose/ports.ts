import { recordOf } from '../reading/json-fields.ts'
import { filled } from './interpolation.ts'

/** A port of a container that the machine passes on. */
export type Port = {
  /** Port or range inside the container. */
  readonly target: string
  /** Port or range of the machine; missing when it is drawn at start, or a variable says it. */
  readonly published: string | undefined
  /** `no` when only the machine itself reaches it. */
  readonly isLocal: boolean
  readonly transport: 'TCP' | 'UDP'
  /** What the file says is spoken on it. */
  readonly application: string | undefined
}

const RANGE = /^\d{1,5}(?:-\d{1,5})?$/
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|localhost|\[?::1\]?)$/i

/** Protocols of `app_protocol` that are known by name. */
const APPLICATIONS: Readonly<Record<string, string>> = {
  http: 'HTTP',
  http2: 'HTTP',
  https: 'HTTPS',
  grpc: 'gRPC',
  ws: 'WebSocket',
  wss: 'WebSocket',
  amqp: 'AMQP',
  mqtt: 'MQTT',
  redis: 'Redis',
  mongo: 'MongoDB',
  postgres: 'PostgreSQL',
  postgresql: 'PostgreSQL',
  mysql: 'MySQL',
}

/** One entry of `ports`, short or long; nothing when it names no port of the container. */
export function portOf(value: unknown): Port | undefined {
  const long = recordOf(value)
  return long ? longPort(long) : shortPort(value)
}

/** `[IP:][HOST:]CONTAINER[/PROTOCOL]`, read from its end because an address may hold colons. */
function shortPort(value: unknown): Port | undefined {
  const entry = filled(value)
  if (!entry) return undefined
  const [ports = '', protocol = 'tcp'] = entry.text.toLowerCase().split('/', 2)
  const parts = ports.split(':')
  const target = parts.pop() ?? ''
  if (!RANGE.test(target)) return undefined
  const published = parts.pop()
  return {
    target,
    published: published !== undefined && RANGE.test(published) && !entry.isVariable ? published : undefined,
    isLocal: !isAddressVariable(String(value)) && LOOPBACK.test(parts.join(':')),
    transport: protocol === 'udp' ? 'UDP' : 'TCP',
    application: undefined,
  }
}

/** A variable in front may name another address. */
function isAddressVariable(written: string): boolean {
  return /^\s*\$/.test(written)
}

function longPort(long: Readonly<Record<string, unknown>>): Port | undefined {
  const target = filled(long.target)?.text ?? ''
  if (!RANGE.test(target)) return undefined
  const published = filled(long.published)
  const address = filled(long.host_ip)
  const spoken = filled(long.app_protocol)?.text.toLowerCase() ?? ''
  return {
    target,
    published: published && !published.isVariable && RANGE.test(published.text) ? published.text : undefined,
    isLocal: address !== undefined && !address.isVariable && LOOPBACK.test(address.text),
    transport: filled(long.protocol)?.text.toLowerCase() === 'udp' ? 'UDP' : 'TCP',
    application: Object.hasOwn(APPLICATIONS, spoken) ? APPLICATIONS[spoken] : undefined,
  }
}
