import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { explainErrors } from '../../../core/model/explain.ts'
import type { WordList } from '../../../core/model/types.ts'
import { LINT_RULES } from '../../../core/requirements/lint.ts'
import { WORD_RULES } from '../../../core/requirements/lint-words.ts'
import { LIST_NAMES } from '../../../core/requirements/list-names.ts'
import { builtinWords } from '../../../packs/words.ts'
import { wordList } from '../../../schemas/generated/validate-packs.js'

const folder = path.resolve(import.meta.dirname, '../../../packs/words')
const FILES = readdirSync(folder).filter(name => name.endsWith('.json') && name !== 'others.json')

/** Lists that rules read besides the one of their own name. */
const HELPERS = ['unit.bound', 'unit.measured', 'unit.reference', 'unit.not']

const listIn = (file: string) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as WordList
const markOnly = JSON.parse(readFileSync(path.join(folder, 'others.json'), 'utf8')) as readonly WordList[]

describe('word lists', () => {
  test('there is one for English and one for German, and all of them ship', () => {
    expect(FILES).toEqual(['de.json', 'en.json'])
    expect(builtinWords.map(({ id }) => id).sort()).toEqual(
      [...FILES.map(file => listIn(file).id), ...markOnly.map(({ id }) => id)].sort(),
    )
  })

  test('every list is read by a rule of its name, or helps one', () => {
    const known = new Set([...LINT_RULES.map(rule => rule.id), ...HELPERS, 'proposal'])
    expect([...LIST_NAMES].filter(name => !known.has(name))).toEqual([])
    expect(WORD_RULES.map(({ id }) => id).filter(id => !LIST_NAMES.has(id))).toEqual([])
  })

  test('other languages have marks only, each of its own', () => {
    for (const list of markOnly) {
      expect(wordList(list) || explainErrors(wordList.errors ?? [])).toBe(true)
      expect([list.lists, (list.marks ?? []).length > 10]).toEqual([{}, true])
    }
    const codes = builtinWords.map(({ language }) => language)
    expect(new Set(codes).size).toBe(codes.length)
  })

  test.each(FILES)('%s fits its schema and serves known rules', file => {
    const list = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as WordList
    expect(wordList(list) || explainErrors(wordList.errors ?? [])).toBe(true)
    expect(Object.keys(list.lists).filter(name => !LIST_NAMES.has(name))).toEqual([])
    expect(file).toBe(`${list.language}.json`)
    for (const [name, words] of Object.entries(list.lists))
      for (const [word, rewrite] of Object.entries(words))
        expect([name, word.trim(), rewrite.trim()]).toEqual([name, word, rewrite])
  })

  test.each(FILES)('%s has words for every rule that looks for words', file => {
    const { lists } = listIn(file)
    for (const { id } of WORD_RULES) expect(Object.keys(lists[id] ?? {}).length).toBeGreaterThan(2)
    for (const id of ['pronoun', 'weak-modal', 'tbd', 'passive', 'negative', 'term', ...HELPERS])
      expect([id, Object.keys(lists[id] ?? {}).length > 5]).toEqual([id, true])
    expect(Object.values(lists).flatMap(words => Object.keys(words)).length).toBeGreaterThan(700)
  })

  test('what we propose ourselves is said in German too', () => {
    const german = listIn('de.json').lists.proposal ?? {}
    for (const proposal of ['[element]', '[what is decided]', '[unit]', '[what it means]', 'within', 'at [most or least]'])
      expect(german[proposal]).toMatch(/\S/)
  })
})
