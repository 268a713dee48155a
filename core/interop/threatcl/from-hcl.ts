import type { Raw } from '../reading/json-fields.ts'
import type { ImportReport } from '../report.ts'
import type { HclBlock, HclBody } from './hcl.ts'
import type { HclValue } from './hcl-values.ts'
import { computed, labelsOf, merged, nameIn, type Part, rawOf } from './parts.ts'

/** How places are told, and to whom. */
type Telling = { readonly at: (offset: number) => string; readonly report: ImportReport }

/** The file of the native syntax as a block without a type. */
export function partOfHcl(body: HclBody, telling: Telling): Part {
  return partOf({ type: '', labels: [], body, offset: 0 }, 0, telling)
}

function partOf({ type, labels, body, offset }: HclBlock, most: number, telling: Telling): Part {
  const parts: Part[] = []
  const strange: HclBlock[] = []
  for (const block of body.blocks) {
    const own = labelsOf(block.type, type)
    if (own === undefined) strange.push(block)
    else parts.push(partOf(block, own, telling))
  }
  const raw = rawOf(labels, most, fieldsOf({ attributes: body.attributes, blocks: strange }, telling))
  return { type, name: nameIn(labels, most), raw, parts, at: telling.at(offset) }
}

/** Attributes, and blocks that nobody knows arranged as the JSON form has them. */
function fieldsOf({ attributes, blocks }: HclBody, telling: Telling): readonly (readonly [string, unknown])[] {
  const values = attributes.map(({ name, value, offset }) => [name, plainValue(value, placeAt(offset, telling))] as const)
  return [...values, ...blocks.map(block => [block.type, plainBlock(block, telling)] as const)]
}

function plainBlock({ labels, body }: HclBlock, telling: Telling): Raw {
  const own = merged(fieldsOf(body, telling))
  return labels.reduceRight<Raw>((inner, label) => Object.fromEntries([[label, inner]]), own)
}

type Told = { readonly at: string; readonly report: ImportReport }

function placeAt(offset: number, { at, report }: Telling): Told {
  return { at: at(offset), report }
}

function plainValue(value: HclValue, told: Told): unknown {
  if (value.is === 'literal') return value.value
  if (value.is === 'list') return value.items.map(item => plainValue(item, told))
  if (value.is === 'expression') return computed(value.source, told)
  return Object.fromEntries(value.entries.map(({ key, value: inner }) => [key, plainValue(inner, told)]))
}
