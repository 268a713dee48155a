import type { Hit, LintContext, LintRule } from './hint.ts'
import type { Found } from './language.ts'

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
  find: context =>
    foundIn(context, 'pronoun').flatMap(found => {
      if (meansActor(context, found)) return []
      const before = context.namesFound.filter(name => name.offset < found.offset && name.ids.some(id => id.startsWith('E-')))
      const meant = /^it$/i.test(found.word) && before.length === 1 ? `the ${before[0]?.name}` : found.rewrite
      return [hitOf({ ...found, rewrite: meant }, `"${found.word}" leaves open what is meant.`)]
    }),
}

function meansActor({ statement, ears }: LintContext, { word, offset }: Found): boolean {
  if (!ears.places || offset < ears.places.response || !/^(?:it|they)$/i.test(word)) return false
  return /\b(?:before|after|while|when|until|once|that|which|than|as|because)\s+$/i.test(statement.slice(0, offset))
}

/** Open points speak in every language. */
export const OPEN_POINT_RULE: LintRule = {
  id: 'tbd',
  severity: 'warning',
  follows: 'ISO/IEC/IEEE 29148 5.2.5 (complete)',
  find: ({ statement, language }) => {
    const words = language?.list('tbd').in(statement) ?? []
    const marks = [...statement.matchAll(OPEN_POINT)].map(({ 0: word, index }) => ({ word, offset: index, rewrite: DECIDED }))
    return [...words.filter(word => !marks.some(mark => isWithin(word, mark))), ...marks].map(found =>
      hitOf(found, `"${found.word}" is still open.`),
    )
  },
}

const DECIDED = '[what is decided]'
const OPEN_POINT = /\[[^\]\n]{1,80}\]|\?\?\?+|\b(?:TBD|TBC|TODO|FIXME)\b/g

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
    find: context => foundIn(context, id).map(found => hitOf(found, message(found.word))),
  }
}

function foundIn({ statement, language, namesFound }: LintContext, list: string): readonly Found[] {
  const isName = (found: Found) =>
    namesFound.some(name => isWithin(found, { word: name.name, offset: name.offset }) && name.name.length > found.word.length)
  return (language?.list(list).in(statement) ?? []).filter(found => !isName(found))
}

function hitOf({ word, offset, rewrite }: Found, message: string): Hit {
  const cure = rewrite === '' ? `Leave "${word}" out.` : `Write instead: "${rewrite}".`
  return { quoted: word, offset, rewrite, message, cure }
}

/** Whether one piece of text lies inside another. */
export function isWithin(
  inner: { readonly word: string; readonly offset: number },
  outer: { readonly word: string; readonly offset: number },
): boolean {
  return inner.offset >= outer.offset && inner.offset + inner.word.length <= outer.offset + outer.word.length
}
