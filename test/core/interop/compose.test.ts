import { describe, expect, test } from 'vitest'
import { imageOf } from '../../../core/interop/compose/images.ts'
import { filled } from '../../../core/interop/compose/interpolation.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { expectSound, type imported as Imported, imported, named } from './imported.ts'

type Fields = Readonly<Record<string, unknown>>

function compose(services: Fields, more: Fields = {}) {
  const read = imported({ services, ...more })
  expectSound(read.design)
  return read
}

/** Flows as `source > target: protocol, encryption`. */
function flowsOf({ design }: ReturnType<typeof Imported>): readonly string[] {
  const called = (id: string | undefined) => design.elements[id ?? '']?.name
  return rowsOf(design.flows)
    .map(
      ({ source, target, protocol = '?', encryption = '?' }) =>
        `${called(source)} > ${called(target)}: ${protocol}, ${encryption}`,
    )
    .sort()
}

const app = { build: '.' }

describe('images', () => {
  test.each([
    ['postgres', 'PostgreSQL'],
    ['postgres:16.2-alpine', 'PostgreSQL 16.2'],
    ['docker.io/library/redis@sha256:0ed5d5928d4737458944eb604cc8509e245c3e19d02ad83935398bc4b991aac7', 'Redis'],
    ['registry.example.com:5000/team/mariadb:11', 'MariaDB 11'],
    ['mcr.microsoft.com/mssql/server:2022-latest', 'Microsoft SQL Server 2022'],
    ['confluentinc/cp-kafka:7.6.1', 'Apache Kafka'],
    ['pgvector/pgvector:0.7.0-pg16', 'PostgreSQL'],
    ['postgres:latest', 'PostgreSQL'],
    ['postgres:$' + '{PG:-16}', 'PostgreSQL'],
  ])('%s is a store', (image, technology) => {
    const { design } = compose({ db: { image } })
    expect(named(design.elements, 'db')).toMatchObject({ kind: 'dataStore', technology })
  })

  test.each(['nginx:1', 'example/postgres-exporter:1', 'example/kafka-consumer', 'example/server:1'])(
    '%s is a process',
    image => {
      expect(named(compose({ web: { image } }).design.elements, 'web')).toMatchObject({ kind: 'process', technology: image })
    },
  )

  test('what is no reference is not kept', () => {
    for (const image of ['https://user:pw@registry/x', 'user:pw@registry/x', 'a b', '', 'x'.repeat(500)])
      expect(imageOf(image), image).toBeUndefined()
    expect(named(compose({ web: { image: 'user:pw@registry/x' } }).design.elements, 'web').technology).toBeUndefined()
  })
})

test.each([
  ['$' + '{A}', '', true],
  ['$' + '{A:-b}', 'b', true],
  ['x$' + '{A-b}y', 'xby', true],
  ['$' + '{A:?must}', '', true],
  ['$' + '{A:-$' + '{B:-c}}', 'c', true],
  ['$A/b', '/b', true],
  ['$$A', '$A', false],
  [' plain ', 'plain', false],
  [8080, '8080', false],
])('variables of %j are filled in as with none set', (value, text, isVariable) => {
  expect(filled(value)).toEqual({ text, isVariable })
})

