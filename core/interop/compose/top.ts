import type { Raw } from '../reading/json-fields.ts'
import { pointerTo } from '../reading/pointer.ts'
import { type ImportReport, many, tally } from '../report.ts'

const PARTS = ['services', 'networks', 'volumes', 'secrets', 'configs'] as const
const QUIET = new Set<string>([...PARTS, 'version', 'name'])

/** What stands at the top of the file and is not taken over. */
export function tellTop(report: ImportReport, root: Raw): void {
  for (const key of PARTS) {
    const part = root[key]
    if (part === undefined || part === null || (typeof part === 'object' && !Array.isArray(part))) continue
    report.losses.push({
      at: pointerTo(key),
      what: `All ${key}`,
      why: 'Compose has them by name, as an object; this is none: not read.',
    })
  }
  for (const key of Object.keys(root)) {
    if (QUIET.has(key)) continue
    if (key === 'include')
      report.losses.push({
        at: pointerTo(key),
        what: 'Files that this one includes',
        why: 'Other files are never opened: import what "docker compose config" prints to have all in one.',
      })
    else if (key === 'models')
      report.losses.push({
        at: pointerTo(key),
        what: 'Models (AI)',
        why: 'They are not read: add an element for each, marked as an AI model.',
      })
    else
      tally(report, pointerTo(key), {
        what: count => many(count, 'unknown key'),
        why: 'Compose knows no such key at the top: not read.',
      })
  }
}
