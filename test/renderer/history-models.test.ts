import { describe, expect, it } from 'vitest'
import { applyChanges } from '../../core/model/change.ts'
import type { LedgerState, NamedEntry } from '../../core/model/ledger.ts'
import type { Difference } from '../../core/reports/difference.ts'
import type { KeptState, Revisions } from '../../host/contract.ts'
import { groupedBy } from '../../renderer/state/grouped-by.ts'
import { effectGroups } from '../../renderer/views/reports/effects-model.ts'
import { askedFor, endChoices, firstEnd, issuedIn } from '../../renderer/views/reports/ends-model.ts'
import { decisionsSince, nearest, scaleOf, stopFor } from '../../renderer/views/reports/history-model.ts'
import { stillOf } from '../../renderer/views/reports/still.tsx'
import { runs } from '../support/runs.ts'
import { smallDesign } from '../support/small-design.ts'

const NOW = '2026-11-22T16:00:00Z'
const hex = (n: number) => `sha256:${n.toString(16).padStart(64, '0')}`
const state = (n: number, at: string): KeptState => ({ digest: hex(n), at, why: 'settled', bytes: 1 })
const entry = (n: number, at: string, type = 'verdict', payload: object = {}) =>
  ({ hash: hex(n), entry: { type, at, actor: 'security lead', payload } }) as unknown as NamedEntry
const ledger = (...entries: readonly NamedEntry[]) => ({ entries }) as unknown as LedgerState
const commit = 'a'.repeat(40)
const REVISIONS: Revisions = {
  kind: 'repository',
  more: false,
  revisions: [
    { kind: 'branch', name: 'main', commit, at: NOW },
    { kind: 'tag', name: 'v1', commit, at: NOW },
    { kind: 'commit', name: 'A first design', commit, at: NOW },
  ],
}

describe('what may be compared', () => {
  const known = { ledger: ledger(entry(1, NOW), entry(2, NOW)), states: [state(3, NOW)], revisions: REVISIONS }
  const choices = endChoices(known)

  it('is now, revisions, entries and kept states, each once, newest first', () => {
    expect(choices[0]).toEqual({ value: 'now', label: 'Now' })
    expect(new Set(choices.map(({ value }) => value)).size).toBe(choices.length)
    expect([...groupedBy(choices, ({ group }) => group)].map(([group, all]) => [group, all.length])).toEqual([
      [undefined, 1],
      ['Branches', 1],
      ['Tags', 1],
      ['Commits', 1],
      ['Ledger', 2],
      ['Kept on this machine', 1],
    ])
    expect(choices.filter(({ group }) => group === 'Ledger').map(({ value }) => value)).toEqual([
      `entry ${hex(2)}`,
      `entry ${hex(1)}`,
    ])
  })

  it('is asked of the host in its own words', () => {
    expect(askedFor('now')).toBeUndefined()
    expect(askedFor('')).toBeUndefined()
    expect(choices.slice(1).map(({ value }) => askedFor(value))).toEqual([
      { revision: `${commit}^0` },
      { revision: `${commit}^{}` },
      { revision: commit },
      { entry: hex(2) },
      { entry: hex(1) },
      { state: hex(3) },
    ])
  })

  it('begins with the last commit, else the last entry, else the last kept state, else now', () => {
    expect(firstEnd(choices)).toBe(`revision ${commit}`)
    expect(firstEnd(endChoices({ ...known, revisions: undefined }))).toBe(`entry ${hex(2)}`)
    expect(firstEnd(endChoices({ ...known, ledger: undefined, revisions: { kind: 'none', why: 'noGit' } }))).toBe(
      `state ${hex(3)}`,
    )
    expect(firstEnd(endChoices({ ledger: undefined, states: [], revisions: undefined }))).toBe('now')
  })

  it('knows the last version of a prompt only where the ledger was read', () => {
    expect(issuedIn(smallDesign(), undefined).size).toBe(0)
    expect(issuedIn(smallDesign(), ledger()).size).toBe(0)
  })
})

