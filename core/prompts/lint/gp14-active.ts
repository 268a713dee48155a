import { activeIn } from '../../targets/active.ts'
import { isTemplate } from '../lines.ts'
import { error, type LintRule, placeAt } from './input.ts'

/** No syntax the target acts on, unless it stands in the template's own words. */
export const gp14Active: LintRule = input => {
  const owned = input.stretches.filter(stretch => stretch.from.some(id => !isTemplate(id)))
  return activeIn(input.text, input.active)
    .filter(hit => owned.some(stretch => hit.start < stretch.end && hit.end > stretch.start))
    .map(hit => {
      const at = placeAt(input, hit.start)
      return error(at, {
        code: 'GP14',
        message: `Holds syntax that the coding tool would act on (${hit.name}).`,
        cure: at.startsWith(`${input.id}:`)
          ? 'Put a space into it where it was written by hand, or write it in words.'
          : 'Rewrite the text; this should have been made harmless, so please report it.',
      })
    })
}
