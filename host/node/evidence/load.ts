import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { EVIDENCE_LENGTH, readEvidence } from '../../../core/evidence/read.ts'
import { readSidecar, SIDECAR_SUFFIX, slotByName } from '../../../core/evidence/sidecar.ts'
import type { Evidence } from '../../../core/evidence/types.ts'
import { tooLarge } from '../../../core/model/json.ts'
import type { Sidecar } from '../../../core/model/types.ts'
import { ok, type Problem, type Result, refuse } from '../../../core/support/result.ts'
import { decodeText } from './decode.ts'
import { sha256Of, walkFolder } from './disk.ts'
import { LARGE, readLarge } from './read-large.ts'

/** A report as it lies, read and hashed once. */
export type LoadedReport = {
  readonly file: string
  readonly digest: string
  readonly slot: string
  readonly reading: Result<Evidence>
  /** A sidecar that is there and cannot be used is a refusal. */
  readonly sidecar: Result<Sidecar> | undefined
}

export type LoadedEvidence = { readonly reports: readonly LoadedReport[]; readonly problems: readonly Problem[] }

const MOST_FILES = 2_000

/** Every report below the folder; no folder, no reports. Nothing in it can stop the reading of the rest. */
export async function loadEvidence(folder: string): Promise<LoadedEvidence> {
  const walked = await walkFolder(folder, MOST_FILES, new Set())
  const isSidecar = (file: string) => file.endsWith(SIDECAR_SUFFIX)
  const names = walked.paths.filter(file => !path.basename(file).startsWith('.'))
  const reports: LoadedReport[] = []
  for (const file of names.filter(file => !isSidecar(file)))
    reports.push(await loadReport(folder, file, names.includes(file + SIDECAR_SUFFIX)))
  const orphans = names.filter(file => isSidecar(file) && !names.includes(file.slice(0, -SIDECAR_SUFFIX.length)))
  return { reports, problems: [...orphans.map(orphan), ...(walked.complete ? [] : [tooMany(folder)])] }
}

async function loadReport(folder: string, file: string, hasSidecar: boolean): Promise<LoadedReport> {
  const sidecar = hasSidecar ? await loadSidecar(folder, file) : undefined
  const slot = sidecar?.ok ? sidecar.value.slot : slotByName(file)
  const full = path.join(folder, file)
  const { size } = await stat(full)
  if (size > EVIDENCE_LENGTH)
    return { file, digest: await streamedDigest(full), slot, reading: tooLarge(file, size, EVIDENCE_LENGTH), sidecar }
  const large = size >= LARGE ? await readLarge(file, full) : undefined
  if (large) return { file, slot, sidecar, ...large }
  const bytes = await readFile(full)
  const text = decodeText(file, bytes)
  return { file, digest: sha256Of(bytes), slot, reading: text.ok ? readEvidence(file, text.value) : text, sidecar }
}

async function loadSidecar(folder: string, file: string): Promise<Result<Sidecar>> {
  const name = file + SIDECAR_SUFFIX
  const { size } = await stat(path.join(folder, name))
  if (size > 1024 * 1024) return tooLarge(name, size, 1024 * 1024)
  const read = readSidecar(name, await readFile(path.join(folder, name), 'utf8'))
  if (!read.ok || read.value.file === path.basename(file)) return read
  return refuse({
    code: 'evidence.sidecar',
    at: name,
    message: `The sidecar was written for ${read.value.file}.`,
    cure: 'Keep report and sidecar together under the names they were written with.',
  })
}

async function streamedDigest(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return `sha256:${hash.digest('hex')}`
}

function orphan(file: string): Problem {
  return {
    code: 'evidence.orphan',
    severity: 'warning',
    at: file,
    message: 'The report of this sidecar is gone.',
    cure: 'Restore the report, or delete the sidecar.',
  }
}

function tooMany(folder: string): Problem {
  return {
    code: 'evidence.many',
    severity: 'warning',
    at: path.basename(folder),
    message: `Only the first ${MOST_FILES} files are read.`,
    cure: 'Keep one folder of evidence for each change.',
  }
}

/** Reads a single report outside any evidence folder, for commands that show what a file holds. */
export async function readReport(file: string): Promise<Result<Evidence>> {
  const loaded = await loadReport(path.dirname(file), path.basename(file), false)
  return loaded.reading.ok ? ok(loaded.reading.value) : loaded.reading
}
