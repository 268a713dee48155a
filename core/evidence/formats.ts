import { ok, type Result } from '../support/result.ts'
import { isGrype, readGrype } from './grype.ts'
import { readJunit } from './junit.ts'
import { isObject } from './loose.ts'
import { isNpmAudit, readNpmAudit } from './npm-audit.ts'
import { isOsvScanner, readOsvScanner } from './osv-scanner.ts'
import { isPnpmAudit, readPnpmAudit } from './pnpm-audit.ts'
import { commitsOf, readSarif } from './sarif.ts'
import { isTrivy, readTrivy } from './trivy.ts'
import type { Evidence, EvidenceFormat } from './types.ts'
import { isYarnAudit, readYarnAudit } from './yarn-audit.ts'
import { isBerryAudit, readBerryAudit } from './yarn-berry-audit.ts'

type Named = {
  readonly format: EvidenceFormat
  /** Name and versions as a person would say them. */
  readonly title: string
}

/** One format: how it is told from the others, and how it is read. */
export type Reader = Named &
  (
    | {
        readonly kind: 'json'
        readonly isJson: (value: unknown) => boolean
        readonly read: (file: string, value: unknown) => Result<Evidence>
      }
    | { readonly kind: 'xml'; readonly roots: readonly string[]; readonly read: (file: string, text: string) => Result<Evidence> }
    | {
        readonly kind: 'text'
        readonly isText: (text: string) => boolean
        readonly read: (file: string, text: string) => Result<Evidence>
      }
  )

/** Every format of evidence, in the order in which content is held against them. A new format is one file and one row. */
export const FORMATS: readonly Reader[] = [
  {
    format: 'sarif',
    title: 'SARIF 2.1.0',
    kind: 'json',
    isJson: value => isObject(value) && Object.hasOwn(value, 'version') && Object.hasOwn(value, 'runs'),
    read: (file, value) => {
      const scan = readSarif(file, isObject(value) ? value : {})
      return scan.ok ? ok({ format: 'sarif', made: { commits: commitsOf(scan.value) }, facts: { scan: scan.value } }) : scan
    },
  },
  {
    format: 'junit',
    title: 'JUnit XML',
    kind: 'xml',
    roots: ['testsuites', 'testsuite'],
    read: (file, text) => {
      const tests = readJunit(file, text)
      return tests.ok ? ok({ format: 'junit', made: { commits: [] }, facts: { tests: tests.value } }) : tests
    },
  },
  { format: 'osv-scanner', title: 'OSV-Scanner JSON', kind: 'json', isJson: isOsvScanner, read: readOsvScanner },
  { format: 'pnpm-audit', title: 'pnpm audit JSON', kind: 'json', isJson: isPnpmAudit, read: readPnpmAudit },
  { format: 'npm-audit', title: 'npm audit JSON, npm 6 and later', kind: 'json', isJson: isNpmAudit, read: readNpmAudit },
  { format: 'yarn-audit', title: 'yarn 1 audit, lines of JSON', kind: 'text', isText: isYarnAudit, read: readYarnAudit },
  { format: 'yarn-audit', title: 'yarn 4 npm audit, lines of JSON', kind: 'text', isText: isBerryAudit, read: readBerryAudit },
  { format: 'trivy', title: 'Trivy JSON, schema 2, older lists and clusters', kind: 'json', isJson: isTrivy, read: readTrivy },
  { format: 'grype', title: 'Grype JSON', kind: 'json', isJson: isGrype, read: readGrype },
]

/** How the name of a file of this format ends. */
export function endingOf(format: string): string {
  if (format === 'sarif') return 'sarif'
  const kind = FORMATS.find(reader => reader.format === format)?.kind ?? 'text'
  return `${format}.${kind === 'text' ? 'txt' : kind}`
}
