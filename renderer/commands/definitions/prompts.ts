import { addedId } from '../../../core/dfd/edits.ts'
import { addWorkItem, editWorkItem, type WorkItemInput } from '../../../core/gate/edits.ts'
import { hasRow, rowsOf } from '../../../core/model/table.ts'
import { addRemark, resolveRemark } from '../../../core/prompts/remarks.ts'
import { LINK_LIMIT, linkOf } from '../../../core/prompts/size.ts'
import { promptVersions } from '../../../core/prompts/versions.ts'
import type { Result } from '../../../core/support/result.ts'
import type { Output } from '../../../host/contract.ts'
import { promptNow } from '../../state/prompt-now.ts'
import { numberWords } from '../../words/format.ts'
import { t } from '../../words/translate.ts'
import { ask, type Command, type Context, type Effect, notNow, plan, session, write } from '../command.ts'

/** The work item in view: the chosen one while it exists, else the first. */
export function workItemShown({
  design,
  session: now,
}: Pick<Context, 'design'> & { readonly session: Pick<Context['session'], 'workItem'> }): string | undefined {
  if (now.workItem !== undefined && hasRow(design.workItems, now.workItem)) return now.workItem
  return rowsOf(design.workItems)[0]?.id
}

/** Shows a work item in steps 6 to 8; a review begun on another one starts over. */
export const showWorkItem: Command<string> = {
  id: 'workItem.show',
  category: 'Work item',
  title: 'Show work item',
  plan: (_context, workItem) => plan(session({ workItem, check: undefined, viewed: [], revealed: false, ...NOW })),
}

