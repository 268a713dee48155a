import { ok, type Result } from '../support/result.ts'
import { isAgentTrace, isChainloopAi, readAgentTrace, readChainloopSession } from './attribution.ts'
import { isEnvelope, readDsse } from './dsse.ts'
import { isStatement, readInToto } from './in-toto.ts'
import { readJunit } from './junit.ts'
import { isObject } from './loose.ts'
import { commitsOf, readSarif } from './sarif.ts'
import type { Evidence, EvidenceFormat } from './types.ts'

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
