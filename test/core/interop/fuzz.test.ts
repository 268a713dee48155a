import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FORMATS } from '../../../core/interop/formats.ts'
import { runs } from '../../support/runs.ts'
import { damaged } from './fuzz/mutate.ts'
import { type Bench, cleanUp, prepare, runChild } from './fuzz/run-child.ts'
import { seedsByFormat } from './fuzz/seeds.ts'

const seeds = seedsByFormat()
const formats = FORMATS.filter(({ read }) => read).map(({ name }) => name)

/** Files in one process, so that what one file leaves behind in memory is seen by those after it. */
const SHARE = 2000

describe('damaged files, read by a process with 256 MB that may touch nothing', () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await prepare(seeds)
  })
  afterAll(() => cleanUp(bench))

  test.each(formats)('%s: no crash, nothing over two seconds, no file touched, no request made', async format => {
    expect(seeds[format]?.length, 'files to damage').toBeGreaterThan(0)
    const many = runs(150, 20_000)
    const totals = { files: 0, read: 0, asFormat: 0 }
    for (let from = 0; from < many; from += SHARE) {
      const told = await runChild(bench, { format, from, to: Math.min(many, from + SHARE) })
      expect(told.faults).toEqual([])
      expect(told.requests).toBe(0)
      expect(told.slowest, `file ${told.slowestAt}, milliseconds of processor time`).toBeLessThan(2000)
      totals.files += told.files
      totals.read += told.read
      totals.asFormat += told.asFormat
    }
    expect(totals.files).toBe(many)
    // Damage that is always refused at the door would test the door only.
    expect(totals.asFormat).toBeGreaterThan(many / 50)
    expect(totals.read).toBeLessThan(many)
  })

  test('the same number is the same file', () => {
    const some = seeds.otm ?? []
    expect(damaged(some, 7)).toBe(damaged(some, 7))
    expect(damaged(some, 7)).not.toBe(damaged(some, 8))
  })

  test('a process that breaks is told with the number of its file', async () => {
    const told = await runChild({ ...bench, seeds: '/etc/hostname' }, { format: 'otm', from: 5, to: 6 })
    expect(told.faults).toHaveLength(1)
    expect(told.faults[0]).toMatch(/ended with 1: .*ERR_ACCESS_DENIED/s)
  })
})
