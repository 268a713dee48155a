import { byText } from '../../support/order.ts'
import type { Problem } from '../../support/result.ts'
import { gp01Persona } from './gp01-persona.ts'
import { gp02Generic } from './gp02-generic.ts'
import { gp03Rows } from './gp03-rows.ts'
import { gp04Size } from './gp04-size.ts'
import { gp05Length } from './gp05-length.ts'
import { gp06Alternatives } from './gp06-alternatives.ts'
import { gp07Stop } from './gp07-stop.ts'
import { gp08Output } from './gp08-output.ts'
import { gp09Ids } from './gp09-ids.ts'
import { gp10Scope } from './gp10-scope.ts'
import { gp11Packages } from './gp11-packages.ts'
import { gp12Fence } from './gp12-fence.ts'
import { gp13Hidden } from './gp13-hidden.ts'
import { gp14Active } from './gp14-active.ts'
import { gp15Data } from './gp15-data.ts'
import { gp16Decision } from './gp16-decision.ts'
import { gp17Digest } from './gp17-digest.ts'
import { gp18Clarify } from './gp18-clarify.ts'
import { gp19Placeholders } from './gp19-placeholders.ts'
import { gp20Weak } from './gp20-weak.ts'
import { gp21Kept } from './gp21-kept.ts'
import type { LintInput, LintRule } from './input.ts'

/** The prompt lint, in the order of its codes. */
export const PROMPT_RULES: readonly LintRule[] = [
  gp01Persona,
  gp02Generic,
  gp03Rows,
  gp04Size,
  gp05Length,
  gp06Alternatives,
  gp07Stop,
  gp08Output,
  gp09Ids,
  gp10Scope,
  gp11Packages,
  gp12Fence,
  gp13Hidden,
  gp14Active,
  gp15Data,
  gp16Decision,
  gp17Digest,
  gp18Clarify,
  gp19Placeholders,
  gp20Weak,
  gp21Kept,
]

/** Everything the lint has to say about a prompt. */
export function lintPrompt(input: LintInput): readonly Problem[] {
  return PROMPT_RULES.flatMap(rule => rule(input)).sort((a, b) => byText(a.code, b.code) || byText(a.at ?? '', b.at ?? ''))
}
