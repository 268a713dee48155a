import { indexOf, type Loose, listOf, objectOf, textOf } from './loose.ts'
import { severityOf } from './parts.ts'
import type { Level, Oddity, ScanFacts, ScanResult, ScanRun, Severity } from './types.ts'

/** What Trivy says of one target, with its place in the report. */
export type TrivyResult = { readonly pointer: string; readonly result: Loose; readonly isFile: boolean }

/** What Trivy finds besides weaknesses of packages: wrong settings and secrets, each as a run of its own. */
const KINDS = [
  { list: 'Misconfigurations', type: 'misconfiguration', classes: ['config'], id: 'ID' },
  { list: 'Secrets', type: 'secret', classes: ['secret'], id: 'RuleID' },
] as const

type Kind = (typeof KINDS)[number]

/** What nobody rated must not slip through a question about errors. */
const LEVELS: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  unknown: 'error',
}

/** Whether the result is about settings or secrets. */
export function isLookedInto(result: Loose): boolean {
  return KINDS.some(kind => isOfKind(result, kind)) || String(result.Class).startsWith('license') || 'Licenses' in result
}

function isOfKind(result: Loose, { list, classes, type }: Kind): boolean {
  return (
    classes.some(one => one === result.Class) ||
    listOf(result[list]).length > 0 ||
    (type === 'misconfiguration' && 'MisconfSummary' in result) ||
    listOf(result.ExperimentalModifiedFindings).some(one => objectOf(one).Type === type)
  )
}

/** Scanner's facts of the report; nothing when it speaks of neither settings nor secrets. */
export function scanIn(all: readonly TrivyResult[], troubles: readonly Oddity[]): ScanFacts | undefined {
  const kinds = KINDS.map(kind => ({ kind, targets: all.filter(({ result }) => isOfKind(result, kind)) })).filter(
    ({ targets }) => targets.length > 0,
  )
  if (kinds.length === 0) return undefined
  const perKind = kinds.map(({ kind, targets }, run) => ({
    kind,
    targets,
    results: targets.flatMap(target => resultsOf(target, kind, run)),
  }))
  return {
    runs: perKind.map(
      ({ kind, targets, results }): ScanRun => ({
        pointer: targets[0]?.pointer ?? '',
        tool: 'Trivy',
        category: kind.type,
        rules: [...new Set(results.map(({ rule }) => rule))],
        cwe: [],
        revisions: [],
        succeeded: troubles.length > 0 ? false : undefined,
        hasResults: true,
        resultCount: results.length,
        artifacts: targets.flatMap(({ result }) => textOf(result.Target) ?? []),
        troubles: troubles.map(({ pointer, text }) => ({ pointer, level: 'error', text })),
      }),
    ),
    results: perKind.flatMap(({ results }) => results),
  }
}

function resultsOf({ pointer, result, isFile }: TrivyResult, { list, type, id }: Kind, run: number): readonly ScanResult[] {
  const path = isFile ? textOf(result.Target) : undefined
  const one = (value: unknown, at: string, suppressed: boolean): ScanResult => {
    const finding = objectOf(value)
    const line = indexOf(finding.StartLine) ?? indexOf(objectOf(finding.CauseMetadata).StartLine)
    const passed = finding.Status === 'PASS'
    return {
      pointer: at,
      run,
      rule: textOf(finding[id]) ?? textOf(finding.AVDID) ?? '',
      level: passed ? 'none' : LEVELS[severityOf(finding.Severity)],
      kind: passed ? 'pass' : 'fail',
      cwe: [],
      ...(path === undefined ? {} : { path }),
      ...(line === undefined ? {} : { line }),
      suppressed: suppressed || finding.Status === 'EXCEPTION',
    }
  }
  return [
    ...listOf(result[list]).map((value, index) => one(value, `${pointer}/${list}/${index}`, false)),
    ...listOf(result.ExperimentalModifiedFindings).flatMap((value, index) =>
      objectOf(value).Type === type
        ? [one(objectOf(value).Finding, `${pointer}/ExperimentalModifiedFindings/${index}`, true)]
        : [],
    ),
  ]
}
