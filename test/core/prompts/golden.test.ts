import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { goldenCases } from './golden/cases.ts'

const folder = path.join(import.meta.dirname, 'golden')
const cases = await goldenCases()

describe('the whole prompt, reviewed as text', () => {
  test.each(cases)('$file', ({ file, text }) => {
    // Anew: node test/core/prompts/golden/write.mjs
    expect(text()).toBe(readFileSync(path.join(folder, file), 'utf8'))
  })

  test('no file is left over from a case that is gone', () => {
    const texts = readdirSync(folder).filter(name => name.endsWith('.md') && name !== 'README.md')
    expect(texts.sort()).toEqual(cases.map(({ file }) => file).sort())
    expect(texts.length).toBeGreaterThanOrEqual(15)
  })
})
