import { type Hit, type LintContext, type LintRule, likelyActor } from './hint.ts'

/** Something is done and nobody does it: "data shall be encrypted". */
export const PASSIVE_RULE: LintRule = {
  id: 'passive',
  severity: 'warning',
  follows: 'INCOSE GtWR R2',
  find: context => {
    const passive = passiveOf(context)
    if (!passive || passive.isBySomeone) return []
    const { statement, ears } = context
    const places = ears.places
    if (!places) return []
    const article = /(?:the|an?|each|every|all|any|our)\s+$/i.exec(statement.slice(0, places.actor))?.[0] ?? ''
    const start = places.actor - article.length
    const quoted = statement.slice(start, places.response + passive.words.length)
    const subject = statement.slice(start, places.modal).trim()
    const who = likelyActor(context)
    const the = start === 0 ? 'The' : 'the'
    const rewrite = `${the} ${who} shall ${passive.isNegative ? 'not ' : ''}${passive.base} ${lowerFirst(subject)}`
    const message = `"${quoted}" does not say who does it.`
    return [{ quoted, offset: start, rewrite, message, cure: `Name who acts: "${rewrite}".` }]
  },
}

type Passive = { readonly words: string; readonly base: string; readonly isNegative: boolean; readonly isBySomeone: boolean }

/** The passive in which a sentence puts its duty, if it does. */
export function passiveOf({ ears, language }: LintContext): Passive | undefined {
  const verbs = language?.list('passive')
  const response = ears.response ?? ''
  const match = /^(not\s+)?(?:(?:only|also|always|never)\s+)?be\s+(?:\p{L}+ly\s+)?(\p{L}+(?:\s+up)?)/iu.exec(response)
  const participle = match?.[2]
  if (!verbs || !match || participle === undefined) return undefined
  const [first = ''] = participle.split(/\s/)
  const base = verbs.of(participle) ?? verbs.of(first) ?? (/\p{L}{3}ed$/u.test(first) ? `[verb of "${first}"]` : undefined)
  if (base === undefined) return undefined
  const words =
    verbs.of(participle) === undefined ? match[0].slice(0, match[0].length - participle.length + first.length) : match[0]
  const isBySomeone = /\sby\s+(?:the|an?|each|one|two|\p{Lu})/u.test(response)
  return { words, base, isNegative: match[1] !== undefined, isBySomeone }
}

/** A duty that only says what must not happen. */
export const NEGATIVE_RULE: LintRule = {
  id: 'negative',
  severity: 'warning',
  follows: 'INCOSE GtWR R16',
  find: ({ statement, ears, language }) => {
    const match = /^not\s+(\p{L}+)/iu.exec(ears.response ?? '')
    if (!language || !match || !ears.places || match[1] === 'be' || POSITIVE.test(ears.response ?? '')) return []
    const positive = language.list('negative').of(match[1] ?? '')
    const end = ears.places.response + (positive === undefined ? (ears.response ?? '').length : match[0].length)
    const quoted = statement.slice(ears.places.modal, end)
    const rewrite = positive === undefined ? `${quoted} and shall [what it does instead]` : `shall ${positive}`
    return [
      {
        quoted,
        offset: ears.places.modal,
        rewrite,
        message: `"${quoted}" says what must not happen and not what happens instead.`,
        cure: `Say what it does: "${rewrite}".`,
      },
    ]
  },
}

const POSITIVE = /\b(?:but|instead|and\s+shall(?!\s+not)|and\s+must(?!\s+not))\b/i

/** Two duties that could pass and fail apart. */
export const COMPOUND_RULE: LintRule = {
  id: 'compound',
  severity: 'info',
  follows: 'INCOSE GtWR R18, R19',
  find: context => {
    const { statement, ears, language } = context
    const places = ears.places
    if (!places || !language) return []
    const isVerb = (word: string) =>
      language.list('negative').of(word) !== undefined || language.list('passive').rewrites.has(word.toLowerCase())
    const tail = statement.slice(places.response)
    const second = [...tail.matchAll(SECOND)].find(match => match[1] !== undefined || isVerb(match[2] ?? ''))
    if (!second) return []
    const quoted = second[0].trim()
    const who = ears.actor ?? likelyActor(context)
    const verb = second[1] ?? second[2] ?? ''
    const hit: Hit = {
      quoted,
      offset: places.response + second.index + (second[0].length - second[0].trimStart().length),
      rewrite: `. The ${who} shall ${verb}`,
      message: `"${quoted}" starts a second duty, which could pass while the first fails.`,
      cure: 'If they can pass and fail apart, make two requirements.',
    }
    return [hit]
  },
}

const SECOND =
  /,?\s+and\s+(?:(?:then|also)\s+)?(?:(?:shall|must)\s+(\p{L}+)|(\p{L}+)(?=\s+(?:the|an?|each|every|its|their|it|them|all|any|no|that|this)\b))/giu
function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.slice(0, 1).toLowerCase() + text.slice(1) : text
}
