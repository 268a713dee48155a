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

/**
 * A hostile design is made once and written for every target, so each target sees all of them: 10,000 in the nightly run, in
 * shares that each end well within its time limit.
 */
const SHARES = runs(1, 10)
const IN_A_SHARE = runs(16, 1000)

describe.each(Array.from({ length: SHARES }, (_, at) => at + 1))(`hostile designs, share %i of ${SHARES}`, () => {
  test('leave no active token, exactly the keys of the pack, and files within the limits, or are refused for a reason', () => {
    const written = new Map<string, number>()
    fc.assert(
      fc.property(hostileDesigns, hostile => {
        const design = designWith(hostile)
        const faults = TARGETS.flatMap(target => {
          const made = tryPrompt(design, { target: target.name, pass: 'draft' })
          const files = made.ok ? made.value.files.length : 0
          written.set(target.name, (written.get(target.name) ?? 0) + Math.min(files, 1))
          return faultsOf(target, hostile, made).map(fault => `${target.name}: ${fault}`)
        })
        expect(faults).toEqual([])
      }),
      { numRuns: IN_A_SHARE },
    )
    for (const { name } of TARGETS) expect(written.get(name), name).toBeGreaterThan(IN_A_SHARE / 4)
  })
})

function faultsOf(target: Target, hostile: Hostile, made: ReturnType<typeof tryPrompt>): readonly string[] {
  if (!made.ok) return isRefusable(made.problems[0].code, hostile) ? [] : [`refused with ${made.problems[0].code}`]
  const codes = made.value.lint.map(problem => problem.code)
  if (made.value.files.length === 0) return isBarrable(codes, hostile) ? [] : [`no files: ${codes.join(' ')}`]
  const globs = [...globsOf(hostile)].sort()
  return faultsIn(target, made.value, { calm: calmFor(target, hostile.operation), globs })
}

/** Refused before anything is written: for what the scan found, or for too much reference material. */
function isRefusable(code: string, hostile: Hostile): boolean {
  return code.startsWith('scan.') || (code === 'prompt.referenceTooLong' && isLong(hostile))
}

/** Nothing to write: because of a path that no list can hold, or because it is too long; for no other reason, and not without one. */
function isBarrable(codes: readonly string[], hostile: Hostile): boolean {
  const isPath = codes.includes('target.paths') && globsOf(hostile).some(glob => !SAFE_GLOBS.includes(glob))
  return isPath || (codes.includes('target.tooLong') && isLong(hostile))
}

function isLong(hostile: Hostile): boolean {
  return [...textsOf(hostile), ...globsOf(hostile)].join('').length > 3000
}

const calms = new Map<string, Calm>()

function calmFor(target: Target, operation: WorkItem['operation']): Calm {
  const key = `${target.name} ${operation}`
  const known = calms.get(key) ?? calmIn(target, promptOf(designWith(calmOf(operation)), { target: target.name, pass: 'draft' }))
  calms.set(key, known)
  return known
}
