import { addedId } from '../../../core/dfd/edits.ts'
import { addWorkItem, editWorkItem, type WorkItemInput } from '../../../core/gate/edits.ts'
import { hasRow, rowsOf } from '../../../core/model/table.ts'
import { counted } from '../../state/words.ts'
import { ask, type Command, type Context, notNow, plan, session, write } from '../command.ts'

/** The work item in view: the chosen one while it exists, else the first. */
export function workItemShown({ design, session: now }: Pick<Context, 'design' | 'session'>): string | undefined {
  if (now.workItem !== undefined && hasRow(design.workItems, now.workItem)) return now.workItem
  return rowsOf(design.workItems)[0]?.id
}

/** Shows a work item in steps 6 to 8; a review begun on another one starts over. */
export const showWorkItem: Command<string> = {
  id: 'workItem.show',
  category: 'Work item',
  title: 'Show work item',
  plan: (_context, workItem) => plan(session({ workItem, check: undefined, viewed: [], revealed: false })),
}

/** Makes a work item of one sentence and of what is selected. */
export const addOneWorkItem: Command<string> = {
  id: 'workItem.add',
  category: 'Work item',
  title: 'Add work item',
  plan: ({ design, session: now, stamp }, goal) => {
    const text = goal.trim()
    if (!text) return notNow('Say in one sentence what should come out.')
    const elements = now.selection.filter(id => id.startsWith('E-'))
    const flows = now.selection.filter(id => id.startsWith('F-'))
    const edit = addWorkItem(design, { name: titleOf(text), goal: text, operation: 'generate', elements, flows }, stamp)
    const id = edit.ok ? addedId(edit.value) : undefined
    return write('add work item', edit, session({ workItem: id, selection: [], step: 'prompts' }), {
      kind: 'say',
      text: 'Work item added. Choose what it touches.',
    })
  },
}

function titleOf(goal: string): string {
  const words = goal.replace(/[.!]+$/, '')
  return words.length <= 60 ? words : `${words.slice(0, 57).replace(/\s\S*$/, '')}…`
}

/** Goes to where the work item for the selection is named. */
export const workItemFromSelection: Command = {
  id: 'workItem.fromSelection',
  category: 'Work item',
  title: 'New work item',
  keys: [{ chord: 'W', place: 'canvas' }],
  plan: ({ session: now }) =>
    plan(
      session({ step: 'prompts' }),
      { kind: 'focus', name: 'new-work-item' },
      {
        kind: 'say',
        text:
          now.selection.length > 0
            ? `Name the work item; it takes ${counted(now.selection.length, 'selected thing')}.`
            : 'Name the work item.',
      },
    ),
}

/** Changes what a work item asks for or may touch. */
export const editOneWorkItem: Command<{ readonly id: string; readonly fields: Partial<WorkItemInput> }> = {
  id: 'workItem.edit',
  category: 'Work item',
  title: 'Edit work item',
  plan: ({ design, stamp }, input) => write(`edit ${input.id}`, editWorkItem(design, input, stamp)),
}

/** Chooses the coding tool the prompt is written for. */
export const chooseTarget: Command<string> = {
  id: 'prompt.target',
  category: 'Prompt',
  title: 'Choose target',
  plan: (_context, target) => plan(session({ target })),
}

/** Copies what the host issues: the text and the ledger entry come from the same place. */
function copyCommand(draft: boolean): Command {
  return {
    id: draft ? 'prompt.copyDraft' : 'prompt.copy',
    category: 'Prompt',
    title: draft ? 'Copy as draft' : 'Copy prompt',
    ...(draft ? {} : { keys: [{ chord: 'Alt+C', place: 'everywhere' as const }] }),
    plan: context => {
      const workItem = workItemShown(context)
      if (!workItem) return notNow('There is no work item yet.')
      const gate = context.facts.gateFor(workItem)
      if (!draft && !gate.open)
        return notNow(`The gate is closed: ${counted(gate.problems.length, 'thing')} to do. A draft can be copied.`)
      const { target } = context.session
      return plan(
        ask('prompt.issue', { workItem, target, draft, how: 'copied' }, issued => [
          {
            kind: 'copy',
            text: issued.text,
            said: `Copied ${draft ? 'as draft ' : ''}for ${target}: ${issued.text.length.toLocaleString('en-GB')} characters, ${issued.id} ${issued.digest.slice(7, 13)}. Noted in the ledger.`,
          },
          session({ ledgerTurn: context.session.ledgerTurn + 1 }),
        ]),
      )
    },
  }
}

/** Copies the final prompt, which only an open gate allows. */
export const copyPrompt = copyCommand(false)

/** Copies what is not ready, recorded as a draft, so that nobody needs to go around the gate. */
export const copyDraft = copyCommand(true)

/** Goes through the targets with one key. */
export const nextTarget: Command = {
  id: 'prompt.nextTarget',
  category: 'Prompt',
  title: 'Next target',
  keys: [{ chord: 'T', place: 'prompt' }],
  plan: ({ facts, session: now }) => {
    const names = facts.packs.targets.flatMap(pack => pack.targets).map(target => target.name)
    const next = names[(names.indexOf(now.target) + 1) % names.length]
    return next ? plan(session({ target: next })) : notNow('There is no target.')
  },
}
