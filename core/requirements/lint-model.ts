import { settingsOf } from '../model/lookup.ts'
import { type LintContext, type LintRule, likelyActor } from './hint.ts'
import { passiveOf } from './lint-grammar.ts'
import { keyOf } from './names.ts'

/** The one who shall act is drawn nowhere. */
export const ACTOR_RULE: LintRule = {
  id: 'actor',
  severity: 'warning',
  follows: 'INCOSE GtWR R3',
  find: context => {
    const { ears, names, requirement, language } = context
    const { actor, places } = ears
    if (actor === undefined || !places || !names.hasElements || requirement.actor !== undefined || !language) return []
    if (passiveOf(context) || isKnownActor(context, actor) || language.list('pronoun').of(actor) !== undefined) return []
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

/** An abbreviation that neither glossary, model nor common knowledge explains. */
export const TERM_RULE: LintRule = {
  id: 'term',
  severity: 'info',
  follows: 'INCOSE GtWR R4',
  find: ({ statement, language, names }) => {
    if (!language || isShouted(statement)) return []
    return [...statement.matchAll(/(?<![\p{L}\p{N}_[-])\p{Lu}[\p{Lu}\p{N}]{1,9}(?![\p{L}\p{N}_-]|\s*\(|[^[]*\])/gu)]
      .filter(({ 0: word }) => language.list('term').of(word) === undefined && !names.words.has(word.toLowerCase()))
      .map(({ 0: word, index }) => ({
        quoted: word,
        offset: index,
        rewrite: `${word} ([what ${word} means])`,
        message: `"${word}" is explained nowhere.`,
        cure: 'Add it to the glossary, or write it out.',
      }))
  },
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
