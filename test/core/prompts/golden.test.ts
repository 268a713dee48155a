import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { TOKEN_BUDGET, tokensIn } from '../../../core/prompts/lint/gp05-length.ts'
import { goldenCases, readyPrompt, sampleOrder, sampleRecord, startedWork } from './golden/cases.ts'

const folder = path.join(import.meta.dirname, 'golden')
const cases = await goldenCases()

const ready = [await sampleOrder(), await sampleRecord(), ...startedWork()]

describe('the first prompt of every design that comes along', () => {
  test.each(ready.flatMap(one => ['markdown', 'skill'].map(target => ({ ...one, target }))))(
    '$file for $target fits its budget',
    one => {
      const { text, lint } = readyPrompt(one, one.target)
      expect(tokensIn(text)).toBeLessThanOrEqual(TOKEN_BUDGET)
      expect(lint.map(({ code }) => code)).not.toContain('GP05')
    },
  )
})

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
