import type { Check, Expression } from '../model/types.ts'
import { code, plain } from './plain.ts'

/** How a check is decided, in a few words. */
export function howOf({ verify }: Pick<Check, 'verify'>): string {
  return verify ? wordsOf(verify) : 'a reviewer looks'
}

const COUNTS = ['nobody', 'one person', 'two people', 'three people', 'four people', 'five people']

function wordsOf(expression: Expression): string {
  const { all, any, tests, findings, file, commits, newDependencies, signoff } = expression
  const { vulnerabilities, components, coverage, fuzz, dast, attestation } = expression
  if (all) return all.map(wordsOf).join(' and ')
  if (any) return any.map(wordsOf).join(' or ')
  if (tests) return testsWords(tests)
  if (findings) return `scan "${findings.from.slot}": at most ${findings.max} ${scopeOf(findings.where)}`.trimEnd()
  if (file) return `file ${code(file.path)}`
  if (commits) return commitsWords(commits)
  if (newDependencies) return `lockfiles and imports${newDependencies.orSignoff === true ? '; in doubt a reviewer looks' : ''}`
  if (vulnerabilities) return `packages "${vulnerabilities.from.slot}": at most ${vulnerabilities.max} known to be weak`
  if (components) return `list of components "${components.from.slot}": at least ${components.min}`
  if (coverage) return `coverage "${coverage.from.slot}": at least ${coverage.minPercent} % of the lines`
  if (fuzz) return `fuzzing "${fuzz.from.slot}": at least ${fuzz.minExecutions} runs, no crash`
  if (dast) return `scan of the running program "${dast.from.slot}": at most ${dast.max}`
  if (attestation) return `signed statement "${attestation.from.slot}": ${code(attestation.predicateType)}`
  if (signoff)
    return signoff.role === 'reviewer' ? reviewerWords(signoff.count) : `somebody looks who answers for ${plain(signoff.role)}`
  return 'nothing'
}

function testsWords({ from, match }: NonNullable<Expression['tests']>): string {
  const [first = '', ...more] = match
  const others = more.length > 0 ? `, or ${more.length === 1 ? 'one other name' : `${more.length} other names`}` : ''
  return `tests "${from.slot}": ${code(first.replace(/^\*+|\*+$/g, ''))} in a name${others}`
}

function commitsWords(commits: NonNullable<Expression['commits']>): string {
  if (commits.noNewSuppressions || commits.keepsTests) return 'the changed lines'
  return commits.withinGlobs || commits.keepsScannerConfig ? 'the changed paths' : 'the commit messages'
}

function reviewerWords(count: number): string {
  return count === 1 ? 'a reviewer looks' : `${COUNTS[count] ?? count} look`
}

function scopeOf(where: NonNullable<Expression['findings']>['where']): string {
  return [...(where?.level ?? []), ...(where?.cwe ?? []), ...(where?.rule ?? [])].join(', ')
}
