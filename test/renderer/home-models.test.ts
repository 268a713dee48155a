import { describe, expect, it } from 'vitest'
import { applyChanges } from '../../core/model/change.ts'
import { newDesign } from '../../core/model/create.ts'
import { type EntryType, type LedgerState, newEntry } from '../../core/model/ledger.ts'
import { rowsOf } from '../../core/model/table.ts'
import type { WorkItem } from '../../core/model/types.ts'
import { STARTS } from '../../packs/starts/all.ts'
import { packsWithoutControls } from '../../packs/without-controls.ts'
import * as home from '../../renderer/commands/definitions/home.ts'
import { ago } from '../../renderer/state/ago.ts'
import { factsOf } from '../../renderer/state/facts.ts'
import { firstStep } from '../../renderer/state/steps.ts'
import { firstDrawing, firstSteps, lastChange, partOfDay, sketchOf } from '../../renderer/views/home/home-model.ts'
import { checkCounts, promptState, waitingOf, workFor } from '../../renderer/views/work/work-model.ts'
import { smallDesign } from '../support/small-design.ts'
import { AT, contextWith, designOf, stampOf } from './support.ts'

const design = smallDesign()
const empty = designOf(...newDesign('New', stampOf()))
const [start] = STARTS

function ledgerOf(...entries: readonly (readonly [EntryType, Readonly<Record<string, unknown>>, string?])[]): LedgerState {
  const named = entries.map(([type, payload, at = AT]) => newEntry([], type, payload, { at, by: 'reviewer' }))
  return { entries: named, heads: [], ok: true, problems: [] }
}

describe('where a window opens', () => {
  it.each([
    ['an empty design', empty, undefined, 'home'],
    ['an empty design, whatever the role', empty, 'review', 'home'],
    ['an architect', design, 'model', 'model'],
    ['nobody who said', design, undefined, 'model'],
    ['a developer', design, 'build', 'work'],
    ['a reviewer', design, 'review', 'work'],
  ] as const)('%s', (_name, given, role, step) => expect(firstStep(given, role)).toBe(step))
})

describe('home', () => {
  it('ticks the first steps by what is, and by nothing else', () => {
    const facts = factsOf(empty, AT, packsWithoutControls)
    expect(firstSteps(empty, facts, undefined).filter(step => step.isDone)).toEqual([])
    const done = firstSteps(design, factsOf(design, AT, packsWithoutControls), ledgerOf(['prompt-copied', {}], ['verdict', {}]))
    expect(done.map(({ step, isDone }) => [step, isDone])).toEqual([
      ['model', true],
      ['decide', false],
      ['gate', false],
      ['copy', true],
      ['verify', true],
    ])
  })

  it('says when something was decided last, and by whom', () => {
    expect(lastChange(empty, undefined)).toBeUndefined()
    expect(lastChange(design, undefined)).toEqual({ at: AT, by: undefined })
    const later = ledgerOf(['verdict', {}, '2026-11-23T09:00:00Z'])
    expect(lastChange(design, later)).toEqual({ at: '2026-11-23T09:00:00Z', by: 'reviewer' })
  })

  it.each([
    ['2026-11-22T16:00:00Z', 'just now'],
    ['2026-11-22T15:48:00Z', '12 min ago'],
    ['2026-11-22T13:00:00Z', '3 h ago'],
    ['2026-11-21T15:00:00Z', '1 day ago'],
    ['2026-09-01T00:00:00Z', 'on 2026-09-01'],
    ['nonsense', ''],
  ])('%s is %s', (at, words) => expect(ago(at, AT)).toBe(words))

  it.each([
    [0, 'night'],
    [4, 'night'],
    [5, 'morning'],
    [11, 'morning'],
    [12, 'afternoon'],
    [17, 'afternoon'],
    [18, 'evening'],
    [23, 'evening'],
  ] as const)('%i h is %s', (hour, part) => expect(partOfDay(hour)).toBe(part))

  it('draws the first diagram of a design as it lies', () => {
    const drawn = firstDrawing(smallDesign())
    expect(drawn.elements.map(({ name, at }) => [name, at])).toContainEqual(['Customer', [40, 120]])
    expect(drawn.boundaries).toEqual([{ id: 'B-BANK1', at: [300, 40, 460, 240] }])
    expect(sketchOf(drawn).flows).toHaveLength(2)
    expect(firstDrawing(empty).elements).toEqual([])
  })

  it('draws every flow of a start between the borders of its boxes', () => {
    for (const one of STARTS) {
      const sketch = sketchOf(one)
      expect(sketch.flows).toHaveLength(one.flows.length)
      for (const { x1, y1, x2, y2 } of sketch.flows) expect(Math.hypot(x2 - x1, y2 - y1)).toBeGreaterThan(20)
    }
  })
})

