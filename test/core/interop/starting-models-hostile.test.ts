import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { ends } from '../../support/ends.ts'
import { expectSoundOrRefused } from './damaged.ts'
import { fixturesOf, fixtureText } from './fixture-files.ts'
import { expectSound, read, refused } from './imported.ts'

const MANY = 100_000

function filled<T>(count: number, each: (i: number) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, each(i)]))
}

/** `ok`, or the code of the one problem; a design that is made must be sound. */
function outcome(file: unknown, isChecked = true): string {
  const text = typeof file === 'string' ? file : JSON.stringify(file)
  const result = ends(() => read(text))
  if (!result.ok) return refused(text).code
  if (isChecked) expectSound(result.value.design)
  return 'ok'
}

const compose = (services: object, more: object = {}) => ({ services, ...more })
const web = (fields: object) => compose({ web: { image: 'x', ...fields }, db: { image: 'postgres' } })
const nest = (levels: number, keys: object): object => (levels === 0 ? keys : { '<<': nest(levels - 1, keys) })

describe('Compose files made to hurt end in one problem or a design', () => {
  test.each<[string, unknown, string]>([
    ['services', compose(filled(2001, () => ({ image: 'x' }))), 'compose.tooMany'],
    ['networks', compose({ a: { image: 'x' } }, { networks: filled(2001, () => ({})) }), 'compose.tooMany'],
    ['ports', web({ ports: Array(MANY).fill('1:1') }), 'compose.tooMany'],
    ['variables', web({ environment: filled(MANY, () => 'http://db') }), 'compose.tooMany'],
    ['keys', web(filled(MANY, () => 'x')), 'compose.tooMany'],
    [
      'keys that are extended',
      compose(filled(2000, i => (i === 0 ? filled(40_000, String) : { build: '.', extends: { service: 'n0' } }))),
      'compose.tooMany',
    ],
    ['a chain', compose(filled(2000, i => ({ image: 'x', extends: { service: `n${i + 1}` } }))), 'ok'],
    ['merges in merges', web({ labels: nest(150, filled(2000, String)) }), 'compose.tooMany'],
    ['merges side by side', web({ labels: { '<<': Array(300).fill(filled(1000, String)) } }), 'compose.tooMany'],
    ['one value', web({ environment: { A: 'http://db,'.repeat(500_000) } }), 'ok'],
    ['letters', web({ environment: { A: 'a'.repeat(MANY), B: 'a:'.repeat(MANY), C: '@'.repeat(MANY) } }), 'ok'],
    ['blanks', web({ environment: { A_HOST: `host${' '.repeat(MANY)}`, B: 'host = '.repeat(MANY) } }), 'ok'],
    ['variables in values', web({ environment: { A: '${'.repeat(MANY), B: '${A:-'.repeat(MANY), C: '$'.repeat(MANY) } }), 'ok'],
    ['long images', web({ image: 'a/'.repeat(MANY) }), 'ok'],
    ['long mounts', web({ volumes: [`${'a:'.repeat(MANY)}b`] }), 'ok'],
    ['long ports', web({ ports: ['1:'.repeat(MANY), '-'.repeat(MANY)] }), 'ok'],
    [
      'everybody on every network',
      compose(
        filled(200, () => ({ image: 'x', networks: Object.keys(filled(200, String)) })),
        { networks: filled(200, () => ({})) },
      ),
      'ok',
    ],
    [
      'everybody uses everybody',
      compose(filled(150, () => ({ image: 'redis', depends_on: Object.keys(filled(150, String)) }))),
      'ok',
    ],
    [
      'everybody mounts everything',
      compose(
        filled(60, () => ({ image: 'x', volumes: Object.keys(filled(60, String)).map(name => `${name}:/x`) })),
        { volumes: filled(60, () => ({})) },
      ),
      'ok',
    ],
  ])('%s', (_, file, code) => {
    expect(outcome(file)).toBe(code)
  })

  test('names of objects are names', () => {
    const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf']
    const all = Object.fromEntries(
      names.map(name => [name, { image: 'x', depends_on: names, networks: names, volumes: names, secrets: names }]),
    )
    expect(outcome(compose(all))).toBe('ok')
    expect(outcome(web({ depends_on: names, extends: 'constructor', networks: names, secrets: names, links: names }))).toBe('ok')
  })

  test('names that no file can hold are cleaned', () => {
    const names = ['a\ud800', 'b\u0000', '', ' ', 'c'.repeat(2000), 'd\n', 'e/~']
    const each = (value: unknown) => Object.fromEntries(names.map(name => [name, value]))
    const service = { image: 'x', ports: [80], networks: names, volumes: names, secrets: names, depends_on: names }
    const more = { networks: each({}), volumes: each({}), secrets: each({}), configs: each({}) }
    expect(outcome({ ...compose(each(service), more), name: names[0] })).toBe('ok')
    const schemes = each({ type: 'http' })
    const operation = { tags: [names[0]], security: [schemes], callbacks: each({}), responses: {} }
    const paths = each({ get: operation, post: { ...operation, tags: names.slice(1) } })
    expect(outcome({ openapi: '3.1.0', paths, webhooks: each({}), components: { securitySchemes: schemes } })).toBe('ok')
  })

  test('tags of Compose that take values away are refused with the place', () => {
    const problem = refused('services:\n  web:\n    image: x\n    ports: !reset []\n')
    expect(problem).toMatchObject({ code: 'yaml.tag', at: 'model.json:4:12' })
  })
})

