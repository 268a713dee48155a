import { ok, type Result } from '../support/result.ts'
import { isObject, type Loose, listOf, objectOf, textOf } from './loose.ts'
import { instantOf, refusalsOf, severityOf } from './parts.ts'
import { shown } from './show.ts'
import { isLookedInto, scanIn, type TrivyResult } from './trivy-scan.ts'
import type { Evidence, Oddity, Vulnerability } from './types.ts'

const misshapen = refusalsOf('trivy', 'Write the report again: trivy fs --format json --list-all-pkgs')

/** Lists of resources in a report on a cluster; newer ones have only `Resources`. */
const OF_CLUSTER = ['Resources', 'Vulnerabilities', 'Misconfigurations', 'Findings'] as const

export function isTrivy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every(one => isObject(one) && 'Target' in one)
  if (!isObject(value)) return false
  if (Object.hasOwn(value, 'SchemaVersion')) return ['ArtifactName', 'ArtifactType', 'Results'].some(key => key in value)
  return Object.hasOwn(value, 'ClusterName') && OF_CLUSTER.some(key => key in value)
}

/**
 * Facts of a Trivy report: schema 2, the bare list that came before it, and the report on a cluster. `Vulnerabilities` is absent
 * where there are none; packages are listed only with --list-all-pkgs. Source: github.com/aquasecurity/trivy, pkg/types.
 */
export function readTrivy(file: string, value: unknown): Result<Evidence> {
  const report = objectOf(value)
  if (Object.hasOwn(report, 'SchemaVersion') && report.SchemaVersion !== 2)
    return misshapen(
      file,
      '/SchemaVersion',
      `Schema version ${shown(JSON.stringify(report.SchemaVersion) ?? '', 20)}; 2 is read.`,
    )
  const targets = Array.isArray(value) ? targetsIn(file, value, '') : targetsOf(file, report)
  if (!targets.ok) return targets
  const { results, troubles } = targets.value
  for (const { pointer, result } of results)
    for (const list of ['Vulnerabilities', 'Misconfigurations', 'Secrets', 'Packages', 'ExperimentalModifiedFindings']) {
      const stray = strayIn(result[list])
      if (stray !== undefined) return misshapen(file, `${pointer}/${list}${stray}`, `The ${list} are no list of objects.`)
    }
  const scan = scanIn(results, troubles)
  const vulnerabilities = vulnerabilitiesIn(results, troubles)
  if (!scan && !vulnerabilities)
    return misshapen(file, '/Results', 'It holds licences alone: nothing in it was looked through for weaknesses.')
  const { version, at } = { version: textOf(objectOf(report.Trivy).Version), at: instantOf(report.CreatedAt) }
  return ok({
    format: 'trivy',
    made: { tool: 'Trivy', ...(version === undefined ? {} : { version }), ...(at === undefined ? {} : { at }), commits: [] },
    facts: { ...(vulnerabilities ? { vulnerabilities } : {}), ...(scan ? { scan } : {}) },
  })
}

type Targets = { readonly results: readonly TrivyResult[]; readonly troubles: readonly Oddity[] }

function targetsOf(file: string, report: Loose): Result<Targets> {
  if (Object.hasOwn(report, 'SchemaVersion') && !Object.hasOwn(report, 'ClusterName'))
    return targetsIn(file, report.Results ?? [], '/Results')
  const results: TrivyResult[] = []
  const troubles: Oddity[] = []
  for (const list of OF_CLUSTER) {
    const resources = report[list] ?? []
    if (!Array.isArray(resources)) return misshapen(file, `/${list}`, `The ${list} are not a list.`)
    for (const [index, resource] of resources.entries()) {
      const pointer = `/${list}/${index}`
      if (!isObject(resource)) return misshapen(file, pointer, 'A resource is not an object.')
      const error = textOf(resource.Error)
      if (error !== undefined) troubles.push({ pointer, text: `a resource was not scanned: ${shown(error, 200)}` })
      const own = targetsIn(file, resource.Results ?? [], `${pointer}/Results`)
      if (!own.ok) return own
      results.push(...own.value.results.map(one => ({ ...one, isFile: false })))
    }
  }
  return ok({ results, troubles })
}

function targetsIn(file: string, list: unknown, pointer: string): Result<Targets> {
  if (!Array.isArray(list)) return misshapen(file, pointer, 'The results are not a list.')
  const stray = list.findIndex(one => !isObject(one))
  if (stray >= 0) return misshapen(file, `${pointer}/${stray}`, 'A result is not an object.')
  return ok({
    results: list.map((one, index) => ({ pointer: `${pointer}/${index}`, result: objectOf(one), isFile: true })),
    troubles: [],
  })
}

/** Where a list is not one of objects; nothing where it is, or is missing. */
function strayIn(list: unknown): string | undefined {
  if (list === undefined || list === null) return undefined
  if (!Array.isArray(list)) return ''
  const stray = list.findIndex(one => !isObject(one))
  return stray < 0 ? undefined : `/${stray}`
}

/** Nothing when packages were not looked at; a report without any target shows that there were none to read. */
function vulnerabilitiesIn(results: readonly TrivyResult[], troubles: readonly Oddity[]): Evidence['facts']['vulnerabilities'] {
  const ofPackages = results.filter(({ result }) => isOfPackages(result))
  if (ofPackages.length === 0 && results.length > 0) return undefined
  const lists = ofPackages.flatMap(({ result }) => (Array.isArray(result.Packages) ? [result.Packages.length] : []))
  const packages = results.length === 0 ? 0 : lists.length === 0 ? undefined : lists.reduce((sum, count) => sum + count, 0)
  return {
    packages,
    succeeded: troubles.length > 0 ? false : undefined,
    found: ofPackages.flatMap(({ pointer, result }) => [
      ...listOf(result.Vulnerabilities).map((one, index) =>
        weaknessOf(objectOf(one), `${pointer}/Vulnerabilities/${index}`, objectOf(one).Status === 'not_affected'),
      ),
      ...listOf(result.ExperimentalModifiedFindings).flatMap((one, index) =>
        objectOf(one).Type === 'vulnerability'
          ? [weaknessOf(objectOf(objectOf(one).Finding), `${pointer}/ExperimentalModifiedFindings/${index}`, true)]
          : [],
      ),
    ]),
    oddities: troubles,
  }
}

/** By its class; the bare list of old has none, and there a result without a class is one of packages. */
function isOfPackages(result: Loose): boolean {
  const kind = textOf(result.Class)
  if (kind === 'os-pkgs' || kind === 'lang-pkgs' || listOf(result.Vulnerabilities).length > 0) return true
  if (listOf(result.ExperimentalModifiedFindings).some(one => objectOf(one).Type === 'vulnerability')) return true
  return kind === undefined && !isLookedInto(result)
}

function weaknessOf(one: Loose, pointer: string, setAside: boolean): Vulnerability {
  const [version, fixedIn, purl] = [
    textOf(one.InstalledVersion),
    textOf(one.FixedVersion),
    textOf(objectOf(one.PkgIdentifier).PURL),
  ]
  return {
    pointer,
    id: textOf(one.VulnerabilityID) ?? 'no id',
    aliases: listOf(one.VendorIDs).flatMap(id => textOf(id) ?? []),
    severity: severityOf(one.Severity),
    package: textOf(one.PkgName) ?? '',
    ...(version === undefined ? {} : { version }),
    ...(purl === undefined ? {} : { purl }),
    ...(fixedIn === undefined ? {} : { fixedIn }),
    setAside,
  }
}
