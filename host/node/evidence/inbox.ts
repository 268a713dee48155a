import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { endingOf } from '../../../core/evidence/formats.ts'
import { evidenceInWords } from '../../../core/evidence/in-words.ts'
import { readEvidence } from '../../../core/evidence/read.ts'
import { fileText } from '../../../core/model/canonical.ts'
import { digestOf, digestOfText } from '../../../core/model/digest.ts'
import { parseOwnJson } from '../../../core/model/json.ts'
import { hasRow } from '../../../core/model/table.ts'
import type { Design } from '../../../core/model/types.ts'
import { ok, type Problem, type Result, refuse } from '../../../core/support/result.ts'
import * as accept from '../../../schemas/generated/accept-mcp.js'
import type { EvidenceProposal } from '../../../schemas/generated/types.ts'
import { diskProblem, nodeDisk } from '../disk.ts'
import { noteEntry } from '../kept-states.ts'
import { readText } from '../read-files.ts'
import { makePrivateFolder } from '../store.ts'
import { writeFiles } from '../write-files.ts'
import { revisionNow, writeSelfReportedSidecar } from './write-sidecar.ts'

/** Beside the evidence, never in it: what lies here is read by nobody who judges. */
const INBOX = '.skeptic/inbox'
/** A coding tool in a loop fills no disk. */
const MOST = 100
/** Bytes of one file: a report of a million characters, written as JSON. */
const FILE_LIMIT = 8 * 1024 * 1024

export type HandedIn = Pick<EvidenceProposal, 'client' | 'workItem' | 'slot' | 'report' | 'command' | 'exitCode' | 'note'>
type Stamp = { readonly at: string; readonly by: string }

/** A proposal, and what its report says in a few words. */
export type Proposed = { readonly proposal: EvidenceProposal; readonly holds: string }

/** Keeps a report that a coding tool hands in until a person decides. One that cannot be read is refused at once. */
export async function proposeEvidence(
  folder: string,
  design: Design,
  { handedIn, stamp }: { readonly handedIn: HandedIn; readonly stamp: Stamp },
): Promise<Result<Proposed>> {
  const { workItem, slot, report } = handedIn
  if (!hasRow(design.workItems, workItem))
    return refuse({
      code: 'evidence.workItem',
      at: workItem,
      message: 'The design has no such work item.',
      cure: 'list_work_items names the ids.',
    })
  const read = readEvidence(`report for "${slot}"`, report)
  if (!read.ok) return read
  const sha256 = digestOfText(report)
  const id = `Q-${digestOf({ workItem, slot, sha256 }).slice(7, 15)}`
  const listed = await readInbox(folder)
  const present = listed.proposals.find(one => one.proposal.id === id)
  if (present) return ok(present)
  if (listed.proposals.length + listed.problems.length >= MOST) return full(folder)
  const codeRoot = path.dirname(folder)
  const revision = await revisionNow({ codeRoot, designDir: folder, report: path.join(folder, INBOX, id) })
  const proposal: EvidenceProposal = { format: 1, id, ...stamp, ...handedIn, sha256, kind: read.value.format, ...revision }
  const place = await makePrivateFolder(folder, nodeDisk)
  if (!place.ok) return place
  const written = await writeFiles(folder, new Map([[fileOf(id), fileText(proposal)]]), { disk: nodeDisk })
  return written.ok ? ok({ proposal, holds: evidenceInWords(read.value) }) : written
}

function full(folder: string): Result<never> {
  return refuse({
    code: 'evidence.inboxFull',
    at: path.join(path.basename(folder), INBOX),
    message: `${MOST} reports wait there for a person.`,
    cure: 'A person confirms or drops them: skeptic evidence --inbox',
  })
}

/** Everything that waits, oldest first; a file that cannot be used is a problem, and hides no other. */
export async function readInbox(
  folder: string,
): Promise<{ readonly proposals: readonly Proposed[]; readonly problems: readonly Problem[] }> {
  const dir = path.join(folder, INBOX)
  if (!existsSync(dir)) return { proposals: [], problems: [] }
  const names = nodeDisk.list(dir).filter(({ name }) => /^Q-[0-9a-f]{8}\.json$/.test(name))
  const read = names.map(({ name }) => readProposal(folder, name.replace('.json', '')))
  const proposals = read.flatMap(one => (one.ok ? [one.value] : []))
  return {
    proposals: proposals.sort((a, b) => (`${a.proposal.at} ${a.proposal.id}` < `${b.proposal.at} ${b.proposal.id}` ? -1 : 1)),
    problems: read.flatMap(one => (one.ok ? [] : one.problems)),
  }
}

