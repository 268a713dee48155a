import { ok, type Result } from '../support/result.ts'
import { isFuzzerStats, readFuzzerStats } from './afl.ts'
import { isAgentTrace, isChainloopAi, readAgentTrace, readChainloopSession } from './attribution.ts'
import { readCobertura } from './cobertura.ts'
import { isCsaf, readCsaf } from './csaf.ts'
import { isCtrf, readCtrf } from './ctrf.ts'
import { isCycloneDxBom, readCycloneDx } from './cyclonedx.ts'
import { readCycloneDxXml } from './cyclonedx-xml.ts'
import { isEnvelope, readDsse } from './dsse.ts'
import { isGrype, readGrype } from './grype.ts'
import { isStatement, readInToto } from './in-toto.ts'
import { readJacoco } from './jacoco.ts'
import { readJunit } from './junit.ts'
import { isLcov, readLcov } from './lcov.ts'
import { isObject } from './loose.ts'
import { isNpmAudit, readNpmAudit } from './npm-audit.ts'
import { isOpenVex, readOpenVex } from './openvex.ts'
import { isOsvScanner, readOsvScanner } from './osv-scanner.ts'
import { isPnpmAudit, readPnpmAudit } from './pnpm-audit.ts'
import { isRegistrySnapshot, readRegistrySnapshot } from './registry-snapshot.ts'
import { commitsOf, readSarif } from './sarif.ts'
import { isSpdx, readSpdx } from './spdx.ts'
import { isSpdx3, readSpdx3 } from './spdx3.ts'
import { isTrivy, readTrivy } from './trivy.ts'
import type { Evidence, EvidenceFormat } from './types.ts'
import { isYarnAudit, readYarnAudit } from './yarn-audit.ts'
import { isBerryAudit, readBerryAudit } from './yarn-berry-audit.ts'
import { isZap, readZapJson, readZapXml } from './zap.ts'

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
  { format: 'osv-scanner', title: 'OSV-Scanner JSON', kind: 'json', isJson: isOsvScanner, read: readOsvScanner },
  { format: 'pnpm-audit', title: 'pnpm audit JSON', kind: 'json', isJson: isPnpmAudit, read: readPnpmAudit },
  { format: 'npm-audit', title: 'npm audit JSON, npm 6 and later', kind: 'json', isJson: isNpmAudit, read: readNpmAudit },
  { format: 'yarn-audit', title: 'yarn 1 audit, lines of JSON', kind: 'text', isText: isYarnAudit, read: readYarnAudit },
  { format: 'yarn-audit', title: 'yarn 4 npm audit, lines of JSON', kind: 'text', isText: isBerryAudit, read: readBerryAudit },
  { format: 'trivy', title: 'Trivy JSON, schema 2, older lists and clusters', kind: 'json', isJson: isTrivy, read: readTrivy },
  { format: 'grype', title: 'Grype JSON', kind: 'json', isJson: isGrype, read: readGrype },
  { format: 'junit', title: 'JUnit XML', kind: 'xml', roots: ['testsuites', 'testsuite'], read: readJunit },
  { format: 'ctrf', title: 'CTRF 1.0', kind: 'json', isJson: isCtrf, read: readCtrf },
  { format: 'lcov', title: 'LCOV', kind: 'text', isText: isLcov, read: readLcov },
  { format: 'cobertura', title: 'Cobertura XML', kind: 'xml', roots: ['coverage'], read: readCobertura },
  { format: 'jacoco', title: 'JaCoCo XML 1.1', kind: 'xml', roots: ['report'], read: readJacoco },
  { format: 'afl', title: 'fuzzer_stats of AFL++ and AFL', kind: 'text', isText: isFuzzerStats, read: readFuzzerStats },
  { format: 'zap', title: 'ZAP JSON', kind: 'json', isJson: isZap, read: readZapJson },
  { format: 'zap', title: 'ZAP XML', kind: 'xml', roots: ['OWASPZAPReport'], read: readZapXml },
  { format: 'cyclonedx', title: 'CycloneDX 1.2 to 1.7 JSON', kind: 'json', isJson: isCycloneDxBom, read: readCycloneDx },
  { format: 'cyclonedx', title: 'CycloneDX 1.0 to 1.7 XML', kind: 'xml', roots: ['bom'], read: readCycloneDxXml },
  { format: 'spdx', title: 'SPDX 2.3 JSON', kind: 'json', isJson: isSpdx, read: readSpdx },
  { format: 'spdx', title: 'SPDX 3.0 JSON-LD', kind: 'json', isJson: isSpdx3, read: readSpdx3 },
  { format: 'openvex', title: 'OpenVEX 0.2', kind: 'json', isJson: isOpenVex, read: readOpenVex },
  { format: 'csaf-vex', title: 'CSAF 2.0 VEX', kind: 'json', isJson: isCsaf, read: readCsaf },
  {
    format: 'registry-snapshot',
    title: 'Registry snapshot 1',
    kind: 'json',
    isJson: isRegistrySnapshot,
    read: readRegistrySnapshot,
  },
  {
    format: 'dsse',
    title: 'in-toto statement in a DSSE envelope or sigstore bundle',
    kind: 'json',
    isJson: isEnvelope,
    read: readDsse,
  },
  { format: 'agent-trace', title: 'Agent Trace 0.1', kind: 'json', isJson: isAgentTrace, read: readAgentTrace },
  {
    format: 'chainloop-session',
    title: 'Chainloop AI coding session',
    kind: 'json',
    isJson: isChainloopAi,
    read: readChainloopSession,
  },
  { format: 'in-toto', title: 'in-toto statement, unsigned', kind: 'json', isJson: isStatement, read: readInToto },
]

/** How the name of a file of this format ends. */
export function endingOf(format: string): string {
  if (format === 'sarif') return 'sarif'
  const kind = FORMATS.find(reader => reader.format === format)?.kind ?? 'text'
  return `${format}.${kind === 'text' ? 'txt' : kind}`
}
