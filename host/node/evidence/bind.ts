import { bindingOf, type Judged } from '../../../core/evidence/binding.ts'
import { anyPathMatches } from '../../../core/evidence/globs.ts'
import type { AttestationFacts, EvidenceItem } from '../../../core/evidence/types.ts'
import type { Sidecar } from '../../../core/model/types.ts'
import { attestersOf } from '../../../core/signing/attesters.ts'
import { vouches } from '../../../core/signing/enrolled.ts'
import { PAYLOAD_TYPES } from '../../../core/signing/envelope.ts'
import { standingOf, type Trust } from '../../../core/signing/standing.ts'
import type { CodeTree } from './code-tree.ts'
import type { LoadedReport } from './load.ts'
import { subjectOf } from './subject.ts'

export type BoundTo = {
  readonly tree: CodeTree
  /** Files of the change that evidence must be about. */
  readonly relevant: readonly string[]
  readonly judged: Judged
  /** Keys that count; without, nothing is signed. */
  readonly trust?: Trust
}

/** Reports with what binds them to the judged code; a subject that several sidecars name is hashed once. */
export async function bindReports(reports: readonly LoadedReport[], to: BoundTo): Promise<readonly EvidenceItem[]> {
  const subjects = new Map<string, string | undefined>()
  const items: EvidenceItem[] = []
  for (const report of reports) items.push(await bindReport(report, to, subjects))
  return items
}

async function bindReport(report: LoadedReport, to: BoundTo, subjects: Map<string, string | undefined>): Promise<EvidenceItem> {
  const { file, digest, slot, reading } = report
  const attestation = reading.ok ? reading.value.facts.attestation : undefined
  const head = { file, digest, slot, reading, ...attestedBy(attestation, to.trust) }
  if (report.sidecar && !report.sidecar.ok) {
    const sentence = `Its sidecar cannot be used. ${report.sidecar.problems[0].message}`
    return { ...head, binding: { state: 'unbound', reported: 'nobody', sentence } }
  }
  const sidecar = report.sidecar?.value
  const { by, ...signature } = signatureIn(sidecar, to.trust)
  const binding = bindingOf({
    digest,
    evidence: reading.ok ? reading.value : undefined,
    sidecar,
    ...signature,
    subjectNow: sidecar && (await subjectNow(sidecar, to.tree, subjects)),
    uncovered: sidecar?.paths && to.relevant.find(path => !anyPathMatches(sidecar.paths ?? [], path)),
    judged: to.judged,
  })
  if (!sidecar) return { ...head, binding }
  const { tool, exitCode, endedAt, without, commit, dirty } = sidecar
  return {
    ...{ ...head, binding, exitCode, endedAt },
    ...(by && binding.reported === 'signed' ? { signedBy: by } : {}),
    ...(tool === undefined ? {} : { tool: tool.name }),
    ...(without === undefined ? {} : { without }),
    ...(commit === undefined || dirty === true ? {} : { commit }),
  }
}

/** Whether a key that counts vouches for a sidecar, or would, had it not been changed since. */
function signatureIn(
  sidecar: Sidecar | undefined,
  trust: Trust | undefined,
): { readonly signed: boolean; readonly forged: boolean; readonly by?: EvidenceItem['signedBy'] } {
  const standing = sidecar && trust ? standingOf(PAYLOAD_TYPES.sidecar, sidecar, trust) : undefined
  const signed = standing?.state === 'holds' && sidecar !== undefined && vouches(standing.key, sidecar.endedAt)
  const by = signed && standing.state === 'holds' ? { by: { name: standing.key.name, key: standing.key.id } } : {}
  return { signed, forged: standing?.state === 'bad', ...by }
}

function attestedBy(facts: AttestationFacts | undefined, trust: Trust | undefined): Pick<EvidenceItem, 'attestedBy'> {
  if (!facts?.envelope || !trust) return {}
  const signers = attestersOf(facts.envelope, trust).map(({ name, email, roles, revokedAt }) => ({
    ...{ name, email, roles },
    ...(revokedAt === undefined ? {} : { revokedAt }),
  }))
  return { attestedBy: signers }
}

async function subjectNow(
  { subject, paths }: Sidecar,
  tree: CodeTree,
  known: Map<string, string | undefined>,
): Promise<string | undefined> {
  if (subject === undefined || paths === undefined) return undefined
  const key = JSON.stringify(paths)
  if (!known.has(key)) {
    const digest = await subjectOf(tree, paths)
    known.set(key, digest.ok ? digest.value : undefined)
  }
  return known.get(key)
}
