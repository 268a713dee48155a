import { type Raw, recordOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { entriesOf, namesIn } from './entries.ts'
import type { File } from './read.ts'

/** More than any real file chains; each link copies what it extends. */
const DEEPEST = 10

/** Keys whose values are names with values, which may be written as a list. */
const MAPS = new Set(['environment', 'labels', 'annotations', 'extra_hosts', 'sysctls'])

/** Keys whose values are names of others, as a list or as a map that says more of each. */
const NAMED = new Set(['depends_on', 'networks'])

/** A service with what it takes from others of the same file. Other files are never opened. */
export function extended(file: File, name: string, raw: Raw): Raw {
  const chain: Raw[] = [raw]
  const seen = new Set([name])
  for (let base = baseOf(file, name, raw); base !== undefined; ) {
    const found = Object.hasOwn(file.services, base) ? recordOf(file.services[base]) : undefined
    if (!found || seen.has(base) || chain.length === DEEPEST) {
      tell(file, name, 'It names no service of this file, itself, or the end of too long a chain.')
      break
    }
    seen.add(base)
    chain.push(found)
    base = baseOf(file, name, found)
  }
  return chain.reduceRight((below, above) => over(below, above))
}

function baseOf(file: File, name: string, raw: Raw): string | undefined {
  const own = raw.extends
  if (own === undefined || own === null) return undefined
  if (typeof own === 'string') return own
  const base = recordOf(own)
  if (base && base.file === undefined && typeof base.service === 'string') return base.service
  tell(file, name, 'It stands in another file, and other files are never opened: what it adds is missing here.')
  return undefined
}

function tell({ building, at }: File, name: string, why: string): void {
  tally(building.report, at('services', name), { what: count => `What ${many(count, 'service')} would extend`, why })
}

/** Lists are joined, names with values are put over each other, all else is replaced. */
function over(below: Raw, above: Raw): Raw {
  const result: Record<string, unknown> = { ...below }
  for (const [key, value] of Object.entries(above)) {
    const under = below[key]
    if (NAMED.has(key) && Array.isArray(under) !== Array.isArray(value)) result[key] = { ...mapOf(under), ...mapOf(value) }
    else if (MAPS.has(key)) result[key] = Object.fromEntries([...entriesOf(under), ...entriesOf(value)])
    else if (Array.isArray(under) && Array.isArray(value)) result[key] = [...under, ...value]
    else if (recordOf(under) && recordOf(value)) result[key] = { ...recordOf(under), ...recordOf(value) }
    else result[key] = value
  }
  return result
}

function mapOf(value: unknown): Raw {
  return recordOf(value) ?? Object.fromEntries(namesIn(value).map(name => [name, null]))
}
