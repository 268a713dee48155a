import { activeIn } from '../active.ts'
import { isTemplate } from '../lines.ts'
import { error, type LintRule, placeAt } from './input.ts'

/** No syntax the target acts on, unless it stands in the template's own words. */
export const gp14Active: LintRule = input => {
  const owned = input.stretches.filter(stretch => stretch.from.some(id => !isTemplate(id)))
  return activeIn(input.text, input.active)
    .filter(hit => owned.some(stretch => hit.start < stretch.end && hit.end > stretch.start))
    .map(hit =>
      error(placeAt(input, hit.start), {
        code: 'GP14',
        message: `Holds syntax that the coding tool would act on (${hit.name}).`,
        cure: 'Rewrite the text; this should have been made harmless, so please report it.',
      }),
    )
}
