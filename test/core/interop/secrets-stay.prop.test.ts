import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { importModel } from '../../../core/interop/import.ts'
import { folderOf } from '../../../core/model/write.ts'
import { fixturesOf, fixtureText } from './fixture-files.ts'
import { stamp } from './imported.ts'

type Path = readonly (string | number)[]

/**
 * Values that are names, and may be kept as such: of images, of what a service names among the other names of the file, and words that
 * authors write for readers. Everything else that stands as a value may be a secret.
 */
const NAMES: Readonly<Record<string, readonly RegExp[]>> = {
  compose: [/^name$/, /^version$/, /^services\.[^.]+\.(image|profiles\.\d+)$/],
  openapi: [
    /^(openapi|swagger|host)$/,
    /^info\.(title|description)$/,
    /^tags\.\d+\.(name|description)$/,
    /^servers\.\d+\.url$/,
    /\.tags\.\d+$/,
    /\.\$ref$/,
    /Ur[il]$/,
  ],
}

/** Secrets as people write them: each is told apart from all else by how it ends. */
const secrets = fc
  .tuple(
    fc.constantFrom('', 'hunter2', 'p@ss:w/rd', 'AKIA', 'eyJhbGciOi', 'postgres', 'Bearer ', '-----BEGIN ', '0', 'x'.repeat(60)),
    fc.stringMatching(/^[A-Za-z0-9]{16}$/),
  )
  .map(([before, end]) => ({ written: `${before}${end}Zq7`, mark: `${end}Zq7` }))

function leaves(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
}

function planted(file: unknown, path: Path, text: string): unknown {
  const root = structuredClone(file) as Record<string, unknown>
  const holder = path.slice(0, -1).reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, root)
  holder[path.at(-1) ?? ''] = text
  return root
}

/** Everything that is kept or said, wherever it stands. */
function keptOf(text: string): string {
  const result = importModel('file.yaml', text, { stamp })
  if (!result.ok) return JSON.stringify(result.problems).toLowerCase()
  return [...folderOf(result.value.design).values(), JSON.stringify(result.value.summary)].join('\n').toLowerCase()
}

describe.each(['compose', 'openapi'])('secrets in a file of %s', format => {
  const files = fixturesOf(format).map(file => parse(fixtureText(format, file), { merge: true }) as unknown)
  const isName = (path: Path) => (NAMES[format] ?? []).some(form => form.test(path.join('.')))
  const spots = files.flatMap(file =>
    leaves(file)
      .filter(path => !isName(path))
      .map(path => ({ file, path })),
  )

  test('planted in place of any value that is no name, leave no trace', () => {
    expect(spots.length).toBeGreaterThan(80)
    fc.assert(
      fc.property(fc.constantFrom(...spots), secrets, ({ file, path }, { written, mark }) => {
        const text = stringify(planted(file, path, written))
        expect(text).toContain(mark)
        expect(keptOf(text), path.join('.')).not.toContain(mark.toLowerCase())
      }),
      { numRuns: 400 },
    )
  })

  test('planted in place of every such value at once, leave no trace', () => {
    fc.assert(
      fc.property(fc.constantFrom(...files), secrets, (file, { written, mark }) => {
        const paths = leaves(file).filter(path => !isName(path) && path.length > 2)
        const text = stringify(paths.reduce((root, path) => planted(root, path, written), file))
        expect(keptOf(text)).not.toContain(mark.toLowerCase())
      }),
      { numRuns: 20 },
    )
  })
})

describe('secrets where they hide in a value that is read', () => {
  const compose = (service: object, more: object = {}) =>
    JSON.stringify({ services: { web: { image: 'x/web', ...service }, db: { image: 'postgres:16' } }, ...more })
  const open = (value: string) => `$${value}`

  test.each<[string, (secret: string) => string]>([
    ['a password in an address', s => compose({ environment: { DATABASE_URL: `postgres://app:${s}@db:5432/app` } })],
    ['a user name in an address', s => compose({ environment: [`DATABASE_URL=postgres://${s}@db:5432/app`] })],
    ['a query of an address', s => compose({ environment: { A: `https://db/?token=${s}` } })],
    ['a database name', s => compose({ environment: { A: `postgres://db/${s}` } })],
    ['a connection string', s => compose({ environment: { A: `Server=db;Password=${s}` } })],
    ['a list beside a service', s => compose({ environment: { A_HOSTS: `db:1,${s}:2` } })],
    ['a host elsewhere', s => compose({ environment: { A: `https://${s}.example.com` } })],
    ['an entry without a name', s => compose({ environment: [s, `=${s}`, `postgres://u:${s}@db?x=1`] })],
    ['the default of a variable', s => compose({ image: `x/web:${open(`{TAG:-${s}}`)}`, user: open(`{U:-${s}}`) })],
    ['the default of a store', s => compose({ image: open(`{IMAGE:-postgres:${s}}`) })],
    ['an address of an image', s => compose({ image: `user:${s}@registry.example/x` })],
    [
      'a port',
      s => compose({ ports: [`${s}:80`, `80:${s}`, { target: 80, published: s, host_ip: s, app_protocol: s, name: s }] }),
    ],
    ['a path of a mount', s => compose({ volumes: [`/home/${s}:/x`, `${s}:/x`, { type: 'bind', source: `/${s}`, target: s }] })],
    ['arguments of a build', s => compose({ build: { context: `https://${s}@git.example/x`, args: { TOKEN: s } } })],
    [
      'a secret written out',
      s => compose({ secrets: ['a'] }, { secrets: { a: { content: s, environment: s, file: s, name: s } } }),
    ],
    ['a config', s => compose({ configs: ['a'] }, { configs: { a: { content: s } } })],
    ['labels and commands', s => compose({ labels: { a: s }, command: ['run', s], entrypoint: s, healthcheck: { test: s } })],
    ['an extension', s => compose({ 'x-note': s }, { 'x-note': { a: s } })],
    ['options of a network', s => compose({ networks: ['n'] }, { networks: { n: { driver_opts: { a: s }, name: s } } })],
    [
      'a server of an API',
      s => JSON.stringify({ openapi: '3.0.0', servers: [{ url: `https://u:${s}@a.example/${s}?k=${s}` }], paths: {} }),
    ],
    [
      'a default of a server',
      s => JSON.stringify({ openapi: '3.0.0', servers: [{ url: 'https://{t}', variables: { t: { default: s } } }] }),
    ],
    [
      'an example, a default and a constant',
      s =>
        JSON.stringify({
          openapi: '3.1.0',
          paths: { '/a': { get: { parameters: [{ example: s, schema: { default: s, const: s, enum: [s] } }], 'x-key': s } } },
        }),
    ],
    [
      'an address of tokens',
      s =>
        JSON.stringify({
          openapi: '3.1.0',
          components: {
            securitySchemes: { a: { type: 'openIdConnect', openIdConnectUrl: `https://u:${s}@id.example/${s}?k=${s}` } },
          },
        }),
    ],
  ])('%s', (_, file) => {
    const secret = 'Hunter2xZq7w'
    const text = file(secret)
    expect(text).toContain(secret)
    const kept = keptOf(text)
    expect(kept).toContain('"format":"')
    expect(kept).not.toContain(secret.toLowerCase())
  })
})
