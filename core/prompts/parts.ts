import { digestOf } from '../model/digest.ts'
import type { PromptPart, Target } from '../model/types.ts'
import { partsOf } from '../targets/find.ts'
import { type Templates, templateHash } from './render.ts'

/** The template that writes each text of a target; an import and an experiment are made of their format alone. */
const TEMPLATES: Readonly<Record<PromptPart, string | undefined>> = {
  prompt: 'prompt',
  skill: 'skill',
  checklist: 'skill-checklist',
  threats: 'skill-threats',
  guard: 'guard',
  block: 'block',
  reviewer: 'reviewer',
  specRequirements: 'spec-requirements',
  specDesign: 'spec-design',
  specTasks: 'spec-tasks',
  plain: 'plain',
  import: undefined,
  experiment: undefined,
}

/** The template of the prompt itself. */
export function mainTemplate(target: Target): string {
  const name = TEMPLATES[partsOf(target)[0]]
  if (name === undefined) throw new Error(`mainTemplate: the first file of ${target.name} holds no text`)
  return name
}

/** The templates of a target's texts. */
export function templatesOf(target: Target): readonly (readonly [PromptPart, string])[] {
  return partsOf(target).flatMap(part => {
    const name = TEMPLATES[part]
    return name === undefined ? [] : [[part, name] as const]
  })
}

/** Changes with every word of the templates and with the format of the target, not with the day it was verified. */
export function templateOf(templates: Templates, target: Target): string {
  const { name, files, limits, active } = target
  const hash = templateHash(
    templates,
    templatesOf(target).map(([, template]) => template),
  )
  return digestOf({ template: hash, target: { name, files, limits, active } })
}
