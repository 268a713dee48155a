/** What a value does to a published schema: how often it breaks it, and the first places where it does. */
export type Faults = { readonly count: number; readonly first: readonly Fault[] }
export type Fault = { readonly pointer: string; readonly text: string }

/** One keyword or several: `accept` answers fast, `explain` walks the same value again and says what is wrong. */
type Test = { readonly accept: (value: unknown) => boolean; readonly explain: (value: unknown, told: Telling) => void }
type Shape = Readonly<Record<string, unknown>>
type Entry = { readonly [key: string]: unknown }

/** Places told of; every fault is counted. */
const MOST_TOLD = 20

class Telling {
  readonly path: (string | number)[] = []
  readonly first: Fault[] = []
  count = 0

  tell(text: string): void {
    this.count++
    if (this.first.length < MOST_TOLD) this.first.push({ pointer: pointerOf(this.path), text })
  }

  at(key: string | number, walk: () => void): void {
    this.path.push(key)
    walk()
    this.path.pop()
  }
}

function pointerOf(path: readonly (string | number)[]): string {
  return path.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

const NO_FAULTS: Faults = { count: 0, first: [] }

/**
 * Holds values against a schema of others in JSON Schema draft 07, given as JSON text by name; made of closures when first asked, as in
 * acceptor.ts. It finds a value valid exactly where Ajv does, in time that grows with the size of the value: `uniqueItems` compares canonical
 * texts instead of every item with every other. Formats other than `uri` are taken as remarks.
 */
export function validatorOf(shapes: Readonly<Record<string, string>>, name: string): (value: unknown) => Faults {
  const made = new Map<string, Test>()
  let root: Test | undefined

  function named(ref: string): Test {
    const known = made.get(ref)
    if (known) return known
    const text = shapes[ref]
    if (text === undefined) throw new Error(`validatorOf: no shape ${ref}`)
    // Made when a value first comes to it: shapes refer to themselves, and most files need a tenth of them.
    let test: Test | undefined
    const late: Test = {
      accept: value => {
        test ??= make(JSON.parse(text) as Shape)
        return test.accept(value)
      },
      explain: (value, told) => {
        test ??= make(JSON.parse(text) as Shape)
        test.explain(value, told)
      },
    }
    made.set(ref, late)
    return late
  }

  function make(shape: Shape | boolean): Test {
    if (shape === true) return ANYTHING
    if (shape === false) return NOTHING
    const tests = MAKERS.flatMap(maker => maker(shape) ?? [])
    const [only] = tests
    if (tests.length === 1 && only) return only
    return {
      accept: value => {
        for (const test of tests) if (!test.accept(value)) return false
        return true
      },
      explain: (value, told) => {
        for (const test of tests) test.explain(value, told)
      },
    }
  }

  const MAKERS: readonly ((shape: Shape) => Test | undefined)[] = [
    ({ $ref }) => (typeof $ref === 'string' ? named($ref) : undefined),
    typeTest,
    valueTest,
    textTest,
    numberTest,
    listTest,
    objectTest,
    choiceTest,
    conditionTest,
  ]

  function listTest({ items, minItems, maxItems, uniqueItems }: Shape): Test | undefined {
    if ([items, minItems, maxItems, uniqueItems].every(part => part === undefined)) return undefined
    const each = items === undefined ? ANYTHING : make(items as Shape)
    const inRange = within(minItems, maxItems)
    return {
      accept: value => {
        if (!Array.isArray(value)) return true
        if (!inRange(value.length)) return false
        for (let i = 0; i < value.length; i++) if (!each.accept(value[i])) return false
        return uniqueItems !== true || twinsIn(value) === undefined
      },
      explain: (value, told) => {
        if (!Array.isArray(value)) return
        if (!inRange(value.length)) told.tell(`holds ${value.length} items, which are too few or too many`)
        for (const [index, item] of value.entries()) told.at(index, () => each.explain(item, told))
        const twins = uniqueItems === true ? twinsIn(value) : undefined
        if (twins) told.tell(`holds the same item twice, at ${twins[0]} and ${twins[1]}`)
      },
    }
  }

  function objectTest({ properties, required, additionalProperties }: Shape): Test | undefined {
    if ([properties, required, additionalProperties].every(part => part === undefined)) return undefined
    const known = new Map(Object.entries((properties ?? {}) as Entry).map(([key, inner]) => [key, make(inner as Shape)]))
    const other = additionalProperties === undefined ? ANYTHING : make(additionalProperties as Shape)
    const needed = (required ?? []) as readonly string[]
    return {
      accept: value => {
        if (!isEntry(value)) return true
        for (const key of needed) if (value[key] === undefined) return false
        for (const key of Object.keys(value)) {
          const test = known.get(key) ?? other
          // Most properties are plain texts: no call for those.
          if (test === TEXT ? typeof value[key] !== 'string' : !test.accept(value[key])) return false
        }
        return true
      },
      explain: (value, told) => {
        if (!isEntry(value)) return
        for (const key of needed) if (value[key] === undefined) told.tell(`lacks "${key}"`)
        for (const key of Object.keys(value))
          told.at(key, () => {
            const test = known.get(key) ?? other
            if (test === NOTHING) told.tell('is no property that the schema knows')
            else test.explain(value[key], told)
          })
      },
    }
  }

  function choiceTest({ oneOf, anyOf, allOf, not }: Shape): Test | undefined {
    const tests = [
      ...listOf(allOf).map(part => make(part as Shape)),
      ...(oneOf === undefined ? [] : [oneTest(listOf(oneOf).map(part => make(part as Shape)))]),
      ...(anyOf === undefined ? [] : [anyTest(listOf(anyOf).map(part => make(part as Shape)))]),
      ...(not === undefined ? [] : [plainTest(inverse(make(not as Shape)), 'is what the schema forbids here')]),
    ]
    return tests.length === 0 ? undefined : together(tests)
  }

  function conditionTest(shape: Shape): Test | undefined {
    if (shape.if === undefined) return undefined
    const condition = make(shape.if as Shape)
    const yes = shape.then === undefined ? ANYTHING : make(shape.then as Shape)
    const no = shape.else === undefined ? ANYTHING : make(shape.else as Shape)
    const branch = (value: unknown) => (condition.accept(value) ? yes : no)
    return {
      accept: value => branch(value).accept(value),
      explain: (value, told) => branch(value).explain(value, told),
    }
  }

  return value => {
    root ??= named(name)
    if (root.accept(value)) return NO_FAULTS
    const told = new Telling()
    root.explain(value, told)
    return { count: told.count, first: told.first }
  }
}

/** Keywords that are read, and those that say nothing about validity; the generator refuses any other. */
export const READ_KEYWORDS: readonly string[] = [
  ...'$ref type enum const pattern format minLength maxLength minimum maximum items minItems maxItems uniqueItems'.split(' '),
  ...'properties required additionalProperties oneOf anyOf allOf not if then else'.split(' '),
]

function plainTest(accept: (value: unknown) => boolean, text: string): Test {
  return {
    accept,
    explain: (value, told) => {
      if (!accept(value)) told.tell(text)
    },
  }
}

const ANYTHING: Test = { accept: () => true, explain: () => undefined }
const TEXT: Test = plainTest(value => typeof value === 'string', 'is no string')
const NOTHING: Test = plainTest(() => false, 'is not allowed here')

function oneTest(tests: readonly Test[]): Test {
  const accept = (value: unknown) => {
    let fits = false
    for (const test of tests) {
      if (!test.accept(value)) continue
      if (fits) return false
      fits = true
    }
    return fits
  }
  return plainTest(accept, `fits none, or more than one, of ${tests.length} forms that the schema allows`)
}

function anyTest(tests: readonly Test[]): Test {
  const accept = (value: unknown) => {
    for (const test of tests) if (test.accept(value)) return true
    return false
  }
  return plainTest(accept, `fits none of ${tests.length} forms that the schema allows`)
}

function inverse({ accept }: Test): (value: unknown) => boolean {
  return value => !accept(value)
}

function together(tests: readonly Test[]): Test {
  return {
    accept: value => tests.every(test => test.accept(value)),
    explain: (value, told) => {
      for (const test of tests) test.explain(value, told)
    },
  }
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isEntry,
  array: Array.isArray,
  string: value => typeof value === 'string',
  boolean: value => typeof value === 'boolean',
  integer: Number.isInteger,
  number: Number.isFinite,
  null: value => value === null,
}

function typeTest({ type }: Shape): Test | undefined {
  if (type === undefined) return undefined
  const names = (Array.isArray(type) ? type : [type]) as readonly string[]
  const tests = names.map(name => TYPES[name] ?? (() => false))
  const [only] = tests
  if (only && names.length === 1 && names[0] === 'string') return TEXT
  const accept = tests.length === 1 && only ? only : (value: unknown) => tests.some(test => test(value))
  return plainTest(accept, `is no ${names.join(' or ')}`)
}

/** A set instead of a walk: the list of licences has hundreds of entries. */
function valueTest(shape: Shape): Test | undefined {
  if (shape.enum === undefined && !Object.hasOwn(shape, 'const')) return undefined
  const allowed = new Set(shape.enum === undefined ? [shape.const] : listOf(shape.enum))
  return plainTest(value => allowed.has(value), 'is none of the values that the schema lists')
}

function textTest({ pattern, format, minLength, maxLength }: Shape): Test | undefined {
  const form = pattern === undefined ? undefined : new RegExp(pattern as string, 'u')
  const isUri = format === 'uri'
  if (form === undefined && !isUri && minLength === undefined && maxLength === undefined) return undefined
  const least = (minLength as number | undefined) ?? 0
  const most = (maxLength as number | undefined) ?? Number.POSITIVE_INFINITY
  // A length is counted in characters; where that cannot matter, they are not counted.
  const inRange = (text: string) => {
    if (text.length >= 2 * least && text.length <= most) return true
    const length = [...text].length
    return length >= least && length <= most
  }
  return plainTest(
    value =>
      typeof value !== 'string' || (inRange(value) && (form === undefined || form.test(value)) && (!isUri || URI.test(value))),
    'is not written as the schema wants it',
  )
}

/** Needed to tell names of algorithms from addresses: a signature must fit exactly one of the two. */
const URI = /^[a-z][a-z0-9+.-]*:\S*$/i

function numberTest({ minimum, maximum }: Shape): Test | undefined {
  if (minimum === undefined && maximum === undefined) return undefined
  const inRange = within(minimum, maximum)
  return plainTest(value => typeof value !== 'number' || inRange(value), 'is too small or too large')
}

function within(least: unknown, most: unknown): (n: number) => boolean {
  return n => (least === undefined || n >= (least as number)) && (most === undefined || n <= (most as number))
}

/** The first item that is equal to an earlier one, and that one; key order and the sign of zero do not matter. Grows with the size of the list. */
export function twinsIn(items: readonly unknown[]): readonly [number, number] | undefined {
  if (items.length < 2 || areFewTexts(items)) return undefined
  const alike = new Map<string, number>()
  let crowds: Map<string, number[]> | undefined
  for (let index = 0; index < items.length; index++) {
    const sketch = sketchOf(items[index])
    const first = alike.get(sketch)
    if (first === undefined) {
      alike.set(sketch, index)
      continue
    }
    crowds ??= new Map()
    const crowd = crowds.get(sketch)
    if (crowd) crowd.push(index)
    else crowds.set(sketch, [first, index])
  }
  let twins: readonly [number, number] | undefined
  for (const crowd of crowds?.values() ?? []) {
    const found = firstTwins(items, crowd)
    if (found && (twins === undefined || found[1] < twins[1])) twins = found
  }
  return twins
}

/** Most lists are two or three different texts: no table for those. */
function areFewTexts(items: readonly unknown[]): boolean {
  if (items.length > 4) return false
  for (let i = 0; i < items.length; i++) {
    if (typeof items[i] !== 'string') return false
    if (items.indexOf(items[i]) !== i) return false
  }
  return true
}

function firstTwins(items: readonly unknown[], crowd: readonly number[]): readonly [number, number] | undefined {
  const seen = new Map<string, number>()
  for (const index of crowd) {
    const text = canonical(items[index])
    const earlier = seen.get(text)
    if (earlier !== undefined) return [earlier, index]
    seen.set(text, index)
  }
  return undefined
}

/** Equal values have equal sketches; most others have not, and need no canonical text. */
function sketchOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (!isEntry(value)) return Array.isArray(value) ? `[${value.length}` : String(value)
  const mark = value['bom-ref'] ?? value.ref ?? value.purl ?? value.name ?? value.id ?? value.url
  return typeof mark === 'string' ? mark : `{${Object.keys(value).length}`
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (!isEntry(value)) return JSON.stringify(value) // -0 is written as 0
  const keys = Object.keys(value).sort()
  return `{${keys.map(key => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`
}
