import { sliceOf } from '../gate/slice.ts'
import type { Design, Packs } from '../model/types.ts'
import { targetOf } from '../targets/find.ts'
import { editOf, withEdit } from './edit-of.ts'
import type { OwnTemplate } from './own-template.ts'
import { templateOf } from './parts.ts'
import type { Templates } from './render.ts'
import { hashWith, type RenderInput } from './rendering.ts'

/** Slice digest that a prompt for this target would have today, without writing the prompt. */
export function promptSlice(
  design: Design,
  packs: Packs,
  templates: Templates,
  input: Omit<RenderInput, 'own'> & { readonly own?: Pick<OwnTemplate, 'hash'> | undefined },
): string | undefined {
  const target = targetOf(packs.targets, input.target)
  if (!target) return undefined
  const template = hashWith(templateOf(templates, target), input.own)
  const slice = sliceOf(design, packs, { workItem: input.workItem, at: input.at, template })
  if (!slice.ok) return undefined
  return input.own ? slice.value.digest : withEdit(slice.value.digest, editOf(slice.value.workItem, input.target))
}
