import { existsSync, lstatSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { canonicalJson } from '../../core/model/canonical.ts'
import { designDigest } from '../../core/model/digest.ts'
import type { EntryType, NamedEntry } from '../../core/model/ledger.ts'
import { parseBundle } from '../../core/model/parse.ts'
import { sizeOf } from '../../core/model/table.ts'
import type { Design } from '../../core/model/types.ts'
import { bundleOf } from '../../core/model/write.ts'
import { by } from '../../core/support/order.ts'
import type { Result } from '../../core/support/result.ts'
import type { KeptState, KeptWhy } from '../contract.ts'
import { type Disk, nodeDisk } from './disk.ts'
import { appendEntry, type LedgerStamp } from './ledger.ts'
import { READ_LIMITS, readText } from './read-files.ts'
import { makePrivateFolder } from './store.ts'
import { writeFiles } from './write-files.ts'

/** Adds an entry that names the design it was made from, and keeps that design, so that it can be shown later. */
export async function noteEntry(
  folder: string,
  entry: { readonly type: EntryType; readonly payload: Readonly<Record<string, unknown>>; readonly design: Design },
  stamp: Omit<LedgerStamp, 'disk'>,
): Promise<Result<NamedEntry>> {
  await keepState(folder, entry.design)
  return appendEntry(folder, entry.type, { ...entry.payload, design: designDigest(entry.design) }, stamp)
}

/**
 * What the design looked like when an entry of the ledger was made, once for each digest, in the private folder. It serves only to show
 * the past on this machine, so a state that cannot be kept keeps no entry from being made: the window says later that it is not there.
 * What was decided on entries of frameworks is outside the digest and told all the same: of that the last state is kept.
 */
export async function keepState(folder: string, design: Design, disk: Disk = nodeDisk): Promise<void> {
  const file = fileOf(designDigest(design))
  if (existsSync(path.join(folder, file)) && isKeptAs(design, path.join(folder, file), disk)) return
  const place = await makePrivateFolder(folder, disk)
  if (place.ok) await writeFiles(folder, new Map([[file, bundleOf(design)]]), { disk })
}

/** Whether neither the design nor the state that is kept says anything of frameworks; asked without reading the state as a design. */
function isKeptAs({ exclusions }: Design, file: string, disk: Disk): boolean {
  const text = sizeOf(exclusions) > 0 ? undefined : readText(file, disk, READ_LIMITS.total)
  return text?.ok === true && !text.value.includes('"exclusions/')
}

/**
 * Keeps a state with when and why, and answers its digest; nothing where it could not be kept. What a digest leaves out, the drawing and
 * remarks, is kept as it is now, also where a state with this digest was kept before.
 */
export async function keepNoted(
  folder: string,
  design: Design,
  { at, why, disk = nodeDisk }: { readonly at: string; readonly why: KeptWhy; readonly disk?: Disk },
): Promise<string | undefined> {
  const digest = designDigest(design)
  const place = await makePrivateFolder(folder, disk)
  if (!place.ok) return undefined
  const notes = { ...notesIn(folder, disk), [digest]: { at, why } }
  const files = new Map([
    [fileOf(digest), bundleOf(design)],
    [NOTES, `${canonicalJson(notes)}\n`],
  ])
  return (await writeFiles(folder, files, { disk })).ok ? digest : undefined
}

/** All states that are kept, oldest first; one without a note was kept for an entry of the ledger, when its file was written. */
export function keptStates(folder: string, disk: Disk = nodeDisk): readonly KeptState[] {
  const notes = notesIn(folder, disk)
  const states = namesIn(path.join(folder, STATES)).flatMap((name): readonly KeptState[] => {
    const digest = `sha256:${name.slice(0, -'.json'.length)}`
    const file = statOf(path.join(folder, STATES, name))
    if (!DIGEST.test(digest) || !file) return []
    const note = notes[digest] ?? { at: `${new Date(file.mtimeMs).toISOString().slice(0, 19)}Z`, why: 'entry' }
    return [{ digest, ...note, bytes: file.size }]
  })
  return states.sort(by(({ at, digest }) => `${at} ${digest}`))
}

/** Lets kept states go, with their notes. */
export async function dropStates(folder: string, digests: ReadonlySet<string>, disk: Disk = nodeDisk): Promise<void> {
  if (digests.size === 0) return
  const notes = Object.fromEntries(Object.entries(notesIn(folder, disk)).filter(([digest]) => !digests.has(digest)))
  const files = new Map<string, string | undefined>([...digests].map(digest => [fileOf(digest), undefined]))
  await writeFiles(folder, files.set(NOTES, `${canonicalJson(notes)}\n`), { disk })
}

/** The state with this digest; nothing when it was not kept, or when the file does not hold what its name says. */
export function keptState(folder: string, digest: string, disk: Disk = nodeDisk): Design | undefined {
  if (!DIGEST.test(digest)) return undefined
  const file = fileOf(digest)
  if (!existsSync(path.join(folder, file))) return undefined
  const text = readText(path.join(folder, file), disk, READ_LIMITS.total)
  const design = text.ok ? parseBundle(file, text.value) : text
  return design.ok && designDigest(design.value) === digest ? design.value : undefined
}

const DIGEST = /^sha256:[0-9a-f]{64}$/
const STATES = '.skeptic/states'
/** When and why states were kept, by digest. Without it they are told by the times of their files. */
const NOTES = '.skeptic/states.json'

type Note = Pick<KeptState, 'at' | 'why'>

function notesIn(folder: string, disk: Disk): Readonly<Record<string, Note>> {
  if (!existsSync(path.join(folder, NOTES))) return {}
  const text = readText(path.join(folder, NOTES), disk, READ_LIMITS.total)
  if (!text.ok) return {}
  try {
    const notes: unknown = JSON.parse(text.value)
    const rows = typeof notes === 'object' && notes !== null ? Object.entries(notes) : []
    return Object.fromEntries(rows.filter((row): row is [string, Note] => DIGEST.test(row[0]) && isNote(row[1])))
  } catch {
    return {}
  }
}

function isNote(note: unknown): boolean {
  const { at, why } = (note ?? {}) as Readonly<Record<string, unknown>>
  return typeof at === 'string' && INSTANT.test(at) && typeof why === 'string' && Object.hasOwn(REASONS, why)
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const REASONS: Readonly<Record<KeptWhy, true>> = {
  entry: true,
  settled: true,
  closed: true,
  import: true,
  suggestion: true,
  many: true,
  removal: true,
  bringBack: true,
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function statOf(file: string): { readonly mtimeMs: number; readonly size: number } | undefined {
  const stat = lstatSync(file, { throwIfNoEntry: false })
  return stat?.isFile() ? stat : undefined
}

function fileOf(digest: string): string {
  return `${STATES}/${digest.replace('sha256:', '')}.json`
}
