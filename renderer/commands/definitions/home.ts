import { isUnbegun, startChanges } from '../../../core/model/create-from-start.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Start } from '../../../core/model/types.ts'
import type { Role } from '../../state/preferences.ts'
import { firstAsking } from '../../state/register-order.ts'
import type { Session } from '../../state/session.ts'
import type { FirstStep } from '../../state/steps.ts'
import { t } from '../../words/translate.ts'
import { ask, type Command, type Context, type Effect, notNow, plan, session } from '../command.ts'
import { readImport } from './import.ts'
import { copyDraft, copyPrompt, workItemShown } from './prompts.ts'
import { goToObject } from './select.ts'

const FOCUS_MAIN: Effect = { kind: 'focus', name: 'main' }

/** Home: how to go on, how to begin, and the five first steps. */
export const goHome: Command = {
  id: 'go.home',
  category: 'Go to',
  title: '0 Home',
  keys: [{ chord: 'G 0', place: 'everywhere' }],
  plan: () => plan(session({ step: 'home', palette: false, selection: [] }), FOCUS_MAIN),
}

function goWork(id: string, title: string, chord: string, workView: NonNullable<Session['workView']>): Command {
  return {
    id,
    category: 'Go to',
    title,
    keys: [{ chord, place: 'everywhere' }],
    plan: () => plan(session({ step: 'work', workView, palette: false, selection: [] }), FOCUS_MAIN),
  }
}

/** The work items a developer has before them. */
export const goMyWork = goWork('go.work', 'My work', 'G W', 'mine')

/** The changes that wait for a reviewer. */
export const goToReview = goWork('go.toReview', 'To review', 'G R', 'review')

/** What people say about the design, those who wait for an answer first. */
export const goComments = goWork('go.comments', 'Comments', 'G C', 'comments')

/** Shows one part of the work. */
export const showWork: Command<NonNullable<Session['workView']>> = {
  id: 'work.show',
  category: 'Work item',
  title: 'Show',
  plan: (_context, workView) => plan(session({ workView })),
}

const OPENS_AT: Readonly<Record<Role, () => string>> = {
  model: () => t('Skeptic opens at the model from now on.'),
  build: () => t('Skeptic opens at your work from now on.'),
  review: () => t('Skeptic opens at what waits for a review from now on.'),
}

/** Keeps what this person mostly does: what they see first follows, what they may do does not. */
export const setRole: Command<Role> = {
  id: 'app.setRole',
  category: 'View',
  title: 'What you mostly do',
  plan: ({ session: now }, role) =>
    plan(session({ preferences: { ...now.preferences, role }, workView: undefined }), { kind: 'say', text: OPENS_AT[role]() }),
}

function role(role: Role, title: string): Command {
  return { id: `app.role.${role}`, category: 'View', title, plan: context => setRole.plan(context, role) }
}

/** The three roles as commands of their own, so that the palette finds them. */
export const ROLE_COMMANDS: readonly Command[] = [
  role('model', 'I mostly model'),
  role('build', 'I mostly build'),
  role('review', 'I mostly review'),
]

/** Shows the five first steps, again or for the first time. */
export const showStartHere: Command = {
  id: 'help.startHere',
  category: 'Help',
  title: 'The five first steps',
  plan: ({ session: now }) =>
    plan(session({ preferences: { ...now.preferences, startHere: true }, step: 'home', dialog: undefined, palette: false }), {
      kind: 'focus',
      name: 'start-here',
    }),
}

/** Puts the five first steps away. */
export const closeStartHere: Command = {
  id: 'help.closeStartHere',
  category: 'Help',
  title: 'Close the five first steps',
  plan: ({ session: now }) =>
    plan(session({ preferences: { ...now.preferences, startHere: false } }), FOCUS_MAIN, {
      kind: 'say',
      text: t('Closed. The sheet of keys, opened with ?, shows the five first steps again.'),
    }),
}

/** Why a design that is begun takes no template, and what to do instead. */
function alreadyBegun({ session: now }: Context) {
  return notNow(
    now.desktop
      ? t('This design is already begun, and a template would be mixed into it. Open an empty folder first.')
      : t('This design is already begun, and a template would be mixed into it. In a terminal: skeptic init FOLDER --start ID.'),
  )
}

/** A blank design: this one while it is blank, else another folder. */
export const newDesign: Command = {
  id: 'design.new',
  category: 'Design',
  title: 'New design',
  plan: context => {
    if (isUnbegun(context.design)) return plan(session({ step: 'scope' }), { kind: 'focus', name: 'new-requirement' })
    if (context.session.desktop) return plan({ kind: 'window', what: 'openFolder' })
    return notNow(
      t('A browser window belongs to one design. In a terminal: skeptic init FOLDER, then skeptic serve --design FOLDER.'),
    )
  },
}

