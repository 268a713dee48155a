import type { Output } from '../../../host/contract.ts'
import { t } from '../../words/translate.ts'
import { ask, type Command, type Context, type Effect, notNow, plan, session } from '../command.ts'
import { NOW, workItemShown } from './prompts.ts'

/** Chooses one of the team's templates, or none of them, which is the built-in one. */
export const chooseTemplate: Command<{ readonly template: string | undefined }> = {
  id: 'prompt.template',
  category: 'Prompt',
  title: 'Choose template',
  plan: (_context, { template }) => plan(session({ template, ...NOW })),
}

/** Reads the team's templates again, after somebody corrected one. */
export const readTemplatesAgain: Command = {
  id: 'prompt.readTemplates',
  category: 'Prompt',
  title: "Read the team's templates again",
  plan: ({ session: { templateTurn } }) =>
    plan(
      ask('templates.read', {}, ({ templates, problems }) => [
        session({ teamTemplates: templates, templateProblems: problems, templateTurn: templateTurn + 1 }),
        { kind: 'say', text: t('The templates in the design folder are read again.') },
      ]),
    ),
}

type Replace = readonly { readonly path: string; readonly sha256: string }[]

/** Writes the files of the prompt into the repository around the design; a draft says in its text that it is one. */
export const saveToProject: Command = {
  id: 'prompt.save',
  category: 'Prompt',
  title: 'Save to project',
  plan: context => save(context, []),
}

/** Writes them over what the person saw, and over nothing else. */
export const replaceInProject: Command<Replace> = {
  id: 'prompt.replace',
  category: 'Prompt',
  title: 'Replace files in the project',
  plan: save,
}

function save(context: Context, replace: Replace) {
  const workItem = workItemShown(context)
  if (!workItem) return notNow(t('There is no work item yet.'))
  const { target, template, promptDraft } = context.session
  if (promptDraft?.workItem === workItem && promptDraft.target === target && promptDraft.text !== promptDraft.start)
    return notNow(t('Stop editing first: what is saved is what is kept.'))
  const draft = !context.facts.gateFor(workItem).open
  const of = { workItem, target, ...(template === undefined ? {} : { template }) }
  return plan(
    session({ dialog: undefined }),
    ask('prompt.save', { ...of, draft, ...(replace.length > 0 ? { replace } : {}) }, saved => savedEffects(context, of, saved)),
  )
}

function savedEffects(
  { session: { ledgerTurn } }: Context,
  of: { readonly workItem: string; readonly target: string },
  { folder, files, conflicts }: Output<'prompt.save'>,
): readonly Effect[] {
  if (conflicts.length > 0) return [session({ dialog: { kind: 'promptFiles', folder, conflicts } })]
  return [
    session({ savedFiles: { ...of, folder, files }, ledgerTurn: ledgerTurn + 1, ...NOW }),
    { kind: 'say', text: t('Saved below {{folder}}, noted in the ledger.', { folder }) },
  ]
}
