import { ok, type Result } from '../support/result.ts'
import { isObject, type Loose, listOf, objectOf, textOf } from './loose.ts'
import { refusalsOf, severityOf, severityOfScore, worstOf } from './parts.ts'
import type { Evidence, Oddity, Severity, Vulnerability } from './types.ts'

const misshapen = refusalsOf('osv-scanner', 'Write the report again: osv-scanner scan --format json --all-packages')

/** The keys that a report without any result has; others write `results` too, with more beside it. */
const KEYS: readonly string[] = ['results', 'experimental_config', 'license_summary', 'experimental_generic_findings']

export function isOsvScanner(value: unknown): boolean {
  if (!isObject(value) || !Object.hasOwn(value, 'results')) return false
  const { results } = value
  if (Array.isArray(results) && results.length > 0) return results.some(result => isObject(result) && 'packages' in result)
  return (results === null || Array.isArray(results)) && Object.keys(value).every(key => KEYS.includes(key))
}

/**
 * Facts of an OSV-Scanner report. It lists only packages that were hit unless it was called with --all-packages, so how many it
 * read is known only when one of them has nothing against it. Groups are counted, not entries: the same weakness has an entry
 * for each database that knows it. Source: github.com/google/osv-scanner, pkg/models/results.go.
 */
export function readOsvScanner(file: string, value: unknown): Result<Evidence> {
  const { results } = objectOf(value)
  if (results !== null && !Array.isArray(results)) return misshapen(file, '/results', 'The results are not a list.')
  const found: Vulnerability[] = []
  const oddities: Oddity[] = []
  const packages = new Set<string>()
  let isComplete = false
  for (const [index, result] of listOf(results).entries()) {
    const at = `/results/${index}`
    if (!isObject(result) || !Array.isArray(result.packages)) return misshapen(file, at, 'A result has no list of packages.')
    if (!isObject(result.source))
      return misshapen(file, at, 'A result names no source: a list for OSV-Scanner to read looks like this, its report does not.')
    for (const [place, entry] of result.packages.entries()) {
      const pointer = `${at}/packages/${place}`
      if (!isObject(entry) || !isObject(entry.package))
        return misshapen(file, pointer, 'An entry does not say which package it is.')
      for (const list of ['vulnerabilities', 'groups']) {
        const stray = strayIn(entry[list])
        if (stray !== undefined) return misshapen(file, `${pointer}/${list}${stray}`, `The ${list} are no list of objects.`)
      }
      const { name, version, ecosystem, commit } = entry.package
      packages.add(JSON.stringify([name, version, ecosystem, commit]))
      const own = weaknessesOf(entry, { pointer, where: textOf(result.source.path), oddities })
      found.push(...own)
      isComplete ||= own.length === 0 && listOf(entry.license_violations).length === 0
    }
  }
  return ok({
    format: 'osv-scanner',
    made: { tool: 'OSV-Scanner', commits: [] },
    facts: { vulnerabilities: { packages: isComplete ? packages.size : undefined, succeeded: undefined, found, oddities } },
  })
}

/** Where a list is not one of objects; nothing where it is, or is missing. */
function strayIn(list: unknown): string | undefined {
  if (list === undefined || list === null) return undefined
  if (!Array.isArray(list)) return ''
  const stray = list.findIndex(one => !isObject(one))
  return stray < 0 ? undefined : `/${stray}`
}

type Place = { readonly pointer: string; readonly where: string | undefined; readonly oddities: Oddity[] }

function weaknessesOf(entry: Loose, { pointer, where, oddities }: Place): readonly Vulnerability[] {
  const { name, version, commit } = objectOf(entry.package)
  const shownVersion = textOf(version) ?? textOf(commit)
  const about = { package: textOf(name) ?? where ?? '', ...(shownVersion === undefined ? {} : { version: shownVersion }) }
  const records = listOf(entry.vulnerabilities).map(objectOf)
  const grouped = new Set<string>()
  const inGroups = listOf(entry.groups).map((value, index): Vulnerability => {
    const group = objectOf(value)
    const ids = textsIn(group.ids)
    for (const id of ids) grouped.add(id)
    const own = records.filter(record => ids.includes(textOf(record.id) ?? ''))
    const [id = 'no id', ...rest] = ids
    return {
      pointer: `${pointer}/groups/${index}`,
      id,
      aliases: [...new Set([...rest, ...textsIn(group.aliases)])].filter(alias => alias !== id),
      severity: severityOfGroup(group, own),
      ...about,
      ...fixOf(own, about.package),
      setAside: isUncalled(group),
    }
  })
  const alone = records.flatMap((record, index): readonly Vulnerability[] => {
    const id = textOf(record.id) ?? 'no id'
    if (grouped.has(id)) return []
    const place = `${pointer}/vulnerabilities/${index}`
    oddities.push({ pointer: place, text: `${id} is in no group and counts by itself` })
    const severity = severityOfGroup({}, [record])
    return [
      {
        pointer: place,
        id,
        aliases: textsIn(record.aliases),
        severity,
        ...about,
        ...fixOf([record], about.package),
        setAside: false,
      },
    ]
  })
  return [...inGroups, ...alone]
}

function severityOfGroup(group: Loose, records: readonly Loose[]): Severity {
  const words = records.map(record => severityOf(objectOf(record.database_specific).severity))
  return worstOf([severityOfScore(group.max_severity), ...words])
}

/** As OSV-Scanner itself decides it: analysed, and none of the analyses saw a call. */
function isUncalled(group: Loose): boolean {
  const analyses = Object.values(objectOf(group.experimentalAnalysis ?? group.experimental_analysis))
  return analyses.length > 0 && analyses.every(analysis => objectOf(analysis).called === false)
}

/** The version that cures it, where the records agree on one. */
function fixOf(records: readonly Loose[], name: string): { readonly fixedIn?: string } {
  const fixes = records
    .flatMap(record => listOf(record.affected).map(objectOf))
    .filter(affected => objectOf(affected.package).name === name)
    .flatMap(affected => listOf(affected.ranges).map(objectOf))
    .filter(range => range.type !== 'GIT')
    .flatMap(range => listOf(range.events).flatMap(event => textOf(objectOf(event).fixed) ?? []))
  const [fixedIn, ...others] = new Set(fixes)
  return fixedIn === undefined || others.length > 0 ? {} : { fixedIn }
}

function textsIn(list: unknown): readonly string[] {
  return listOf(list).flatMap(one => textOf(one) ?? [])
}
