import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Target, TargetFile, TargetKey } from '../../../core/model/types.ts'
import { allTargets } from '../../../core/targets/find.ts'
import { bytesIn } from '../../../core/targets/limits.ts'
import { runs } from '../../support/runs.ts'
import { PACKS } from '../gate/transfers.ts'
import { promptOf, tryPrompt } from '../prompts/prompts.ts'
import { CALM, designWith, hostileTexts } from './hostile.ts'
import { readFile, textsIn } from './read-files.ts'
import { RECOGNISERS, recognised } from './recognise.ts'

const TARGETS = allTargets(PACKS.targets)

test('every target has a recogniser of its own', () => {
  expect(Object.keys(RECOGNISERS).sort()).toEqual(TARGETS.map(target => target.name).sort())
})

describe.each(TARGETS.map(target => [target.name, target] as const))('a hostile design for %s', (name, target) => {
  const calm = promptOf(CALM, { target: name, pass: 'draft' })
  const calmTokens = calm.files.map((file, index) => tokensOf(name, target.files[index] as TargetFile, file.text))

  test('leaves no active token, exactly the keys of the pack, and files within the limits, or is refused', () => {
    let written = 0
    fc.assert(
      fc.property(hostileTexts, texts => {
        const made = tryPrompt(designWith(texts), { target: name, pass: 'draft' })
        if (!made.ok) {
          expect(made.problems[0].code).toMatch(/^(?:scan\.|prompt\.referenceTooLong)/)
          return
        }
        const { files, lint, id, digest } = made.value
        if (files.length === 0) {
          expect(
            lint.map(problem => problem.code).filter(code => /^target\.(?:tooLong|paths)$/.test(code)).length,
          ).toBeGreaterThan(0)
          return
        }
        written++
        expect(files.length).toBe(target.files.length)
        for (const [index, file] of files.entries()) {
          const from = target.files[index] as TargetFile
          expect(tokensOf(name, from, file.text)).toEqual(calmTokens[index])
          headIsExact(from, file.text)
          if (from.part !== 'import') expect(lastLine(from, file.text)).toContain(`${id}@${digest.slice(7, 19)}`)
          isWithin(index === 0 ? target.limits : (from.limits ?? {}), file.text)
        }
      }),
      { numRuns: runs(12, 10_000) },
    )
    expect(written).toBeGreaterThan(0)
  })
})

function tokensOf(name: string, file: TargetFile, text: string): readonly string[] {
  const { head, body } = readFile(file, text)
  const { prompt: _body, ...keys } = head
  return [...recognised(name, body), ...textsIn(keys).flatMap(value => recognised(name, value))].sort()
}

function headIsExact(file: TargetFile, text: string): void {
  const { head } = readFile(file, text)
  expect(Object.keys(head)).toEqual((file.keys ?? []).map(key => key.name))
  for (const key of file.keys ?? []) expect(kindOf(head[key.name])).toBe(key.type)
  for (const key of file.keys ?? [])
    if (key.characters !== undefined) expect(String(head[key.name]).length).toBeLessThanOrEqual(key.characters)
}

function kindOf(value: unknown): TargetKey['type'] | undefined {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean') return 'boolean'
  if (Array.isArray(value)) return value.every(one => typeof one === 'string') ? 'list' : 'cases'
  return typeof value === 'object' && value !== null && !(value instanceof Date) ? 'map' : undefined
}

function lastLine(file: TargetFile, text: string): string | undefined {
  const shown = file.head === 'toml' ? readFile(file, text).body : text
  return shown.trimEnd().split('\n').at(-1)
}

function isWithin({ characters, bytes, lines, tokens }: Target['limits'], text: string): void {
  if (characters !== undefined) expect(text.length).toBeLessThanOrEqual(characters)
  if (bytes !== undefined) expect(bytesIn(text)).toBeLessThanOrEqual(bytes)
  if (lines !== undefined) expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(lines)
  if (tokens !== undefined) expect(text.length / 4).toBeLessThanOrEqual(tokens)
}
