import { describe, expect, test } from 'vitest'
import { rowsOf } from '../../../core/model/table.ts'
import { expectSound, imported, named } from './imported.ts'

type Fields = Readonly<Record<string, unknown>>

function openapi(more: Fields, version: Fields = { openapi: '3.1.0' }) {
  const read = imported({ ...version, info: { title: 'Shop API', version: '1' }, ...more })
  expectSound(read.design)
  return read
}

const get = (fields: Fields = {}) => ({ get: { responses: { 200: { description: 'OK' } }, ...fields } })
const key = { components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } } }
const SWAGGER = { swagger: '2.0' }

test.each([
  [{ openapi: '3.0.3' }, '3.0.3'],
  [{ openapi: '3.1.0' }, '3.1.0'],
  [{ openapi: 3.1 }, '3.1'],
  [{ openapi: 3 }, '3'],
  [SWAGGER, '2.0'],
  [{ swagger: 2 }, '2'],
])('%j is read', (version, formatVersion) => {
  const { summary, design } = openapi({ paths: { '/a': get() } }, version)
  expect(summary).toMatchObject({ format: 'openapi', formatVersion, counts: { elements: 2, flows: 1, diagrams: 1 } })
  expect(
    rowsOf(design.elements)
      .map(({ name, kind }) => `${kind} ${name}`)
      .sort(),
  ).toEqual(['externalEntity Clients of Shop API', 'process Shop API'])
})

describe('servers', () => {
  test.each([
    [['https://a.example/v1'], 'HTTPS yes'],
    [['http://a.example'], 'HTTP no'],
    [['https://a.example', 'http://localhost:8080'], 'HTTP undefined'],
    [['/v1'], 'HTTP undefined'],
    [['https://a.example', '/v1'], 'HTTP undefined'],
    [['{scheme}://a.example'], 'HTTP undefined'],
    [['wss://a.example'], 'WebSocket yes'],
    [[], 'HTTP undefined'],
  ])('%j', (urls, reach) => {
    const { design, summary } = openapi({ servers: urls.map(url => ({ url })), paths: { '/a': get({ security: [] }) } })
    expect(rowsOf(design.flows).map(({ protocol, encryption }) => `${protocol} ${encryption}`)).toEqual([reach])
    expect(summary.problems.some(({ code }) => code === 'openapi.mixedSchemes')).toBe(urls.length === 2 && urls[1] !== '/v1')
  })

  test('of paths and operations count before those of the document', () => {
    const servers = [{ url: 'http://b.example' }]
    const { design } = openapi({
      servers: [{ url: 'https://a.example' }],
      paths: { '/a': { ...get({ tags: ['a'] }), servers }, '/b': get({ tags: ['b'] }) },
    })
    expect(named(design.flows, 'a').encryption).toBe('no')
    expect(named(design.flows, 'b').encryption).toBe('yes')
  })

  test('schemes of version 2, of an operation before those of the document', () => {
    const paths = {
      '/a': get({ tags: ['a'], schemes: ['https'] }),
      '/b': get({ tags: ['b'] }),
      '/c': get({ tags: ['c'], schemes: [] }),
    }
    const { design } = openapi({ schemes: ['http'], host: 'a.example', paths }, SWAGGER)
    expect(['a', 'b', 'c'].map(tag => named(design.flows, tag).encryption)).toEqual(['yes', 'no', undefined])
    expect(named(design.elements, 'Shop API').foreign).toEqual({ servers: ['a.example'] })
  })

  test('host names are kept, and nothing else of an address', () => {
    const urls = [
      'https://user:pw@a.example:8443/v1?token=t',
      'https://{region}.b.example',
      'https://bad host/',
      'ftp://c.example',
    ]
    const { design } = openapi({ servers: urls.map(url => ({ url })), paths: {} })
    expect(named(design.elements, 'Shop API').foreign).toEqual({ servers: ['a.example:8443', '{region}.b.example'] })
  })
})

