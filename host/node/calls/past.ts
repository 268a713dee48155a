import { compareDesigns } from '../../../core/model/compare.ts'
import { designDigest } from '../../../core/model/digest.ts'
import { designNamedBy, entryFile } from '../../../core/model/ledger.ts'
import { parseFolder } from '../../../core/model/parse.ts'
import type { Design } from '../../../core/model/types.ts'
import { bundleOf } from '../../../core/model/write.ts'
import { ok, type Result, refuse } from '../../../core/support/result.ts'
import type { Input, Output } from '../../contract.ts'
import { designAtRevision } from '../design-at.ts'
import { blobsOf, commitThatAdded, filesOf, openRepository, type Repository, revisionOf } from '../git.ts'
import type { Desk } from '../handlers.ts'
import { keptState } from '../kept-states.ts'
import { readLedgerFolder } from '../ledger.ts'
import { isDesignFile, READ_LIMITS } from '../read-files.ts'

type Past = Output<'design.past'>

/** The design as it was then. */
export function readPast(desk: Desk, asked: Input<'design.past'>): Promise<Result<Past>> {
  if ('entry' in asked) return atEntry(desk, asked.entry)
  return 'state' in asked ? asKept(desk, asked.state) : atRevision(desk, asked.revision)
}

/** A state that was kept here, by its digest. */
async function asKept({ room }: Desk, digest: string): Promise<Result<Past>> {
  const kept = keptState(room.folder, digest)
  if (kept) return ok(rebuilt(kept, { from: 'kept', isNamed: true }))
  return refuse({
    code: 'past.unknownState',
    at: digest,
    message: 'This state of the design is not kept here any more.',
    cure: 'Choose another: old states are let go with time.',
  })
}

async function atRevision({ room }: Desk, name: string): Promise<Result<Past>> {
  const past = await designAtRevision(room.folder, name)
  if (past?.ok) return ok(rebuilt(past.value.design, { from: 'commit', isNamed: true, commit: past.value.commit }))
  return (
    past ??
    refuse({
      code: 'past.unknownRevision',
      at: name,
      message: 'The repository around this design has no such revision.',
      cure: 'Choose another: a branch may have been deleted or rewritten meanwhile.',
    })
  )
}

/**
 * The design at an entry of the ledger: as it is now where it is still the same, as it was kept when the entry was made, else as git
 * has it. What has the digest that the entry names is that design; what the commit beside the entry holds may be another one.
 */
async function atEntry({ room }: Desk, hash: string): Promise<Result<Past>> {
  const ledger = await readLedgerFolder(room.folder)
  if (!ledger.ok) return ledger
  const found = ledger.value.entries.find(one => one.hash === hash)
  if (!found)
    return refuse({
      code: 'past.unknownEntry',
      at: hash,
      message: 'The ledger holds no such entry.',
      cure: 'Read the ledger again: a file of it was changed or taken away.',
    })
  const digest = designNamedBy(found.entry)
  const now = room.design()
  const kept = digest === undefined ? undefined : keptState(room.folder, digest)
  // What was decided on frameworks since then is no other digest.
  const isNow = digest !== undefined && designDigest(now) === digest && (!kept || compareDesigns(kept, now).length === 0)
  if (isNow) return ok(rebuilt(now, { from: 'now', isNamed: true }))
  return ok(kept ? rebuilt(kept, { from: 'kept', isNamed: true }) : await fromGit(room.folder, hash, digest))
}

type Source = { readonly from: 'now' | 'kept' | 'commit'; readonly isNamed: boolean; readonly commit?: string }

function rebuilt(design: Design, source: Source): Past {
  return { kind: 'rebuilt', ...source, digest: designDigest(design), bundle: bundleOf(design) }
}

async function fromGit(folder: string, hash: string, digest: string | undefined): Promise<Past> {
  const opened = await openRepository(folder)
  if (opened.kind === 'none') return { kind: 'lost', why: opened.why }
  const { repository } = opened
  const added = await commitThatAdded(repository, `ledger/${entryFile(hash)}`)
  const names = [added, added === undefined ? undefined : `${added}^`, digest === undefined ? undefined : 'HEAD']
  let beside: Past | undefined
  for (const name of names) {
    const commit = name === undefined ? undefined : (await revisionOf(repository, name))?.commit
    const design = commit === undefined ? undefined : await designAt(repository, commit)
    if (!design || commit === undefined) continue
    const isNamed = digest !== undefined && designDigest(design) === digest
    if (isNamed) return rebuilt(design, { from: 'commit', isNamed, commit })
    if (name === added) beside = rebuilt(design, { from: 'commit', isNamed, commit })
  }
  return beside ?? { kind: 'lost', why: added === undefined ? 'notCommitted' : 'unreadable' }
}

/** The design as a commit has it; nothing when it cannot be read whole, as with a file that is a link or too large. */
async function designAt(repository: Repository, commit: string): Promise<Design | undefined> {
  const files = [...(await filesOf(repository, commit))].filter(([path]) => isDesignFile(path))
  if (files.length > READ_LIMITS.files || files.some(([, { mode }]) => !mode.startsWith('100'))) return undefined
  const blobs = await blobsOf(
    repository,
    files.map(([, { id }]) => id),
    READ_LIMITS.bytes,
  )
  const texts = new Map<string, string>()
  for (const [path, { id }] of files) {
    const blob = blobs.get(id)
    if (!blob) return undefined
    texts.set(path, blob.toString('utf8'))
  }
  const read = parseFolder(texts)
  return read.ok ? read.value.design : undefined
}
