import type { Ternary } from '../../model/types.ts'

/** A host that a value names, with what the value says of how it is reached. Never holds user names, passwords, paths or queries. */
export type Reference = { readonly host: string; readonly scheme?: string; readonly port?: number }

/** What the scheme of an address says; where one scheme serves with and without encryption, it is not stated. */
export const SCHEMES: ReadonlyMap<string, { readonly protocol: string; readonly encryption?: Ternary }> = new Map([
  ...each('postgres postgresql postgis', { protocol: 'PostgreSQL' }),
  ...each('mysql mysql2 mariadb', { protocol: 'MySQL' }),
  ...each('mongodb mongodb+srv', { protocol: 'MongoDB' }),
  ...each('sqlserver mssql', { protocol: 'TDS' }),
  ...each('redis', { protocol: 'Redis', encryption: 'no' as const }),
  ...each('rediss', { protocol: 'Redis', encryption: 'yes' as const }),
  ...each('amqp', { protocol: 'AMQP', encryption: 'no' as const }),
  ...each('amqps', { protocol: 'AMQP', encryption: 'yes' as const }),
  ...each('http', { protocol: 'HTTP', encryption: 'no' as const }),
  ...each('https', { protocol: 'HTTPS', encryption: 'yes' as const }),
  ...each('ws', { protocol: 'WebSocket', encryption: 'no' as const }),
  ...each('wss', { protocol: 'WebSocket', encryption: 'yes' as const }),
  ...each('mqtt', { protocol: 'MQTT', encryption: 'no' as const }),
  ...each('mqtts', { protocol: 'MQTT', encryption: 'yes' as const }),
  ...each('ldap', { protocol: 'LDAP' }),
  ...each('ldaps', { protocol: 'LDAP', encryption: 'yes' as const }),
  ...each('smtp', { protocol: 'SMTP' }),
  ...each('smtps', { protocol: 'SMTP', encryption: 'yes' as const }),
  ...each('grpc', { protocol: 'gRPC' }),
  ...each('grpcs', { protocol: 'gRPC', encryption: 'yes' as const }),
  ...each('nats', { protocol: 'NATS' }),
  ...each('kafka', { protocol: 'Kafka' }),
  ...each('memcached', { protocol: 'Memcached' }),
  ...each('bolt neo4j', { protocol: 'Bolt' }),
  ...each('bolt+s neo4j+s', { protocol: 'Bolt', encryption: 'yes' as const }),
  ...each('tcp', { protocol: 'TCP' }),
  ...each('udp', { protocol: 'UDP' }),
])

function each<T>(names: string, value: T): readonly (readonly [string, T])[] {
  return names.split(' ').map(name => [name, value] as const)
}

const URLS = /([a-z][a-z0-9+.-]{0,30}):\/\/([^/?#\s"'<>]*)/gi
const SETTINGS = /(?:^|[;\s])(?:host|server|data source|addr|address)\s{0,9}=\s{0,9}(?:tcp:)?([\w.-]{1,253})(?:[:,](\d{1,5}))?/gi
const CALLS = /@(?:tcp|tcp4|tcp6)\(([\w.-]{1,253})(?::(\d{1,5}))?\)/gi
const HOST = /^([\w.-]{1,253})(?::(\d{1,5}))?$/
/** Between addresses of a list; hosts of one address are parted by commas too. */
const NEXT_URL = /,(?=[a-z][\w+.-]{0,30}:\/\/)/i

/** Names of variables that hold an address; a value that is a service's name by chance, as of a user, is none. */
const NAMES_HOST =
  /(?:host|hosts|hostname|hostnames|server|servers|addr|addrs|address|addresses|endpoint|endpoints|url|urls|uri|uris|broker|brokers|nodes|bootstrap|dsn|upstream|upstreams|proxy)$/i

/** Hosts of one list that are looked at. */
const MOST_HOSTS = 20

/** Hosts that the value of a variable names: as addresses, as connection strings, or plainly where the variable is called so. */
export function referencesIn(variable: string, value: string): readonly Reference[] {
  const urls = value
    .split(NEXT_URL)
    .flatMap(one => [...one.matchAll(URLS)])
    .flatMap(([, scheme = '', authority = '']) =>
      hostsOf(authority.slice(authority.lastIndexOf('@') + 1)).map(found => ({ ...found, scheme: scheme.toLowerCase() })),
    )
  if (urls.length > 0) return urls
  const named = [...value.matchAll(SETTINGS), ...value.matchAll(CALLS)].map(([, host = '', port]) => referenceOf(host, port))
  if (named.length > 0) return named
  const plain = hostsOf(value)
  return NAMES_HOST.test(variable) ? plain : plain.filter(({ port }) => port !== undefined)
}

function hostsOf(list: string): readonly Reference[] {
  return list
    .split(',', MOST_HOSTS)
    .map(one => HOST.exec(one.trim()))
    .flatMap(found => (found?.[1] === undefined ? [] : [referenceOf(found[1], found[2])]))
}

function referenceOf(host: string, port: string | undefined): Reference {
  return port === undefined ? { host } : { host, port: Number(port) }
}

/** Whether a host is some machine beyond those of the file. */
export function isElsewhere({ host, scheme }: Reference): boolean {
  return scheme !== undefined && !/^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0)$/i.test(host)
}
