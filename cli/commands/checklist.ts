import { deriveChecklist } from '../../core/checklists/derive.ts'
import { checklistMarkdown } from '../../core/checklists/render.ts'
import { checklistTaskList } from '../../core/checklists/task-list.ts'
import { refuse } from '../../core/support/result.ts'
import { openDesign } from '../design.ts'
import { answer, type Command } from '../frame.ts'
import { allPacks } from '../packs.ts'

export const checklist: Command = {
  takes: ['W'],
  options: { format: { value: 'json|md|pr', help: 'json, a page (md, the default) or a pull-request task list (pr).' } },
  async run({ args, options, world }) {
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const { design } = opened.value
    const derived = deriveChecklist(design, await allPacks(opened.value), { workItem: args[0] as string, at: world.at })
    if (!derived.ok) return derived
    const format = options.text('format') ?? 'md'
    if (format === 'json') return answer(derived.value, JSON.stringify(derived.value, null, 2))
    if (format === 'md') return answer(derived.value, checklistMarkdown(design, derived.value))
    if (format === 'pr') return answer(derived.value, checklistTaskList(design, derived.value))
    return refuse({ code: 'checklist.format', message: `There is no format "${format}".`, cure: 'One of json, md, pr.' })
  },
}
