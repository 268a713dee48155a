// What writes prompts, with its templates: a part of the program of its own, read beside joining.

import { makePrompt } from '../../core/prompts/make.ts'
import { promptSlice } from '../../core/prompts/slice-now.ts'
import { splitOf } from '../../core/prompts/split.ts'
import { promptToEdit } from '../../core/prompts/to-edit.ts'
import * as templates from '../../templates/generated/templates.js'

/** All of it, as whoever reads it late asks for it. */
export const promptPart = { makePrompt, promptSlice, promptToEdit, splitOf, templates } as const
