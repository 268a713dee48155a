import { parseJson } from '../model/json.ts'
import { ok, type Result } from '../support/result.ts'
import { totalsAgainst, weaknessesOf } from './advisories.ts'
import { isObject, type Loose, objectOf, textOf } from './loose.ts'
import { countOf, refusalsOf } from './parts.ts'
import { shown } from './show.ts'
import type { Evidence, Vulnerability } from './types.ts'

const misshapen = refusalsOf('yarn-audit', 'Write the report again: yarn audit --json')

/** Lines of JSON as yarn 1 prints them; its errors look the same and are not taken for something else. */
export function isYarnAudit(text: string): boolean {
  return /^\s*\{"type":\s*"(?:auditAdvisory|auditAction|auditSummary|error|warning|info)",\s*"data":/.test(text.slice(0, 2000))
}

/**
 * Facts of `yarn audit --json` of yarn 1. It writes one line for each way that leads to a package, and a last one with totals:
 * without that one the report is cut off, and what is missing may be the worst.
 */
export function readYarnAudit(file: string, text: string): Result<Evidence> {
  const found = new Map<string, Vulnerability>()
  let ways = 0
  let summary: { readonly line: number; readonly data: Loose } | undefined
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const at = String(index + 1)
    const parsed = parseJson(file, line)
    if (!parsed.ok) return misshapen(file, at, 'The line is no JSON: the report is cut off or something else wrote into it.')
    const { type, data } = objectOf(parsed.value)
    if (type === 'error')
      return misshapen(file, at, `yarn reports an error: "${shown(textOf(data) ?? 'it does not say which', 200)}".`)
    if (type === 'auditSummary' && isObject(data)) summary = { line: index + 1, data }
    if (type !== 'auditAdvisory') continue
    const { advisory } = objectOf(data)
    if (!isObject(advisory)) return misshapen(file, at, 'The line names no advisory.')
    ways++
    for (const one of weaknessesOf(advisory, `line ${at}`)) {
      const key = JSON.stringify([one.id, one.package, one.version])
      if (!found.has(key)) found.set(key, { ...one, pointer: `line ${at}` })
    }
  }
  if (!summary) return misshapen(file, '', 'The report has no line with totals at its end: it is cut off.')
  const { data, line } = summary
  return ok({
    format: 'yarn-audit',
    made: { tool: 'yarn', commits: [] },
    facts: {
      vulnerabilities: {
        packages: countOf(data.totalDependencies),
        succeeded: undefined,
        found: [...found.values()],
        oddities: [],
        disagreements: totalsAgainst(data.vulnerabilities, [ways], `line ${line}`),
      },
    },
  })
}
