import type { RulePack } from '../core/model/types.ts'
import strideInteraction from './rules/stride-interaction.json'

/** The rule packs that ship with the program. JSON types are wide; the tests hold each file against its schema. */
export const builtinRules: readonly RulePack[] = [strideInteraction as unknown as RulePack]