describe('published ports', () => {
  const of = (ports: unknown) => {
    const { design } = compose({ web: { ...app, ports } })
    const flows = rowsOf(design.flows).map(({ protocol, publicNetwork, foreign }) => [protocol, publicNetwork, foreign?.ports])
    return { flows, exposed: named(design.elements, 'web').attributes?.exposedToInternet }
  }

  test.each([
    ['3000', ['TCP', undefined, ['3000']], 'unknown'],
    [3000, ['TCP', undefined, ['3000']], 'unknown'],
    ['3000-3005', ['TCP', undefined, ['3000-3005']], 'unknown'],
    ['9090-9091:8080-8081', ['TCP', undefined, ['9090-9091:8080-8081']], 'unknown'],
    ['127.0.0.1:8001:8001', ['TCP', 'no', ['8001:8001']], 'no'],
    ['127.0.0.1::53/udp', ['UDP', 'no', ['53/udp']], 'no'],
    ['::1:6000:6000', ['TCP', 'no', ['6000:6000']], 'no'],
    ['[::1]:6001:6001', ['TCP', 'no', ['6001:6001']], 'no'],
    ['0.0.0.0:80:80', ['TCP', undefined, ['80:80']], 'unknown'],
    ['10.0.0.5:80:80', ['TCP', undefined, ['80:80']], 'unknown'],
    ['6060:6060/udp', ['UDP', undefined, ['6060:6060/udp']], 'unknown'],
    ['$' + '{BIND:-127.0.0.1}:80:80', ['TCP', undefined, ['80']], 'unknown'],
    ['127.0.0.1:$' + '{PORT:-80}:80', ['TCP', 'no', ['80']], 'no'],
    [{ target: 80, published: '8080', host_ip: '127.0.0.1', app_protocol: 'http' }, ['HTTP', 'no', ['8080:80']], 'no'],
    [{ target: 443, published: '8083-9000', app_protocol: 'https' }, ['HTTPS', undefined, ['8083-9000:443']], 'unknown'],
    [{ target: 80, app_protocol: 'constructor' }, ['TCP', undefined, ['80']], 'unknown'],
  ])('%j', (port, flow, exposed) => {
    expect(of([port])).toEqual({ flows: [flow], exposed })
  })

  test('exposure is never yes, and one open port makes it unknown', () => {
    expect(of(['127.0.0.1:1:1', '2:2']).exposed).toBe('unknown')
    expect(of([]).exposed).toBeUndefined()
  })

  test('what cannot be read is a loss', () => {
    const { summary, design } = compose({ web: { ...app, ports: ['x', null, {}, '80:'] } })
    expect(summary.losses).toContainEqual(expect.objectContaining({ what: '4 published ports', at: '/services/web' }))
    expect(Object.keys(design.elements)).toHaveLength(1)
  })

  test('a client with a question stands for whoever calls', () => {
    const { design, summary } = compose({ web: { ...app, ports: ['80:80'] } })
    const client = named(design.elements, 'Clients of web')
    expect(client.kind).toBe('externalEntity')
    expect(summary.problems).toEqual([expect.objectContaining({ code: 'compose.published', at: client.id })])
  })

  test('the network of the machine is a question', () => {
    const { design, summary } = compose({ agent: { image: 'x/agent', network_mode: 'host' } })
    const agent = named(design.elements, 'agent')
    expect(agent.attributes).toEqual({ exposedToInternet: 'unknown' })
    expect(summary.problems).toEqual([expect.objectContaining({ code: 'compose.hostNetwork', at: agent.id })])
  })
})

