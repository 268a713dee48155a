import { error, type LintRule, warning } from './input.ts'

/** Four characters a token is what tokenizers give for English prose. */
export function tokensIn(text: string): number {
  return Math.ceil(text.length / 4)
}

const IMPERATIVE = /\b(?:must|shall|do not|never|always|stop|only)\b/gi

/** Long texts and many orders are followed less; published thresholds for both. */
export const gp05Length: LintRule = ({ id, text }) => {
  const tokens = tokensIn(text)
  const orders = [...text.matchAll(IMPERATIVE)].length
  return [
    ...limit(id, tokens, { warn: 2000, stop: 4000, what: `about ${tokens} tokens` }),
    ...limit(id, orders, { warn: 40, stop: 150, what: `${orders} orders` }),
  ]
}

function limit(id: string, value: number, bounds: { warn: number; stop: number; what: string }) {
  if (value <= bounds.warn) return []
  const say = value > bounds.stop ? error : warning
  return [
    say(id, {
      code: 'GP05',
      message: `The prompt has ${bounds.what}; past ${bounds.warn} less of it is followed.`,
      cure: 'Split the work item, or shorten requirements and reference material.',
    }),
  ]
}
