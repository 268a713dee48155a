import { existsSync } from 'node:fs'
import path from 'node:path'
import { designDigest } from '../../core/model/digest.ts'
import type { EntryType, NamedEntry } from '../../core/model/ledger.ts'
import { parseBundle } from '../../core/model/parse.ts'
import type { Design } from '../../core/model/types.ts'
import { bundleOf } from '../../core/model/write.ts'
import type { Result } from '../../core/support/result.ts'
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
 */
export async function keepState(folder: string, design: Design, disk: Disk = nodeDisk): Promise<void> {
  const file = fileOf(designDigest(design))
  if (existsSync(path.join(folder, file))) return
  const place = await makePrivateFolder(folder, disk)
  if (place.ok) await writeFiles(folder, new Map([[file, bundleOf(design)]]), { disk })
}

/** The state with this digest; nothing when it was not kept, or when the file does not hold what its name says. */
export function keptState(folder: string, digest: string, disk: Disk = nodeDisk): Design | undefined {
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) return undefined
  const file = fileOf(digest)
  if (!existsSync(path.join(folder, file))) return undefined
  const text = readText(path.join(folder, file), disk, READ_LIMITS.total)
  const design = text.ok ? parseBundle(file, text.value) : text
  return design.ok && designDigest(design.value) === digest ? design.value : undefined
}

function fileOf(digest: string): string {
  return `.skeptic/states/${digest.replace('sha256:', '')}.json`
}
