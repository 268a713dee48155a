import { type Raw, recordOf } from '../reading/json-fields.ts'
import type { ImportReport } from '../report.ts'
import { fixedText } from './hcl-heredoc.ts'
import { computed, labelsOf, nameIn, type Part, rawOf } from './parts.ts'

/** The file of the JSON form as a block without a type (hashicorp/hcl, json/spec.md): blocks are objects by label, alone or in a list. */
export function partOfJson(root: Raw, report: ImportReport): Part {
  return partOf(root, { type: '', labels: [], most: 0, at: '' }, report)
}

type Where = { readonly type: string; readonly labels: readonly string[]; readonly most: number; readonly at: string }

function partOf(body: Raw, { type, labels, most, at }: Where, report: ImportReport): Part {
  const parts: Part[] = []
  const fields: (readonly [string, unknown])[] = []
  for (const [key, value] of Object.entries(body)) {
    const own = labelsOf(key, type)
    const place = `${at}/${escaped(key)}`
    if (own !== undefined && isEmpty(value)) continue
    if (own !== undefined && isBlocks(value)) addParts(parts, value, { type: key, labels: [], most: own, at: place }, report)
    else fields.push([key, plainValue(value, { at: place, report })])
  }
  return { type, name: nameIn(labels, most), raw: rawOf(labels, most, fields), parts, at }
}

/** Whether no block at all stands where one could. */
function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0)
}

/** Whether a value holds blocks; a control may be a plain text as well. */
function isBlocks(value: unknown): boolean {
  return recordOf(value) !== undefined || (Array.isArray(value) && value.some(one => recordOf(one) !== undefined))
}

function addParts(parts: Part[], value: unknown, where: Where, report: ImportReport): void {
  if (Array.isArray(value)) {
    for (const [i, one] of value.entries()) {
      const place = { ...where, at: `${where.at}/${i}` }
      if (recordOf(one)) addParts(parts, one, place, report)
      else report.losses.push({ at: place.at, what: `One ${where.type.replaceAll('_', ' ')}`, why: NOTHING })
    }
    return
  }
  const raw = recordOf(value) ?? {}
  const isLabelled = where.labels.length < where.most && Object.values(raw).every(isBlocks)
  if (!isLabelled) parts.push(partOf(raw, where, report))
  else
    for (const [label, inner] of Object.entries(raw))
      addParts(parts, inner, { ...where, labels: [...where.labels, label], at: `${where.at}/${escaped(label)}` }, report)
}

const NOTHING = 'It is no object: nothing can be read from it.'

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Texts are templates in this form: `${…}` would be computed. */
function plainValue(value: unknown, told: { readonly at: string; readonly report: ImportReport }): unknown {
  if (typeof value === 'string') return fixedText(value) ?? computed(sourceOf(value), told)
  if (Array.isArray(value)) return value.map(one => plainValue(one, told))
  const raw = recordOf(value)
  return raw ? Object.fromEntries(Object.entries(raw).map(([key, inner]) => [key, plainValue(inner, told)])) : value
}

/** What stands alone within `${…}` is an expression like any in the native syntax. */
function sourceOf(text: string): string {
  return /^\$\{([^{}]*)\}$/.exec(text)?.[1]?.trim() ?? text
}