/** Makes a work item of one sentence and of what is selected. */
export const addOneWorkItem: Command<string> = {
  id: 'workItem.add',
  category: 'Work item',
  title: 'Add work item',
  plan: ({ design, session: now, stamp }, goal) => {
    const text = goal.trim()
    if (!text) return notNow(t('Say in one sentence what should come out.'))
    const elements = now.selection.filter(id => id.startsWith('E-'))
    const flows = now.selection.filter(id => id.startsWith('F-'))
    const edit = addWorkItem(design, { name: titleOf(text), goal: text, operation: 'generate', elements, flows }, stamp)
    const id = edit.ok ? addedId(edit.value) : undefined
    return write(t('add work item'), edit, session({ workItem: id, selection: [], step: 'prompts', ...NOW }), {
      kind: 'say',
      text: t('Work item added. Choose what it touches.'),
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
            ? t('Name the work item; it takes {{count}} selected things.', { count: now.selection.length })
            : t('Name the work item.'),
      },
    ),
}

/** Changes what a work item asks for or may touch. */
export const editOneWorkItem: Command<{ readonly id: string; readonly fields: Partial<WorkItemInput> }> = {
  id: 'workItem.edit',
  category: 'Work item',
  title: 'Edit work item',
  plan: ({ design, stamp }, input) => write(t('edit {{id}}', { id: input.id }), editWorkItem(design, input, stamp)),
}

/** Chooses the coding tool the prompt is written for. */
export const chooseTarget: Command<string> = {
  id: 'prompt.target',
  category: 'Prompt',
  title: 'Choose target',
  plan: (_context, target) => plan(session({ target, ...NOW })),
}

/** The text as it would be issued now, on its own. */
export const NOW = { promptVersion: undefined, promptCompare: false, promptMerge: false, promptChoices: {} } as const

/** Copies what the host issues: the text and the ledger entry come from the same place. */
function copyCommand(draft: boolean): Command {
  return {
    id: draft ? 'prompt.copyDraft' : 'prompt.copy',
    category: 'Prompt',
    title: draft ? 'Copy as draft' : 'Copy prompt',
    ...(draft ? {} : { keys: [{ chord: 'Alt+C', place: 'everywhere' as const }] }),
    plan: context =>
      issue(context, draft, issued => ({
        kind: 'copy',
        text: issued.text,
        said: saidOf(context, { draft, size: issued.text.length }),
      })),
  }
}

/** What is issued is what the host made; the effect says what becomes of it. */
function issue(context: Context, draft: boolean, then: (issued: Output<'prompt.issue'>) => Effect): Result<readonly Effect[]> {
  const workItem = workItemShown(context)
  if (!workItem) return notNow(t('There is no work item yet.'))
  const gate = context.facts.gateFor(workItem)
  if (!draft && !gate.open)
    return notNow(t('The gate is closed: {{count}} things to do. A draft can be copied.', { count: gate.problems.length }))
  const { target, ledgerTurn, promptDraft } = context.session
  if (promptDraft?.workItem === workItem && promptDraft.target === target && promptDraft.text !== promptDraft.start)
    return notNow(t('Stop editing first: what is copied is what is kept.'))
  return plan(
    ask('prompt.issue', { workItem, target, draft, how: 'copied' }, issued => [
      then(issued),
      session({ ledgerTurn: ledgerTurn + 1, ...NOW }),
    ]),
  )
}

function saidOf({ facts, session: now }: Context, { draft, size }: { readonly draft: boolean; readonly size: number }): string {
  const target = facts.packs.targets.flatMap(pack => pack.targets).find(one => one.name === now.target)
  const values = { tool: target?.title ?? now.target, size: numberWords(size), design: facts.digest().slice(7, 11) }
  return draft
    ? t('Copied for {{tool}} as a draft, {{size}} characters, design {{design}}, noted in the ledger.', values)
    : t('Copied for {{tool}}, {{size}} characters, design {{design}}, noted in the ledger.', values)
}

/** Copies the final prompt, which only an open gate allows. */
export const copyPrompt = copyCommand(false)

/** Copies what is not ready, recorded as a draft, so that nobody needs to go around the gate. */
export const copyDraft = copyCommand(true)

/** Copies a link that opens Cursor with the prompt in it, where it fits into one; what does not fit is not noted as copied. */
export const copyLink: Command = {
  id: 'prompt.copyLink',
  category: 'Prompt',
  title: 'Copy as Cursor link',
  plan: context => {
    const workItem = workItemShown(context)
    if (!workItem) return notNow(t('There is no work item yet.'))
    const { design, facts } = context
    const prompt = promptNow(design, facts.packs, workItem, 'markdown', facts.at, facts.gateFor(workItem))
    const used = prompt.ok ? linkOf(prompt.value.text).measure.used : 0
    if (used > LINK_LIMIT) return notNow(t('Too long for a link: {{used}} of {{limit}} characters.', linkValues(used)))
    return issue({ ...context, session: { ...context.session, target: 'markdown' } }, false, ({ text }) => ({
      kind: 'copy',
      text: linkOf(text).url,
      said: t('Copied as a Cursor link, noted in the ledger. Cursor asks before it sends.'),
    }))
  },
}

/** Copies what tells a coding tool of `skeptic mcp`. */
export const copyConnection: Command<string> = {
  id: 'prompt.copyConnection',
  category: 'Prompt',
  title: 'Copy how to connect a coding tool',
  plan: (_context, text) => plan({ kind: 'copy', text, said: t('Copied. The tool starts Skeptic by itself when it needs it.') }),
}

function linkValues(used: number): { readonly used: string; readonly limit: string } {
  return { used: numberWords(used), limit: numberWords(LINK_LIMIT) }
}

/** Shows an issued version, or without one the prompt as it would be issued now. */
export const showVersion: Command<{ readonly version: number | undefined }> = {
  id: 'prompt.showVersion',
  category: 'Prompt',
  title: 'Show version',
  plan: (_context, { version }) => plan(session({ promptVersion: version })),
}

/** Holds the last version for a target against what is now. */
export const reviewSince: Command<string> = {
  id: 'prompt.reviewSince',
  category: 'Prompt',
  title: 'Show what changed',
  plan: (_context, target) =>
    plan(session({ step: 'prompts', target, promptVersion: undefined, promptCompare: true }), {
      kind: 'focus',
      name: 'prompt diff',
    }),
}

function versionStep(by: 1 | -1): Command {
  return {
    id: by === 1 ? 'prompt.newerVersion' : 'prompt.olderVersion',
    category: 'Prompt',
    title: by === 1 ? 'Newer version' : 'Older version',
    keys: [{ chord: by === 1 ? ']' : '[', place: 'prompt' }],
    plan: context => {
      const workItem = workItemShown(context)
      if (!workItem) return notNow(t('There is no work item yet.'))
      const now = context.session.promptVersion
      if (by === 1 && now === undefined) return notNow(t('This is the prompt as it is now.'))
      return plan(
        ask('ledger.read', {}, ledger => {
          const numbers = promptVersions(workItem, ledger).map(version => version.number)
          const at = now === undefined ? numbers.length : numbers.indexOf(now)
          const next = at + by
          if (next < 0) return [{ kind: 'say', text: t('There is no older version.') }]
          const promptVersion = numbers[next]
          return [session({ promptVersion }), { kind: 'say', text: versionName(promptVersion) }]
        }),
      )
    },
  }
}

/** What a version is called; the text of now has no number yet. */
export function versionName(version: number | undefined): string {
  return version === undefined ? t('Now') : t('Version {{version}}', { version })
}

/** Goes to the version before this one. */
export const olderVersion = versionStep(-1)

/** Goes to the version after this one, and at last to now. */
export const newerVersion = versionStep(1)

/** Holds the version in view against the one before it. */
export const compareVersions: Command = {
  id: 'prompt.compare',
  category: 'Prompt',
  title: 'Compare with the version before',
  keys: [{ chord: 'D', place: 'prompt' }],
  plan: ({ session: now }) =>
    plan(
      session({ promptCompare: !now.promptCompare }),
      { kind: 'focus', name: now.promptCompare ? 'prompt line 1' : 'prompt diff' },
      { kind: 'say', text: now.promptCompare ? t('The whole text.') : t('What changed.') },
    ),
}

/** Two columns or one. */
export const setSideBySide: Command<boolean> = {
  id: 'prompt.sideBySide',
  category: 'Prompt',
  title: 'Side by side',
  plan: (_context, promptSideBySide) => plan(session({ promptSideBySide })),
}

/** Goes to a line of the prompt as it is now. */
export const goToPromptLine: Command<number> = {
  id: 'prompt.line',
  category: 'Prompt',
  title: 'Go to line',
  plan: (_context, line) =>
    plan(
      session({ step: 'prompts', ...NOW }),
      { kind: 'focus', name: `prompt line ${line}` },
      {
        kind: 'say',
        text: t('Line {{line}}', { line }),
      },
    ),
}

/** Argues with a line where it comes from, instead of taking it out of the copy. */
export const argueWithLine: Command<{ readonly id: string; readonly text: string }> = {
  id: 'prompt.argue',
  category: 'Prompt',
  title: 'Argue with this line',
  plan: ({ design, stamp }, input) =>
    write(t('argue with a line'), addRemark(design, input, stamp), {
      kind: 'say',
      text: t('Kept as a remark on {{id}}. The prompt stays as it is until somebody changes its source.', { id: input.id }),
    }),
}

/** Takes a remark as answered. */
export const answerRemark: Command<string> = {
  id: 'prompt.answerRemark',
  category: 'Prompt',
  title: 'Take remark as answered',
  plan: ({ design, stamp }, id) => write(t('answer a remark'), resolveRemark(design, { id }, stamp)),
}

/** Goes through the targets with one key. */
export const nextTarget: Command = {
  id: 'prompt.nextTarget',
  category: 'Prompt',
  title: 'Next target',
  keys: [{ chord: 'T', place: 'prompt' }],
  plan: ({ facts, session: now }) => {
    const names = facts.packs.targets.flatMap(pack => pack.targets).map(target => target.name)
    const next = names[(names.indexOf(now.target) + 1) % names.length]
    return next ? plan(session({ target: next, ...NOW })) : notNow(t('There is no target.'))
  },
}
