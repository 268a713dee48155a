import { sliceOf } from '../../core/gate/slice.ts'
import type { LedgerState } from '../../core/model/ledger.ts'
import type { Design, Packs } from '../../core/model/types.ts'
import { lastPrompt } from '../../core/verdict/remarks.ts'

/** Slice digest that the last issued prompt of a work item would have today; its templates are loaded only when there is one. */
export async function promptSliceNow(
  design: Design,
  packs: Packs,
  { workItem, at, ledger }: { readonly workItem: string; readonly at: string; readonly ledger: LedgerState },
): Promise<string | undefined> {
  const target = lastPrompt(workItem, ledger)?.entry.payload.target
  if (typeof target !== 'string') return undefined
  const [{ layoutOf }, { templateHash }, templates] = await Promise.all([
    import('../../core/prompts/targets.ts'),
    import('../../core/prompts/render.ts'),
    import('../../templates/generated/templates.js'),
  ])
  const template = templateHash(templates, Object.values(layoutOf(target).templates))
  const slice = sliceOf(design, packs, { workItem, at, template })
  return slice.ok ? slice.value.digest : undefined
}
