import type { RulePack } from '../core/model/types.ts'
import { moreRules } from './more-rules.ts'
import { firstRules } from './start.ts'

/** The rule packs that ship with the program. */
export const builtinRules: readonly RulePack[] = [...firstRules, ...moreRules]
