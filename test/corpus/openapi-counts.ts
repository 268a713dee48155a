import { parse } from 'yaml'

/** Counts straight from an OpenAPI document, written without a look at the importer. */
type Json = { readonly [key: string]: Json } & readonly Json[] & string

const VERBS = /^(get|put|post|delete|options|head|patch|trace)$/
const entries = (value: unknown) => Object.entries((value ?? {}) as Readonly<Record<string, Json>>)

export function rawCounts(text: string): Readonly<Record<string, number>> {
  const root = parse(text) as Json
  const operations = entries(root.paths).flatMap(([, item]) =>
    entries(item).flatMap(([verb, operation]) => (VERBS.test(verb) ? [operation] : [])),
  )
  const tags = new Set(operations.map(({ tags: [first] = [] as unknown as Json }) => first ?? ''))
  const callbacks = new Set(operations.flatMap(operation => entries(operation.callbacks).map(([name]) => name)))
  const outward = callbacks.size + entries(root.webhooks).length
  const schemes = entries(root.components?.securitySchemes ?? root.securityDefinitions)
  const hosts = new Set(JSON.stringify(schemes).match(/(?<=Url":"https?:\/\/)[^/"]+/g) ?? [])
  const assets = new Set(operations.flatMap(operation => bodies(root, operation)))
  const clients = operations.length > 0 ? 1 : 0
  const external = clients + (outward > 0 ? 1 : 0) + hosts.size
  return {
    elements: 1 + external,
    processes: 1,
    dataStores: 0,
    externalEntities: external,
    flows: tags.size + outward + hosts.size,
    boundaries: 0,
    unresolvedBoundaries: 0,
    dataAssets: assets.size,
    threats: 0,
    mitigations: 0,
    acceptances: 0,
    requirements: 0,
    diagrams: 1,
  }
}

/** Schemas of the document that the text of a request or of a good answer names, one reference to a body followed. */
function bodies(root: Json, operation: Json): readonly string[] {
  const good = entries(operation.responses).filter(([code]) => code.startsWith('2'))
  const old = ((operation.parameters ?? []) as readonly Json[]).filter(one => one.in === 'body')
  const text = JSON.stringify([operation.requestBody, good, old]).replace(
    /\{"\$ref":"#\/components\/requestBodies\/(\w+)"\}/g,
    (_, name: string) => JSON.stringify(root.components?.requestBodies?.[name]),
  )
  return [...text.matchAll(/"#\/(?:components\/schemas|definitions)\/(\w+)"/g)].map(([, name]) => name ?? '')
}

export const counts: Readonly<Record<string, (text: string) => Readonly<Record<string, number>>>> = { openapi: rawCounts }
