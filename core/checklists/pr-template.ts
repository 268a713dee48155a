import { shortDigest } from '../model/digest.ts'
import { labelOf } from '../model/lookup.ts'
import type { Design } from '../model/types.ts'
import type { Checklist } from './derive.ts'
import { plain } from './plain.ts'
import { checklistTaskList } from './task-list.ts'

/** A whole pull request body: what a reviewer needs to be told, with the task list at its end. */
export function pullRequestTemplate(design: Design, checklist: Checklist): string {
  const { workItem } = checklist
  const item = design.workItems[workItem]
  return [
    `## ${plain(labelOf(design, workItem))}`,
    '',
    item ? plain(item.goal) : '',
    '',
    `Work item ${workItem} · prompt ${workItem.replace('W-', 'P-')} · design slice ${shortDigest(checklist.slice)}`,
    '',
    '### What changed, and why',
    '',
    '### Which tool helped',
    '',
    'Tool and model, or "none". The commits carry the same in `Assisted-by` and `Guarded-Prompt`.',
    '',
    '### What was not verified',
    '',
    '"Unsure" is a good answer.',
    '',
    checklistTaskList(design, checklist),
  ].join('\n')
}
