import { accepts } from '../../model/parse.ts'
import type { AnyRow, Boundary, Design, Diagram, Element, Flow } from '../../model/types.ts'
import { idsOf } from '../../support/order.ts'
import type { DrawnFacts } from '../reading/drawing.ts'
import { defined, textOf } from '../reading/json-fields.ts'

/** What cells of ours are called in their attribute `skeptic-kind`. */
export type OwnKind = Element['kind'] | 'flow' | 'boundary'

/** The attributes of ours on a cell: what the drawing itself cannot say. */
export function ownAttributes(row: Element | Flow | Boundary, kind: OwnKind): Readonly<Record<string, string>> {
  const entries = FIELDS[tableFor(kind)].flatMap(({ field, attribute, write }) => {
    const value = (row as Readonly<Record<string, unknown>>)[field]
    return value === undefined ? [] : [[`skeptic-${attribute}`, write(value)] as const]
  })
  return { 'skeptic-kind': kind, ...Object.fromEntries(entries) }
}

/** What the attributes of a cell state; what fits no row is named instead of taken over. */
export function ownFacts(data: Readonly<Record<string, string>>): {
  readonly facts: DrawnFacts
  readonly wrong: readonly string[]
} {
  const kind = ownKind(data)
  if (!kind) return { facts: {}, wrong: Object.keys(data).filter(key => key.startsWith('skeptic-')) }
  const facts: Record<string, unknown> = {}
  const wrong: string[] = []
  const table = tableFor(kind)
  for (const { field, attribute, read } of FIELDS[table]) {
    const written = data[`skeptic-${attribute}`]
    if (written === undefined) continue
    const value = read(written)
    if (value === undefined || !accepts(table, { ...EMPTY[table], [field]: value } as AnyRow)) wrong.push(`skeptic-${attribute}`)
    else facts[table === 'boundaries' && field === 'kind' ? 'boundaryKind' : field] = value
  }
  return { facts: facts as DrawnFacts, wrong }
}

/** The kind that a cell of ours states. */
export function ownKind(data: Readonly<Record<string, string>>): OwnKind | undefined {
  const kind = data['skeptic-kind']
  return KINDS.find(one => one === kind)
}

const KINDS: readonly OwnKind[] = ['process', 'dataStore', 'externalEntity', 'flow', 'boundary']

function tableFor(kind: OwnKind): keyof typeof FIELDS {
  if (kind === 'flow') return 'flows'
  return kind === 'boundary' ? 'boundaries' : 'elements'
}

type Field = {
  readonly field: string
  readonly attribute: string
  readonly write: (value: unknown) => string
  readonly read: (text: string) => unknown
}

function field(name: string, attribute = name): Field {
  return { field: name, attribute, write: String, read: text => textOf(text) }
}

function number(name: string, attribute: string): Field {
  return { field: name, attribute, write: String, read: text => (/^\d{1,3}$/.test(text) ? Number(text) : undefined) }
}

/** `authenticates=yes isLog=no` */
const ATTRIBUTES: Field = {
  field: 'attributes',
  attribute: 'attributes',
  write: value =>
    idsOf(value as Words)
      .map(key => `${key}=${(value as Words)[key]}`)
      .join(' '),
  read: text => Object.fromEntries(partsOf(text).map(part => [part.split('=')[0] ?? '', part.split('=')[1] ?? ''])),
}

type Words = Readonly<Record<string, unknown>>

function partsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter(part => part !== '' && !part.startsWith('__proto__'))
}

/** `authn parser` */
const CODE_CLASSES: Field = {
  field: 'codeClasses',
  attribute: 'code-classes',
  write: value => idsOf(value as Words).join(' '),
  read: text => Object.fromEntries(partsOf(text).map(part => [part, true])),
}

/** One on each line. */
function list(name: string): Field {
  return {
    field: name,
    attribute: name,
    write: value => idsOf(value as Words).join('\n'),
    read: text =>
      Object.fromEntries(text.split('\n').flatMap(part => (part === '' || part === '__proto__' ? [] : [[part, true]]))),
  }
}

const FIELDS = {
  elements: [
    field('technology'),
    ATTRIBUTES,
    CODE_CLASSES,
    list('paths'),
    list('tags'),
    field('outOfScope', 'out-of-scope'),
    field('description'),
  ],
  flows: [
    field('protocol'),
    field('authentication'),
    field('encryption'),
    field('publicNetwork', 'public-network'),
    field('outOfScope', 'out-of-scope'),
    field('description'),
  ],
  boundaries: [field('kind', 'boundary-kind'), number('trustLevel', 'trust-level'), field('membership'), field('description')],
} as const

const provenance = { kind: 'human', at: '2026-01-01T00:00:00Z', by: 'a' }
const EMPTY = {
  elements: { id: 'E-00000', name: 'a', kind: 'process', provenance },
  flows: { id: 'F-00000', name: 'a', provenance },
  boundaries: { id: 'B-00000', name: 'a', kind: 'unknown', membership: 'stated', provenance },
} as const

/** The attributes of ours on the root of a page. */
export function pageAttributes(design: Design, diagram: Diagram | undefined): Readonly<Record<string, string>> {
  const { designId, name, purpose } = design.settings.design ?? {}
  return defined({
    'skeptic-design': designId,
    'skeptic-name': name,
    'skeptic-purpose': purpose,
    'skeptic-description': diagram?.description,
  })
}
