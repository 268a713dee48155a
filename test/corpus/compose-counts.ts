import { parse } from 'yaml'

/** Counts straight from a Compose file, written without a look at the importer: merge keys are the library's own. */
type Json = { readonly [key: string]: Json } & readonly Json[] & string

const STORES =
  /^(postgres|mysql|mariadb|percona|mongo|redis|rabbitmq|cp-kafka|cp-zookeeper|opensearch|minio|meilisearch|elasticsearch)$/
const SCHEMES: Readonly<Record<string, string>> = {
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  redis: 'Redis',
  http: 'HTTP',
  mongodb: 'MongoDB',
}
const USUAL: Readonly<Record<string, string>> = {
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MySQL',
  percona: 'MySQL',
  mongo: 'MongoDB',
  redis: 'Redis',
  rabbitmq: 'AMQP:5672',
  'cp-kafka': 'Kafka:9092',
  'cp-zookeeper': 'ZooKeeper:2181',
  opensearch: 'HTTP:9200',
  minio: 'S3:9000',
  meilisearch: 'HTTP:7700',
}

const keys = (value: unknown) => Object.keys((value ?? {}) as object)
const field = (value: unknown, key: string) => (value as Readonly<Record<string, unknown>> | null)?.[key]
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : [])
const names = (value: unknown) => (Array.isArray(value) ? value.map(String) : keys(value))

function environmentOf(service: Json): readonly string[] {
  const { environment } = service
  return Array.isArray(environment)
    ? environment.map(String)
    : keys(environment).map(key => `${key}=${(environment as Json)[key]}`)
}

function baseName(service: Json): string {
  const image = String(service.image ?? '').replace(/\$\{\w+:-([^}]*)\}/g, '$1')
  return (image.split('/').at(-1) ?? '').split(':')[0] ?? ''
}

function whole(services: Json, name: string): Json {
  const service = services[name] as Json
  const base =
    (service.extends as Json | undefined)?.file === undefined ? (service.extends as Json | undefined)?.service : undefined
  if (base === undefined) return service
  const below = whole(services, String(base))
  const environment = [...environmentOf(below), ...environmentOf(service)]
  return { ...(below as object), ...(service as object), environment } as unknown as Json
}

/** The services each service uses, as `target protocol`, by words of the file alone. */
function usesOf(services: Readonly<Record<string, Json>>, name: string): ReadonlySet<string> {
  const service = services[name] as Json
  const waits = names(service.depends_on).filter(
    other =>
      Array.isArray(service.depends_on) ||
      (service.depends_on?.[other] as Json | null)?.condition !== 'service_completed_successfully',
  )
  const aliases = new Map(
    list(service.links).map(link => [String(link).split(':')[1] ?? String(link), String(link).split(':')[0] ?? '']),
  )
  const plain = [...waits, ...aliases.values()]
  const spoken: [string, string][] = []
  for (const entry of environmentOf(service)) {
    for (const other of [...Object.keys(services), ...aliases.keys()]) {
      const target = aliases.get(other) ?? other
      if (target === name) continue
      const text = entry.replace(/\$\{\w+:-([^}]*)\}/g, '$1')
      const found = new RegExp(`(?:(\\w+)://(?:[^/]*[@,])?|tcp\\(|=|,)${other}(?::(\\d+))?(?=[/,?)\\s]|$)`).exec(text)
      if (!found || /^\w*(USER|DB|DATABASE|QUEUE|PASSWORD)=/.test(text)) continue
      const [usual, port] = (USUAL[baseName(services[target] as Json)] ?? '').split(':')
      const scheme = SCHEMES[found[1] ?? '']
      spoken.push([target, scheme ?? (port !== undefined && found[2] !== undefined && port !== found[2] ? '' : (usual ?? ''))])
    }
  }
  const all = new Set(spoken.filter(([, protocol]) => protocol !== '').map(pair => pair.join(' ')))
  const said = new Set([...all].map(one => one.split(' ')[0]))
  for (const target of [...plain, ...spoken.map(([target]) => target)]) if (!said.has(target) && services[target]) all.add(target)
  return all
}

export function rawCounts(text: string): Readonly<Record<string, number>> {
  const root = parse(text, { merge: true }) as Json
  const raw = root.services as Json
  const services = Object.fromEntries(keys(raw).map(name => [name, whole(raw, name)]))
  const all = Object.entries(services)
  const isStore = ([, service]: readonly [string, Json]) => STORES.test(baseName(service))
  const published = all.filter(([, { ports }]) => list(ports).length > 0)
  const groups = published.map(([, service]) => {
    const [usual = '', number = '5432'] = (USUAL[baseName(service)] ?? '').split(':')
    return new Set(
      list(service.ports).map(one => {
        const written = String(one).replace(/\$\{\w+:-([^}]*)\}/g, 'var')
        const target = String(field(one, 'target') ?? written.split(':').at(-1))
        const spoken = field(one, 'app_protocol') ?? (target === number ? usual : 'TCP')
        return `${spoken} ${written.startsWith('127.0.0.1')}`
      }),
    ).size
  })
  const mounts = all.flatMap(([name, { volumes }]) =>
    list(volumes).map(one => ({ name, volume: String(field(one, 'source') ?? String(one).split(':')[0]) })),
  )
  const stores = all.filter(isStore).map(([name]) => name)
  const volumes = keys(root.volumes).map(volume => {
    const users = [...new Set(mounts.filter(mount => mount.volume === volume).map(({ name }) => name))]
    const keepers = users.filter(name => stores.includes(name))
    return { made: users.length > 0 && keepers.length !== 1 ? 1 : 0, flows: users.length - (keepers.length === 1 ? 1 : 0) }
  })
  const networks = new Set(
    all.flatMap(([, { networks: on, network_mode: mode }]) => (mode ? [] : names(on).length > 0 ? names(on) : ['default'])),
  )
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  const made = sum(volumes.map(volume => volume.made))
  const uses = sum(all.map(([name]) => usesOf(services, name).size))
  return {
    elements: all.length + made + published.length,
    processes: all.length - stores.length,
    dataStores: stores.length + made,
    externalEntities: published.length,
    flows: uses + sum(groups) + sum(volumes.map(({ flows }) => flows)),
    boundaries: networks.size > 1 ? networks.size : 0,
    unresolvedBoundaries: 0,
    dataAssets: keys(root.secrets).length + keys(root.configs).length,
    threats: 0,
    mitigations: 0,
    acceptances: 0,
    requirements: 0,
    diagrams: all.length > 0 ? 1 : 0,
  }
}

export const counts: Readonly<Record<string, (text: string) => Readonly<Record<string, number>>>> = { compose: rawCounts }
