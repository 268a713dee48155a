// What writes prompts, with its templates: a part of the program of its own, read beside joining.
export { makePrompt } from '../../core/prompts/make.ts'
export { promptSlice } from '../../core/prompts/slice-now.ts'
export { promptToEdit } from '../../core/prompts/to-edit.ts'
export * as templates from '../../templates/generated/templates.js'
