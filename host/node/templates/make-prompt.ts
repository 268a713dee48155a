import type { Design, Packs } from '../../../core/model/types.ts'
import { contextForOwn, makePrompt, type Prompt, type PromptInput } from '../../../core/prompts/make.ts'
import type { Templates } from '../../../core/prompts/render.ts'
import type { Result } from '../../../core/support/result.ts'
import * as builtin from '../../../templates/generated/templates.js'
import { runTeamTemplate, teamTemplate, teamTemplatesIn } from './team-templates.ts'

export type TeamPromptInput = Omit<PromptInput, 'own'> & {
  /** Folder of the design, where the team's templates lie; none for a bundle. */
  readonly folder: string | undefined
  /** Name of one of the team's templates; undefined: the built-in one. */
  readonly template: string | undefined
}

/** Makes a prompt with the built-in template or one of the team's; the team's runs apart, and a broken one keeps nobody from the other. */
export async function makeTeamPrompt(
  design: Design,
  packs: Packs,
  { folder, template, ...input }: TeamPromptInput,
): Promise<Result<Prompt>> {
  const templates: Templates = builtin
  if (template === undefined) return makePrompt(design, packs, templates, input)
  const team = folder === undefined ? { sources: {}, templates: [], problems: [] } : teamTemplatesIn(folder)
  const own = teamTemplate(team, template)
  if (!own.ok) return own
  const context = contextForOwn(design, packs, templates, { ...input, own: own.value, isDraft: input.pass === 'draft' })
  if (!context.ok) return context
  const text = await runTeamTemplate(team, { name: template, context: context.value })
  return text.ok ? makePrompt(design, packs, templates, { ...input, own: { ...own.value, text: text.value } }) : text
}
