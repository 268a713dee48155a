import { settingsOf } from '../model/lookup.ts'
import { type LintContext, type LintRule, likelyActor } from './hint.ts'
import { passiveOf } from './lint-passive.ts'
import { CAPITALISES_NOUNS } from './lint-words.ts'
import { keyOf, nameAt } from './names.ts'

/** The one who shall act is drawn nowhere. */
export const ACTOR_RULE: LintRule = {
  id: 'actor',
  severity: 'warning',
  follows: 'INCOSE GtWR R3',
  find: context => {
    const { ears, names, requirement, language } = context
    const { actor, places } = ears
    if (actor === undefined || !places || !names.hasElements || requirement.actor !== undefined || !language) return []
    if (
      passiveOf(context) ||
      isKnownActor(context, actor) ||
      isTurnedRound(context) ||
      language.list('pronoun').of(actor) !== undefined
    )
      return []
    const rewrite = nearest(context, actor) ?? likelyActor(context)
    return [
      {
        quoted: actor,
        offset: places.actor,
        rewrite,
        message: `"${actor}" is no element of the model.`,
        cure: `Name the element that acts, as "${rewrite}", draw it, or state the actor beside the sentence.`,
      },
    ]
  },
}

function isKnownActor({ design, names }: LintContext, actor: string): boolean {
  const key = keyOf(actor)
  const isElement = (text: string) => names.ids.get(text)?.some(id => id.startsWith('E-')) ?? false
  return isElement(key) || isElement(key.replace(/s$/, '')) || key === keyOf(settingsOf(design)?.name ?? '')
}

/** "Wenn ..., muss die API Passwörter prüfen": who acts stands behind the verb, and where the name ends nobody can tell by its form. */
function isTurnedRound({ ears, namesFound }: LintContext): boolean {
  const { places } = ears
  if (!places || places.actor < places.modal) return false
  return nameAt(namesFound, places.actor)?.ids.some(id => id.startsWith('E-')) ?? false
}

/** The only element whose name holds the actor's words, or the other way round. */
function nearest({ design, names }: LintContext, actor: string): string | undefined {
  const wanted = new Set(keyOf(actor).split(' '))
  const sharing = new Set([...wanted].flatMap(word => names.words.get(word) ?? []))
  if (sharing.size > MOST_ALIKE) return undefined
  const close = [...sharing].flatMap(id => {
    const name = design.elements[id]?.name ?? ''
    const words = keyOf(name).split(' ')
    const holds = words.every(word => wanted.has(word)) || [...wanted].every(word => words.includes(word))
    return holds ? [name] : []
  })
  return close.length === 1 ? close[0] : undefined
}

/** A word that more elements share than this points at none of them. */
const MOST_ALIKE = 50

/** Data is named that has no class yet. */
export const DATA_CLASS_RULE: LintRule = {
  id: 'data-class',
  severity: 'info',
  follows: 'ISO/IEC 27001 A.5.12',
  find: ({ design, namesFound }) =>
    namesFound
      .filter(({ ids }) => ids.some(id => design.data[id] !== undefined && design.data[id]?.class === undefined))
      .map(({ name, offset }) => ({
        quoted: name,
        offset,
        message: `"${name}" has no data class, so nobody knows how much this requirement protects.`,
        cure: 'Give the data a class from D0 public to D4 secret.',
      })),
}

/** A name or abbreviation that neither glossary, model nor common knowledge explains. */
export const TERM_RULE: LintRule = {
  id: 'term',
  severity: 'info',
  follows: 'INCOSE GtWR R4',
  find: ({ statement, language, names, namesFound, ears }) => {
    if (!language || isShouted(statement)) return []
    const isOpenPoint = within([...statement.matchAll(/\[[^\]\n]{1,80}\]/g)])
    const isKnown = (word: string) => language.list('term').of(word) !== undefined || names.words.has(word.toLowerCase())
    const abbreviations = [...statement.matchAll(ABBREVIATION)].filter(
      ({ 0: word }) => !isKnown(word) && !isKnown(word.replace(/s$/, '')),
    )
    const titles = CAPITALISES_NOUNS.has(language.language)
      ? []
      : [...statement.matchAll(TITLE)].filter(title => isTitle(title, statement, isKnown))
    const isActor = (offset: number) => ears.places?.actor === offset
    const isNamed = ({ 0: words, index }: RegExpExecArray) =>
      nameAt(namesFound, index) ?? nameAt(namesFound, index + words.length - 1)
    return [...abbreviations, ...titles.filter(title => !isNamed(title) && !isActor(title.index))]
      .filter(({ index }) => !isOpenPoint(index))
      .map(({ 0: words, index }) => ({
        quoted: words,
        offset: index,
        rewrite: `${words} (${language.say('[what it means]')})`,
        message: `"${words}" is explained nowhere.`,
        cure: 'Add it to the glossary, draw it, or write it out.',
      }))
  },
}

/** Capitals in a row; one in brackets is explained by the words before it, and one before brackets by those in them. */
const ABBREVIATION = /(?<![\p{L}\p{N}_[(-])\p{Lu}[\p{Lu}\p{N}]{1,9}s?(?![\p{L}\p{N}_-]|\s{0,2}\()/gu
/** Words with capitals in a row; in more than eight nobody named anything. */
const TITLE = /(?<![\p{L}\p{N}_-])\p{Lu}[\p{L}\p{N}]*(?: \p{Lu}[\p{L}\p{N}]*){1,7}(?![\p{L}\p{N}_-]| \p{Lu}| ?\()/gu

/** "the Fraud Check API", inside a sentence: what stands first says nothing, and an unknown abbreviation among the words says it. */
function isTitle({ 0: words, index }: RegExpExecArray, statement: string, isKnown: (word: string) => boolean): boolean {
  if (!/[\p{Ll}\p{N},)] $/u.test(statement.slice(Math.max(0, index - 2), index))) return false
  const isTitled = (word: string) => /^\p{Lu}\p{Ll}+$/u.test(word)
  const parts = words.split(' ')
  return parts.filter(isTitled).length >= 2 && parts.every(word => isTitled(word) || isKnown(word))
}

/** Whether a place lies in one of the matches, which come in their order; asked about places in any order. */
function within(matches: readonly RegExpExecArray[]): (offset: number) => boolean {
  const found = matches.map(({ 0: text, index }) => ({ name: text, offset: index, length: text.length, ids: [] }))
  return offset => nameAt(found, offset) !== undefined
}

function isShouted(statement: string): boolean {
  const letters = statement.match(/\p{L}/gu) ?? []
  return letters.filter(letter => /\p{Lu}/u.test(letter)).length > letters.length * 0.6
}

/** Nobody has said how it will be shown. */
export const VERIFICATION_RULE: LintRule = {
  id: 'verification',
  severity: 'warning',
  follows: 'ISO/IEC/IEEE 29148 5.2.8',
  find: ({ requirement }) => {
    if (requirement.verification !== undefined) return []
    const rewrite = requirement.kind === 'compliance' ? 'inspection' : 'test'
    return [
      {
        quoted: '',
        offset: 0,
        field: 'verification',
        rewrite,
        message: 'It does not say how it will be shown to hold.',
        cure: `Choose test, analysis, inspection or demonstration; here probably ${rewrite}.`,
      },
    ]
  },
}