describe('starting from a template', () => {
  it('writes one step into an empty design and shows it', () => {
    if (!start) throw new Error('no start')
    const planned = home.beginFrom.plan(contextWith(empty), start)
    expect(planned.ok && planned.value.filter(effect => effect.kind === 'write')).toHaveLength(1)
    const [write] = planned.ok ? planned.value : []
    const after = write?.kind === 'write' ? applyChanges(empty, write.changes) : empty
    expect(rowsOf(after.elements)).toHaveLength(start.elements.length)
    expect(after.settings.design?.name).toBe('New')
  })

  it('says why not, and what to do, where the design is begun', () => {
    if (!start) throw new Error('no start')
    const refused = home.beginFrom.plan(contextWith(design), start)
    expect(!refused.ok && refused.problems[0].message).toMatch(/already begun.*skeptic init/)
    const desktop = home.showStarts.plan(contextWith(design, { desktop: true }))
    expect(!desktop.ok && desktop.problems[0].message).toMatch(/empty folder/)
  })
})

describe('the role', () => {
  it('is a preference, and is said', () => {
    const planned = home.setRole.plan(contextWith(design), 'build')
    expect(planned).toMatchObject({ ok: true, value: [{ set: { preferences: { role: 'build' } } }, { kind: 'say' }] })
  })
})

describe('my work', () => {
  const item = (id: string, assignee?: string): WorkItem => {
    const provenance = { kind: 'human', at: AT } as const
    return { id, name: id, goal: 'A.', operation: 'generate', provenance, ...(assignee ? { assignee } : {}) }
  }

  it('puts what is mine first, then what is open to anyone', () => {
    const workItems = { 'W-1': item('W-1', 'other'), 'W-2': item('W-2'), 'W-3': item('W-3', 'me') }
    expect(workFor({ workItems }, 'me').map(one => one.id)).toEqual(['W-3', 'W-2', 'W-1'])
  })

  it('knows a prompt that was never taken, one that stands, and one that the design left behind', () => {
    const payload = { workItem: 'W-1', digest: 'a', slice: 's1', target: 'skill', draft: false }
    const ledger = ledgerOf(['prompt-issued', payload], ['prompt-copied', payload])
    expect(promptState(ledger, 'W-2', () => 's1')).toEqual({ kind: 'none' })
    expect(promptState(ledger, 'W-1', () => 's1')).toMatchObject({ kind: 'taken', version: 1, isDraft: false })
    expect(promptState(ledger, 'W-1', () => 's2')).toMatchObject({ kind: 'stale', version: 1 })
  })

  it('counts checks by who decides them', () => {
    const check = (how: 'machine' | 'person') =>
      ({ id: how, statement: 'A.', from: [], severity: 'major', how, slice: 's' }) as const
    expect(checkCounts([check('machine'), check('person'), check('person')])).toEqual({ all: 3, machine: 1, person: 2 })
  })
})

describe('to review', () => {
  const record = { checks: [{ verdict: 'pass' }, { verdict: 'inconclusive' }, { verdict: 'fail' }] }

  it('says how much is decided, never how it came out', () => {
    const waiting = waitingOf('W-1', { record, files: 2, ledger: undefined, design: 'd1' })
    expect(waiting).toEqual({ files: 2, decided: 2, of: 3, since: undefined, isStale: false })
  })

  it('tells a change whose verdict was made under another design', () => {
    const ledger = ledgerOf(['prompt-issued', { workItem: 'W-1' }], ['verdict', { workItem: 'W-1', record: { design: 'd1' } }])
    expect(waitingOf('W-1', { record, files: 2, ledger, design: 'd1' })).toMatchObject({
      isStale: false,
      since: { what: 'verdict' },
    })
    expect(waitingOf('W-1', { record, files: 2, ledger, design: 'd2' }).isStale).toBe(true)
  })
})
