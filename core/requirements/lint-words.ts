import type { Hit, LintContext, LintRule } from './hint.ts'
import type { Found, Language } from './language.ts'
import { nameAt } from './names.ts'

/** Rules that look for words of a list. The rewrites are data beside the words. */
export const WORD_RULES: readonly LintRule[] = [
  wordRule('vague', 'INCOSE GtWR R7', word => `"${word}" can be read in more than one way.`),
  wordRule('escape', 'INCOSE GtWR R8', word => `"${word}" lets every outcome pass.`),
  wordRule('open-ended', 'INCOSE GtWR R9', word => `"${word}" leaves the list open, so it can never be shown to be done.`),
  wordRule('able-to', 'INCOSE GtWR R10', word => `"${word}" asks for an ability, not for the deed.`),
  wordRule('unquantified', 'INCOSE GtWR R34', word => `"${word}" is a quality without a measure; no test can fail on it.`),
  wordRule('and-or', 'INCOSE GtWR R17', word => `"${word}" means three different things.`),
  wordRule('universal', 'INCOSE GtWR R26, R32', word => `"${word}" covers cases that nobody can list.`),
]

/**
 * Proposes the one element named before, when there is just one. "... before it acts" after the duty means the actor, and
 * nobody reads it otherwise.
 */
export const PRONOUN_RULE: LintRule = {
  id: 'pronoun',
  severity: 'warning',
  follows: 'INCOSE GtWR R24',
  find: context => {
    const elements = context.namesFound.filter(name => name.ids.some(id => id.startsWith('E-')))
    return foundIn(context, 'pronoun').flatMap(found => {
      if (meansActor(context, found)) return []
      const [only, second] = elements
      const isOnly = only !== undefined && only.offset < found.offset && (second?.offset ?? found.offset) >= found.offset
      const meant = isOnly && /^it$/i.test(found.word) ? `the ${only.name}` : found.rewrite
      return [hitOf({ ...found, rewrite: meant }, `"${found.word}" leaves open what is meant.`)]
    })
  },
}

function meansActor({ statement, ears }: LintContext, { word, offset }: Found): boolean {
  if (!ears.places || offset < ears.places.response || !/^(?:it|they)$/i.test(word)) return false
  const before = statement.slice(Math.max(0, offset - 20), offset)
  return /\b(?:before|after|while|when|until|once|that|which|than|as|because)\s{1,4}$/i.test(before)
}

/** Open points speak in every language. */
export const OPEN_POINT_RULE: LintRule = {
  id: 'tbd',
  severity: 'warning',
  follows: 'ISO/IEC/IEEE 29148 5.2.5 (complete)',
  find: ({ statement, language }) => {
    const words = language?.list('tbd').in(statement) ?? []
    const rewrite = language?.say(DECIDED) ?? DECIDED
    const marks = [...statement.matchAll(OPEN_POINT)].map(({ 0: word, index }) => ({ word, offset: index, rewrite }))
    return [...uncovered(words, marks), ...marks].map(found => hitOf(found, `"${found.word}" is still open.`))
  },
}

/** The words that lie in none of the marks; both come in their order. */
function uncovered(words: readonly Found[], marks: readonly Found[]): readonly Found[] {
  let i = 0
  return words.filter(word => {
    while (i < marks.length && end(marks[i]) <= word.offset) i++
    const mark = marks[i]
    return !mark || mark.offset > word.offset || end(mark) < end(word)
  })
}

function end(found: Found | undefined): number {
  return found ? found.offset + found.word.length : 0
}

const DECIDED = '[what is decided]'
const OPEN_POINT = /\[[^\]\n]{1,80}\]|\?{3,}|(?<![\p{L}\p{N}])(?:TBD|TBC|TODO|FIXME)(?![\p{L}\p{N}])/gu

/** The verb that should be "shall": only where the sentence puts its duty. */
export const WEAK_MODAL_RULE: LintRule = {
  id: 'weak-modal',
  severity: 'warning',
  follows: 'ISO/IEC/IEEE 29148 5.2.4',
  find: ({ ears, language }) => {
    const rewrite = ears.modal === undefined ? undefined : language?.list('weak-modal').of(ears.modal)
    if (rewrite === undefined || ears.modal === undefined || !ears.places) return []
    return [hitOf({ word: ears.modal, offset: ears.places.modal, rewrite }, `"${ears.modal}" leaves open whether it is a duty.`)]
  },
}

function wordRule(id: string, follows: string, message: (word: string) => string): LintRule {
  return {
    id,
    severity: 'warning',
    follows,
    find: context =>
      foundIn(context, id)
        .filter(found => id !== 'universal' || !isRhythm(context, found))
        .map(found => hitOf(found, message(found.word))),
  }
}

/** "every 5 minutes", "each hour": a measure of time and no claim about everything. */
function isRhythm({ statement, language }: LintContext, found: Found): boolean {
  const next = /^\s{1,4}(\d|\p{L}+)/u.exec(statement.slice(end(found), end(found) + 40))?.[1] ?? ''
  return /^\d/.test(next) || language?.list('unit.measured').of(next) !== undefined
}

/** The words of a list, but for those that are part of a longer name. */
function foundIn({ statement, language, namesFound }: LintContext, list: string): readonly Found[] {
  return (language?.list(list).in(statement) ?? []).filter(found => {
    const name = nameAt(namesFound, found.offset)
    const isInName = name && name.length > found.word.length && end(found) <= name.offset + name.length
    return !isInName && !(language && isTitle(statement, found, language))
  })
}

/** "Acceptable Use Policy" is a title: a capital inside the sentence, and another before or behind it. German nouns say nothing. */
function isTitle(statement: string, found: Found, { language }: Language): boolean {
  if (CAPITALISES_NOUNS.has(language) || !/^\p{Lu}\p{Ll}/u.test(found.word)) return false
  const before = statement.slice(Math.max(0, found.offset - 24), found.offset)
  if (found.offset === 0 || /[.:;!?]\s+$/.test(before)) return false
  return /^ \p{Lu}\p{Ll}/u.test(statement.slice(end(found), end(found) + 3)) || /\p{Lu}\p{Ll}+ $/u.test(before)
}

/** Languages in which a capital marks every noun, and so no name. */
export const CAPITALISES_NOUNS: ReadonlySet<string> = new Set(['de', 'lb'])

function hitOf({ word, offset, rewrite }: Found, message: string): Hit {
  const cure = rewrite === '' ? `Leave "${word}" out.` : `Write instead: "${rewrite}".`
  return { quoted: word, offset, rewrite, message, cure }
}
