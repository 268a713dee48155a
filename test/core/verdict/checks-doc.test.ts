import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { FORMATS } from '../../../core/evidence/formats.ts'
import { explainErrors } from '../../../core/model/explain.ts'
import type { Check, Expression } from '../../../core/model/types.ts'
import { MATCHERS } from '../../../core/verdict/matchers.ts'
import { describeExpression } from '../../../core/verdict/sentences.ts'
import { check as validCheck } from '../../../schemas/generated/validate-records.js'

const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/checks.md'), 'utf8')

/** Every example of the page with the section it stands in and the sentence below it. */
const examples = page.split(/^## /m).flatMap(section =>
  [...section.matchAll(/```json\n([\s\S]*?)```\n\n> (.*)\n/g)].map(([, json = '', sentence]) => ({
    section: section.split('\n')[0] ?? '',
    value: JSON.parse(json) as Check | Expression,
    sentence,
  })),
)

const whole = examples[0]?.value as Check

describe('docs/checks.md', () => {
  test('each matcher has a section of its own, with an example of it', () => {
    const words = examples.flatMap(({ section, value }) => (Object.hasOwn(value, section) ? [section] : []))
    expect(words.sort()).toEqual(Object.keys(MATCHERS).sort())
    expect(examples.length).toBe(page.split('```json\n').length - 1)
  })

  test.each(examples)(
    'the example of $section fits the schema, and its sentence is the one that is printed',
    ({ value, sentence }) => {
      const check = 'statement' in value ? value : { ...whole, verify: value }
      const fits = validCheck(check)
      expect(fits ? 'fits' : explainErrors(validCheck.errors ?? [])).toBe('fits')
      expect(sentence).toBe(describeExpression((check as Check).verify as Expression))
    },
  )

  test('the README counts the matchers and the formats as they are', () => {
    const readme = readFileSync(path.resolve(import.meta.dirname, '../../../README.md'), 'utf8')
    const formats = new Set(FORMATS.map(({ format }) => format)).size
    expect(readme).toContain(`${Object.keys(MATCHERS).length} matchers over ${formats} formats of evidence`)
  })

  test('every key that a matcher knows stands in its section or its example', () => {
    const schema = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../../schemas/check.schema.json'), 'utf8'))
    const silent = Object.keys(MATCHERS).flatMap(word => {
      const section = page.split(/^## /m).find(text => text.startsWith(`${word}\n`)) ?? ''
      return Object.keys(schema.$defs[word].properties)
        .filter(key => !section.includes(`"${key}"`) && !section.includes(`\`${key}`))
        .map(key => `${word}.${key}`)
    })
    expect(silent).toEqual([])
  })
})
