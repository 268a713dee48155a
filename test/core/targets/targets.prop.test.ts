import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Target, WorkItem } from '../../../core/model/types.ts'
import { allTargets } from '../../../core/targets/find.ts'
import { runs } from '../../support/runs.ts'
import { PACKS } from '../gate/transfers.ts'
import { promptOf, tryPrompt } from '../prompts/prompts.ts'
import { calmOf, designWith, globsOf, type Hostile, hostileDesigns, SAFE_GLOBS, textsOf } from './hostile.ts'
import { type Calm, calmIn, faultsIn } from './judge.ts'
import { RECOGNISERS } from './recognise.ts'

const TARGETS = allTargets(PACKS.targets)

test('every target has a recogniser of its own', () => {
  expect(Object.keys(RECOGNISERS).sort()).toEqual(TARGETS.map(target => target.name).sort())
})

test('every text that is made hostile is shown by some target', () => {
  const calm = designWith(calmOf('generate'))
  const shown = TARGETS.flatMap(({ name }) => promptOf(calm, { target: name, pass: 'draft' }).files.map(file => file.text))
  for (const word of textsOf(calmOf('generate')))
    expect(
      shown.some(text => new RegExp(`\\b${word}\\b`).test(text)),
      word,
    ).toBe(true)
})

/** A hostile design is made and read once and written for every target, so that each of them sees all of them. */
const SHARES = runs(1, 10)

describe.each(Array.from({ length: SHARES }, (_, at) => at + 1))(`hostile designs, share %i of ${SHARES}`, () => {
  test('leave no active token, exactly the keys of the pack, and files within the limits, or are refused', () => {
    const written = new Map<string, number>()
    const numRuns = runs(16, 1000)
    fc.assert(
      fc.property(hostileDesigns, hostile => {
        const design = designWith(hostile)
        const faults = TARGETS.flatMap(target => {
          const made = tryPrompt(design, { target: target.name, pass: 'draft' })
          if (!made.ok) return refusalFaults(made.problems[0].code, hostile)
          const { files, lint } = made.value
          if (files.length === 0)
            return barredFaults(
              lint.map(problem => problem.code),
              hostile,
            )
          written.set(target.name, (written.get(target.name) ?? 0) + 1)
          const calm = calmFor(target, hostile.operation)
          return faultsIn(target, made.value, { calm, globs: [...globsOf(hostile)].sort() }).map(
            fault => `${target.name} ${fault}`,
          )
        })
        expect(faults).toEqual([])
      }),
      { numRuns },
    )
    for (const { name } of TARGETS) expect(written.get(name), name).toBeGreaterThan(numRuns / 3)
  })
})

const calms = new Map<string, Calm>()

function calmFor(target: Target, operation: WorkItem['operation']): Calm {
  const key = `${target.name} ${operation}`
  const known = calms.get(key) ?? calmIn(target, promptOf(designWith(calmOf(operation)), { target: target.name, pass: 'draft' }))
  calms.set(key, known)
  return known
}

/** Refused before anything is written: for what the scan found, or for too much reference material. */
function refusalFaults(code: string, hostile: Hostile): readonly string[] {
  const isDue = code.startsWith('scan.') || (code === 'prompt.referenceTooLong' && isLong(hostile))
  return isDue ? [] : [`refused with ${code}`]
}

/** Nothing to write: because of a path that no list can hold, or because it is too long; for no other reason, and not without one. */
function barredFaults(codes: readonly string[], hostile: Hostile): readonly string[] {
  const isDue =
    (codes.includes('target.paths') && globsOf(hostile).some(glob => !SAFE_GLOBS.includes(glob))) ||
    (codes.includes('target.tooLong') && isLong(hostile))
  return isDue ? [] : [`no files: ${codes.join(' ')}`]
}

function isLong(hostile: Hostile): boolean {
  return [...textsOf(hostile), ...globsOf(hostile)].join('').length > 3000
}