const openapi = (more: object) => ({ openapi: '3.1.0', info: { title: 'x' }, ...more })
const lots = filled(MANY, () => ({ $ref: '#/components/schemas/A' }))

describe('OpenAPI documents made to hurt end in one problem or a design', () => {
  const shared = { $ref: '#/components/pathItems/a' }
  const sharedBy = (post: object, more: object = {}) =>
    openapi({ paths: filled(20_000, () => shared), components: { pathItems: { a: { post } } }, ...more })

  test.each<[string, unknown, string]>([
    ['paths', openapi({ paths: filled(50_001, () => 0) }), 'openapi.tooMany'],
    ['operations', openapi({ paths: filled(20_000, i => ({ get: { tags: [`t${i}`] }, put: {} })) }), 'ok'],
    ['answers of one operation on many paths', sharedBy({ responses: filled(MANY, () => ({})) }), 'ok'],
    ['callbacks of one operation on many paths', sharedBy({ callbacks: filled(MANY, () => ({})) }), 'ok'],
    ['tags of one operation on many paths', sharedBy({ tags: Object.keys(lots) }), 'ok'],
    ['bodies of one operation on many paths', sharedBy({ requestBody: { content: lots } }), 'ok'],
    ['security of all operations', sharedBy({}, { security: Array(MANY).fill({ a: [] }) }), 'ok'],
    ['servers of all operations', sharedBy({}, { servers: Array(MANY).fill({ url: 'https://a.example' }) }), 'ok'],
    [
      'keys beside references',
      openapi({ paths: filled(20_000, () => ({ ...shared, x: 1 })), components: { pathItems: { a: lots } } }),
      'ok',
    ],
    ['a chain of references', openapi({ paths: filled(20_000, i => ({ $ref: `#/paths/n${i + 1}` })) }), 'ok'],
    ['long references', openapi({ paths: { a: { $ref: `#/${'a/'.repeat(MANY)}` } } }), 'ok'],
    [
      'choices',
      openapi({ paths: { a: { get: { responses: { 200: { content: { x: { schema: { oneOf: Object.values(lots) } } } } } } } } }),
      'ok',
    ],
    [
      'schemes',
      openapi({
        components: {
          securitySchemes: filled(MANY, i => ({ type: 'openIdConnect', openIdConnectUrl: `https://n${i}.example` })),
        },
      }),
      'ok',
    ],
    ['webhooks', openapi({ webhooks: filled(MANY, () => ({})) }), 'ok'],
    ['long hosts', openapi({ servers: [{ url: `https://${'a.'.repeat(MANY)}` }, { url: `https://${'@'.repeat(MANY)}` }] }), 'ok'],
  ])('%s', (_, file, code) => {
    expect(outcome(file)).toBe(code)
  })

  test('names of objects are names', () => {
    const names = ['constructor', 'toString', 'hasOwnProperty']
    const refs = names.map(name => ({ $ref: `#/components/schemas/${name}` }))
    const get = { tags: names, security: names.map(name => ({ [name]: [] })), responses: { 200: { schema: { oneOf: refs } } } }
    expect(outcome(openapi({ paths: { '/a': { get }, '/b': { $ref: '#/constructor' } } }))).toBe('ok')
  })
})

