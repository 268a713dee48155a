import { deriveChecklist } from '../../../core/checklists/derive.ts'
import { addOwnCheck, removeOwnCheck } from '../../../core/checklists/edits.ts'
import { pullRequestTemplate } from '../../../core/checklists/pr-template.ts'
import { checklistMarkdown } from '../../../core/checklists/render.ts'
import { checklistTaskList } from '../../../core/checklists/task-list.ts'
import { t } from '../../words/translate.ts'
import { type Command, type Context, notNow, plan, session, write } from '../command.ts'
import { workItemShown } from './prompts.ts'

/** The checklist of the work item in view. */
export function checklistShown(context: Context) {
  const workItem = workItemShown(context)
  if (!workItem) return noWorkItem()
  return deriveChecklist(context.design, context.facts.packs, { workItem, at: context.facts.at })
}

/** Why there is nothing to check. */
export function noWorkItem() {
  return notNow(t('There is no work item yet.'))
}

function copyChecklist(id: string, title: string, render: typeof checklistMarkdown, said: () => string): Command {
  return {
    id,
    category: 'Checklist',
    title,
    plan: context => {
      const checklist = checklistShown(context)
      return checklist.ok ? plan({ kind: 'copy', text: render(context.design, checklist.value), said: said() }) : checklist
    },
  }
}

/** Copies the checklist as boxes for a pull request; the ids come back with it. */
export const copyTaskList = copyChecklist('checklist.copyTasks', 'Copy as task list', checklistTaskList, () =>
  t('Copied as a task list. Paste it into the pull request.'),
)

/** Copies the checklist as a page of Markdown. */
export const copyChecklistMarkdown = copyChecklist('checklist.copyMarkdown', 'Copy as Markdown', checklistMarkdown, () =>
  t('Copied as Markdown.'),
)

/** Copies a whole pull request body that ends in the task list. */
export const copyPullRequest = copyChecklist(
  'checklist.copyPullRequest',
  'Copy as pull request template',
  pullRequestTemplate,
  () => t('Copied as a pull request template.'),
)

/** Adds a check in own words to a mitigation. */
export const addCheck: Command<{ readonly mitigation: string; readonly statement: string }> = {
  id: 'checklist.add',
  category: 'Checklist',
  title: 'Add check',
  plan: ({ design }, input) => write(t('add check'), addOwnCheck(design, input), { kind: 'say', text: t('Check added.') }),
}

/** Takes a check of one's own away. */
export const removeCheck: Command<{ readonly mitigation: string; readonly key: string }> = {
  id: 'checklist.remove',
  category: 'Checklist',
  title: 'Remove check',
  plan: ({ design }, input) =>
    write(t('remove check'), removeOwnCheck(design, input), { kind: 'say', text: t('Check removed.') }),
}

/** Goes to where a check is answered. */
export const goToCheck: Command<string> = {
  id: 'checklist.goTo',
  category: 'Checklist',
  title: 'Answer check',
  plan: (_context, check) =>
    plan(session({ step: 'verify', check, answer: undefined }), { kind: 'focus', name: `check ${check}` }),
}
