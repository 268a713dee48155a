import { deriveChecklist } from '../../../core/checklists/derive.ts'
import { addOwnCheck, removeOwnCheck } from '../../../core/checklists/edits.ts'
import { pullRequestTemplate } from '../../../core/checklists/pr-template.ts'
import { checklistMarkdown } from '../../../core/checklists/render.ts'
import { checklistTaskList } from '../../../core/checklists/task-list.ts'
import { t } from '../../words/translate.ts'
import { ask, type Command, type Context, notNow, plan, session, write } from '../command.ts'
import { workItemShown } from './prompts.ts'

/** The checklist of the work item in view. */
export function checklistShown(context: Context) {
  const workItem = workItemShown(context)
  if (!workItem) return notNow('There is no work item yet.')
  return deriveChecklist(context.design, context.facts.packs, { workItem, at: context.facts.at })
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
  plan: ({ design }, input) => write('add check', addOwnCheck(design, input), { kind: 'say', text: t('Check added.') }),
}

/** Takes a check of one's own away. */
export const removeCheck: Command<{ readonly mitigation: string; readonly key: string }> = {
  id: 'checklist.remove',
  category: 'Checklist',
  title: 'Remove check',
  plan: ({ design }, input) => write('remove check', removeOwnCheck(design, input), { kind: 'say', text: t('Check removed.') }),
}

/** Goes to where a check is answered. */
export const goToCheck: Command<string> = {
  id: 'checklist.goTo',
  category: 'Checklist',
  title: 'Answer check',
  plan: (_context, check) =>
    plan(session({ step: 'verify', check, answer: undefined }), { kind: 'focus', name: `check ${check}` }),
}

/** Prints the view without the frame around it. */
export const printPage: Command = {
  id: 'app.print',
  category: 'App',
  title: 'Print this page',
  keys: [{ chord: 'Mod+P', place: 'everywhere' }],
  plan: () => plan({ kind: 'window', what: 'print' }),
}

function step(by: 1 | -1): Command {
  return {
    id: by === 1 ? 'review.next' : 'review.previous',
    category: 'Review',
    title: by === 1 ? 'Next check' : 'Previous check',
    keys: [{ chord: by === 1 ? 'J' : 'K', place: 'review' }],
    plan: context => {
      const checklist = checklistShown(context)
      if (!checklist.ok) return checklist
      const ids = checklist.value.checks.map(check => check.id)
      const at = ids.indexOf(context.session.check ?? '')
      const check = ids[Math.min(ids.length - 1, Math.max(0, at < 0 ? 0 : at + by))]
      return check
        ? plan(session({ check, answer: undefined }), { kind: 'focus', name: `check ${check}` })
        : notNow('This checklist is empty.')
    },
  }
}

/** Goes down the queue of checks. */
export const nextCheck = step(1)

/** Goes up the queue of checks. */
export const previousCheck = step(-1)

/** Shows a check; an answer begun on another one is dropped. */
export const showCheck: Command<string> = {
  id: 'review.show',
  category: 'Review',
  title: 'Show check',
  plan: (_context, check) => plan(session({ check, answer: undefined })),
}

/** What a person can answer; not being able to tell is an answer. */
export type Answer = 'pass' | 'fail' | 'cannotTell'

/** An answer without an own observation counts for nothing, so the host asks for both. */
export const answerCheck: Command<{ readonly check: string; readonly answer: Answer; readonly observation: string }> = {
  id: 'review.answer',
  category: 'Review',
  title: 'Answer check',
  plan: (context, { check, answer, observation }) => {
    const workItem = workItemShown(context)
    if (!workItem) return notNow('There is no work item yet.')
    if (!observation.trim()) return notNow('Write what you saw, in your own words.')
    return plan(
      ask('review.answer', { workItem, check, answer, observation: observation.trim() }, () => [
        session({ ledgerTurn: context.session.ledgerTurn + 1, answer: undefined }),
        { kind: 'focus', name: `check ${check}` },
        { kind: 'say', text: `${check}: ${ANSWER_NAMES[answer]}. Noted in the ledger.` },
      ]),
    )
  },
}

/** The answers as the reviewer reads them. */
export const ANSWER_NAMES: Readonly<Record<Answer, string>> = { pass: 'Yes', fail: 'No', cannotTell: 'Cannot tell' }

/** Chooses an answer before its observation is written. */
export const chooseAnswer: Command<Answer> = {
  id: 'review.choose',
  category: 'Review',
  title: 'Choose answer',
  plan: (_context, answer) => plan(session({ answer })),
}

function answerKey(chord: string, answer: Answer): Command {
  return {
    id: `review.${answer}`,
    category: 'Review',
    title: `Answer: ${ANSWER_NAMES[answer].toLowerCase()}`,
    keys: [{ chord, place: 'review' }],
    plan: () => plan(session({ answer }), { kind: 'focus', name: 'observation' }),
  }
}

/** 1, 2 and 3 answer, then the observation is typed. */
export const ANSWER_KEYS: readonly Command[] = [answerKey('1', 'pass'), answerKey('2', 'fail'), answerKey('3', 'cannotTell')]

/** Notes that a changed file was looked at. */
export const toggleViewed: Command<string> = {
  id: 'review.viewed',
  category: 'Review',
  title: 'Mark file as looked at',
  plan: ({ session: now }, path) =>
    plan(session({ viewed: now.viewed.includes(path) ? now.viewed.filter(one => one !== path) : [...now.viewed, path] })),
}

/** Shows claims about the change to somebody who asks before having looked at every file. */
export const reveal: Command = {
  id: 'review.reveal',
  category: 'Review',
  title: 'Show what the evidence says',
  keys: [{ chord: 'E', place: 'review' }],
  plan: () => plan(session({ revealed: true }), { kind: 'focus', name: 'evidence' }),
}

/** Judges the change anew and notes the verdict in the ledger. */
export const runVerify: Command = {
  id: 'review.verify',
  category: 'Review',
  title: 'Run verify',
  keys: [{ chord: 'Shift+Enter', place: 'review' }],
  plan: context => {
    const workItem = workItemShown(context)
    if (!workItem) return notNow('There is no work item yet.')
    return plan(
      ask('review.verify', { workItem }, ({ record }) => [
        session({ ledgerTurn: context.session.ledgerTurn + 1, revealed: true }),
        { kind: 'say', text: `Verified: ${verdictWord(record)}. Noted in the ledger.` },
      ]),
    )
  },
}

function verdictWord(record: unknown): string {
  const verdict = (record as { readonly verdict?: unknown } | undefined)?.verdict
  return typeof verdict === 'string' ? verdict : 'no verdict'
}
