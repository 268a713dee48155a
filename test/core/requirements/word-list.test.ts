import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { explainErrors } from '../../../core/model/explain.ts'
import type { WordList } from '../../../core/model/types.ts'
import { LINT_RULES } from '../../../core/requirements/lint.ts'
import { WORD_RULES } from '../../../core/requirements/lint-words.ts'
import { wordList } from '../../../schemas/generated/validate-packs.js'

const folder = path.resolve(import.meta.dirname, '../../../packs/words')
const FILES = readdirSync(folder).filter(name => name.endsWith('.json'))

/** Lists that rules read besides the one of their own name. */
const HELPERS = ['unit.bound', 'unit.measured', 'unit.reference', 'unit.not']

describe('word lists', () => {
  test('there is one for English', () => {
    expect(FILES).toContain('en.json')
  })

  test.each(FILES)('%s fits its schema and serves known rules', file => {
    const list = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as WordList
    expect(wordList(list) || explainErrors(wordList.errors ?? [])).toBe(true)
    const known = new Set([...LINT_RULES.map(rule => rule.id), ...HELPERS])
    expect(Object.keys(list.lists).filter(name => !known.has(name))).toEqual([])
    expect(file).toBe(`${list.language}.json`)
    for (const [name, words] of Object.entries(list.lists))
      for (const [word, rewrite] of Object.entries(words))
        expect([name, word.trim(), rewrite.trim()]).toEqual([name, word, rewrite])
  })

  test('the English one has words for every rule that looks for words', () => {
    const { lists } = JSON.parse(readFileSync(path.join(folder, 'en.json'), 'utf8')) as WordList
    for (const { id } of WORD_RULES) expect(Object.keys(lists[id] ?? {}).length).toBeGreaterThan(2)
    expect(Object.values(lists).flatMap(words => Object.keys(words)).length).toBeGreaterThan(700)
  })
})