function readProposal(folder: string, id: string): Result<Proposed> {
  const file = fileOf(id)
  const text = readText(path.join(folder, file), nodeDisk, FILE_LIMIT)
  if (!text.ok) return text
  const parsed = parseOwnJson(file, text.value, { length: FILE_LIMIT, depth: 10 })
  if (!parsed.ok) return parsed
  const proposal = parsed.value as EvidenceProposal
  if (!accept.evidenceProposal(proposal) || proposal.id !== id)
    return broken(file, 'It does not fit its schema (schemas/evidence-proposal.schema.json).')
  if (digestOfText(proposal.report) !== proposal.sha256) return broken(file, 'Its report was changed after it was handed in.')
  const read = readEvidence(file, proposal.report)
  return read.ok ? ok({ proposal, holds: evidenceInWords(read.value) }) : read
}

function broken(at: string, message: string): Result<never> {
  return refuse({ code: 'evidence.proposal', at, message, cure: 'Delete the file, and have the report handed in again.' })
}

function fileOf(id: string): string {
  return `${INBOX}/${id}.json`
}

export type Confirmed = { readonly proposal: EvidenceProposal; readonly file: string; readonly entry: string }

/**
 * Makes a proposal evidence, on the word of whoever confirms it: the report with a self-reported sidecar, bound to the code as it was when
 * the report came, and an entry of the ledger that names both.
 */
export async function confirmEvidence(
  folder: string,
  design: Design,
  { id, stamp }: { readonly id: string; readonly stamp: Stamp },
): Promise<Result<Confirmed>> {
  const found = waiting(folder, id)
  if (!found.ok) return found
  const { proposal } = found.value
  const { slot, client, workItem, sha256, kind, report: text, command, exitCode, at } = proposal
  const file = `${slot}.${id}.${endingOf(kind)}`
  const report = path.join(folder, '.skeptic/evidence', file)
  try {
    await mkdir(path.dirname(report), { recursive: true })
    await writeFile(report, text)
  } catch (error) {
    return { ok: false, problems: [diskProblem(error, report, 'write')] }
  }
  const { commit, tree, dirty } = proposal
  const sidecar = await writeSelfReportedSidecar({
    report,
    slot,
    argv: command,
    exitCode,
    startedAt: at,
    endedAt: at,
    tool: { name: client.name, version: client.version },
    codeRoot: path.dirname(folder),
    designDir: folder,
    revision: {
      ...(commit === undefined ? {} : { commit }),
      ...(tree === undefined ? {} : { tree }),
      ...(dirty === undefined ? {} : { dirty }),
    },
  })
  if (!sidecar.ok) return sidecar
  const payload = { workItem, slot, file, sha256, reported: 'self', proposal: id, client }
  const noted = await noteEntry(folder, { type: 'collected', payload, design }, stamp)
  if (!noted.ok) {
    await Promise.all([rm(report, { force: true }), rm(`${report}.skeptic.json`, { force: true })])
    return noted
  }
  await rm(path.join(folder, fileOf(id)), { force: true })
  return ok({ proposal, file: report, entry: noted.value.hash })
}

/** Takes a proposal away. */
export async function dropEvidence(folder: string, id: string): Promise<Result<true>> {
  if (!/^Q-[0-9a-f]{8}$/.test(id) || !existsSync(path.join(folder, fileOf(id)))) return notThere(id)
  await rm(path.join(folder, fileOf(id)), { force: true })
  return ok(true)
}

function waiting(folder: string, id: string): Result<Proposed> {
  if (!/^Q-[0-9a-f]{8}$/.test(id) || !existsSync(path.join(folder, fileOf(id)))) return notThere(id)
  return readProposal(folder, id)
}

function notThere(id: string): Result<never> {
  return refuse({
    code: 'evidence.noProposal',
    at: id,
    message: 'No report with this id waits in the inbox.',
    cure: 'skeptic evidence --inbox lists what waits.',
  })
}
