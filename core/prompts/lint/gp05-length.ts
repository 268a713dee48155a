import { error, isReference, type LintRule, warning } from './input.ts'
import { splitWords } from './split-words.ts'

/** Past this a prompt is followed less; so says what was published on long instructions. */
export const TOKEN_BUDGET = 2000

/** Past this nobody issues it. */
export const TOKEN_LIMIT = 4000

/** Four characters a token is what tokenizers give for English prose. */
export function tokensIn(text: string): number {
  return Math.ceil(text.length / 4)
}

const IMPERATIVE = /\b(?:must|shall|do not|never|always|stop|only)\b/gi

/** Long texts and many orders are followed less; published thresholds for both. Fenced material orders nothing. */
export const gp05Length: LintRule = input => {
  const { id, text, slice, split } = input
  const tokens = tokensIn(text)
  const orders = [...text.matchAll(IMPERATIVE)].filter(match => !isReference(input, match.index)).length
  const shorten = 'Shorten requirements and reference material.'
  return [
    ...limit(id, tokens, { warn: TOKEN_BUDGET, stop: TOKEN_LIMIT, what: `about ${tokens} tokens` }, () => {
      return splitWords(split(), slice.workItem.id) ?? shorten
    }),
    ...limit(
      id,
      orders,
      { warn: 40, stop: 150, what: `${orders} orders` },
      () => 'Split the work item, or shorten requirements.',
    ),
  ]
}

function limit(id: string, value: number, bounds: { warn: number; stop: number; what: string }, cure: () => string) {
  if (value <= bounds.warn) return []
  const say = value > bounds.stop ? error : warning
  return [
    say(id, {
      code: 'GP05',
      message: `The prompt has ${bounds.what}; past ${bounds.warn} less of it is followed.`,
      cure: cure(),
    }),
  ]
}
