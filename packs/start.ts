import type { Guard, RulePack } from '../core/model/types.ts'
import generated from './generated/guard.json'
import strideInteraction from './rules/stride-interaction.json'

/** The interaction patterns, which every design is held against. JSON types are wide; the tests hold each file against its schema. */
export const firstRules: readonly RulePack[] = [strideInteraction as unknown as RulePack]

/** What the packs of more-rules.ts wait for; made from them by setup/generate.mjs. */
export const guard = generated as unknown as Guard
