import { isObject } from './loose.ts'

/** A format that is known and not read: what it is, and what to hand in instead. */
export type Foreign = { readonly title: string; readonly cure: string }

type Row = Foreign & {
  readonly roots?: readonly string[]
  readonly isJson?: (value: Readonly<Record<string, unknown>>) => boolean
  readonly isText?: (text: string) => boolean
}

const JUNIT = 'Have the test runner write JUnit XML'

/** Files that people hand in and that prove nothing as they are, told by content. */
const FOREIGN: readonly Row[] = [
  { title: 'a test result file of Visual Studio (TRX)', roots: ['TestRun'], cure: `${JUNIT}: dotnet test --logger junit.` },
  { title: 'a report of NUnit', roots: ['test-results', 'test-run'], cure: `${JUNIT}: dotnet test --logger junit.` },
  { title: 'a report of xUnit.net', roots: ['assemblies', 'assembly'], cure: `${JUNIT}: dotnet test --logger junit.` },
  {
    title: "a report of Mocha's JSON reporter",
    isJson: ({ stats, tests }) => isObject(stats) && Array.isArray(tests),
    cure: `${JUNIT}: mocha --reporter xunit, or mocha-junit-reporter.`,
  },
  {
    title: 'a security report of GitLab',
    isJson: ({ scan, vulnerabilities }) => isObject(scan) && Array.isArray(vulnerabilities),
    cure: 'Have the scanner behind it write SARIF, or for a fuzzer hand in its own statistics.',
  },
  {
    title: 'an OSCAL document, which tells what people assessed',
    isJson: value => 'assessment-results' in value || 'assessment-plan' in value || 'system-security-plan' in value,
    cure: 'Hand in the reports that it rests on.',
  },
  {
    title: 'a Scorecard report, whose points rate a repository',
    isJson: value => 'scorecard' in value && 'checks' in value,
    cure: 'Scorecard can write what it found as SARIF: scorecard --format sarif',
  },
  {
    title: 'a threat model, which says what could happen',
    isJson: value => 'threats' in value && ('applicationInfo' in value || 'mitigations' in value),
    cure: 'Bring it into a design: skeptic import',
  },
  {
    title: 'one advisory of the OSV database, which says nothing about this code',
    isJson: value => 'schema_version' in value && 'affected' in value && 'id' in value,
    cure: 'Hand in the report of a scanner: osv-scanner scan --format json --all-packages',
  },
  {
    title: 'SPDX as lines of tags and values, which can be cut off anywhere without a trace',
    isText: text => /^(?:\s|#[^\n]*\n)*SPDXVersion:\s/.test(text),
    cure: 'Have the tool write SPDX in JSON, as syft -o spdx-json or trivy --format spdx-json.',
  },
  {
    title: 'a report of Nuclei',
    isText: text => text.startsWith('{"template'),
    cure: 'Have it write SARIF: nuclei -sarif-export FILE.',
  },
  {
    title: 'plot_data of AFL, which names no target and no crash',
    isText: text => /^# (?:relative_time|unix_time),/.test(text),
    cure: 'Hand in fuzzer_stats, which lies beside it.',
  },
]

/** A known format that is not read. Shapes in the order of the table. */
export function foreignOf(what: {
  readonly root?: string
  readonly value?: unknown
  readonly text?: string
}): Foreign | undefined {
  const { root, value, text } = what
  return FOREIGN.find(
    row =>
      (root !== undefined && row.roots?.includes(root)) ||
      (isObject(value) && row.isJson?.(value)) ||
      (text !== undefined && row.isText?.(text)),
  )
}
