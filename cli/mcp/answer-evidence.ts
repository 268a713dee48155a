import { ok, type Result, refuse } from '../../core/support/result.ts'
import { proposeEvidence } from '../../host/node/evidence/inbox.ts'
import type { AnswerOf, CallOf } from './answer-work.ts'
import type { Visit } from './visit.ts'

/** Lays a report into the inbox. It proves nothing there: a person confirms it, or does not. */
export async function reportEvidence(
  visit: Visit,
  input: CallOf<'report_evidence'>,
): Promise<Result<AnswerOf<'report_evidence'>>> {
  const read = await visit.read()
  if (!read.ok) return read
  const { design, folder } = read.value
  if (folder === undefined)
    return refuse({
      code: 'mcp.bundle',
      message: 'A bundle is read-only and has no inbox.',
      cure: 'A person makes a folder of it: skeptic import FILE --into DIR',
    })
  await visit.step(0, 1, 'Reading the report')
  const handedIn = { ...input, client: visit.client }
  const proposed = await visit.alone(() =>
    proposeEvidence(folder, design, { handedIn, stamp: { at: visit.now(), by: visit.by } }),
  )
  if (!proposed.ok) return proposed
  const { id, sha256, kind } = proposed.value.proposal
  return ok({
    proposal: id,
    state: 'proposed',
    digest: sha256,
    kind,
    holds: proposed.value.holds,
    sentence: `It counts for nothing until a person confirms it: skeptic evidence --confirm ${id}`,
  })
}
