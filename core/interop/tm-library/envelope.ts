import { type Foreign, foreignOf, keptForeign } from '../reading/foreign.ts'
import { fitting, listOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { type ImportReport, many } from '../report.ts'

/** The lists that became rows, each with how to tell an object of it that did not. */
export type ReadLists = Readonly<Record<string, (object: Raw) => boolean>>

/** What the file says besides the rows, arranged as in the file; each object is kept or lost by itself. */
export function envelopeOf(root: Raw, read: ReadLists, report: ImportReport): Foreign | undefined {
  const used = new Set(textOf(root.description) === undefined ? [] : fitting(root, { description: 100_000 }))
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(root)) {
    if (used.has(key)) continue
    const isLeft = Object.hasOwn(read, key) ? read[key] : undefined
    const left = isLeft ? listOf(value).filter(one => isLeft(recordOf(one) ?? {})) : value
    const own = key === 'scope' ? scopeOf(root, report) : keptValue(key, left, report)
    if (own !== undefined) kept[key] = own
    tellKept(key, value, report)
  }
  return Object.keys(kept).length > 0 ? kept : undefined
}

function scopeOf(root: Raw, report: ImportReport): unknown {
  const scope = recordOf(root.scope)
  if (!scope) return root.scope
  const isPurpose = textOf(root.description) === undefined
  const used = new Set(fitting(scope, isPurpose ? { title: 400, description: 100_000 } : { title: 400 }))
  const foreign = foreignOf(scope, used, { at: '/scope', report })
  const keys = Object.keys(foreign ?? {})
  if (keys.length > 0)
    report.losses.push({
      at: '/scope',
      what: `${keys.slice(0, 10).join(', ')} of the scope`,
      why: 'They speak of the whole, not of one element or data asset: kept under foreign of the design.',
    })
  return foreign
}

/** Lists are kept object by object, so that one large diagram does not cost the others. */
function keptValue(key: string, value: unknown, report: ImportReport): unknown {
  if (!Array.isArray(value)) return keptForeign({ [key]: value }, { at: `/${key}`, report })?.[key]
  const list = value.flatMap((one, i) => {
    const kept = keptForeign({ one }, { at: `/${key}/${i}`, report })
    return kept ? [kept.one] : []
  })
  return list.length > 0 ? list : undefined
}

const WHY: Readonly<Record<string, readonly [noun: string, why: string]>> = {
  trust_boundaries: [
    'zone pair',
    'A boundary here is drawn around one zone; how two are joined (access control, authentication, sessions) is kept under foreign. State it on the flows between them.',
  ],
  diagrams: ['embedded diagram', 'The source of a drawing is kept under foreign, not read; everything is laid out anew.'],
  threat_personas: [
    'threat persona',
    'Its title stands as the source of the threats that name it; the rest is kept under foreign.',
  ],
}

function tellKept(key: string, value: unknown, report: ImportReport): void {
  const known = Object.hasOwn(WHY, key) ? WHY[key] : undefined
  if (!known || !Array.isArray(value) || value.length === 0) return
  const [noun, why] = known
  report.losses.push({ at: `/${key}`, what: `Details of ${many(value.length, noun)}`, why })
}
