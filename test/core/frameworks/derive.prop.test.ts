import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { excludeEntry } from '../../../core/frameworks/edits.ts'
import { applyChanges, type Change } from '../../../core/model/change.ts'
import { plainTable } from '../../../core/model/table.ts'
import type { Check, Design, Stamp } from '../../../core/model/types.ts'
import type { Verdict } from '../../../core/verdict/record.ts'
import { builtinFrameworks } from '../../../packs/frameworks.ts'
import { PACKS, STAMP, TRANSFERS } from '../gate/transfers.ts'
import { coverageOf, heights, provenLedger, raised, type Said, verdictOn } from './judged.ts'

/** A choice for each check that depends on nothing but its id and a seed. */
function chosen<T>(seed: number, choices: readonly [T, ...T[]]): (check: Check) => T {
  return ({ id }) => {
    const sum = [...id].reduce((all, char) => (all * 31 + char.charCodeAt(0)) % 9973, seed)
    return choices[sum % choices.length] ?? choices[0]
  }
}

const seeds = fc.integer({ min: 1, max: 5000 })
const mitigations = Object.keys(plainTable(TRANSFERS.mitigations))
const VERDICTS: readonly [Verdict, ...Verdict[]] = ['pass', 'pass', 'pass', 'fail', 'inconclusive', 'waived']

const said: fc.Arbitrary<Said> = seeds.map(seed => ({
  verdict: chosen(seed, VERDICTS),
  omits: chosen(seed + 1, [false, false, false, true]),
  loses: chosen(seed + 2, [false, false, false, true]),
}))

function without(design: Design, id: string): Design {
  const { [id]: _gone, ...rest } = plainTable(design.mitigations)
  return { ...design, mitigations: rest }
}

describe('coverage of frameworks', () => {
  const full = provenLedger(TRANSFERS)
  const top = coverageOf(TRANSFERS, full)

  test('the design that the properties are about has rows to lose', () => {
    const all = [...heights(top).values()]
    expect(all.filter(height => height === 2).length).toBeGreaterThan(40)
    expect(mitigations.length).toBeGreaterThan(1)
  })

  test('a verdict that says less, on less evidence, raises no row', () => {
    fc.assert(
      fc.property(said, less => {
        expect(raised(top, coverageOf(TRANSFERS, provenLedger(TRANSFERS, less)))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test('taking one more check, piece of evidence or passing verdict away raises no row', () => {
    fc.assert(
      fc.property(said, seeds, fc.constantFrom('omits', 'loses', 'verdict'), (first, seed, what) => {
        const hit = chosen(seed, [true, false])
        const less: Said =
          what === 'verdict'
            ? { ...first, verdict: check => (hit(check) ? 'inconclusive' : first.verdict(check)) }
            : { ...first, [what]: (check: Check) => hit(check) || first[what]?.(check) }
        const before = coverageOf(TRANSFERS, provenLedger(TRANSFERS, first))
        expect(raised(before, coverageOf(TRANSFERS, provenLedger(TRANSFERS, less)))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test('taking entries away that speak for the design raises no row, and putting them back lowers none', () => {
    fc.assert(
      fc.property(fc.subarray([...full]), fc.subarray([...full]), (some, more) => {
        const both = full.filter(entry => some.includes(entry) || more.includes(entry))
        const few = full.filter(entry => some.includes(entry))
        expect(raised(coverageOf(TRANSFERS, both), coverageOf(TRANSFERS, few))).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  test('taking mitigations away raises no row, whatever the verdicts said', () => {
    fc.assert(
      fc.property(said, fc.subarray(mitigations, { minLength: 1 }), (some, gone) => {
        const entries = provenLedger(TRANSFERS, some)
        const less = gone.reduce(without, TRANSFERS)
        expect(raised(coverageOf(TRANSFERS, entries), coverageOf(less, entries))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test('saying that entries do not apply moves no row that something answers; taking that back raises none', () => {
    const all = builtinFrameworks.flatMap(({ id, entries }) => entries.map(entry => ({ framework: id, entry: entry.id })))
    const stamps: readonly Stamp[] = [STAMP, { ...STAMP, kind: 'ai' }]
    fc.assert(
      fc.property(said, fc.subarray(all), fc.constantFrom(...stamps), seeds, (some, excluded, stamp, seed) => {
        const reason = 'It does not concern us.'
        const changes = excluded.flatMap(name => {
          const edit = excludeEntry(TRANSFERS, { ...name, reason, frameworks: builtinFrameworks }, stamp)
          return edit.ok ? edit.value : []
        })
        expect(changes).toHaveLength(excluded.length)
        const entries = provenLedger(TRANSFERS, some)
        const before = coverageOf(TRANSFERS, entries)
        const more = applyChanges(TRANSFERS, changes)
        const after = coverageOf(more, entries)
        expect(heights(after)).toEqual(heights(before))
        const fewer = changes.flatMap((change, i): readonly Change[] =>
          change.kind === 'put' && (i + seed) % 2 === 0 ? [{ kind: 'remove', table: 'exclusions', id: change.row.id }] : [],
        )
        const less = coverageOf(applyChanges(more, fewer), entries)
        expect(heights(less)).toEqual(heights(before))
        // Evidence that goes raises nothing beside them either.
        expect(raised(after, coverageOf(more, []))).toEqual([])
      }),
      { numRuns: 20 },
    )
  })

  test('taking checks out of a control raises no row', () => {
    fc.assert(
      fc.property(said, seeds, (some, seed) => {
        const entries = provenLedger(TRANSFERS, some)
        const isKept = (key: string) => chosen(seed, [true, false])({ id: key } as Check)
        const controls = PACKS.controls.map(pack => ({
          ...pack,
          controls: pack.controls.map(one => ({ ...one, checks: one.checks.filter(({ key }) => isKept(`${one.id}/${key}`)) })),
        }))
        expect(raised(coverageOf(TRANSFERS, entries), coverageOf(TRANSFERS, entries, { ...PACKS, controls }))).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  test('the same design and ledger give the same answer, byte for byte', () => {
    const again = JSON.stringify(coverageOf(structuredClone(TRANSFERS), structuredClone(full)))
    expect(again).toBe(JSON.stringify(top))
  })

  test('a newer verdict takes back an older one', () => {
    const [item] = Object.keys(plainTable(TRANSFERS.workItems))
    if (item === undefined) throw new Error('no work item')
    const failing = verdictOn(TRANSFERS, item, { verdict: () => 'fail' })
    const after = coverageOf(TRANSFERS, [...full, failing])
    expect(raised(top, after)).toEqual([])
    const others = full.filter(({ entry }) => entry.payload.workItem !== item)
    expect(heights(after)).toEqual(heights(coverageOf(TRANSFERS, [...others, failing])))
  })
})
