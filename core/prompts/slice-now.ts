import { sliceOf } from '../gate/slice.ts'
import type { Design, Packs } from '../model/types.ts'
import { targetOf } from '../targets/find.ts'
import { editOf, withEdit } from './edit-of.ts'
import { templateOf } from './parts.ts'
import type { Templates } from './render.ts'

/** Slice digest that a prompt for this target would have today, without writing the prompt. */
export function promptSlice(
  design: Design,
  packs: Packs,
  templates: Templates,
  input: { readonly workItem: string; readonly target: string; readonly at: string },
): string | undefined {
  const target = targetOf(packs.targets, input.target)
  if (!target) return undefined
  const template = templateOf(templates, target)
  const slice = sliceOf(design, packs, { workItem: input.workItem, at: input.at, template })
  return slice.ok ? withEdit(slice.value.digest, editOf(slice.value.workItem, input.target)) : undefined
}
