import type { LedgerState } from '../../core/model/ledger.ts'
import type { Design, Packs } from '../../core/model/types.ts'
import { lastPrompt } from '../../core/verdict/last-prompt.ts'

/** What became of the last issued prompt of a work item: the slice digest it would have today, and its template where that is another. */
export type PromptNow = {
  readonly slice: string | undefined
  readonly template?: { readonly name: string; readonly is: 'changed' | 'gone' }
  /** Objects of its slice that came, went or say something else since. */
  readonly drift?: readonly string[]
}

/** Its templates are loaded only when there is such a prompt. `folder` holds the team's templates. */
export async function promptNowOf(
  design: Design,
  packs: Packs,
  {
    workItem,
    at,
    ledger,
    folder,
  }: { readonly workItem: string; readonly at: string; readonly ledger: LedgerState; readonly folder: string },
): Promise<PromptNow> {
  const issued = lastPrompt(workItem, ledger)?.entry.payload
  const target = issued?.target
  if (typeof target !== 'string') return { slice: undefined }
  const [{ promptSlice }, templates, { ownOfPayload }, { teamTemplatesIn }] = await Promise.all([
    import('../../core/prompts/slice-now.ts'),
    import('../../templates/generated/templates.js'),
    import('../../core/prompts/own-template.ts'),
    import('./templates/team-templates.ts'),
  ])
  const was = ownOfPayload(issued?.template)
  const own = was && teamTemplatesIn(folder).templates.find(({ name }) => name === was.name)
  const slice = promptSlice(design, packs, templates, { workItem, target, at, own: was && (own ?? NONE) })
  const drift = await driftOf(design, packs, { workItem, at, issued: issued?.entities })
  const now = { slice, ...(drift.length > 0 ? { drift } : {}) }
  if (!was || own?.hash === was.hash) return now
  return { ...now, template: { name: was.name, is: own ? 'changed' : 'gone' } }
}

/** What the ledger kept of the objects that a prompt was made from, held against those of now. */
async function driftOf(
  design: Design,
  packs: Packs,
  { workItem, at, issued }: { readonly workItem: string; readonly at: string; readonly issued: unknown },
): Promise<readonly string[]> {
  if (issued === null || typeof issued !== 'object') return []
  const [{ sliceOf }, { entityDigests, sliceSince }] = await Promise.all([
    import('../../core/gate/slice.ts'),
    import('../../core/prompts/slice-since.ts'),
  ])
  const slice = sliceOf(design, packs, { workItem, at })
  if (!slice.ok) return []
  const { added, removed, changed } = sliceSince(issued as Readonly<Record<string, string>>, entityDigests(design, slice.value))
  return [...added, ...removed, ...changed]
}

/** A template that is not there any more has no hash that a prompt was made with. */
const NONE = { hash: '' }
