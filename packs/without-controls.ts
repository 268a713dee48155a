import type { Packs, TargetPack } from '../core/model/types.ts'
import { builtinRules } from './rules.ts'
import targets from './targets/targets.json'
import { builtinWords } from './words.ts'

/** The packs that ship with the program but for the controls: those are half of the text, and the window reads them beside joining. */
export const packsWithoutControls: Packs = {
  rules: builtinRules,
  controls: [],
  words: builtinWords,
  targets: [targets as unknown as TargetPack],
}
