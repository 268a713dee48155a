import { deriveChecklist } from '../../core/checklists/derive.ts'
import { checklistMarkdown } from '../../core/checklists/render.ts'
import { checklistTaskList } from '../../core/checklists/task-list.ts'
import type { Design, Packs } from '../../core/model/types.ts'
import { refuse } from '../../core/support/result.ts'
import { policySincePrompt, policyStricter } from '../../core/verdict/policy-of-prompt.ts'
import { readLedgerFolder } from '../../host/node/ledger.ts'
import { openDesign } from '../design.ts'
import { answer, type Command } from '../frame.ts'
import { allPacks } from '../packs.ts'

export const checklist: Command = {
  takes: ['W'],
  options: { format: { value: 'json|md|pr', help: 'json, a page (md, the default) or a pull-request task list (pr).' } },
  async run({ args, options, world }) {
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const { design, folder } = opened.value
    const workItem = args[0] as string
    const packs = await allPacks(opened.value)
    const derived = deriveChecklist(design, packs, { workItem, at: world.at })
    if (!derived.ok) return derived
    const since = folder === undefined ? undefined : await stricterSince(folder, { design, packs, workItem, at: world.at })
    if (since) world.say(`${since.message} ${since.cure}`)
    const json = since ? { ...derived.value, remarks: [since] } : derived.value
    const format = options.text('format') ?? 'md'
    if (format === 'json') return answer(json, JSON.stringify(derived.value, null, 2))
    if (format === 'md') return answer(json, checklistMarkdown(design, derived.value))
    if (format === 'pr') return answer(json, checklistTaskList(design, derived.value))
    return refuse({ code: 'checklist.format', message: `There is no format "${format}".`, cure: 'One of json, md, pr.' })
  },
}

/** Whether the policy became stricter since the last prompt went out; a ledger that cannot be read says nothing here. */
async function stricterSince(folder: string, { design, packs, ...input }: Stricter) {
  const ledger = await readLedgerFolder(folder)
  const since = ledger.ok ? policySincePrompt(design, packs, { ...input, ledger: ledger.value }) : undefined
  return since && policyStricter(input.workItem, since)
}

type Stricter = { readonly design: Design; readonly packs: Packs; readonly workItem: string; readonly at: string }
