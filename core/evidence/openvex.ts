import { ok, type Result, refuse } from '../support/result.ts'
import { isObject, type Loose, listOf, objectOf, textOf } from './loose.ts'
import { instantOf } from './numbers.ts'
import { shown } from './show.ts'
import type { Evidence, VexStatement } from './types.ts'

export function isOpenVex(value: unknown): boolean {
  if (!isObject(value)) return false
  const contexts = Array.isArray(value['@context']) ? value['@context'] : [value['@context']]
  return contexts.some(context => typeof context === 'string' && /^https:\/\/openvex\.dev\/ns(?:\/|$)/.test(context))
}

const STATUSES: Readonly<Record<string, VexStatement['status']>> = {
  not_affected: 'not-affected',
  affected: 'affected',
  fixed: 'fixed',
  under_investigation: 'under-investigation',
}

/** Claims of an OpenVEX document; up to 0.0.2 the weakness and the products are plain texts. */
export function readOpenVex(file: string, value: unknown): Result<Evidence> {
  const document = objectOf(value)
  if (!Array.isArray(document.statements)) return misshapen(file, '/statements', 'The list of statements is missing.')
  const statements: VexStatement[] = []
  for (const [index, one] of document.statements.entries()) {
    const pointer = `/statements/${index}`
    const { status, vulnerability, products, justification } = objectOf(one)
    const known = typeof status === 'string' && Object.hasOwn(STATUSES, status) ? STATUSES[status] : undefined
    if (known === undefined)
      return misshapen(
        file,
        `${pointer}/status`,
        `The status ${shown(JSON.stringify(status) ?? 'is missing', 60)} is none of OpenVEX.`,
      )
    const named = textOf(vulnerability) ?? textOf(objectOf(vulnerability).name) ?? textOf(objectOf(vulnerability)['@id'])
    if (named === undefined)
      return misshapen(file, `${pointer}/vulnerability`, 'The statement does not say about which weakness.')
    const why = textOf(justification)
    statements.push({
      pointer,
      vulnerability: named,
      products: [...new Set(listOf(products).flatMap(productsOf))],
      status: known,
      ...(why === undefined ? {} : { justification: why }),
    })
  }
  const tool = textOf(document.tooling)
  const at = instantOf(document.last_updated) ?? instantOf(document.timestamp)
  const made = { ...(tool === undefined ? {} : { tool }), ...(at === undefined ? {} : { at }), commits: [] }
  return ok({ format: 'openvex', made, facts: { statements } })
}

/** The product, or the parts of it that the statement is about. */
function productsOf(product: unknown): readonly string[] {
  const { subcomponents, ...whole } = isObject(product) ? product : ({ '@id': product } as Loose)
  const parts = listOf(subcomponents).flatMap(part => nameOf(isObject(part) ? part : { '@id': part }) ?? [])
  return parts.length > 0 ? parts : [nameOf(whole) ?? []].flat()
}

function nameOf({ '@id': id, identifiers }: Loose): string | undefined {
  return textOf(objectOf(identifiers).purl) ?? textOf(id)
}

function misshapen(file: string, pointer: string, message: string): Result<never> {
  return refuse({
    code: 'evidence.openvex',
    at: `${file}:${pointer}`,
    message,
    cure: 'Write the statements again as OpenVEX 0.2.0, as vexctl does.',
  })
}
