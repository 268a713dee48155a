import { ok, type Result, refuse } from '../support/result.ts'
import { isObject, type Loose, listOf, objectOf, textOf } from './loose.ts'
import { instantOf } from './numbers.ts'
import { shown } from './show.ts'
import type { Evidence, VexStatement } from './types.ts'

export function isCsaf(value: unknown): boolean {
  return isObject(value) && textOf(objectOf(value.document).csaf_version) !== undefined
}

const STATUSES: Readonly<Record<string, VexStatement['status']>> = {
  first_affected: 'affected',
  known_affected: 'affected',
  last_affected: 'affected',
  first_fixed: 'fixed',
  fixed: 'fixed',
  known_not_affected: 'not-affected',
  under_investigation: 'under-investigation',
}

/** Claims of a CSAF document: one for each weakness and each list of products with one status. */
export function readCsaf(file: string, value: unknown): Result<Evidence> {
  const root = objectOf(value)
  const document = objectOf(root.document)
  if (document.csaf_version !== '2.0' && document.csaf_version !== '2.1')
    return misshapen(
      file,
      '/document/csaf_version',
      `CSAF version ${shown(String(document.csaf_version), 40)}; 2.0 and 2.1 are read.`,
    )
  if (root.vulnerabilities !== undefined && !Array.isArray(root.vulnerabilities))
    return misshapen(file, '/vulnerabilities', 'What stands here is no list.')
  const names = productsIn(objectOf(root.product_tree))
  const statements: VexStatement[] = []
  for (const [index, one] of listOf(root.vulnerabilities).entries()) {
    const pointer = `/vulnerabilities/${index}`
    if (!isObject(one)) return misshapen(file, pointer, 'What stands here is no object.')
    const [id] = listOf(one.ids).map(objectOf)
    const vulnerability = textOf(one.cve) ?? textOf(id?.text) ?? textOf(one.title)
    if (vulnerability === undefined) return misshapen(file, `${pointer}/cve`, 'Nothing says which weakness is meant.')
    for (const [word, status] of Object.entries(STATUSES)) {
      const ids = listOf(objectOf(one.product_status)[word]).flatMap(product => textOf(product) ?? [])
      if (ids.length === 0) continue
      const why = labelOf(one.flags, ids)
      statements.push({
        pointer: `${pointer}/product_status/${word}`,
        vulnerability,
        products: ids.map(product => names.get(product) ?? product),
        status,
        ...(why === undefined ? {} : { justification: why }),
      })
    }
  }
  return ok({ format: 'csaf-vex', made: madeBy(objectOf(document.tracking)), facts: { statements } })
}

/** What the ids of products stand for: their package URL where there is one, else their name. */
function productsIn(tree: Loose): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const waiting: unknown[] = [
    ...listOf(tree.full_product_names).map(product => ({ product })),
    ...listOf(tree.relationships).map(one => ({ product: objectOf(one).full_product_name })),
    ...listOf(tree.branches),
  ]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { product, branches } = objectOf(next)
    const { product_id: id, name, product_identification_helper: helper } = objectOf(product)
    const called = textOf(objectOf(helper).purl) ?? textOf(name)
    if (typeof id === 'string' && called !== undefined) names.set(id, called)
    for (const branch of listOf(branches)) waiting.push(branch)
  }
  return names
}

/** The reason that is given for every one of these products; none where they differ. */
function labelOf(flags: unknown, ids: readonly string[]): string | undefined {
  const fitting = listOf(flags)
    .map(objectOf)
    .filter(flag => flag.product_ids === undefined || ids.every(id => listOf(flag.product_ids).includes(id)))
  return fitting.length === 1 ? textOf(fitting[0]?.label) : undefined
}

function madeBy({ generator, current_release_date: date }: Loose): Evidence['made'] {
  const { name, version } = objectOf(objectOf(generator).engine)
  const [tool, of, at] = [textOf(name), textOf(version), instantOf(date)]
  return {
    ...(tool === undefined ? {} : { tool }),
    ...(of === undefined ? {} : { version: of }),
    ...(at === undefined ? {} : { at }),
    commits: [],
  }
}

function misshapen(file: string, pointer: string, message: string): Result<never> {
  return refuse({
    code: 'evidence.csaf',
    at: `${file}:${pointer}`,
    message,
    cure: 'Write the document again as CSAF 2.0 and check it with a CSAF validator.',
  })
}
