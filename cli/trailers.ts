import { promptVersions } from '../core/prompts/versions.ts'
import { attributionOf } from '../core/provenance/attribution.ts'
import { assistantIn } from '../core/provenance/marks.ts'
import { type Result, refuse } from '../core/support/result.ts'
import { readLedgerFolder } from '../host/node/ledger.ts'
import { answer, type Options, type Outcome } from './frame.ts'

type Asked = { readonly workItem: string; readonly folder: string | undefined; readonly options: Options }

/** The lines a commit ends with that was made with the text issued last; nothing is issued, and nothing noted, by asking. */
export async function trailersFor({ workItem, folder, options }: Asked): Promise<Result<Outcome>> {
  const ledger = folder === undefined ? undefined : await readLedgerFolder(folder)
  if (ledger && !ledger.ok) return ledger
  const target = options.text('target')
  const versions = ledger ? promptVersions(workItem, ledger.value) : []
  const issued = versions.findLast(version => target === undefined || version.target === target)
  if (!issued)
    return refuse({
      code: 'prompt.notIssued',
      at: workItem,
      message: `No prompt of ${workItem}${target === undefined ? '' : ` for ${target}`} was issued, so a commit has none to name.`,
      cure: `Issue it with: skeptic prompt ${workItem}`,
    })
  const agent = options.text('agent')
  const made = attributionOf(issued, agent === undefined ? undefined : assistantIn(agent))
  if (!made.ok) return made
  const { trailers, text } = made.value
  const { id, digest, target: writtenFor, draft } = issued
  return answer({ id, digest, target: writtenFor, draft, trailers, text }, text)
}
