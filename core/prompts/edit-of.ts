import { digestOf } from '../model/digest.ts'
import type { PromptEdit, WorkItem } from '../model/types.ts'

/** The edit by hand of a work item's prompt for one target. */
export function editOf({ promptEdits = {} }: Pick<WorkItem, 'promptEdits'>, target: string): PromptEdit | undefined {
  return Object.hasOwn(promptEdits, target) ? promptEdits[target] : undefined
}

/** The slice digest of a prompt with an edit laid over it: another edit is another prompt. */
export function withEdit(slice: string, edit: PromptEdit | undefined): string {
  return edit === undefined ? slice : digestOf({ slice, edit: { generated: edit.generated, text: edit.text } })
}