describe('who uses whom', () => {
  const db = { image: 'postgres:16' }

  test.each([
    [{ depends_on: ['db'] }, 'PostgreSQL, ?'],
    [{ depends_on: { db: { condition: 'service_healthy' } } }, 'PostgreSQL, ?'],
    [{ links: ['db:database'] }, 'PostgreSQL, ?'],
    [{ environment: { DATABASE_URL: 'postgres://app:pw@db:5432/app' } }, 'PostgreSQL, ?'],
    [{ environment: ['DATABASE_URL=postgresql+asyncpg://app:p%40@db/app'] }, 'PostgreSQL, ?'],
    [{ environment: { DB: 'jdbc:postgresql://db:5432/app?user=x&password=y' } }, 'PostgreSQL, ?'],
    [{ environment: { PGHOST: 'db' } }, 'PostgreSQL, ?'],
    [{ environment: { ADDRESS: 'db:6543' } }, '?, ?'],
    [{ environment: { CONNECTION: 'Server=db;Port=5432;User Id=x;Password=y' } }, 'PostgreSQL, ?'],
    [{ environment: { CONNECTION: 'user=x password=y host=db port=5432' } }, 'PostgreSQL, ?'],
    [{ environment: { DSN: 'x:y@tcp(db:5432)/app' } }, 'PostgreSQL, ?'],
    [{ environment: { URL: '$' + '{URL:-http://db:8080}' } }, 'HTTP, no'],
    [{ environment: { URL: 'https://DB/' } }, 'HTTPS, yes'],
    [{ environment: { A: 'http://db', B: 'https://db' } }, 'HTTP, no|HTTPS, yes'],
    [{ environment: { A: 'redis://db', B: 'rediss://db' } }, 'Redis, ?'],
    [{ environment: { URL: 'foo://other,bar://db' } }, 'PostgreSQL, ?'],
  ])('%j', (web, found) => {
    expect(flowsOf(compose({ web: { ...app, ...web }, db }))).toEqual(found.split('|').map(how => `web > db: ${how}`))
  })

  test.each([
    [{ environment: { POSTGRES_USER: 'db', POSTGRES_DB: 'db', APP_NAME: 'db' } }],
    [{ environment: { PASSWORD: 'p4:db' } }],
    [{ environment: { URL: 'postgres://db:pw@elsewhere.example/db' } }],
    [{ environment: { URL: 'http://elsewhere.example/?next=db' } }],
    [{ environment: { SELF_URL: 'http://web:80' } }],
    [{ depends_on: { db: { condition: 'service_completed_successfully' } } }],
    [{ depends_on: ['nobody', 'web'], links: ['nobody'] }],
    [{ command: 'wait-for db:5432' }],
  ])('%j names nobody that data goes to', web => {
    expect(flowsOf(compose({ web: { ...app, ...web }, db }))).toEqual([])
  })

  test('names of containers, aliases of networks and of links find services too', () => {
    const networks = { back: { aliases: ['warehouse'] } }
    const environment = { A_URL: 'http://the-db', B_URL: 'ws://warehouse', C_URL: 'grpc://store', D_URL: 'amqp://host1' }
    const other = { image: 'x/other', container_name: 'web', hostname: 'host1' }
    const read = compose(
      { web: { ...app, environment, links: ['db:store'] }, db: { ...db, container_name: 'the-db', networks }, other },
      { networks: { back: {} } },
    )
    expect(flowsOf(read)).toEqual(['web > db: HTTP, no', 'web > db: WebSocket, no', 'web > db: gRPC, ?', 'web > other: AMQP, no'])
  })

  test('a flow says where the file says so, by names alone', () => {
    const environment = { DATABASE_URL: 'postgres://app:pw@db/app' }
    const { design } = compose({ web: { ...app, depends_on: ['db'], environment }, db })
    expect(rowsOf(design.flows)[0]?.foreign).toEqual({ depends_on: true, environment: ['DATABASE_URL'] })
  })

  test('addresses beyond the file are counted, not copied', () => {
    const environment = { A: 'https://api.example.com/x', B: 'http://localhost:1', C: 'text' }
    const { summary } = compose({ web: { ...app, environment } })
    expect(summary.losses.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['1 variable with an address beyond this file', 'Values of 3 variables']),
    )
    expect(JSON.stringify(summary)).not.toContain('api.example.com')
  })
})

describe('volumes', () => {
  const db = { image: 'postgres:16', volumes: ['data:/var/lib/postgresql/data'] }
  const volumes = { data: null, files: { external: true } }

  test('the volume of a store is the store; others that mount it reach the store', () => {
    const read = compose({ db, backup: { ...app, volumes: ['data:/source:ro'] } }, { volumes })
    expect(flowsOf(read)).toEqual(['db > backup: ?, ?'])
    expect(Object.keys(read.design.elements)).toHaveLength(2)
  })

  test('the volume of processes, or of several stores, is a data store of its own', () => {
    const mount = { type: 'volume', source: 'files', target: '/files', read_only: true }
    const read = compose({ web: { ...app, volumes: ['files:/files:rw,z'] }, proxy: { ...app, volumes: [mount] } }, { volumes })
    expect(named(read.design.elements, 'files')).toMatchObject({ kind: 'dataStore', foreign: { external: true } })
    expect(flowsOf(read)).toEqual(['files > proxy: ?, ?', 'web > files: ?, ?'])
    expect(
      rowsOf(read.design.flows)
        .map(({ bidirectional }) => bidirectional)
        .sort(),
    ).toEqual([true, undefined])
    expect(named(compose({ db, copy: db }, { volumes }).design.elements, 'data').kind).toBe('dataStore')
  })

  test('folders of the machine are told and not kept', () => {
    const mounts = [
      './a:/a',
      '/home/jane/b:/b',
      '~/c:/c',
      'C:\\d:/d',
      '$' + '{E}:/e',
      { type: 'bind', source: '/f', target: '/f' },
    ]
    const { summary, design } = compose({
      web: { ...app, volumes: [...mounts, '/nameless', 'undeclared:/x', { type: 'tmpfs' }] },
    })
    expect(summary.losses).toContainEqual(expect.objectContaining({ what: '6 bind mounts' }))
    expect(summary.losses.filter(({ what }) => what === '1 mount')).toHaveLength(3)
    expect(JSON.stringify([summary, design])).not.toContain('jane')
  })

  test('whoever reaches the engine is asked about', () => {
    const { summary } = compose({
      a: { ...app, volumes: ['/var/run/docker.sock:/var/run/docker.sock'] },
      b: { ...app, use_api_socket: true },
    })
    expect(summary.problems.map(({ code }) => code)).toEqual(['compose.engine', 'compose.engine'])
  })
})