describe('who must say who they are', () => {
  const of = (security: unknown, operation: Fields = {}) => {
    const { design, summary } = openapi({
      ...key,
      ...(security === undefined ? {} : { security }),
      paths: { '/a': get(operation) },
    })
    const [flow] = rowsOf(design.flows)
    const problem = summary.problems.find(({ code }) => code === 'openapi.noSecurity')?.message
    return [flow?.authentication, named(design.elements, 'Shop API').attributes?.authenticates, problem?.slice(0, 6)]
  }

  test.each([
    [[{ key: [] }], {}, ['yes', 'yes', undefined]],
    [undefined, { security: [{ key: [] }] }, ['yes', 'yes', undefined]],
    [undefined, {}, [undefined, undefined, '1 of 1']],
    [[{ key: [] }], { security: [] }, ['no', undefined, '1 of 1']],
    [[], {}, ['no', undefined, '1 of 1']],
    [[{ key: [] }, {}], {}, [undefined, undefined, '1 of 1']],
    [[{ nothing: [] }], {}, [undefined, undefined, '1 of 1']],
    ['x', {}, [undefined, undefined, '1 of 1']],
  ])('%j with %j', (security, operation, found) => {
    expect(of(security, operation)).toEqual(found)
  })

  test('the open ones are listed up to a few', () => {
    const paths = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`/p${i}`, get()]))
    const { summary } = openapi({ paths })
    expect(summary.problems[0]?.message).toContain('9 of 9 operations')
    expect(summary.problems[0]?.message).toContain('GET /p4 and 4 others.')
  })
})

describe('data flows', () => {
  test('one for each first tag, with what the file says of the tag', () => {
    const paths = { '/a': get({ tags: ['x', 'y'] }), '/b': get({ tags: ['x'] }), '/c': get() }
    const { design } = openapi({ paths, tags: [{ name: 'x', description: 'All of x' }] })
    expect(rowsOf(design.flows)).toHaveLength(2)
    expect(named(design.flows, 'x')).toMatchObject({ description: 'All of x', foreign: { operations: ['GET /a', 'GET /b'] } })
    expect(named(design.flows, 'Requests to Shop API').foreign).toEqual({ operations: ['GET /c'] })
  })

  test('at most forty: the smallest share one', () => {
    const paths = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`/p${i}`, get({ tags: [`t${i}`] })]))
    const { design, summary } = openapi({ paths })
    expect(rowsOf(design.flows)).toHaveLength(40)
    expect(summary.losses).toContainEqual(expect.objectContaining({ what: 'Data flows for 21 tags' }))
    expect(named(design.flows, 'Other requests to Shop API').foreign?.operations).toHaveLength(21)
  })

  test('a document without operations has no clients', () => {
    const { design } = openapi({ paths: {}, components: {} })
    expect(rowsOf(design.elements)).toHaveLength(1)
  })
})

describe('data', () => {
  const body = (name: string) => ({ content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } } })

  test('schemas of requests and good answers, without a class, on the flows that carry them', () => {
    const post = {
      tags: ['x'],
      requestBody: body('In'),
      responses: { 201: body('Out'), 400: body('Error'), default: body('Error') },
    }
    const schemas = { In: {}, Out: { $ref: '#/components/schemas/In' }, Error: {}, Unused: {} }
    const { design } = openapi({ paths: { '/a': { post } }, components: { schemas } })
    expect(
      rowsOf(design.data)
        .map(({ name, class: is }) => [name, is])
        .sort(),
    ).toEqual([
      ['In', undefined],
      ['Out', undefined],
    ])
    expect(Object.keys(named(design.flows, 'x').data ?? {}).sort()).toEqual(Object.keys(design.data).sort())
  })

  test('lists, choices and answers by default count; names that lead nowhere do not', () => {
    const schema = {
      oneOf: [{ $ref: '#/definitions/A' }, { $ref: '#/definitions/Missing' }],
      items: { $ref: '#/definitions/B~1C' },
    }
    const { design } = openapi(
      { paths: { '/a': { get: { responses: { default: { schema } } } } }, definitions: { A: {}, 'B/C': {} } },
      SWAGGER,
    )
    expect(
      rowsOf(design.data)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['A', 'B/C'])
  })

  test('more than sixty make none, and it is told', () => {
    const schemas = Object.fromEntries(Array.from({ length: 61 }, (_, i) => [`S${i}`, {}]))
    const paths = Object.fromEntries(Object.keys(schemas).map(name => [`/${name}`, { get: { responses: { 200: body(name) } } }]))
    const { design, summary } = openapi({ paths, components: { schemas } })
    expect(design.data).toEqual({})
    expect(summary.losses).toContainEqual(expect.objectContaining({ what: 'Data of 61 schemas', at: '/components/schemas' }))
  })
})

