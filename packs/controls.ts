import type { ControlPack } from '../core/model/types.ts'
import core from './controls/core.json'

/** The control packs that ship with the program. */
export const builtinControls: readonly ControlPack[] = [core as unknown as ControlPack]
