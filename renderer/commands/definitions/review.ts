import type { Check } from '../../../core/model/types.ts'
import { ok, type Result } from '../../../core/support/result.ts'
import { peopleMaySettle } from '../../../core/verdict/watchers.ts'
import type { Reviewing } from '../../state/session.ts'
import { spoken, t } from '../../words/translate.ts'
import { ask, type Command, type Context, notNow, plan, session } from '../command.ts'
import { checklistShown, noWorkItem } from './checklist.ts'
import { workItemShown } from './prompts.ts'

function step(by: 1 | -1): Command {
  return {
    id: by === 1 ? 'review.next' : 'review.previous',
    category: 'Review',
    title: by === 1 ? 'Next check' : 'Previous check',
    keys: [{ chord: by === 1 ? 'J' : 'K', place: 'review' }],
    plan: context => {
      const checks = checksShown(context)
      if (!checks.ok) return checks
      const ids = checks.value.map(check => check.id)
      const at = ids.indexOf(context.session.check ?? '')
      const check = ids[Math.min(ids.length - 1, Math.max(0, at < 0 ? 0 : at + by))]
      return check
        ? plan(session({ check, answer: undefined }), { kind: 'focus', name: `check ${check}` })
        : notNow(t('This checklist is empty.'))
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

/** Why an answer of a person would be worth nothing here; nothing when it may be given. */
export function answerRefused(check: Pick<Check, 'how' | 'verify'>, answer: Answer): string | undefined {
  if (check.how === 'machine' && answer === 'pass' && !(check.verify && peopleMaySettle(check.verify)))
    return t('Evidence decides this check: a yes of a person does not count here. A no does.')
  return undefined
}

/** A blocker, a no and a doubt ask for own words: a tick alone says nothing to whoever reads it later. */
export function needsWords(check: Pick<Check, 'severity'>, answer: Answer): boolean {
  return check.severity === 'blocker' || answer !== 'pass'
}

/** Why nothing can be noted now; nothing when it can. */
export function readOnlyBecause({ save }: Context['session']): string | undefined {
  return save.kind === 'readOnly' ? t('This copy is read-only: {{why}}', { why: save.problem.message }) : undefined
}

/** What a person must see before a verdict is theirs; an answer that asks for words is not noted without them. */
export const answerCheck: Command<{ readonly check: string; readonly answer: Answer; readonly observation: string }> = {
  id: 'review.answer',
  category: 'Review',
  title: 'Answer check',
  plan: (context, { check, answer, observation }) => {
    const workItem = workItemShown(context)
    if (!workItem) return noWorkItem()
    const found = checkIn(context, check)
    const refused = readOnlyBecause(context.session) ?? (found && answerRefused(found, answer))
    if (refused) return notNow(refused)
    if (!observation.trim() && (!found || needsWords(found, answer))) return notNow(t('Write what you saw, in your own words.'))
    return plan(
      ask('review.answer', { workItem, check, answer, observation: observation.trim() }, () => [
        session({ ledgerTurn: context.session.ledgerTurn + 1, answer: undefined }),
        { kind: 'focus', name: `check ${check}` },
        { kind: 'say', text: t('{{check}}: {{answer}}. Noted in the ledger.', { check, answer: ANSWER_NAMES[answer] }) },
      ]),
    )
  },
}

/** The answers as the reviewer reads them. */
export const ANSWER_NAMES: Readonly<Record<Answer, string>> = spoken({ pass: 'Yes', fail: 'No', cannotTell: 'Cannot tell' })

/** Chooses an answer before its observation is written. */
export const chooseAnswer: Command<Answer> = {
  id: 'review.choose',
  category: 'Review',
  title: 'Choose answer',
  plan: (_context, answer) => plan(session({ answer })),
}

function answerKey(chord: string, answer: Answer, title: string): Command {
  return {
    id: `review.${answer}`,
    category: 'Review',
    title,
    keys: [{ chord, place: 'review' }],
    plan: context => {
      const check = checkInView(context)
      const refused = check && answerRefused(check, answer)
      return refused ? notNow(refused) : plan(session({ answer }), { kind: 'focus', name: 'observation' })
    },
  }
}

/** 1, 2 and 3 answer, then the observation is typed. */
export const ANSWER_KEYS: readonly Command[] = [
  answerKey('1', 'pass', 'Answer: yes'),
  answerKey('2', 'fail', 'Answer: no'),
  answerKey('3', 'cannotTell', 'Answer: cannot tell'),
]

/** One person cannot set a check aside; the key says who could. */
export const notApplicable: Command = {
  id: 'review.notApplicable',
  category: 'Review',
  title: 'Answer: not applicable',
  keys: [{ chord: '4', place: 'review' }],
  plan: () => notNow(notApplicableWords()),
}

/** What stands in the way of "not applicable". */
export function notApplicableWords(): string {
  return t(
    'One person cannot set a check aside: two people with enrolled keys can, with a reason and an end. Say "cannot tell" and why, or change the design that asks for it.',
  )
}

/** Goes to the field where one writes what was seen. */
export const writeNote: Command = {
  id: 'review.note',
  category: 'Review',
  title: 'Write what you saw',
  keys: [{ chord: 'C', place: 'review' }],
  plan: context => {
    const check = checkInView(context)
    if (!check) return notNow(t('This checklist is empty.'))
    if (check.how === 'machine' && context.session.answer === undefined)
      return notNow(t('Evidence decides this check. Say no (2) or cannot tell (3) first, then write why.'))
    return plan({ kind: 'focus', name: 'observation' })
  },
}

/** Notes what the host told about the review, so that keys can plan on it. */
export const noteReview: Command<Reviewing | null> = {
  id: 'review.note-read',
  category: 'Review',
  title: 'Note the change',
  plan: (_context, reviewing) => plan(session({ reviewing: reviewing ?? undefined })),
}

/** The checks in the order of the queue: as they were judged, or as the design has them while nothing was. */
function checksShown(context: Context): Result<readonly Check[]> {
  const { reviewing } = context.session
  if (reviewing?.checks && reviewing.workItem === workItemShown(context)) return ok(reviewing.checks)
  const checklist = checklistShown(context)
  return checklist.ok ? ok(checklist.value.checks) : checklist
}

function checkIn(context: Context, id: string | undefined): Check | undefined {
  const checks = checksShown(context)
  return checks.ok ? checks.value.find(check => check.id === id) : undefined
}

function checkInView(context: Context): Check | undefined {
  const checks = checksShown(context)
  return checkIn(context, context.session.check) ?? (checks.ok ? checks.value[0] : undefined)
}
