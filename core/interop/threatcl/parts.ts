import type { Refusal } from '../../support/result.ts'
import { idOf, listOf, type Raw } from '../reading/json-fields.ts'
import { lengthsOf, wrongLists } from '../reading/list-limits.ts'
import { type ImportReport, many, tally } from '../report.ts'

/** A block of a model, whichever way the file writes it. */
export type Part = {
  readonly type: string
  /** Its last label, which is its name. */
  readonly name: string | undefined
  /** Its attributes, its name under LABEL, and the blocks in it that nobody knows. */
  readonly raw: Raw
  readonly parts: readonly Part[]
  /** Place in the file. */
  readonly at: string
}

/** The key of a name; no attribute can be called so. */
export const LABEL = 'block label'

/** How many labels each block has, by the block it stands in; the file itself is ''. */
const ELEMENTS = { process: 1, external_element: 1, data_store: 1 } as const
const ZONE = { ...ELEMENTS, flow: 1, trust_zone: 1 } as const
const CONTROL = { attribute: 1 } as const
const BLOCKS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '': { threatmodel: 1, component: 2, variable: 1, backend: 1 },
  threatmodel: {
    attributes: 0,
    additional_attribute: 1,
    information_asset: 1,
    usecase: 0,
    exclusion: 0,
    third_party_dependency: 1,
    threat: 1,
    data_flow_diagram: 0,
    data_flow_diagram_v2: 1,
    mermaid: 1,
  },
  threat: { risk: 0, control: 1, expanded_control: 1, proposed_control: 0 },
  control: CONTROL,
  expanded_control: CONTROL,
  component: CONTROL,
  data_flow_diagram: ZONE,
  data_flow_diagram_v2: ZONE,
  trust_zone: ZONE,
}

/** How many labels a block of this type has in a block of that type; nothing when it is not known there. */
export function labelsOf(type: string, within: string): number | undefined {
  const blocks = Object.hasOwn(BLOCKS, within) ? BLOCKS[within] : undefined
  return blocks && Object.hasOwn(blocks, type) ? blocks[type] : undefined
}

/** A value that would have to be computed, marked as such: its source stands there instead. */
export type Computed = { readonly expression: string }

/** Marks the source of an expression, and says so; a reference to an object of the file is only a name. */
export function computed(source: string, { at, report }: { readonly at: string; readonly report: ImportReport }): Computed {
  const shown = source.replace(/\s+/g, ' ').slice(0, 120)
  if (referenceIn(source) === undefined)
    tally(report, at, {
      what: count => `${many(count, 'value')} written as ${shown}`,
      why: 'Expressions are not evaluated, and no other file is opened: the source text is kept under foreign.',
    })
  return { expression: source }
}

/** An object of the file as expressions name it: `process.web_app`, `process["3rd_party"]`. */
export function referenceIn(source: string): string | undefined {
  const found = REFERENCE.exec(source.slice(0, 1000).trim())
  return found?.[1] ?? found?.[2]
}

const REFERENCE =
  /^(?:process|external_element|data_store|information_asset|trust_zone)(?:\.([\p{ID_Start}_][\p{ID_Continue}-]*)|\["([^"\\]*)"\])$/u

/** The raw object of a block: attributes, its name, and labels beyond those its type has. */
export function rawOf(labels: readonly string[], most: number, fields: readonly (readonly [string, unknown])[]): Raw {
  const name = nameIn(labels, most)
  const more = labels.length > Math.max(1, most) ? [['block labels', labels] as const] : []
  const kind = most === 2 && labels.length > 1 ? [['block type', labels[0]] as const] : []
  return merged([...fields, ...more, ...kind, ...(name === undefined ? [] : [[LABEL, name] as const])])
}

/** The name among labels; blocks without a name may carry one all the same. */
export function nameIn(labels: readonly string[], most: number): string | undefined {
  return idOf(labels[Math.max(1, most) - 1] ?? labels[0])
}

/** All blocks of a list and in them. */
export function allParts(parts: readonly Part[]): readonly Part[] {
  const all: Part[] = []
  const waiting = [...parts].reverse()
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    all.push(part)
    for (const inner of part.parts.toReversed()) waiting.push(inner)
  }
  return all
}

/** Refuses more blocks or links than any person writes. */
export function tooManyParts(file: string, parts: readonly Part[]): Refusal | undefined {
  const all = allParts(parts)
  const zones = all.filter(isDiagram).flatMap(zonesIn)
  const lists = { ...grouped(all.map(({ type, raw }) => [type, raw])), trust_zone: zones }
  return wrongLists(file, lists, {
    code: 'threatcl.list',
    keys: Object.keys(lists),
    linksIn: raw => lengthsOf(raw.information_asset_refs, raw.control_imports, raw.imports, raw.stride, raw.impacts),
    zones: 'trust_zone',
    schema: 'the threatcl specification',
  })
}

/** Whether a block draws elements and flows. */
export function isDiagram({ type }: Part): boolean {
  return type === 'data_flow_diagram' || type === 'data_flow_diagram_v2'
}

/** Zones of a diagram, and those that only its elements name. */
function zonesIn(diagram: Part): readonly Raw[] {
  const all = allParts(diagram.parts)
  const named = new Set(all.flatMap(({ raw }) => (typeof raw.trust_zone === 'string' ? [raw.trust_zone] : [])))
  return [...partsIn(all, 'trust_zone').map(({ raw }) => raw), ...[...named].map(() => ({}))]
}

/** Values of the same key together, in the order of the keys. */
export function grouped<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, readonly T[]>> {
  const groups = new Map<string, T[]>()
  for (const [key, value] of entries) {
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return Object.fromEntries(groups)
}

/** The blocks of a type in a block. */
export function partsIn(parts: readonly Part[], ...types: readonly string[]): readonly Part[] {
  return parts.filter(({ type }) => types.includes(type))
}

/** Texts of a list, and whether that is all it holds. */
export function textsIn(value: unknown): { readonly texts: readonly string[]; readonly isWhole: boolean } {
  const texts = listOf(value).filter(one => typeof one === 'string')
  return { texts, isWhole: Array.isArray(value) && texts.length === value.length }
}

/** Entries as an object; values of the same key stand in a list, as the JSON form has blocks. */
export function merged(entries: readonly (readonly [string, unknown])[]): Raw {
  return Object.fromEntries(Object.entries(grouped(entries)).map(([key, all]) => [key, all.length === 1 ? all[0] : all]))
}

/** The attributes of a block with blocks of it beside them, arranged as the JSON form has them. */
export function withParts(raw: Raw, parts: readonly Part[]): Raw {
  return parts.length === 0 ? raw : merged([...Object.entries(raw), ...parts.map(part => [part.type, plainPart(part)] as const)])
}

/** A block arranged as the JSON form has it. */
export function plainPart({ name, raw, parts }: Part): Raw {
  const { [LABEL]: _label, ...fields } = raw
  const own = withParts(fields, parts)
  return name === undefined ? own : Object.fromEntries([[name, own]])
}