describe('networks', () => {
  test('one network makes no boundary', () => {
    const { design, summary } = compose(
      { web: { ...app, networks: ['only'] } },
      { networks: { only: { internal: true }, idle: {} } },
    )
    expect(design.boundaries).toEqual({})
    expect(summary.losses.map(({ at }) => at)).toEqual(expect.arrayContaining(['/networks/only', '/networks/idle']))
  })

  test('several make one each; a service on several lies in an internal one first, then in the smallest, and it is told', () => {
    const networks = { front: {}, back: { internal: true }, side: null }
    const { design, summary } = compose(
      {
        proxy: { ...app, networks: ['front'] },
        web: { ...app, networks: { front: null, back: { aliases: ['w'] } } },
        tool: { ...app, networks: ['front', 'side'] },
        alone: app,
        shared: { ...app, network_mode: 'service:web' },
        none: { ...app, network_mode: 'none' },
      },
      { networks },
    )
    const around = (name: string) => design.boundaries[named(design.elements, name).boundary ?? '']?.name
    expect(['proxy', 'web', 'tool', 'alone', 'shared', 'none'].map(around)).toEqual([
      'front',
      'back',
      'side',
      'default',
      'back',
      undefined,
    ])
    expect(named(design.elements, 'web').foreign).toMatchObject({ networks: ['front', 'back'] })
    expect(named(design.boundaries, 'back')).toMatchObject({ kind: 'network', membership: 'stated', foreign: { internal: true } })
    expect(summary.losses.filter(({ what }) => what.startsWith('The other networks'))).toHaveLength(3)
  })

  test('a network that is not declared is left out and told', () => {
    const { summary, design } = compose(
      { a: { ...app, networks: ['x'] }, b: { ...app, networks: ['y'] } },
      { networks: { y: {} } },
    )
    expect(design.boundaries).toEqual({})
    expect(summary.losses).toContainEqual(expect.objectContaining({ what: 'Networks of 1 service' }))
  })
})

describe('rights', () => {
  test.each<[Fields, string | undefined]>([
    [{ privileged: true }, 'yes'],
    [{ privileged: false }, undefined],
    [{ cap_add: ['CAP_SYS_ADMIN'] }, 'yes'],
    [{ cap_add: ['all'] }, 'yes'],
    [{ cap_add: ['NET_BIND_SERVICE'] }, undefined],
    [{ user: 'root' }, 'yes'],
    [{ user: '0:0' }, 'yes'],
    [{ user: 0 }, 'yes'],
    [{ user: '1000:1000' }, undefined],
    [{ user: '$' + '{UID:-0}' }, undefined],
    [{ read_only: true, pid: 'host' }, undefined],
  ])('%j', (fields, runsAsPrivileged) => {
    expect(named(compose({ a: { ...app, ...fields } }).design.elements, 'a').attributes?.runsAsPrivileged).toBe(runsAsPrivileged)
  })

  test('what has no attribute is kept in its plain forms only', () => {
    const plain = { user: '1000', read_only: true, cap_drop: ['ALL'], pid: 'host', expose: ['3000'], profiles: ['debug'] }
    expect(named(compose({ a: { ...app, ...plain } }).design.elements, 'a').foreign).toEqual(plain)
    const odd = {
      user: 'a b',
      read_only: 'x',
      cap_drop: ['s3cret'],
      pid: 's3cret',
      expose: ['s3cret'],
      profiles: ['a b'],
      ipc: 1,
    }
    expect(named(compose({ a: { ...app, ...odd } }).design.elements, 'a').foreign).toBeUndefined()
  })
})