/** Opens a fresh copy of the sample; this design stays as it is, one step back in the browser. */
export const openSample: Command = {
  id: 'design.sample',
  category: 'Design',
  title: 'Open the sample',
  plan: ({ session: now }) => {
    if (now.isSample) return notNow(t('This is the sample.'))
    if (now.desktop) return notNow(t('The desktop app opens the sample when it is started without a folder.'))
    return plan(ask('sample.open', {}, ({ address }) => [{ kind: 'goTo', address }]))
  },
}

/** Goes to the gallery of starting designs. */
export const showStarts: Command = {
  id: 'design.starts',
  category: 'Design',
  title: 'Start from a template…',
  plan: context =>
    isUnbegun(context.design)
      ? plan(session({ step: 'home', palette: false }), { kind: 'focus', name: 'starts' })
      : alreadyBegun(context),
}

/** Puts a starting design into an empty one, as one step. */
export const beginFrom: Command<Start> = {
  id: 'design.beginFrom',
  category: 'Design',
  title: 'Use this template',
  plan: (context, start) =>
    isUnbegun(context.design)
      ? plan(
          {
            kind: 'write',
            label: t('start from {{title}}', { title: start.title }),
            changes: startChanges(context.design, start, context.stamp),
          },
          session({ step: 'model', selection: [], diagram: undefined }),
          { kind: 'canvas', what: 'fit' },
          FOCUS_MAIN,
          { kind: 'say', text: t('Started from {{title}}. Undo takes it back as one step.', { title: start.title }) },
        )
      : alreadyBegun(context),
}

/** Hands pasted or dropped text to the import, which shows what it found before anything is written. */
export const readPasted: Command<string> = {
  id: 'import.pasted',
  category: 'Design',
  title: 'Read what was pasted',
  plan: (context, text) =>
    text.trim() === '' ? notNow(t('There is no text to read.')) : readImport.plan(context, [{ name: t('pasted text'), text }]),
}

/** Copies the prompt of one work item, as a draft where its gate is closed. */
export const copyFor: Command<string> = {
  id: 'work.copy',
  category: 'Work item',
  title: 'Copy prompt',
  plan: (context, workItem) => {
    const copy = context.facts.gateFor(workItem).open ? copyPrompt : copyDraft
    const planned = copy.plan({ ...context, session: { ...context.session, workItem } })
    return planned.ok ? plan(session({ workItem }), ...planned.value) : planned
  },
}

/** Notes what the ledger says of the work items, so that what to do next follows from it. */
export const noteRecorded: Command<Session['recorded']> = {
  id: 'work.noteRecorded',
  category: 'Work item',
  title: 'Note what is recorded',
  plan: (_context, recorded) => plan(session({ recorded })),
}

/** Begins or goes on with the review of one work item's change. */
export const startReview: Command<string> = {
  id: 'work.review',
  category: 'Work item',
  title: 'Start review',
  plan: (context, workItem) => {
    const isOther = workItemShown(context) !== workItem
    const anew = isOther ? { check: undefined, viewed: [], revealed: false } : {}
    return plan(session({ step: 'verify', workItem, ...anew }), FOCUS_MAIN)
  },
}

/** Goes to where a first step is done, with the right thing at hand. */
export const toFirstStep: Command<FirstStep> = {
  id: 'help.firstStep',
  category: 'Help',
  title: 'Go to a first step',
  plan: (context, step) => {
    if (step === 'model' && isUnbegun(context.design)) return showStarts.plan(context)
    if (step === 'decide') return toThreat(context)
    if (step === 'copy') return plan(session({ step: 'prompts' }), { kind: 'focus', name: firstPlaceOfPrompts(context) })
    const item = step === 'verify' && context.session.isSample ? workItemShown(context) : undefined
    if (item !== undefined) return pretendAnswered(context, item)
    return plan(session({ step }), FOCUS_MAIN)
  },
}

/** The sample brings the change that an AI wrote from its prompt: Verify shows it as if it had just come back. */
function pretendAnswered(context: Context, workItem: string) {
  const begun = startReview.plan(context, workItem)
  const text = t('Say the AI answered with this. One of its files holds a real defect: look at the change first.')
  return begun.ok ? plan(...begun.value, { kind: 'say', text }) : begun
}

function toThreat(context: Context) {
  const open = context.facts.states().find(state => state.response === 'open')
  if (open) return goToObject.plan(context, open.threat.id)
  return context.facts.asking().length > 0 ? toFirstAsking(context) : plan(session({ step: 'mitigate' }), FOCUS_MAIN)
}

/** Goes to the first row of what asks, so that whoever triages begins at the top of the list. */
export function toFirstAsking(context: Context) {
  const first = firstAsking(context.design, context.facts)
  return first ? goToObject.plan(context, first.lead.id) : notNow(t('No finding asks for a decision.'))
}

function firstPlaceOfPrompts({ design }: Context): string {
  return rowsOf(design.workItems).length === 0 ? 'new-work-item' : 'copy'
}
