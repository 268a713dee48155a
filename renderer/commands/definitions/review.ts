import type { Check } from '../../../core/model/types.ts'
import type { Result } from '../../../core/support/result.ts'
import { outcomeOf } from '../../../core/verdict/outcome.ts'
import type { VerdictRecord } from '../../../core/verdict/record.ts'
import { questionsToAuthor, textToAuthor } from '../../../core/verdict/to-author.ts'
import type { FileKey, Reviewing } from '../../state/session.ts'
import { t } from '../../words/translate.ts'
import { ask, type Command, type Context, type Effect, notNow, plan, session } from '../command.ts'
import { checklistShown, noWorkItem } from './checklist.ts'
import { workItemShown } from './prompts.ts'

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
export function answerRefused(check: Pick<Check, 'how'>, answer: Answer): string | undefined {
  if (check.how === 'machine' && answer === 'pass')
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
        { kind: 'say', text: t('{{check}}: {{answer}}. Noted in the ledger.', { check, answer: t(ANSWER_NAMES[answer]) }) },
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
    plan: context => {
      const check = checkInView(context)
      const refused = check && answerRefused(check, answer)
      return refused ? notNow(refused) : plan(session({ answer }), { kind: 'focus', name: 'observation' })
    },
  }
}

/** 1, 2 and 3 answer, then the observation is typed. */
export const ANSWER_KEYS: readonly Command[] = [answerKey('1', 'pass'), answerKey('2', 'fail'), answerKey('3', 'cannotTell')]

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

/** Opens one changed file, or closes it again. */
export const foldFile: Command<{ readonly path: string; readonly isOpen: boolean }> = {
  id: 'review.file',
  category: 'Review',
  title: 'Open or close file',
  plan: ({ session: now }, { path, isOpen }) => {
    const others = now.foldedFiles.filter(one => one !== path)
    return isOpen
      ? plan(session({ reviewFile: now.reviewFile === path ? undefined : now.reviewFile, foldedFiles: [...others, path] }))
      : plan(session({ reviewFile: path, foldedFiles: others }))
  },
}

/** Goes to a changed file. */
export const goToFile: Command<string> = {
  id: 'review.goToFile',
  category: 'Review',
  title: 'Go to file',
  plan: (_context, path) => plan(session({ reviewFile: path }), { kind: 'focus', name: `file ${path}` }),
}

/** Notes that a changed file was looked at. */
export const toggleViewed: Command<FileKey> = {
  id: 'review.viewed',
  category: 'Review',
  title: 'Mark file as looked at',
  plan: ({ session: now }, { path, key }) => {
    const isViewed = now.viewed.includes(key)
    const viewed = isViewed ? now.viewed.filter(one => one !== key) : [...now.viewed, key]
    return plan(session({ viewed, reviewFile: isViewed ? path : undefined }))
  },
}

/** V: goes to the first file that waits; pressed on a file, that one was looked at, and on to the next. */
export const viewFile: Command = {
  id: 'review.viewFile',
  category: 'Review',
  title: 'File looked at, next file',
  keys: [{ chord: 'V', place: 'review' }],
  plan: context => {
    const now = context.session
    const files = now.reviewing?.files ?? []
    const waiting = files.filter(file => !now.viewed.includes(file.key))
    const [first] = waiting
    if (!first) return notNow(files.length === 0 ? t('There is no changed file.') : t('Every file was looked at.'))
    const file = waiting.find(one => one.path === now.reviewFile)
    if (!file) return goToFile.plan(context, first.path)
    const next = waiting[waiting.indexOf(file) + 1] ?? waiting.find(one => one !== file)
    return plan(
      session({ viewed: [...now.viewed, file.key], reviewFile: next?.path }),
      { kind: 'focus', name: next ? `file ${next.path}` : 'evidence' },
      { kind: 'say', text: viewedWords(file.path, waiting.length - 1) },
    )
  },
}

function viewedWords(path: string, left: number): string {
  return left === 0
    ? t('{{path}} looked at. That was the last file; now the evidence speaks.', { path })
    : t('{{path}} looked at, {{count}} files to go.', { path, count: left })
}

/** Shows claims about the change to somebody who asks before having looked at every file. */
export const reveal: Command = {
  id: 'review.reveal',
  category: 'Review',
  title: 'Show what the evidence says',
  keys: [{ chord: 'E', place: 'review' }],
  plan: () => plan(session({ revealed: true }), { kind: 'focus', name: 'evidence' }),
}

/** Reads the change, the evidence and the answers once more. */
export const readAgain: Command = {
  id: 'review.readAgain',
  category: 'Review',
  title: 'Read the change again',
  plan: ({ session: now }) =>
    plan(session({ ledgerTurn: now.ledgerTurn + 1 }), { kind: 'say', text: t('Reading the change again.') }),
}