test('secrets are data of class D4, configs of none; both lie with whom they are given to', () => {
  const { design } = compose(
    { web: { ...app, secrets: ['key', { source: 'cert', target: 'x.pem' }, 'unknown'], configs: ['settings'] } },
    { secrets: { key: { file: './key' }, cert: { external: true } }, configs: { settings: { content: 'a: b' } } },
  )
  expect(named(design.data, 'key').class).toBe('D4')
  expect(named(design.data, 'cert')).toMatchObject({ class: 'D4', foreign: { external: true } })
  expect(named(design.data, 'settings').class).toBeUndefined()
  expect(Object.keys(named(design.elements, 'web').data ?? {})).toHaveLength(3)
})

describe('what a service takes from elsewhere', () => {
  test('merge keys, one or a list, with what stands beside them above', () => {
    const { design } = imported(`
x-a: &a {image: postgres:15, privileged: true}
x-b: &b {image: redis:7, user: root}
services:
  one: {<<: *a}
  two: {<<: [*a, *b], image: mysql:8}
  three:
    <<: *b
    environment: {<<: {A_URL: http://one}, B: c}
`)
    expectSound(design)
    expect(named(design.elements, 'one')).toMatchObject({ technology: 'PostgreSQL 15', foreign: { privileged: true } })
    expect(named(design.elements, 'two')).toMatchObject({ technology: 'MySQL 8', foreign: { privileged: true, user: 'root' } })
    expect(rowsOf(design.flows)[0]?.foreign).toEqual({ environment: ['A_URL'] })
  })

  test('services of the same file are extended: lists joined, values put over each other', () => {
    const base = { image: 'x/app', ports: ['1:1'], environment: ['A_URL=http://b', 'B_URL=http://c'], depends_on: ['b'] }
    const read = compose({
      base,
      own: { extends: { service: 'base' }, ports: ['2:2'], environment: { B_URL: 'nothing' }, depends_on: { d: null } },
      b: app,
      c: app,
      d: app,
    })
    expect(flowsOf(read).filter(flow => flow.startsWith('own'))).toEqual(['own > b: HTTP, no', 'own > d: ?, ?'])
    const ports = rowsOf(read.design.flows).map(({ foreign }) => foreign?.ports)
    expect(ports).toContainEqual(['1:1', '2:2'])
  })

  test('other files and circles are told', () => {
    const { summary } = compose({
      a: { ...app, extends: { service: 'b' } },
      b: { ...app, extends: 'a' },
      c: { ...app, extends: { file: 'x.yaml', service: 'd' } },
      d: { ...app, extends: { service: '__proto__' } },
    })
    const told = summary.losses.filter(({ what }) => what.includes('would extend')).map(({ what }) => what)
    expect(told).toEqual(['What 3 services would extend', 'What 1 service would extend'])
  })
})

test('keys at the top without a place are told; a part that is no object is a loss', () => {
  const { summary } = compose({ a: app }, { include: ['b.yaml'], models: {}, 'x-y': 1, networks: [], volumes: 'x', foo: 1 })
  expect(summary.losses.map(({ at }) => at)).toEqual([
    '/networks',
    '/volumes',
    '/include',
    '/models',
    '/foo',
    '/services/a',
    '/services/a',
  ])
})

test('the name of the project is the name of the model, and the version is the one it states', () => {
  const { design, summary } = compose({ a: app }, { name: 'shop', version: '3.8' })
  expect(design.settings.design?.name).toBe('shop')
  expect(named(design.diagrams, 'shop').elements).toEqual({ [named(design.elements, 'a').id]: true })
  expect(summary).toMatchObject({ format: 'compose', formatVersion: '3.8' })
  expect(compose({ a: app }, { name: 'A $' + '{B}' }).design.settings.design?.name).toBe('Unnamed model')
  expect(compose({ a: app }).summary.formatVersion).toBe('specification')
})
