import type { Checklist } from '../../../core/checklists/derive.ts'
import { digestOf, digestOfText } from '../../../core/model/digest.ts'
import type { Design } from '../../../core/model/types.ts'
import { ok, type Result } from '../../../core/support/result.ts'
import type { Input, Output } from '../../contract.ts'
import type { Desk } from '../handlers.ts'
import { loadPacks } from './packs.ts'
import { record } from './record.ts'

/** Makes the checklist anew from what is in the room, and notes which one was taken along and in which form; like a prompt, but no gate asks for it. */
export async function issueChecklist(desk: Desk, input: Input<'checklist.issue'>): Promise<Result<Output<'checklist.issue'>>> {
  const { room, now } = desk
  const { workItem, form } = input
  const { deriveChecklist } = await import('../../../core/checklists/derive.ts')
  const made = deriveChecklist(room.design(), await loadPacks(room.folder), { workItem, at: now() })
  if (!made.ok) return made
  const { id, slice, checks } = made.value
  const digest = digestOf(made.value)
  const text = await textOf(room.design(), made.value, form)
  const entry = await record(desk, 'checklist-issued', {
    workItem,
    id,
    form,
    digest,
    slice,
    checks: checks.length,
    ...(text === undefined ? {} : { text: digestOfText(text) }),
  })
  return entry.ok ? ok({ digest, text: text ?? '', entry: entry.value.hash }) : entry
}

/** Paper is printed by the window; of it only the checklist itself is noted. */
async function textOf(design: Design, checklist: Checklist, form: Input<'checklist.issue'>['form']): Promise<string | undefined> {
  switch (form) {
    case 'tasks':
      return (await import('../../../core/checklists/task-list.ts')).checklistTaskList(design, checklist)
    case 'markdown':
      return (await import('../../../core/checklists/render.ts')).checklistMarkdown(design, checklist)
    case 'pullRequest':
      return (await import('../../../core/checklists/pr-template.ts')).pullRequestTemplate(design, checklist)
    case 'print':
      return undefined
  }
}
