import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { controlText } from '../../core/mitigations/derive.ts'
import { controlOf } from '../../core/model/lookup.ts'
import type { ControlPack, Expression } from '../../core/model/types.ts'
import { classifyEars } from '../../core/requirements/ears.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import * as validate from '../../schemas/generated/validate-packs.js'

const folder = new URL('../../packs/controls/', import.meta.url)
const packs = readdirSync(folder)
  .filter(name => name.endsWith('.json'))
  .map(name => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as ControlPack)
const controls = packs.flatMap(pack => pack.controls)
const rules = builtinPacks.rules.flatMap(pack => pack.rules)

describe('controls', () => {
  test('every control pack of the folder ships', () => {
    expect(builtinPacks.controls.map(({ id }) => id).sort()).toEqual(packs.map(({ id }) => id).sort())
  })

  test.each(packs)('$id fits its schema', pack => {
    expect(validate.controlPack(pack), JSON.stringify(validate.controlPack.errors)).toBe(true)
  })

  test('word lists and targets fit theirs', () => {
    expect(builtinPacks.words.length + builtinPacks.targets.length).toBeGreaterThanOrEqual(2)
    for (const words of builtinPacks.words) expect(validate.wordList(words), JSON.stringify(validate.wordList.errors)).toBe(true)
    for (const targets of builtinPacks.targets)
      expect(validate.targetPack(targets), JSON.stringify(validate.targetPack.errors)).toBe(true)
  })

  test('every control a rule names exists', () => {
    const named = [...new Set(rules.flatMap(rule => rule.controls))]
    expect(named.length).toBeGreaterThan(15)
    expect(named.filter(id => !controlOf(packs, id))).toEqual([])
  })

  test('ids are unique and there are at least eighty', () => {
    expect(controls.length).toBeGreaterThanOrEqual(80)
    expect(new Set(controls.map(control => control.id)).size).toBe(controls.length)
  })

  test('the weaknesses that generated code shows most are covered', () => {
    const covered = new Set(controls.flatMap(control => control.cwe))
    const wanted = [306, 295, 639, 862, 20, 79, 117, 89, 78, 22, 918, 502, 798, 532, 319, 311, 345, 353, 294, 362]
    const more = [778, 770, 400, 209, 250, 1357, 1427]
    expect([...wanted, ...more].filter(number => !covered.has(`CWE-${number}`))).toEqual([])
  })

  test.each(controls)('$id is complete: EARS, primitives for all six languages, an instead for each prohibition', control => {
    const text = controlText(control, { element: 'Transfer API', flow: 'order', data: 'Account data' })
    expect(text).not.toMatch(/[{}]/)
    expect(classifyEars(text).pattern).not.toBe('none')
    expect(controlText(control, {})).toMatch(/^[A-Z]/)
    expect(Object.keys(control.primitives).sort()).toEqual(['csharp', 'go', 'java', 'python', 'rust', 'typescript'])
    expect(control.doNot.instead.length).toBeGreaterThan(20)
    expect(control.references?.length).toBeGreaterThan(0)
    expect(control.detection?.length).toBeGreaterThan(20)
    expect((control.reduces?.likelihood ?? 0) + (control.reduces?.impact ?? 0)).toBeGreaterThan(0)
  })

  test.each(controls)('$id can be shown by a machine, and at least one of its checks is its own', control => {
    expect(control.checks.length).toBeGreaterThanOrEqual(2)
    expect(new Set(control.checks.map(check => check.key)).size).toBe(control.checks.length)
    expect(control.checks.some(check => check.verify !== undefined)).toBe(true)
    const globs = control.checks.flatMap(check => globsOf(check.verify))
    expect(globs.length === 0 || globs.includes(`*${control.id}*`)).toBe(true)
    expect(globs.filter(glob => glob.replaceAll('*', '').length < 6)).toEqual([])
  })

  test('no two controls are shown by the same test name', () => {
    const globs = controls.flatMap(control => [...new Set(control.checks.flatMap(check => globsOf(check.verify)))])
    expect(globs.length).toBeGreaterThan(50)
    expect(globs.filter((glob, i) => globs.indexOf(glob) !== i)).toEqual([])
  })

  test.each(controls)('$id says nothing that a coding tool would act on', control => {
    const text = JSON.stringify(control)
    expect(text).not.toMatch(/\$\d|\$\{|\$ARGUMENTS|\{\{|!`|!\{|@\{|@[\w./-]|#\[\[|#tool:|<!--/)
  })
})

function globsOf(expression: Expression | undefined): readonly string[] {
  if (!expression) return []
  return [...(expression.tests?.match ?? []), ...[...(expression.all ?? []), ...(expression.any ?? [])].flatMap(globsOf)]
}
