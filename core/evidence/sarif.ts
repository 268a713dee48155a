import { ok, type Result, refuse } from '../support/result.ts'
import { indexOf, isObject, type Loose, listOf, objectOf, textOf } from './loose.ts'
import { levelOf, type RuleBook, ruleBookOf } from './sarif-rules.ts'
import type { Level, ScanFacts, ScanResult, ScanRun, Trouble } from './types.ts'

/** Facts of a SARIF 2.1.0 log. Small faults of tools are lived with; what would hide results is refused. */
export function readSarif(file: string, log: Loose): Result<ScanFacts> {
  if (log.version !== '2.1.0')
    return misshapen(file, '/version', `SARIF version ${JSON.stringify(log.version) ?? 'missing'}; 2.1.0 is read.`)
  if (!Array.isArray(log.runs)) return misshapen(file, '/runs', 'The list of runs is missing.')
  const runs: ScanRun[] = []
  const results: ScanResult[] = []
  for (const [index, run] of log.runs.entries()) {
    const pointer = `/runs/${index}`
    if (!isObject(run)) return misshapen(file, pointer, 'A run is not an object.')
    if (!isObject(objectOf(run.tool).driver))
      return misshapen(file, `${pointer}/tool/driver`, 'The run does not say which tool made it.')
    if (run.results !== undefined && run.results !== null && !Array.isArray(run.results))
      return misshapen(file, `${pointer}/results`, 'The results are not a list.')
    const stray = listOf(run.results).findIndex(result => !isObject(result))
    if (stray >= 0) return misshapen(file, `${pointer}/results/${stray}`, 'A result is not an object.')
    const book = ruleBookOf(run)
    runs.push(runOf(run, pointer, book))
    for (const [at, result] of listOf(run.results).entries())
      results.push(resultOf(result as Loose, { run, book, index, pointer: `${pointer}/results/${at}` }))
  }
  return ok({ runs, results })
}

/** Commits that the runs say they are about. */
export function commitsOf({ runs }: ScanFacts): readonly string[] {
  return [...new Set(runs.flatMap(run => run.revisions))]
}

function misshapen(file: string, pointer: string, message: string): Result<never> {
  return refuse({
    code: 'evidence.sarif',
    at: `${file}:${pointer}`,
    message,
    cure: 'Write the report again as SARIF 2.1.0; most tools have an option for it.',
  })
}

function runOf(run: Loose, pointer: string, book: RuleBook): ScanRun {
  const driver = objectOf(objectOf(run.tool).driver)
  const version = textOf(driver.version) ?? textOf(driver.semanticVersion)
  const category = textOf(objectOf(run.automationDetails).id)
  const invocations = listOf(run.invocations).map(objectOf)
  const elsewhere = listOf(objectOf(run.externalPropertyFileReferences).results).length > 0
  return {
    pointer,
    tool: textOf(driver.name) ?? 'an unnamed tool',
    ...(version === undefined ? {} : { version }),
    ...(category === undefined ? {} : { category }),
    rules: [...new Set(book.rules.map(rule => rule.id).filter(id => id !== ''))],
    cwe: [...new Set(book.rules.flatMap(rule => rule.cwe))].sort(),
    revisions: listOf(run.versionControlProvenance).flatMap(source => textOf(objectOf(source).revisionId) ?? []),
    succeeded: successOf(invocations),
    hasResults: Array.isArray(run.results) && !elsewhere,
    resultCount: listOf(run.results).length,
    artifacts: listOf(run.artifacts).flatMap(artifact => pathOf(objectOf(artifact).location) ?? []),
    troubles: invocations.flatMap((invocation, index) => troublesOf(invocation, `${pointer}/invocations/${index}`)),
  }
}

/** One failed invocation is enough; no invocation at all says nothing. */
function successOf(invocations: readonly Loose[]): boolean | undefined {
  const said = invocations.map(invocation => invocation.executionSuccessful).filter(value => typeof value === 'boolean')
  return said.length === 0 ? undefined : said.every(value => value)
}

function troublesOf(invocation: Loose, pointer: string): readonly Trouble[] {
  return ['toolExecutionNotifications', 'toolConfigurationNotifications'].flatMap(list =>
    listOf(invocation[list]).flatMap((notification, index) => {
      const { level, message, locations } = objectOf(notification)
      if (level !== 'error' && level !== 'warning' && level !== undefined) return []
      const path = pathOf(objectOf(objectOf(listOf(locations)[0]).physicalLocation).artifactLocation)
      return [
        {
          pointer: `${pointer}/${list}/${index}`,
          level: level ?? 'warning',
          text: textOf(objectOf(message).text) ?? '',
          ...(path === undefined ? {} : { path }),
        },
      ]
    }),
  )
}

type Place = { readonly run: Loose; readonly book: RuleBook; readonly index: number; readonly pointer: string }

function resultOf(result: Loose, { run, book, index, pointer }: Place): ScanResult {
  const rule = book.ruleOf(result)
  const location = objectOf(objectOf(listOf(result.locations)[0]).physicalLocation)
  const path = pathOf(location.artifactLocation, run)
  const line = indexOf(objectOf(location.region).startLine)
  const baseline = textOf(result.baselineState)
  return {
    pointer,
    run: index,
    rule: textOf(result.ruleId) ?? textOf(objectOf(result.rule).id) ?? rule?.id ?? '',
    level: effectiveLevel(result, rule?.level),
    kind: textOf(result.kind) ?? 'fail',
    cwe: book.cwesOf(result, rule),
    ...(path === undefined ? {} : { path }),
    ...(line === undefined ? {} : { line }),
    suppressed: isSuppressed(result),
    ...(baseline === undefined ? {} : { baseline }),
  }
}

/** SARIF 2.1.0, 3.27.10: most tools leave the level to the rule, and the rule to the default. */
function effectiveLevel(result: Loose, ofRule: Level | undefined): Level {
  const stated = levelOf(result.level)
  if (stated) return stated
  if (result.kind !== undefined && result.kind !== 'fail') return 'none'
  return ofRule ?? 'warning'
}

/** An empty list means not suppressed; one suppression that is under review or rejected keeps the result. */
function isSuppressed(result: Loose): boolean {
  const suppressions = listOf(result.suppressions).map(objectOf)
  return suppressions.length > 0 && suppressions.every(({ status }) => status === undefined || status === 'accepted')
}

/** Path of a location, as the repository would write it where that can be known. */
function pathOf(location: unknown, run?: Loose): string | undefined {
  const { uri, index } = objectOf(location)
  const listed = textOf(uri) ?? (run && textOf(objectOf(objectOf(listOf(run.artifacts)[indexOf(index) ?? -1]).location).uri))
  if (listed === undefined) return undefined
  const plain = listed.replace(/^file:\/\/(?:localhost)?(?=\/)/i, '').replaceAll('\\', '/')
  return decoded(plain).replace(/^(?:\.\/)+/, '')
}

function decoded(uri: string): string {
  if (!uri.includes('%')) return uri
  try {
    return decodeURIComponent(uri)
  } catch {
    return uri
  }
}
