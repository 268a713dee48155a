import path from 'node:path'
import { parseJson } from '../../core/model/json.ts'
import {
  type EntryCheck,
  type EntryType,
  entryFile,
  type LedgerState,
  type NamedEntry,
  newEntry,
  readLedger,
} from '../../core/model/ledger.ts'
import type { LedgerEntry } from '../../core/model/types.ts'
import { entryFault, sealedBy } from '../../core/signing/entries.ts'
import type { Signer } from '../../core/signing/standing.ts'
import { ok, type Result } from '../../core/support/result.ts'
import { ledgerEntry } from '../../schemas/generated/accept-records.js'
import { codeOf, type Disk, diskProblem, nodeDisk } from './disk.ts'
import { verifyEd25519 } from './keys/ed25519.ts'
import { enrolledIn } from './keys/enrolment.ts'
import { READ_LIMITS, readText } from './read-files.ts'
import { writeFiles } from './write-files.ts'

type LedgerFile = { readonly name: string; readonly text: string; readonly entry: LedgerEntry | undefined }

/**
 * The ledger of a design folder, signatures held against the keys that the folder enrols now. Broken entries are problems of its state,
 * not a refusal: history is shown all the same.
 */
export async function readLedgerFolder(dir: string, disk: Disk = nodeDisk): Promise<Result<LedgerState>> {
  const folder = path.join(dir, 'ledger')
  try {
    const names = disk.list(folder).filter(entry => entry.name.endsWith('.json') && !entry.name.startsWith('.'))
    const files = names.slice(0, READ_LIMITS.files).map(({ name }) => readEntry(folder, name, disk))
    return ok(readLedger(files, checkOf(dir, disk)))
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? ok(readLedger([])) : { ok: false, problems: [diskProblem(error, folder, 'read')] }
  }
}

/** Keys that cannot be read leave every signature without one who is known. */
function checkOf(dir: string, disk: Disk): EntryCheck {
  const enrolled = enrolledIn(dir, disk)
  if (enrolled.ok) return entry => entryFault(entry, { keys: enrolled.value, verify: verifyEd25519 })
  const [{ at, message }] = enrolled.problems
  const fault = {
    code: 'ledger.keys',
    message: `It is signed, and the keys cannot be read (${at ?? 'keys.json'}: ${message}).`,
    cure: 'Restore keys.json from version control.',
  }
  return entry => (entry.signature === undefined ? undefined : fault)
}

/** Entries that say how much of the ledger they saw, so that what is cut off behind them is missed. */
const SAY_WHAT_THEY_SAW: ReadonlySet<EntryType> = new Set(['signed-off', 'verdict'])

/** When and by whom; with a signer, under the name of its key. */
export type LedgerStamp = { readonly at: string; readonly by: string; readonly signer?: Signer; readonly disk?: Disk }

/** Adds an entry on top of all heads and returns once it is durable. A broken ledger takes no entries. */
export async function appendEntry(
  dir: string,
  type: EntryType,
  payload: Readonly<Record<string, unknown>>,
  stamp: LedgerStamp,
): Promise<Result<NamedEntry>> {
  const disk = stamp.disk ?? nodeDisk
  const ledger = await readLedgerFolder(dir, disk)
  if (!ledger.ok) return ledger
  const [first, ...rest] = ledger.value.problems
  if (first) return { ok: false, problems: [first, ...rest] }
  const { entries, heads } = ledger.value
  const { at, signer } = stamp
  const whole = SAY_WHAT_THEY_SAW.has(type) ? { ...payload, ledger: { entries: entries.length, heads } } : payload
  const by = signer ? { by: signer.name, seal: sealedBy(signer) } : { by: stamp.by }
  const { hash, entry, text } = newEntry(heads, type, whole, { at, ...by })
  const written = await writeFiles(dir, new Map([[`ledger/${entryFile(hash)}`, `${text}\n`]]), { disk })
  return written.ok ? ok({ hash, entry }) : written
}

function readEntry(folder: string, name: string, disk: Disk): LedgerFile {
  const text = readText(path.join(folder, name), disk, READ_LIMITS.bytes)
  if (!text.ok) return { name, text: '', entry: undefined }
  const parsed = parseJson(name, text.value)
  return { name, text: text.value, entry: parsed.ok && ledgerEntry(parsed.value) ? (parsed.value as LedgerEntry) : undefined }
}
