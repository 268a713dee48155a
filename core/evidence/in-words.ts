import { counted } from './show.ts'
import type { Evidence, Facts } from './types.ts'

const WORDS: { readonly [K in keyof Facts]-?: (facts: NonNullable<Facts[K]>) => string } = {
  scan: ({ runs, results }) => {
    const findings = results.filter(result => result.kind === 'fail' && !result.suppressed).length
    return `${counted(runs.length, 'run')}, ${counted(findings, 'finding')}`
  },
  tests: ({ cases }) => {
    const bad = cases.filter(({ status }) => status === 'failed' || status === 'error').length
    return `${counted(cases.length, 'test')}, ${bad} failed`
  },
  vulnerabilities: ({ found, packages }) =>
    `${counted(found.length, 'vulnerability', 'vulnerabilities')} in ${packages === undefined ? 'an unknown number of packages' : counted(packages, 'package')}`,
  components: ({ components }) => counted(components.length, 'component'),
  coverage: ({ files }) =>
    `${counted(files.length, 'file')}, ${files.reduce((sum, file) => sum + file.hit, 0)} of ${files.reduce((sum, file) => sum + file.lines, 0)} lines hit`,
  fuzz: ({ executions, crashes }) => `${counted(executions, 'execution')}, ${counted(crashes, 'crash', 'crashes')}`,
  dast: ({ alerts, reached }) => `${counted(alerts.length, 'alert')}, ${counted(reached.length, 'address', 'addresses')} reached`,
  statements: statements => counted(statements.length, 'statement'),
  registry: ({ packages }) => `${counted(packages.length, 'package name')} looked up`,
  attribution: ({ files }) => `${counted(files.length, 'file')} that a coding tool says it changed`,
  attestation: ({ predicateType, subjects }) => `${predicateType} about ${counted(subjects.length, 'subject')}`,
}

/** What a report says, counted, in a few words. */
export function evidenceInWords({ facts }: Evidence): string {
  const said = Object.entries(WORDS).flatMap(([kind, say]) => {
    const of = facts[kind as keyof Facts]
    return of === undefined ? [] : [(say as (of: unknown) => string)(of)]
  })
  return said.join('; ') || 'nothing that is read'
}
