import { idOf, lineOf, listOf, type Raw, recordOf } from '../reading/json-fields.ts'

/** A component of a draft, written as the blueprint object it later became. */
export type DraftThing = {
  readonly name: 'zones' | 'assets' | 'flows' | 'pages'
  readonly at: string
  readonly raw: Raw
  readonly page?: string
}

/** What properties of a draft are called. */
export const MODEL = 'cdx:model:'

/** Types of the draft as types of an asset; a boundary became a zone, and a dataflow a flow. */
const ASSETS: Readonly<Record<string, string>> = {
  actor: 'actor',
  server: 'service',
  service: 'service',
  lambda: 'function',
  process: 'process',
  datastore: 'data-store',
  asset: 'data',
}

/** Properties that a key of the final format states. */
const RENAMED: Readonly<Record<string, string>> = {
  inBoundary: 'zone',
  'dataflow:source': 'source',
  'dataflow:destination': 'destination',
}

/**
 * Things of drafts made before blueprints existed: components of type threat-model, whose properties say what each is. A component
 * that only holds others is a page.
 */
export function draftThings(root: Raw): readonly DraftThing[] {
  return listOf(root.components).flatMap((value, i) => thingsIn(recordOf(value), `/components/${i}`, undefined))
}

function thingsIn(component: Raw | undefined, at: string, page: string | undefined): readonly DraftThing[] {
  if (component?.type !== 'threat-model') return []
  const own = thingOf(component)
  const inner = listOf(component.components).flatMap((value, i) =>
    thingsIn(recordOf(value), `${at}/components/${i}`, own ? page : at),
  )
  const on = page === undefined ? {} : { page }
  if (own) return [{ ...own, at, ...on }, ...inner]
  const { components: _inner, type: _type, ...rest } = component
  return inner.length > 0 ? [{ name: 'pages', at, raw: rest }, ...inner] : []
}

function thingOf(component: Raw): Pick<DraftThing, 'name' | 'raw'> | undefined {
  const { type: _type, properties, components: _inner, ...rest } = component
  const stated = statedIn(properties)
  const kind = lineOf(stated.get('type')?.[0], 100) ?? ''
  const raw = { ...rest, ...fieldsOf(stated), ...othersIn(properties) }
  if (kind === 'boundary') return { name: 'zones', raw }
  if (kind === 'dataflow') return { name: 'flows', raw }
  return Object.hasOwn(ASSETS, kind) ? { name: 'assets', raw: { ...raw, type: ASSETS[kind], [`${MODEL}type`]: kind } } : undefined
}

type Stated = ReadonlyMap<string, readonly unknown[]>

function statedIn(properties: unknown): Stated {
  const stated = new Map<string, unknown[]>()
  for (const property of listOf(properties)) {
    const name = nameOf(property)
    if (name === undefined) continue
    const values = stated.get(name) ?? []
    values.push(recordOf(property)?.value ?? null)
    stated.set(name, values)
  }
  return stated
}

/** The part of a property's name that says what it states; other tools' properties say nothing here. */
function nameOf(property: unknown): string | undefined {
  const name = idOf(recordOf(property)?.name)
  return name?.startsWith(MODEL) ? name.slice(MODEL.length) : undefined
}

function fieldsOf(stated: Stated): Raw {
  return Object.fromEntries(
    [...stated].flatMap(([name, values]): readonly (readonly [string, unknown])[] => {
      const value = values.length === 1 ? values[0] : values
      if (name === 'type') return []
      if (name === 'dataflow:protocol') return [['protocols', values]]
      if (name === 'dataflow:isBidirectional' && (value === 'true' || value === 'false'))
        return [['bidirectional', value === 'true']]
      return [[Object.hasOwn(RENAMED, name) ? (RENAMED[name] ?? name) : `${MODEL}${name}`, value]]
    }),
  )
}

function othersIn(properties: unknown): Raw {
  const others = Array.isArray(properties) ? properties.filter(one => nameOf(one) === undefined) : properties
  const isEmpty = others === undefined || (Array.isArray(others) && others.length === 0)
  return isEmpty ? {} : { properties: others }
}
