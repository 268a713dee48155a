import { type Hit, type LintContext, type LintRule, likelyActor } from './hint.ts'

/** A duty that only says what must not happen. */
export const NEGATIVE_RULE: LintRule = {
  id: 'negative',
  severity: 'warning',
  follows: 'INCOSE GtWR R16',
  find: context => {
    const found = context.language?.language === 'de' ? germanNegative(context) : englishNegative(context)
    if (!found) return []
    const { quoted, rewrite } = found
    const message = `"${quoted}" says what must not happen and not what happens instead.`
    return [{ ...found, message, cure: `Say what it does: "${rewrite}".` }]
  },
}

type Negative = { readonly quoted: string; readonly offset: number; readonly rewrite: string }

function englishNegative({ statement, ears, language }: LintContext): Negative | undefined {
  const { response = '', places } = ears
  const match = /^not\s+(\p{L}+)/iu.exec(response)
  if (!language || !match || !places || match[1] === 'be' || POSITIVE.test(response)) return undefined
  const positive = language.list('negative').of(match[1] ?? '')
  const end = places.response + (positive === undefined ? response.length : match[0].length)
  const quoted = statement.slice(places.modal, end)
  return {
    quoted,
    offset: places.modal,
    rewrite: positive === undefined ? `${quoted} and shall [what it does instead]` : `shall ${positive}`,
  }
}

const POSITIVE = /\b(?:but|instead|and\s+shall(?!\s+not)|and\s+must(?!\s+not))\b/i

/** "darf Passwörter nicht speichern": the verb stands last. */
function germanNegative({ statement, ears, language }: LintContext): Negative | undefined {
  const { response = '', places, modal = '' } = ears
  const isForbidden = /^d[aü]rf/i.test(modal) && /(?<!\p{L})(?:nicht|kein(?:e[nmrs]?)?)(?!\p{L})/iu.test(response)
  const verb = /\p{L}+$/u.exec(response.slice(-40))?.[0] ?? ''
  if (
    !language ||
    !places ||
    !isForbidden ||
    verb === 'werden' ||
    /(?<!\p{L})(?:sondern|stattdessen|und\s+muss)(?!\p{L})/iu.test(response)
  )
    return undefined
  const quoted = statement.slice(places.modal, places.response + response.length)
  const positive = language.list('negative').of(verb)
  const without = quoted.replace(/\snicht(?!\p{L})/iu, '')
  if (positive === undefined || without === quoted)
    return { quoted, offset: places.modal, rewrite: `${quoted} und muss [was stattdessen geschieht]` }
  const must = modal.toLowerCase() === 'darf' ? 'muss' : 'müssen'
  return {
    quoted,
    offset: places.modal,
    rewrite: `${must}${without.slice(modal.length, without.length - verb.length)}${positive}`,
  }
}

/** Two duties that could pass and fail apart. */
export const COMPOUND_RULE: LintRule = {
  id: 'compound',
  severity: 'info',
  follows: 'INCOSE GtWR R18, R19',
  find: context => {
    const found = context.language?.language === 'de' ? germanSecond(context) : englishSecond(context)
    if (!found) return []
    const message = `"${found.quoted}" starts a second duty, which could pass while the first fails.`
    const cure = 'If they can pass and fail apart, make two requirements.'
    return [{ ...found, message, cure } satisfies Hit]
  },
}

function englishSecond(context: LintContext): Negative | undefined {
  const { statement, ears, language } = context
  const places = ears.places
  if (!places || !language) return undefined
  const isVerb = (word: string) =>
    language.list('negative').of(word) !== undefined || language.list('passive').rewrites.has(word.toLowerCase())
  const tail = statement.slice(places.response)
  for (const match of tail.matchAll(SECOND)) {
    if (match[1] === undefined && !isVerb(match[2] ?? '')) continue
    const quoted = match[0].trim()
    const offset = places.response + match.index + (match[0].length - match[0].trimStart().length)
    return { quoted, offset, rewrite: `. The ${ears.actor ?? likelyActor(context)} shall ${match[1] ?? match[2]}` }
  }
  return undefined
}

const SECOND =
  /(?<!\s)(?:,\s+|\s+)and\s+(?:(?:then|also)\s+)?(?:(?:shall|must)\s+(\p{L}+)|(\p{L}+)(?=\s+(?:the|an?|each|every|its|their|it|them|all|any|no|that|this)\b))/giu

/** "muss die Buchung prüfen und das Ergebnis melden", "... prüfen und muss sie melden". */
function germanSecond(context: LintContext): Negative | undefined {
  const { ears, language } = context
  const { places, response = '' } = ears
  if (!places || !language) return undefined
  const isVerb = (word: string) => language.list('passive').rewrites.has(word.toLowerCase())
  const last = /\p{L}+$/u.exec(response.slice(-40))?.[0] ?? ''
  for (const match of response.matchAll(GERMAN_SECOND)) {
    const before = match.groups?.before ?? ''
    const at = match.index + before.length
    const isTwo = match.groups?.modal !== undefined || (isVerb(before) && isVerb(last) && at < response.length - last.length)
    if (!isTwo) continue
    const quoted = response.slice(at, match.index + match[0].length).trim()
    const offset = places.response + at + (response.slice(at).length - response.slice(at).trimStart().length)
    const verb = match.groups?.modal ?? 'muss'
    return { quoted, offset, rewrite: `. ${ears.actor ?? likelyActor(context)} ${verb}` }
  }
  return undefined
}

const GERMAN_SECOND =
  /(?<![\p{L}])(?<before>\p{L}+)(?:,\s+|\s+)(?:und|sowie)(?:\s+(?<modal>muss|müssen|darf|dürfen)(?!\p{L}))?(?=\s)/giu