describe.each(['compose', 'openapi'])('damaged files of %s', format => {
  const texts = fixturesOf(format).map(file => fixtureText(format, file))
  const raws = texts.map(text => parse(text, { merge: true }) as unknown)

  test('give a sound design or one problem, and throw nothing', () => {
    expectSoundOrRefused(raws, { read: text => read(text), numRuns: 150 })
  })

  test('so does YAML with changed characters', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.nat(),
        fc.constantFrom('', ':', '- ', '\n', '*a', '&a ', '{', '"', '\t', '<<: '),
        (text, at, more) => {
          const place = at % text.length
          const result = read(text.slice(0, place) + more + text.slice(place + 1))
          if (result.ok) expectSound(result.value.design)
          else expect(result.problems).toHaveLength(1)
        },
      ),
      { numRuns: 150 },
    )
  })

  test('written as YAML and as JSON they are the same', () => {
    for (const raw of raws) expect(read(stringify(raw), {}, 'x')).toEqual(read(JSON.stringify(raw), {}, 'x'))
  })
})

describe('what only looks like it is refused by its name or its keys', () => {
  test.each([
    ['apiVersion: apps/v1\nkind: Deployment\nspec: {}\n', 'import.notRead', 'Kubernetes'],
    ['apiVersion: v1\nkind: Service\n---\napiVersion: v1\nkind: Pod\n', 'import.notRead', 'Kubernetes'],
    ['{"apiVersion": "v1", "kind": "List", "items": []}', 'import.notRead', 'Kubernetes'],
    ['name: CI\non: push\njobs:\n  test:\n    services:\n      db: {image: postgres}\n', 'import.notRead', 'GitHub workflow'],
    ['asyncapi: 3.0.0\ninfo: {title: x}\n', 'import.notRead', 'AsyncAPI'],
    ['image: node\nservices:\n  - postgres:16\n', 'import.unknown', '"image", "services"'],
    [
      'services:\n  _defaults: {autowire: true}\n  App\\Mail: {class: App\\Mail, arguments: []}\n',
      'import.unknown',
      '"services"',
    ],
    ['replicaCount: 2\nglobal: {}\ningress: {}\nservices:\n  web: {image: x/web}\n', 'import.unknown', '"replicaCount"'],
    ['services:\n  web: {image: {repository: x, tag: y}, replicas: 2}\n', 'import.unknown', '"services"'],
    ['name: x\nrecipe: lamp\nservices:\n  db: {type: mysql}\n', 'import.unknown', '"recipe"'],
    ['services: {}\n', 'import.unknown', '"services"'],
    ['services:\n', 'import.unknown', '"services"'],
    ['info: {title: x}\ncomponents: {}\n', 'import.unknown', '"info"'],
    ['{"openapi": "4.0.0"}', 'import.unknown', '"openapi"'],
    ['{"openapi": {}}', 'import.unknown', '"openapi"'],
    ['{"swagger": "1.2"}', 'import.unknown', '"swagger"'],
  ])('%j', (text, code, words) => {
    const problem = refused(text)
    expect(problem.code).toBe(code)
    expect(problem.message).toContain(words)
  })

  test.each([
    ['services:\n  web: {environment: {A: b}, ports: ["80"]}\n', 'compose'],
    ['x-a: {}\nservices:\n  web: {extends: {file: a.yaml, service: b}}\n', 'compose'],
    ['services:\n  web: {build: .}\nservcies: {}\nnetworks: {}\n', 'compose'],
    ['# licence\n---\nopenapi: "3.0.3"\npaths: {}\n', 'openapi'],
  ])('%j is read', (text, format) => {
    const result = read(text)
    expect(result.ok ? result.value.summary.format : result.problems).toBe(format)
  })
})
