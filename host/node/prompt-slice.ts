import type { LedgerState } from '../../core/model/ledger.ts'
import type { Design, Packs } from '../../core/model/types.ts'
import { lastPrompt } from '../../core/verdict/last-prompt.ts'

/** Slice digest that the last issued prompt of a work item would have today; its templates are loaded only when there is one. */
export async function promptSliceNow(
  design: Design,
  packs: Packs,
  { workItem, at, ledger }: { readonly workItem: string; readonly at: string; readonly ledger: LedgerState },
): Promise<string | undefined> {
  const target = lastPrompt(workItem, ledger)?.entry.payload.target
  if (typeof target !== 'string') return undefined
  const [{ promptSlice }, templates] = await Promise.all([
    import('../../core/prompts/slice-now.ts'),
    import('../../templates/generated/templates.js'),
  ])
  return promptSlice(design, packs, templates, { workItem, target, at })
}
