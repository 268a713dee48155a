import type { Packs, TargetPack } from '../core/model/types.ts'
import { builtinControls } from './controls.ts'
import { builtinRules } from './rules.ts'
import targets from './targets/targets.json'
import { builtinWords } from './words.ts'

/** Every pack that ships with the program. */
export const builtinPacks: Packs = {
  rules: builtinRules,
  controls: builtinControls,
  words: builtinWords,
  targets: [targets as unknown as TargetPack],
}
