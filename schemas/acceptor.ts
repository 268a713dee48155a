/** A schema as the generator writes it: without words, every `$ref` a key of the definitions. */
export type Shape = Readonly<Record<string, unknown>>
type Accept = (value: unknown) => boolean

/** The keywords an acceptor knows; the generator refuses schemas that use another. */
export const KEYWORDS: readonly string[] = [
  '$ref',
  'type',
  'enum',
  'const',
  'properties',
  'required',
  'additionalProperties',
  'propertyNames',
  'items',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
]

/**
 * Decides whether values fit a shape, given as JSON text by name; made of closures when first asked: no code is compiled, and what is never asked costs
 * nothing. It says yes and no exactly where Ajv does; Ajv says why (decision 0004).
 */
export function acceptorOf(shapes: Readonly<Record<string, string>>): (name: string) => Accept {
  const made = new Map<string, Accept>()

  function named(name: string): Accept {
    const known = made.get(name)
    if (known) return known
    const text = shapes[name]
    if (text === undefined) throw new Error(`acceptorOf: no shape ${name}`)
    let accept: Accept | undefined
    made.set(name, value => (accept as Accept)(value)) // shapes may refer to themselves
    accept = make(JSON.parse(text) as Shape)
    made.set(name, accept)
    return accept
  }

  function make(shape: Shape): Accept {
    const tests = [
      refTest(shape),
      typeTest(shape),
      valueTest(shape),
      textTest(shape),
      numberTest(shape),
      listTest(shape),
      objectTest(shape),
    ]
    const present = tests.filter(test => test !== undefined)
    const [only] = present
    if (present.length === 1 && only) return only
    return value => present.every(test => test(value))
  }

  function refTest({ $ref }: Shape): Accept | undefined {
    return typeof $ref === 'string' ? value => named($ref)(value) : undefined
  }

  function listTest({ items, minItems, maxItems }: Shape): Accept | undefined {
    if (items === undefined && minItems === undefined && maxItems === undefined) return undefined
    const each = items === undefined ? undefined : make(items as Shape)
    const inRange = within(minItems, maxItems)
    return value => !Array.isArray(value) || (inRange(value.length) && (each === undefined || Array.from(value).every(each)))
  }

  function objectTest(shape: Shape): Accept | undefined {
    const { properties, required, additionalProperties, propertyNames, minProperties, maxProperties } = shape
    if (
      ![properties, required, additionalProperties, propertyNames, minProperties, maxProperties].some(part => part !== undefined)
    )
      return undefined
    const known = new Map(
      Object.entries((properties ?? {}) as Readonly<Record<string, Shape>>).map(([key, inner]) => [key, make(inner)]),
    )
    const other =
      additionalProperties === false
        ? NEVER
        : typeof additionalProperties === 'object'
          ? make(additionalProperties as Shape)
          : undefined
    const name = propertyNames === undefined ? undefined : make(propertyNames as Shape)
    const needed = (required ?? []) as readonly string[]
    const inRange = within(minProperties, maxProperties)
    return value => {
      if (!isObject(value)) return true
      const keys = Object.keys(value)
      if (!inRange(keys.length) || needed.some(key => value[key] === undefined)) return false
      return keys.every(key => {
        if (name && !name(key)) return false
        const test = known.get(key) ?? other
        return test === undefined || (known.has(key) && value[key] === undefined) || test(value[key])
      })
    }
  }

  return named
}

const NEVER: Accept = () => false

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function typeTest({ type }: Shape): Accept | undefined {
  switch (type) {
    case undefined:
      return undefined
    case 'object':
      return isObject
    case 'array':
      return Array.isArray
    case 'integer':
      return Number.isInteger
    case 'number':
      return Number.isFinite
    default:
      return value => typeof value === type
  }
}

function valueTest(shape: Shape): Accept | undefined {
  const allowed = Array.isArray(shape.enum)
    ? (shape.enum as readonly unknown[])
    : Object.hasOwn(shape, 'const')
      ? [shape.const]
      : undefined
  return allowed && (value => allowed.includes(value))
}

function textTest({ pattern, minLength, maxLength }: Shape): Accept | undefined {
  if (pattern === undefined && minLength === undefined && maxLength === undefined) return undefined
  const form = pattern === undefined ? undefined : new RegExp(pattern as string, 'u')
  const inRange = within(minLength, maxLength)
  return value => typeof value !== 'string' || (inRange(value.length) && (form === undefined || form.test(value)))
}

function numberTest({ minimum, maximum, exclusiveMinimum }: Shape): Accept | undefined {
  if (minimum === undefined && maximum === undefined && exclusiveMinimum === undefined) return undefined
  const inRange = within(minimum, maximum)
  return value =>
    typeof value !== 'number' || (inRange(value) && (exclusiveMinimum === undefined || value > (exclusiveMinimum as number)))
}

function within(least: unknown, most: unknown): (n: number) => boolean {
  return n => (least === undefined || n >= (least as number)) && (most === undefined || n <= (most as number))
}
