import path from 'node:path'
import type { Result } from '../core/support/result.ts'
import { readLedgerFolder } from '../host/node/ledger.ts'
import { type Review, reviewChange } from '../host/node/review.ts'
import type { Opened } from './design.ts'
import type { World } from './frame.ts'
import { allPacks } from './packs.ts'

type Which = { readonly workItem: string; readonly base?: string | undefined; readonly head?: string | undefined }

/** The change of a work item judged as it stands, for commands that answer its checks. */
export async function judgedNow(
  { design, folder }: Opened & { readonly folder: string },
  { workItem, base, head }: Which,
  world: World,
): Promise<Result<Review>> {
  const ledger = await readLedgerFolder(folder)
  if (!ledger.ok) return ledger
  return reviewChange({
    ...{ design, workItem, at: world.at, ledger: ledger.value },
    packs: await allPacks({ folder }),
    evidenceDir: path.join(folder, '.skeptic/evidence'),
    codeRoot: path.dirname(folder),
    designDir: folder,
    ...(base === undefined ? {} : { base }),
    ...(head === undefined ? {} : { head }),
  })
}