describe('the line of time', () => {
  it('ends with now, and stops are in the order of time', () => {
    const states = [state(1, '2026-08-22T16:00:00Z'), state(2, '2026-11-22T15:00:00Z'), state(3, '2026-11-22T15:59:59Z')]
    const { stops, marks } = scaleOf(states, ledger(entry(9, '2026-11-21T16:00:00Z')), NOW)
    expect(stops.map(({ digest }) => digest)).toEqual([hex(1), hex(2), hex(3), undefined])
    expect(stops.at(0)?.place).toBe(0)
    expect(stops.at(-1)?.place).toBe(1000)
    expect(marks.map(({ place }) => place > (stops[0]?.place ?? 0) && place < (stops[1]?.place ?? 0))).toEqual([true])
    expect(scaleOf([], ledger(), NOW).stops).toMatchObject([{ digest: undefined, place: 1000 }])
  })

  it('keeps the order of any times, also of those to come', () => {
    for (let seed = 1; seed <= runs(20, 500); seed++) {
      const at = (n: number) =>
        `${new Date(Date.parse(NOW) - ((n * seed * 7919) % 5000) * 1_700_000 + 3_600_000).toISOString().slice(0, 19)}Z`
      const states = Array.from({ length: 30 }, (_, n) => state(n, at(n)))
      const { stops } = scaleOf(states, ledger(), NOW)
      const places = stops.map(({ place }) => place)
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      expect(stops.at(-1)?.digest).toBeUndefined()
      expect(places.every(place => place >= 0 && place <= 1000)).toBe(true)
    }
  })

  it('rests at the nearest stop, and keys move by one, by ten, or to an end', () => {
    const { stops } = scaleOf([state(1, '2026-11-22T10:00:00Z'), state(2, '2026-11-22T13:00:00Z')], ledger(), NOW)
    expect([0, 1000, (stops[1]?.place ?? 0) + 3].map(place => nearest(stops, place))).toEqual([0, 2, 1])
    const keys = ['ArrowLeft', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp', 'Tab', 'toString']
    expect(keys.map(key => stopFor(key, 15, 30))).toEqual([14, 16, 0, 29, 5, 25, undefined, undefined])
    expect(['ArrowLeft', 'PageDown'].map(key => stopFor(key, 0, 30))).toEqual([0, 0])
    expect(stopFor('ArrowRight', 29, 30)).toBe(29)
  })
})

it('decisions since a state are told, edits are not', () => {
  const then = smallDesign()
  const finding = 'N-00001'
  const now = applyChanges(then, [
    { kind: 'patch', table: 'elements', id: 'E-1EDG1', fields: { name: 'Book' } },
    {
      kind: 'put',
      table: 'triage',
      row: { id: finding, decision: 'notApplicable', reason: 'No network.', provenance: { kind: 'human', at: NOW } } as never,
    },
  ])
  expect(decisionsSince(then, now).map(({ table, id }) => `${table} ${id}`)).toEqual([`triage ${finding}`])
  expect(decisionsSince(then, then)).toEqual([])
})

it('what follows comes in groups, without the empty ones, each line with where it leads', () => {
  const line = (id: string) => ({ id, rule: 'r', title: `Finding ${id}`, subject: 'E-00001', attention: 'now' as const })
  const difference: Difference = {
    changes: [],
    crossings: { added: [], removed: [{ flow: 'F-00001', boundary: 'B-00001', sentence: 'a crosses b' }] },
    findings: { gained: [line('N-1'), line('N-2')], lost: [line('N-3')], undecided: [line('N-1')] },
    stale: {
      prompts: [{ workItem: 'W-00001', id: 'P-00001', name: 'Work', version: 3 }],
      checks: [{ id: 'C-1', workItem: 'W-00001', what: 'dropped', statement: 'Look.' }],
    },
    summary: '',
  }
  expect(
    effectGroups(difference).map(({ title, lines }) => [title, lines.map(({ kind, id, more }) => [kind, id, more])]),
  ).toEqual([
    ['Findings without a decision', [['changed', 'N-1', '']]],
    ['Other new findings', [['added', 'N-2', '']]],
    ['Findings that are gone', [['removed', 'E-00001', '']]],
    ['Boundary crossings', [['removed', 'F-00001', 'no longer']]],
    ['Prompts to make again', [['changed', 'W-00001', 'version 3 is out of date']]],
    ['Checks to look at again', [['removed', 'W-00001', 'not asked any more']]],
  ])
})

it('a large drawing shows what differs and what that is connected with, and says how much it leaves out', () => {
  const ids = Array.from({ length: 700 }, (_, n) => `E-1${String(n).padStart(4, '0')}`)
  const provenance = { kind: 'human', at: NOW } as const
  const design = applyChanges(
    smallDesign(),
    ids.flatMap((id, n) => [
      { kind: 'put', table: 'elements', row: { id, name: id, kind: 'process', provenance } } as const,
      ...(n === 0
        ? []
        : [
            {
              kind: 'put',
              table: 'flows',
              row: { id: id.replace('E', 'F'), name: id, source: ids[n - 1] ?? id, target: id, provenance },
            } as const,
          ]),
    ]),
  )
  const whole = applyChanges(
    design,
    Object.keys(design.diagrams).map(id => ({ kind: 'remove', table: 'diagrams', id }) as const),
  )
  const still = stillOf(whole, undefined, new Map([['E-10300', 'changed']]))
  expect(still.boxes.map(({ id }) => id).sort()).toEqual(['E-10299', 'E-10300', 'E-10301'])
  expect(still.routes).toHaveLength(2)
  expect(still.left).toBeGreaterThan(1390)
  expect(stillOf(smallDesign(), undefined).left).toBe(0)
})
