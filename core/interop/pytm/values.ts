import type { Ternary } from '../../model/types.ts'
import type { Item } from '../reading/items.ts'
import { idOf, lineOf, type Raw, recordOf } from '../reading/json-fields.ts'

/** An object of the file without what pytm filled in, with its controls beside its own keys. */
export type Told = {
  readonly item: Item
  /** Keys and controls in one, whichever way the version writes them. */
  readonly facts: Raw
}

/** A dump holds every value of every object; in the short form each was written by a person. */
export function toldOf(item: Item, isDump: boolean): Told {
  const controls = recordOf(item.raw.controls)
  const said = isDump ? withoutDefaults(item.raw) : item.raw
  const nested = controls && (isDump ? withoutDefaults(controls) : controls)
  const { controls: own, ...rest } = said
  const raw = nested ? (Object.keys(nested).length > 0 ? { ...rest, controls: nested } : rest) : said
  return { item: { ...item, raw }, facts: { ...rest, ...(nested ?? (own === undefined ? {} : { controls: own })) } }
}

/** The object without the controls that were understood. */
export function withoutControls(item: Item, names: readonly string[]): Item {
  const controls = recordOf(item.raw.controls)
  if (!controls) return item
  const left = Object.entries(controls).filter(([name]) => !names.includes(name))
  const { controls: _controls, ...rest } = item.raw
  return { ...item, raw: left.length > 0 ? { ...rest, controls: Object.fromEntries(left) } : rest }
}

/** What is not what pytm writes where nobody said anything. */
export function withoutDefaults(raw: Raw): Raw {
  return Object.fromEntries(Object.entries(raw).filter(([key, value]) => !isDefault(key, value)))
}

const DEFAULTS: ReadonlySet<unknown> = new Set([
  false,
  null,
  '',
  -1,
  'Classification.UNKNOWN',
  'TLSVersion.NONE',
  'Lifetime.NONE',
  'DatastoreType.UNKNOWN',
])

function isDefault(key: string, value: unknown): boolean {
  if (DEFAULTS.has(value)) return true
  if (key === 'levels') return Array.isArray(value) && value.length === 1 && value[0] === 0
  if (key === 'severity') return value === 0
  if (key === 'codeType') return value === 'Unmanaged'
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

/** Yes when one of the facts is true; no when a person wrote false and nothing is true. */
export function answerTo(facts: Raw, names: readonly string[]): Ternary | undefined {
  const values = names.map(name => facts[name])
  if (values.includes(true)) return 'yes'
  return values.includes(false) ? 'no' : undefined
}

/** The value of an enumeration, with its name before it or not. */
export function memberOf(value: unknown): string | undefined {
  return lineOf(value, 100)
    ?.replace(/^[A-Za-z]+\./, '')
    .toUpperCase()
}

/** Finds an object by its name or its uuid; versions differ in which they write. */
export type Find = (value: unknown) => Item | undefined

/** Of two with one name, the first is meant. */
export function finderOf(items: readonly Item[]): Find {
  const known = new Map<string, Item>()
  for (const key of ['name', 'uuid'])
    for (const item of items) {
      const name = idOf(item.raw[key])
      if (name !== undefined && !known.has(name)) known.set(name, item)
    }
  return value => known.get(nameIn(value) ?? '')
}

/** The name that a reference is: written plainly, or as an object that has one. */
export function nameIn(value: unknown): string | undefined {
  const raw = recordOf(value)
  return raw ? (idOf(raw.name) ?? idOf(raw.uuid)) : idOf(value)
}

/** For messages about a link, which look for a title. */
export function titled(item: Item): Item {
  return { ...item, raw: { ...item.raw, title: item.raw.name } }
}
