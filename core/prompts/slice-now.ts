import { sliceOf } from '../gate/slice.ts'
import type { Design, Packs } from '../model/types.ts'
import { editOf, withEdit } from './edit-of.ts'
import type { OwnTemplate } from './own-template.ts'
import { type Templates, templateHash } from './render.ts'
import { hashWith, type RenderInput } from './rendering.ts'
import { layoutOf } from './targets.ts'

/** Slice digest that a prompt for this target would have today, without writing the prompt. */
export function promptSlice(
  design: Design,
  packs: Packs,
  templates: Templates,
  input: Omit<RenderInput, 'own'> & { readonly own?: Pick<OwnTemplate, 'hash'> | undefined },
): string | undefined {
  const template = hashWith(templateHash(templates, Object.values(layoutOf(input.target).templates)), input.own)
  const slice = sliceOf(design, packs, { workItem: input.workItem, at: input.at, template })
  if (!slice.ok) return undefined
  return input.own ? slice.value.digest : withEdit(slice.value.digest, editOf(slice.value.workItem, input.target))
}
