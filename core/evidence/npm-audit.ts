import { ok, type Result } from '../support/result.ts'
import { advisoriesIn, isOldShape } from './advisories.ts'
import { isObject, type Loose, objectOf, textOf } from './loose.ts'
import { countOf, ghsaIn, refusalsOf, severityOf, step } from './parts.ts'
import { shown } from './show.ts'
import type { Evidence, Oddity, Vulnerability } from './types.ts'

const misshapen = refusalsOf('npm-audit', 'Write the report again: npm audit --json')

/** Three shapes: a report of npm 6, one of npm 7 and later, and an error, which is JSON too. */
export function isNpmAudit(value: unknown): boolean {
  return isObject(value) && (Object.hasOwn(value, 'auditReportVersion') || isError(value) || isOldShape(value))
}

/** npm 6: `{error: {code, summary, detail}}`; later `{message, error: {summary, detail}}`; pnpm: `{error: {code, message}}`. */
function isError(value: Loose): boolean {
  return isObject(value.error) && ('summary' in value.error || 'code' in value.error)
}

/** Facts of `npm audit --json`; an error never reads as a report without findings. */
export function readNpmAudit(file: string, value: unknown): Result<Evidence> {
  const report = objectOf(value)
  if (Object.hasOwn(report, 'error')) return errorIn(file, report)
  if (isOldShape(value)) return advisoriesIn(file, report, { format: 'npm-audit', tool: 'npm', misshapen })
  if (report.auditReportVersion !== 2)
    return misshapen(
      file,
      '/auditReportVersion',
      `Report version ${shown(JSON.stringify(report.auditReportVersion) ?? 'missing', 20)}; 2 is read.`,
    )
  return readNewShape(file, report)
}

function errorIn(file: string, { error, message }: Loose): Result<never> {
  const { summary, code, message: inner } = objectOf(error)
  const said = [summary, message, inner, code].flatMap(text => textOf(text) ?? [])[0] ?? 'it does not say which'
  return misshapen(file, '/error', `The file holds an error of the audit, no report: "${shown(said, 200)}".`)
}

/**
 * One vulnerability for each package and advisory. A package is listed with what it is hit by: an advisory about itself as an
 * object, or the name of another package of the list that it depends on. Such a name is not counted, because the advisory is
 * counted where it stands; only where it leads to none does it count by itself, so that nothing listed is ever dropped.
 */
function readNewShape(file: string, report: Loose): Result<Evidence> {
  const { vulnerabilities: entries, metadata } = report
  if (!isObject(entries)) return misshapen(file, '/vulnerabilities', 'The vulnerabilities are missing.')
  const found: Vulnerability[] = []
  const oddities: Oddity[] = []
  const seen = new Set<string>()
  const leadsOn = new Map<string, readonly string[]>()
  const grounded = new Set<string>()
  for (const [name, entry] of Object.entries(entries)) {
    const pointer = `/vulnerabilities/${step(name)}`
    if (!isObject(entry) || !Array.isArray(entry.via)) return misshapen(file, pointer, 'An entry does not say what it is hit by.')
    const onwards: string[] = []
    for (const [index, via] of entry.via.entries()) {
      const at = `${pointer}/via/${index}`
      if (isObject(via)) {
        grounded.add(name)
        const one = advisoryOf(via, name, at)
        const key = JSON.stringify([one.package, via.source ?? one.id])
        if (!seen.has(key)) found.push(one)
        seen.add(key)
      } else if (typeof via !== 'string') return misshapen(file, at, 'Neither an advisory nor the name of a package.')
      else if (Object.hasOwn(entries, via)) onwards.push(via)
      else {
        grounded.add(name)
        oddities.push({ pointer: at, text: `${shown(via)} is named and not listed; it counts by itself` })
        if (!seen.has(via)) found.push(unnamed(via, at, undefined))
        seen.add(via)
      }
    }
    leadsOn.set(name, onwards)
  }
  for (const name of groundless(leadsOn, grounded)) {
    const pointer = `/vulnerabilities/${step(name)}`
    oddities.push({ pointer, text: `${shown(name)} is hit by no advisory that is listed; it counts by itself` })
    found.push(unnamed(name, pointer, objectOf(entries[name]).severity))
  }
  const total = countOf(objectOf(objectOf(metadata).vulnerabilities).total)
  const listed = Object.keys(entries).length
  const disagreements =
    total === undefined || total === listed
      ? []
      : [
          {
            pointer: '/metadata/vulnerabilities/total',
            text: `the total declares ${total} packages as hit and the list holds ${listed}`,
          },
        ]
  const packages = countOf(objectOf(objectOf(metadata).dependencies).total)
  return ok({
    format: 'npm-audit',
    made: { tool: 'npm', commits: [] },
    facts: { vulnerabilities: { packages, succeeded: undefined, found, oddities, disagreements } },
  })
}

function advisoryOf(via: Loose, listedAs: string, pointer: string): Vulnerability {
  const source = countOf(via.source)
  const ghsa = ghsaIn(via.url)
  const own = source === undefined ? (textOf(via.title) ?? 'no id') : `npm-${source}`
  return {
    pointer,
    id: ghsa ?? own,
    aliases: ghsa === undefined ? [] : [own],
    severity: severityOf(via.severity),
    package: textOf(via.name) ?? listedAs,
    setAside: false,
  }
}

function unnamed(name: string, pointer: string, severity: unknown): Vulnerability {
  return { pointer, id: 'no advisory named', aliases: [], severity: severityOf(severity), package: name, setAside: false }
}

/** Entries from which no way leads to one that names an advisory. */
function groundless(leadsOn: ReadonlyMap<string, readonly string[]>, grounded: ReadonlySet<string>): readonly string[] {
  const dependents = new Map<string, string[]>([...leadsOn.keys()].map(name => [name, []]))
  for (const [name, onwards] of leadsOn) for (const next of onwards) dependents.get(next)?.push(name)
  const reached = new Set(grounded)
  const waiting = [...grounded]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop())
    for (const dependent of dependents.get(name) ?? [])
      if (!reached.has(dependent)) {
        reached.add(dependent)
        waiting.push(dependent)
      }
  return [...leadsOn.keys()].filter(name => !reached.has(name))
}
