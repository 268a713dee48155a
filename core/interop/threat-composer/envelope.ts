import { type Foreign, foreignOf, keptForeign } from '../reading/foreign.ts'
import { fitting, idOf, listOf, type Raw, recordOf } from '../reading/json-fields.ts'
import type { ImportReport } from '../report.ts'
import { isDropped } from './status.ts'

const READ: ReadonlySet<string> = new Set(['schema', 'threats', 'assumptions', 'mitigations', 'mitigationLinks'])

/** What the file says besides the rows, and what of its lists became none. */
export function envelopeOf(root: Raw, report: ImportReport): Foreign | undefined {
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(root)) {
    if (READ.has(key) || (Array.isArray(value) && value.length === 0)) continue
    const own = recordOf(value) ? partOf(key, value as Raw, report) : one(key, value, report)
    if (own !== undefined) kept[key] = own
  }
  for (const [key, left] of Object.entries(leftOver(root)))
    if (left.length > 0) kept[key] = left.flatMap(value => one(key, value, report) ?? [])
  if (listOf(root.assumptionLinks).length > 0)
    report.losses.push({
      at: '/assumptionLinks',
      what: 'What assumptions belong to',
      why: 'Assumptions hold for the whole design here: the links are kept under foreign of the design.',
    })
  return Object.keys(kept).length > 0 ? kept : undefined
}

function one(key: string, value: unknown, report: ImportReport): unknown {
  return keptForeign({ value }, { at: `/${key}`, report })?.value
}

/** Descriptions of architecture and data flow are kept; a picture inside the file is not. */
function partOf(key: string, raw: Raw, report: ImportReport): Foreign | undefined {
  const isPicture = typeof raw.image === 'string' && raw.image.startsWith('data:')
  if (isPicture)
    report.losses.push({
      at: `/${key}/image`,
      what: `The picture of ${key}`,
      why: 'A picture shows people something, and states nothing that could be read: draw the diagram anew.',
    })
  const read = key === 'applicationInfo' ? fitting(raw, { name: 400, description: 100_000 }) : []
  const empty = raw.image === '' ? ['image'] : []
  return foreignOf(raw, new Set([...read, ...empty, ...(isPicture ? ['image'] : [])]), { at: `/${key}`, report })
}

/** Mitigations that nobody will do, and links with an end that is no row. */
function leftOver(root: Raw): Readonly<Record<string, readonly unknown[]>> {
  const isKept = (value: unknown) => !isDropped(recordOf(value) ?? {})
  const ids = (list: unknown) =>
    new Set(
      listOf(list)
        .filter(isKept)
        .map(value => idOf(recordOf(value)?.id)),
    )
  const [threats, mitigations] = [ids(root.threats), ids(root.mitigations)]
  const isLoose = (value: unknown) =>
    !threats.has(idOf(recordOf(value)?.linkedId)) || !mitigations.has(idOf(recordOf(value)?.mitigationId))
  return {
    mitigations: listOf(root.mitigations).filter(value => !isKept(value)),
    mitigationLinks: listOf(root.mitigationLinks).filter(isLoose),
  }
}
