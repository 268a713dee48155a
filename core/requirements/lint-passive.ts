import { type LintContext, type LintRule, likelyActor } from './hint.ts'
import type { Finder, Language } from './language.ts'
import { nameAt } from './names.ts'

/** Something is done and nobody does it: "data shall be encrypted". */
export const PASSIVE_RULE: LintRule = {
  id: 'passive',
  severity: 'warning',
  follows: 'INCOSE GtWR R2',
  find: context => {
    const passive = passiveOf(context)
    if (!passive || passive.isBySomeone) return []
    const { offset, end, rewrite } = passive
    const quoted = context.statement.slice(offset, end)
    return [{ quoted, offset, rewrite, message: `"${quoted}" does not say who does it.`, cure: `Name who acts: "${rewrite}".` }]
  },
}

type Passive = { readonly offset: number; readonly end: number; readonly rewrite: string; readonly isBySomeone: boolean }

/** The passive in which a sentence puts its duty, if it does. */
export function passiveOf(context: LintContext): Passive | undefined {
  return context.language?.language === 'de' ? germanPassive(context) : englishPassive(context)
}

const ARTICLE = /(?:the|an?|each|every|all|any|our)\s+$/i

function englishPassive(context: LintContext): Passive | undefined {
  const { statement, ears, language } = context
  const { places, response = '' } = ears
  const verbs = language?.list('passive')
  const match = /^(not\s+)?(?:(?:only|also|always|never)\s+)?be\s+(?:\p{L}+ly\s+)?(\p{L}+(?:-\p{L}+)?(?:\s+up)?)/iu.exec(response)
  const participle = match?.[2]
  if (!verbs || !places || !match || participle === undefined) return undefined
  const [first = ''] = participle.split(/\s/)
  // "Read Only" is a name and no deed; a sentence all in capitals has its deeds in capitals too.
  if (/^\p{Lu}\p{Ll}/u.test(first)) return undefined
  const base =
    verbs.of(participle) ??
    verbs.of(first) ??
    hyphened(first, verbs) ??
    (/\p{L}{3}ed$/u.test(first) ? `[verb of "${first}"]` : undefined)
  if (base === undefined) return undefined
  const length = verbs.of(participle) === undefined ? match[0].length - participle.length + first.length : match[0].length
  const offset = places.actor - (ARTICLE.exec(statement.slice(Math.max(0, places.actor - 16), places.actor))?.[0].length ?? 0)
  const who = statement.slice(offset, places.modal).trim()
  const subject = nameAt(context.namesFound, offset) ? who : lowerFirst(who)
  const the = offset === 0 ? 'The' : 'the'
  return {
    offset,
    end: places.response + length,
    rewrite: `${the} ${likelyActor(context)} shall ${match[1] === undefined ? '' : 'not '}${base} ${subject}`,
    isBySomeone: /\sby\s+(?:the|an?|each|one|two|\p{Lu})/u.test(response),
  }
}

/** "port-scanned" is done by who port-scans, "backed-up" by who backs up. */
function hyphened(participle: string, verbs: Finder): string | undefined {
  const [first = '', second] = participle.split('-')
  if (second === undefined) return undefined
  const base = verbs.of(second)
  return verbs.of(`${first} ${second}`) ?? (base === undefined ? undefined : `${first}-${base}`)
}

/** "Die Daten müssen verschlüsselt werden", and behind a clause "muss der Schlüssel gelöscht werden". */
function germanPassive(context: LintContext): Passive | undefined {
  const { statement, ears, language } = context
  const { places, response = '', modal = '' } = ears
  const match = /(?<!\p{L})(\p{L}+)\s+werden(?!\p{L})/u.exec(response)
  if (!language || !places || !match) return undefined
  const participle = match[1] ?? ''
  const base =
    language.list('passive').of(participle) ?? (/ge\p{L}+(?:t|en)$/u.test(participle) ? `[Verb zu „${participle}“]` : undefined)
  if (base === undefined) return undefined
  const isTurned = places.actor > places.modal
  const subjectAt = isTurned ? places.modal + modal.length : articleBefore(statement, places.actor)
  const subject = accusative(statement.slice(subjectAt, isTurned ? places.response : places.modal).trim())
  const verb = /^d[aü]rf/i.test(modal) ? 'darf' : 'muss'
  const who = likelyActor(context)
  const deed = [subject, beforeDeed(response.slice(0, match.index).trim(), language), base]
    .filter(words => words !== '')
    .join(' ')
  return {
    offset: isTurned ? places.modal : subjectAt,
    end: places.response + match.index + match[0].length,
    rewrite: isTurned ? `${verb} ${who} ${deed}` : `${who} ${verb} ${deed}`,
    isBySomeone: /\s(?:durch|vom|von\s+(?:der|dem|den|einem|einer))\s/u.test(` ${response} `),
  }
}

/** "täglich erstellt und verschlüsselt werden" is two deeds. */
function beforeDeed(words: string, language: Language): string {
  const match = /(\p{L}+)\s+(und|oder|sowie)$/u.exec(words.slice(-60))
  const base = match && language.list('passive').of(match[1] ?? '')
  return base ? `${words.slice(0, words.length - match[0].length)}${base} ${match[2]}` : words
}

function articleBefore(statement: string, actor: number): number {
  const before = /(?:der|die|das|ein|eine|jeder|jede|jedes|alle|unser|unsere)\s+$/i.exec(
    statement.slice(Math.max(0, actor - 16), actor),
  )
  return actor - (before?.[0].length ?? 0)
}

const ACCUSATIVE: Readonly<Record<string, string>> = { der: 'den', jeder: 'jeden', unser: 'unseren' }

/** What was done becomes what somebody does it to; only its article shows it. */
function accusative(subject: string): string {
  return subject.replace(
    /^(?:der|die|das|eine?|jede[rs]?|alle|unsere?)(?=\s)/i,
    word => ACCUSATIVE[word.toLowerCase()] ?? word.toLowerCase(),
  )
}

function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.slice(0, 1).toLowerCase() + text.slice(1) : text
}