describe('what the API calls', () => {
  test('callbacks and webhooks are flows outward', () => {
    const callbacks = {
      paid: { '{$request.body#/url}': get() },
      safe: { 'https://a.example/{$request.body#/id}': get() },
      lost: { $ref: 'x.yaml' },
    }
    const { design, summary } = openapi({
      paths: { '/a': get({ callbacks }), '/b': get({ callbacks: { paid: {} } }) },
      webhooks: { shipped: get() },
    })
    const receiver = named(design.elements, 'Receivers of Shop API')
    const outward = rowsOf(design.flows).filter(({ target }) => target === receiver.id)
    expect(outward.map(({ name, protocol, encryption }) => `${name} ${protocol} ${encryption}`).sort()).toEqual([
      'lost HTTP undefined',
      'paid HTTP undefined',
      'safe HTTPS yes',
      'shipped HTTP undefined',
    ])
    expect(named(design.elements, 'Shop API').attributes).toEqual({ makesOutboundRequests: 'yes' })
    expect(summary.problems).toContainEqual(expect.objectContaining({ code: 'openapi.outward', at: receiver.id }))
    expect(summary.losses).toContainEqual(expect.objectContaining({ what: '1 reference to another file' }))
  })

  test('whoever gives out tokens is an external entity, unless it is the API', () => {
    const oauth = (url: string) => ({ type: 'oauth2', flows: { authorizationCode: { authorizationUrl: url, tokenUrl: url } } })
    const of = (schemes: Fields) => {
      const { design } = openapi({
        servers: [{ url: 'https://api.example' }],
        paths: {},
        components: { securitySchemes: schemes },
      })
      return rowsOf(design.elements)
        .filter(({ kind }) => kind === 'externalEntity')
        .map(({ name, foreign }) => [name, foreign?.host])
        .sort()
    }
    expect(of({ a: oauth('https://u:p@id.example/x') })).toEqual([['Identity provider', 'id.example']])
    expect(of({ a: oauth('https://api.example/x'), b: oauth('/token'), c: { type: 'http', scheme: 'basic' } })).toEqual([])
    expect(of({ a: oauth('https://z.example'), b: { type: 'openIdConnect', openIdConnectUrl: 'http://y.example' } })).toEqual([
      ['Identity provider y.example', 'y.example'],
      ['Identity provider z.example', 'z.example'],
    ])
  })
})

describe('references', () => {
  test('are followed within the document, for paths, schemes, bodies and answers', () => {
    const { design } = openapi({
      paths: { '/a': { $ref: '#/components/pathItems/a' }, '/b': { $ref: '#/paths/~1a' } },
      security: [{ key: [] }],
      components: {
        pathItems: { a: { post: { requestBody: { $ref: '#/components/requestBodies/in' } } } },
        requestBodies: { in: { content: { x: { schema: { $ref: '#/components/schemas/In' } } } } },
        schemas: { In: {} },
        securitySchemes: { key: { $ref: '#/components/securitySchemes/other' }, other: { type: 'http', scheme: 'bearer' } },
      },
    })
    expect(rowsOf(design.flows)[0]).toMatchObject({ authentication: 'yes', foreign: { operations: ['POST /a', 'POST /b'] } })
    expect(named(design.data, 'In').id).toMatch(/^D-/)
  })

  test('circles end and other files stay closed; both are told', () => {
    const { summary, design } = openapi({
      paths: {
        '/a': { $ref: '#/paths/~1b' },
        '/b': { $ref: '#/paths/~1a' },
        '/c': { $ref: 'https://elsewhere.example/x.yaml#/c' },
      },
    })
    expect(rowsOf(design.elements)).toHaveLength(1)
    expect(summary.losses.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['2 references', '1 reference to another file']),
    )
  })
})

test('keys of the format and of others that say nothing here are told', () => {
  const { summary, design } = openapi({ paths: {}, externalDocs: { url: 'https://a.example' }, 'x-logo': {} })
  expect(summary.losses).toContainEqual(expect.objectContaining({ what: '2 other keys', at: '/externalDocs' }))
  expect(design.settings.design).toMatchObject({ name: 'Shop API' })
})
