import type { Packs } from '../core/model/types.ts'
import { builtinControls } from './controls.ts'
import { packsWithoutControls } from './without-controls.ts'

/** Every pack that ships with the program. */
export const builtinPacks: Packs = { ...packsWithoutControls, controls: builtinControls }
