import type { ControlPack, Packs, RulePack, TargetPack, WordList } from '../core/model/types.ts'
import core from './controls/core.json'
import strideInteraction from './rules/stride-interaction.json'
import targets from './targets/targets.json'
import en from './words/en.json'

/** Every pack that ships with the program. JSON types are wide; the tests hold each file against its schema. */
export const builtinPacks: Packs = {
  rules: [strideInteraction as unknown as RulePack],
  controls: [core as unknown as ControlPack],
  words: [en as unknown as WordList],
  targets: [targets as unknown as TargetPack],
}
