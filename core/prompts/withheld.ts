import type { Design, Packs } from '../model/types.ts'
import type { Templates } from './render.ts'
import { finishedText, ingredientsOf, type RenderInput, sealedRendering } from './rendering.ts'

export type WithheldInput = RenderInput & { readonly isDraft: boolean }

/**
 * What the placeholders in the prompt of a work item stand for. Made apart from the prompt, so that no value is in it by mistake: only
 * who keeps values on this machine asks for them.
 */
export function withheldValues(
  design: Design,
  packs: Packs,
  templates: Templates,
  input: WithheldInput,
): ReadonlyMap<string, string> {
  const found = ingredientsOf(design, packs, templates, input)
  if (!found.ok) return new Map()
  const sealed = sealedRendering(found.value)
  finishedText(found.value, sealed, undefined)
  return sealed.withheld.values()
}
