import path from 'node:path'
import { ok, type Result, refuse } from '../../../core/support/result.ts'
import type { Input, Output } from '../../contract.ts'
import type { Desk } from '../handlers.ts'
import { signerNamed } from '../keys/signer.ts'
import { readLedgerFolder } from '../ledger.ts'
import type { Review } from '../review.ts'
import { secondOf } from '../second-waiver.ts'
import { loadPacks } from './packs.ts'
import { record } from './record.ts'

/** The change of a work item judged as it stands now; nothing is written. */
export async function readReview(desk: Desk, { workItem }: Input<'review.read'>): Promise<Result<Output<'review.read'>>> {
  const review = await judge(desk, workItem)
  if (!review.ok) return review
  const { reviewShown } = await import('./review-shown.ts')
  return ok(await reviewShown(desk, review.value))
}

/** Signs what another person proposed, in the name of whoever sits here; nobody can do that without a key. */
export async function secondWaiver(
  desk: Desk,
  { workItem, entry }: Input<'review.second'>,
): Promise<Result<Output<'review.second'>>> {
  const { folder } = desk.room
  const signer = await signerNamed(folder, desk.by)
  if (!signer)
    return refuse({
      code: 'keys.none',
      message: 'No enrolled key of yours is on this machine, so you cannot sign.',
      cure: 'skeptic keys new, then skeptic keys enrol; docs/signing.md says how.',
    })
  const second = await secondOf(folder, { start: entry, signer, at: desk.now() })
  if (!second.ok) return second
  const { payload } = second.value
  if (payload.workItem !== workItem)
    return refuse({
      code: 'waive.workItem',
      at: entry,
      message: `This waiver is of ${String(payload.workItem)}, not of ${workItem}.`,
      cure: 'Read the change again.',
    })
  const noted = await record(desk, 'waived', payload, signer)
  return noted.ok ? ok({ entry: noted.value.hash, check: String(payload.check), until: String(payload.until) }) : noted
}

/** Notes a person's answer to one check, bound to the slice and the code it was given for. */
export async function answerCheck(desk: Desk, input: Input<'review.answer'>): Promise<Result<Output<'review.answer'>>> {
  const review = await judge(desk, input.workItem)
  if (!review.ok) return review
  const { checklist, record: verdict } = review.value
  const check = checklist.checks.find(({ id }) => id === input.check)
  if (!check)
    return refuse({
      code: 'review.unknownCheck',
      at: input.check,
      message: `The checklist of ${input.workItem} holds no such check.`,
      cure: 'Load the checklist again: the design may have changed.',
    })
  const { digest } = verdict.change
  const payload = { ...input, slice: check.slice, ...(digest === undefined ? {} : { change: digest }) }
  const entry = await record(desk, 'signed-off', payload, await signerNamed(desk.room.folder, desk.by))
  return entry.ok ? ok({ entry: entry.value.hash }) : entry
}

/** Judges the change and puts the verdict into the ledger. */
export async function verifyChange(desk: Desk, { workItem }: Input<'review.verify'>): Promise<Result<Output<'review.verify'>>> {
  const review = await judge(desk, workItem)
  if (!review.ok) return review
  const { record: verdict } = review.value
  const { digest, counts } = verdict
  const payload = { workItem, digest, verdict: verdict.verdict, counts, record: verdict }
  const entry = await record(desk, 'verdict', payload, await signerNamed(desk.room.folder, desk.by))
  return entry.ok ? ok({ record: verdict, entry: entry.value.hash }) : entry
}

async function judge({ room, now }: Desk, workItem: string): Promise<Result<Review>> {
  const [{ reviewChange }, packs, ledger] = await Promise.all([
    import('../review.ts'),
    loadPacks(room.folder),
    readLedgerFolder(room.folder),
  ])
  if (!ledger.ok) return ledger
  return reviewChange({
    design: room.design(),
    packs,
    ledger: ledger.value,
    workItem,
    evidenceDir: path.join(room.folder, '.skeptic', 'evidence'),
    codeRoot: path.dirname(room.folder),
    designDir: room.folder,
    at: now(),
  })
}
