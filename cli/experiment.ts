import { deriveChecklist } from '../core/checklists/derive.ts'
import { promptfooFiles } from '../core/experiments/promptfoo.ts'
import type { Design, Packs } from '../core/model/types.ts'
import type { Prompt } from '../core/prompts/make.ts'
import type { Result } from '../core/support/result.ts'
import type { PromptFile } from '../core/targets/files-for.ts'
import type { Options, World } from './frame.ts'

/** The name under which `skeptic prompt --target` writes an experiment instead of a prompt. */
export const EXPERIMENT = 'promptfoo'

type Asked = { readonly prompt: Prompt; readonly workItem: string; readonly world: World; readonly options: Options }

/** The guarded prompt against a plain one, as files for promptfoo. */
export function experimentOf(
  design: Design,
  packs: Packs,
  { prompt, workItem, world, options }: Asked,
): Result<readonly PromptFile[]> {
  const checklist = deriveChecklist(design, packs, { workItem, at: world.at })
  return checklist.ok
    ? promptfooFiles(design, { prompt, checklist: checklist.value, providers: options.many('provider') })
    : checklist
}
