import type { WordList } from '../core/model/types.ts'
import en from './words/en.json'

/** The word lists that ship with the program. */
export const builtinWords: readonly WordList[] = [en as unknown as WordList]
