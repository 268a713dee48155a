import type { SignoffMatcher } from '../../schemas/generated/types.ts'
import { shown, shownList } from '../evidence/show.ts'
import { isAgent } from './agents.ts'
import { type Answer, answersTo, staleness } from './answers.ts'
import { nowOf } from './clock.ts'
import type { Scene } from './context.ts'
import { daysBetween } from './days.ts'
import { type Judgement, open, proven, refuted } from './judgement.ts'
import { HANDS, type Hand, namesOfHand } from './makers.ts'
import type { Citation, Reason } from './record.ts'

/** What a check asks of a person when it names nothing else. */
export const ONE_REVIEWER: SignoffMatcher = { role: 'reviewer', count: 1 }

/** People looked and answered yes. A no counts from anybody; a yes only when it is current and may count. */
export function judgeSignoff(matcher: SignoffMatcher, scene: Scene): Judgement {
  const answers = answersTo(scene)
  const refusal = refusalIn(answers, scene)
  if (refusal) return refusal
  const yes = answers
    .filter(({ answer }) => answer === 'pass')
    .map(answer => ({ answer, doubt: doubtOf(answer, matcher, scene) }))
  const counting = yes.filter(({ doubt }) => doubt === undefined).map(({ answer }) => answer)
  if (counting.length >= matcher.count)
    return proven(sentenceOf(counting), { evidence: cite(counting), selfReported: counting.some(answer => !answer.signed) })
  const doubted = yes.find(({ doubt }) => doubt !== undefined)
  if (doubted?.doubt)
    return open(doubted.doubt[0], `The answer of ${shown(doubted.answer.by)} does not count: ${doubted.doubt[1]}.`, {
      evidence: cite([doubted.answer]),
    })
  const unsure = answers.filter(({ answer }) => answer === 'cannotTell')
  if (unsure.length > 0)
    return open('cannot-tell', `${shownList(unsure.map(({ by }) => by))} looked and cannot tell.`, { evidence: cite(unsure) })
  return open(
    'missing',
    counting.length === 0 ? 'Nobody has answered yet.' : `${counting.length} of ${matcher.count} people have answered.`,
    {
      evidence: cite(counting),
    },
  )
}

/** A current no, from whomever: it needs no trust to stop a change. */
export function refusalIn(answers: readonly Answer[], scene: Scene): Judgement | undefined {
  const no = answers.filter(answer => answer.answer === 'fail' && staleness(answer, scene) === undefined)
  const [first] = no
  if (!first) return undefined
  const words = first.observation === '' ? '.' : quoted(first.observation)
  return refuted(`${shownList(no.map(({ by }) => by))} looked and says no${words}`, {
    evidence: cite(no),
    selfReported: no.some(answer => !answer.signed),
  })
}

function doubtOf(answer: Answer, matcher: SignoffMatcher, scene: Scene): readonly [Reason, string] | undefined {
  const { check, context } = scene
  const stale = staleness(answer, scene)
  if (stale) return stale
  if ([answer.by, answer.signer?.email ?? ''].some(name => isAgent(name, context.tools)))
    return ['missing', 'a tool never counts as a reviewer']
  if (!answer.signed && check.allowSelfReported !== true) return ['self-reported', 'it is not signed with an enrolled key']
  if (answer.role !== undefined && answer.role !== matcher.role)
    return ['missing', `${shown(matcher.role)} is asked, not ${shown(answer.role)}`]
  if (answer.signer && !answer.signer.roles.includes(matcher.role) && check.allowSelfReported !== true)
    return ['missing', `their key is not enrolled as ${shown(matcher.role)}`]
  if (check.severity === 'blocker' && answer.observation === '')
    return ['missing', 'a blocker asks for an observation in their own words']
  const open = unanswered(answer, matcher)
  if (open !== undefined) return ['missing', open]
  if (matcher.expires !== undefined && daysBetween(answer.at, nowOf(context)) > Number.parseInt(matcher.expires.slice(1), 10))
    return ['stale-time', `it is older than ${Number.parseInt(matcher.expires.slice(1), 10)} days`]
  return excludedAs(answer, matcher, scene)
}

/** Where people are taken at their word, nobody is kept out for what cannot be known; where they sign, it must be known. */
function excludedAs(answer: Answer, { notBy }: SignoffMatcher, scene: Scene): readonly [Reason, string] | undefined {
  const isStrict = scene.check.allowSelfReported !== true
  // Who asked for the change never reviews it, whatever a check forgets to say (AISVS AC.4.1); nor does whoever made anything of it
  // where a signature is asked.
  const hands = new Set<Hand>([...(notBy ?? []), 'prompt.author', ...(isStrict ? ALL_HANDS : [])])
  for (const hand of hands) {
    const excluded = namesOfHand(hand, scene)
    if ([answer.by, answer.signer?.email].some(name => name !== undefined && excluded?.has(name.toLowerCase())))
      return ['missing', `they are the ${HANDS[hand]}`]
    if (!excluded && isStrict) return ['missing', `the ${HANDS[hand]} is not known, and may not be the one who answers`]
  }
  return undefined
}

const ALL_HANDS: readonly Hand[] = ['commit.author', 'evidence.producer']

/** Each question asks for words of one's own: what is copied, or said twice, shows no understanding. */
function unanswered({ answers }: Answer, { questions }: SignoffMatcher): string | undefined {
  const said = new Map(answers.map(({ question, answer }) => [question, plainWords(answer)]))
  const seen = new Set<string>((questions ?? []).map(plainWords))
  for (const question of questions ?? []) {
    const words = said.get(question) ?? ''
    if (words === '') return `"${shown(question)}" is not answered`
    if (seen.has(words)) return `"${shown(question)}" is not answered in own words`
    seen.add(words)
  }
  return undefined
}

function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function sentenceOf(answers: readonly Answer[]): string {
  const [first] = answers
  const words = first && first.observation !== '' ? quoted(first.observation) : ', without an observation.'
  return `${shownList(answers.map(({ by }) => by))} looked and says yes${words}`
}

/** Somebody's words at the end of a sentence, which they may have ended themselves. */
function quoted(words: string): string {
  const said = shown(words, 200)
  return `: "${said}"${/[.!?]$/.test(said) ? '' : '.'}`
}

function cite(answers: readonly Answer[]): readonly Citation[] {
  return answers.map(({ hash, payloadDigest }) => ({
    digest: payloadDigest,
    pointer: `ledger/${hash.replace('sha256:', '')}.json`,
  }))
}

/** What it asks, in one sentence. */
export function describeSignoff({ role, count, notBy, expires, questions }: SignoffMatcher): string {
  const except = notBy && notBy.length > 0 ? `, none of them the ${notBy.map(who => HANDS[who]).join(' or the ')}` : ''
  const since = expires === undefined ? '' : `, not more than ${Number.parseInt(expires.slice(1), 10)} days ago`
  const people = count === 1 ? `One person (${shown(role)}) has` : `${count} people (${shown(role)}) have`
  const asked = questions && questions.length > 0 ? ` In their own words: ${questions.map(text => shown(text)).join(' ')}` : ''
  return `${people} looked and answered yes${except}${since}.${asked}`
}
