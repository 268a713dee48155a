import type { WordList } from '../core/model/types.ts'
import de from './words/de.json'
import en from './words/en.json'
import others from './words/others.json'

/** The word lists that ship with the program, and marks by which languages without a list are told from those that have one. */
export const builtinWords: readonly WordList[] = [en as unknown as WordList, de as unknown as WordList, ...(others as WordList[])]
