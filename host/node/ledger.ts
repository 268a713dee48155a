import path from 'node:path'
import { parseJson } from '../../core/model/json.ts'
import { type EntryType, entryFile, type LedgerState, type NamedEntry, newEntry, readLedger } from '../../core/model/ledger.ts'
import type { LedgerEntry } from '../../core/model/types.ts'
import { ok, type Result } from '../../core/support/result.ts'
import { ledgerEntry } from '../../schemas/generated/accept-records.js'
import { codeOf, type Disk, diskProblem, nodeDisk } from './disk.ts'
import { READ_LIMITS, readText } from './read-files.ts'
import { writeFiles } from './write-files.ts'

type LedgerFile = { readonly name: string; readonly text: string; readonly entry: LedgerEntry | undefined }

/** The ledger of a design folder. Broken entries are problems of its state, not a refusal: history is shown all the same. */
export async function readLedgerFolder(dir: string, disk: Disk = nodeDisk): Promise<Result<LedgerState>> {
  const folder = path.join(dir, 'ledger')
  try {
    const names = disk.list(folder).filter(entry => entry.name.endsWith('.json') && !entry.name.startsWith('.'))
    return ok(readLedger(names.slice(0, READ_LIMITS.files).map(({ name }) => readEntry(folder, name, disk))))
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? ok(readLedger([])) : { ok: false, problems: [diskProblem(error, folder, 'read')] }
  }
}

/** Adds an entry on top of all heads and returns once it is durable. A broken ledger takes no entries. */
export async function appendEntry(
  dir: string,
  type: EntryType,
  payload: Readonly<Record<string, unknown>>,
  stamp: { readonly at: string; readonly by: string; readonly disk?: Disk },
): Promise<Result<NamedEntry>> {
  const disk = stamp.disk ?? nodeDisk
  const ledger = await readLedgerFolder(dir, disk)
  if (!ledger.ok) return ledger
  const [first, ...rest] = ledger.value.problems
  if (first) return { ok: false, problems: [first, ...rest] }
  const { hash, entry, text } = newEntry(ledger.value.heads, type, payload, { at: stamp.at, by: stamp.by })
  const written = await writeFiles(dir, new Map([[`ledger/${entryFile(hash)}`, `${text}\n`]]), { disk })
  return written.ok ? ok({ hash, entry }) : written
}

function readEntry(folder: string, name: string, disk: Disk): LedgerFile {
  const text = readText(path.join(folder, name), disk, READ_LIMITS.bytes)
  if (!text.ok) return { name, text: '', entry: undefined }
  const parsed = parseJson(name, text.value)
  return { name, text: text.value, entry: parsed.ok && ledgerEntry(parsed.value) ? (parsed.value as LedgerEntry) : undefined }
}
