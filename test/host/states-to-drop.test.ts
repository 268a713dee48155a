import { describe, expect, test } from 'vitest'
import type { KeptState } from '../../host/contract.ts'
import { statesToDrop } from '../../host/node/states-to-drop.ts'
import { runs } from '../support/runs.ts'

const NOW = Date.parse('2026-11-22T16:30:00Z')
const MINUTE = 60_000
const [HOUR, DAY] = [60 * MINUTE, 24 * 60 * MINUTE]

function state(ago: number, bytes = 1000): KeptState {
  const at = `${new Date(NOW - ago).toISOString().slice(0, 19)}Z`
  return { digest: `sha256:${at}`, at, why: 'settled', bytes }
}

const sorted = (states: readonly KeptState[]) => states.toSorted((a, b) => (a.at < b.at ? -1 : 1))
const every = (step: number, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / step) }, (_, n) => state(from + n * step))

function left(states: readonly KeptState[], options: Partial<Parameters<typeof statesToDrop>[1]> = {}) {
  const all = sorted(states)
  const drop = statesToDrop(all, { now: NOW, named: new Set(), most: Number.MAX_SAFE_INTEGER, ...options })
  return all.filter(({ digest }) => !drop.has(digest))
}

describe('kept states', () => {
  test('all of the last day stay', () => {
    const day = every(5 * MINUTE, 0, DAY)
    expect(left(day)).toEqual(sorted(day))
  })

  test('then the last of each hour for a week', () => {
    const week = left(every(10 * MINUTE, DAY + HOUR, 7 * DAY - HOUR))
    const hours = new Set(week.map(({ at }) => at.slice(0, 13)))
    expect(week.length).toBe(hours.size)
    expect(week.slice(1, -1).every(({ at }) => at.slice(14, 16) === '50')).toBe(true)
    expect(hours.size).toBeGreaterThan(140)
  })

  test('then the last of each day for 90 days, and nothing after', () => {
    const rest = left(every(HOUR, 8 * DAY, 120 * DAY))
    const days = rest.map(({ at }) => at.slice(0, 10))
    expect(new Set(days).size).toBe(days.length)
    expect(days.length).toBe(83)
    expect(NOW - Date.parse(rest[0]?.at ?? '')).toBeLessThanOrEqual(90 * DAY)
  })

  test('what the ledger names stays, whatever its age and however full it is', () => {
    const [old, dense] = [state(100 * DAY), state(3 * DAY + 20 * MINUTE)]
    const beside = state(3 * DAY + 10 * MINUTE)
    const named = new Set([old.digest, dense.digest])
    expect(left([old, dense, beside], { named })).toEqual(sorted([old, dense, beside]).filter(one => one !== undefined))
    expect(left([old, dense, beside], { named, most: 0 })).toEqual([old, dense])
  })

  test('over the size the oldest go first', () => {
    const day = every(HOUR, 0, DAY)
    expect(left(day, { most: 5000 })).toEqual(sorted(day).slice(-5))
    expect(left(day, { most: 0 })).toEqual([])
  })

  test('a time to come counts as now', () => {
    const ahead = [state(-DAY), state(-400 * DAY)]
    expect(left(ahead)).toHaveLength(2)
  })

  test('letting go twice lets nothing more go, and day by day no gap opens', () => {
    for (let seed = 1; seed <= runs(20, 500); seed++) {
      let states: readonly KeptState[] = Array.from({ length: 200 }, (_, n) => state(((n * n * seed * 7919) % (120 * 24)) * HOUR))
      states = [...new Map(states.map(one => [one.digest, one])).values()]
      const once = left(states)
      expect(left(once)).toEqual(once)
      const days = new Set(once.filter(({ at }) => NOW - Date.parse(at) > 8 * DAY).map(({ at }) => at.slice(0, 10)))
      const due = states.filter(({ at }) => NOW - Date.parse(at) > 8 * DAY && NOW - Date.parse(at) <= 90 * DAY)
      expect(days).toEqual(new Set(due.map(({ at }) => at.slice(0, 10))))
    }
  })
})