/** Judges the change anew and notes the verdict in the ledger. */
export const runVerify: Command = {
  id: 'review.verify',
  category: 'Review',
  title: 'Run verify',
  plan: context =>
    judged(context, record => [
      { kind: 'say', text: t('Verified: {{verdict}}. Noted in the ledger.', { verdict: verdictWord(record) }) },
    ]),
}

/** Ends the review: what the verdict carries is offered, and nothing beyond it. */
export const finish: Command = {
  id: 'review.finish',
  category: 'Review',
  title: 'Finish review',
  keys: [{ chord: 'Shift+Enter', place: 'review' }],
  plan: context => {
    if (!workItemShown(context)) return noWorkItem()
    const { reviewing } = context.session
    if (reviewing && !reviewing.record) return notNow(t('There is no verdict yet. Run verify.'))
    return plan(session({ finishing: true, revealed: true }))
  },
}

/** Goes back to the review. */
export const keepReviewing: Command = {
  id: 'review.keep',
  category: 'Review',
  title: 'Keep reviewing',
  plan: () => plan(session({ finishing: false })),
}

/** Notes a pass, and only a pass: the change is judged once more before, so that nothing slips in between. */
export const approve: Command = {
  id: 'review.approve',
  category: 'Review',
  title: 'Approve the change',
  plan: context => {
    const record = context.session.reviewing?.record
    if (!record || !outcomeOf(record).canApprove) return notNow(t('Not every check passes, so there is nothing to approve.'))
    return judged(context, now => [
      session({ finishing: false }),
      {
        kind: 'say',
        text:
          now && outcomeOf(now).canApprove
            ? t('Approved: every check passes. Noted in the ledger.')
            : t('Not approved: the change was judged anew and is now {{verdict}}. That is what the ledger notes.', {
                verdict: verdictWord(now),
              }),
      },
    ])
  },
}

/** Notes the verdict and hands over what the author is asked, as text for the pull request. */
export const requestChanges: Command = {
  id: 'review.requestChanges',
  category: 'Review',
  title: 'Request changes',
  plan: context => {
    const { reviewing } = context.session
    if (!reviewing?.record || !outcomeOf(reviewing.record).canRequest)
      return notNow(t('Nothing failed and nothing is open, so there is nothing to ask for.'))
    return judged(context, now => [
      session({ finishing: false }),
      ...(now
        ? [
            toAuthor(
              textToAuthor(now, reviewing.doubts),
              t('Copied what the author is asked. The verdict is noted in the ledger.'),
            ),
          ]
        : []),
    ])
  },
}

/** Copies what could not be told as questions to the author. */
export const copyQuestions: Command = {
  id: 'review.copyQuestions',
  category: 'Review',
  title: 'Copy questions to the author',
  plan: ({ session: { reviewing } }) => {
    const record = reviewing?.record
    if (!record || outcomeOf(record).open.length === 0) return notNow(t('There is no open question.'))
    return plan(toAuthor(questionsToAuthor(record, reviewing.doubts), t('Copied the questions to the author.')))
  },
}

function toAuthor(text: string, said: string): Effect {
  return { kind: 'copy', text, said }
}

function judged(context: Context, then: (record: VerdictRecord | undefined) => readonly Effect[]): Result<readonly Effect[]> {
  const workItem = workItemShown(context)
  if (!workItem) return noWorkItem()
  const refused = readOnlyBecause(context.session)
  if (refused) return notNow(refused)
  return plan(
    ask('review.verify', { workItem }, ({ record }) => [
      session({ ledgerTurn: context.session.ledgerTurn + 1, revealed: true }),
      ...then(recordOf(record)),
    ]),
  )
}

/** The record that the host answered with; it is our own, and still only believed where it has the shape. */
export function recordOf(value: unknown): VerdictRecord | undefined {
  const record = value as Partial<VerdictRecord> | undefined
  const lists = [record?.checks, record?.evidence, record?.problems, record?.integrity, record?.waivers ?? []]
  const isWhole = lists.every(Array.isArray) && typeof record?.verdict === 'string' && !!record.counts && !!record.change
  return isWhole ? (record as VerdictRecord) : undefined
}

/** The verdicts in words. */
export const VERDICT_NAMES: Readonly<Record<CheckWord, string>> = {
  pass: 'Pass',
  fail: 'Fail',
  inconclusive: 'Cannot tell',
  waived: 'Waived',
  'not-applicable': 'Not applicable',
}

type CheckWord = VerdictRecord['checks'][number]['verdict']

function verdictWord(record: VerdictRecord | undefined): string {
  return record ? t(VERDICT_NAMES[record.verdict]) : t('no verdict')
}

function checkIn(context: Context, id: string | undefined): Check | undefined {
  const checklist = checklistShown(context)
  return checklist.ok ? checklist.value.checks.find(check => check.id === id) : undefined
}

function checkInView(context: Context): Check | undefined {
  const checklist = checklistShown(context)
  if (!checklist.ok) return undefined
  return checklist.value.checks.find(check => check.id === context.session.check) ?? checklist.value.checks[0]
}
