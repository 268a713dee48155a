import { describe, expect, it } from 'vitest'
import { applyChanges } from '../../core/model/change.ts'
import type { PastDesign } from '../../host/contract.ts'
import {
  diagramIn,
  diagramsOf,
  differenceLines,
  doubtWords,
  drawnMarks,
  lostWords,
  sourceWords,
  whatChanged,
} from '../../renderer/views/reports/past-model.ts'
import { linesOf, stillOf } from '../../renderer/views/reports/still.tsx'
import { smallDesign } from '../support/small-design.ts'
import { designOf } from './support.ts'

const before = smallDesign()
const after = applyChanges(before, [
  { kind: 'patch', table: 'elements', id: 'E-1EDG1', fields: { name: 'Book', technology: 'SQL' } },
  { kind: 'remove', table: 'flows', id: 'F-B00KG' },
  {
    kind: 'put',
    table: 'assumptions',
    row: { id: 'A-00001', statement: 'The bank is open.', provenance: { kind: 'human', at: '2026-11-22T16:00:00Z' } },
  },
  { kind: 'patch', table: 'settings', id: 'design', fields: { name: 'Transfers today' } },
  { kind: 'put', table: 'policy', row: { id: 'policy', preset: 'strict', default: 'assisted-2p' } },
])

describe('the list of differences', () => {
  const lines = differenceLines(before, after)

  it('says added, changed, removed in this order, with the name each went by', () => {
    expect(lines.map(({ kind, id, label, what }) => [kind, id, label, what])).toEqual([
      ['added', 'policy', 'Policy', ''],
      ['added', 'A-00001', 'The bank is open.', ''],
      ['changed', 'design', 'Settings', 'renamed'],
      ['changed', 'E-1EDG1', 'Book', 'renamed, technology'],
      ['removed', 'F-B00KG', 'booking', ''],
    ])
    expect(lines.filter(line => !line.isObject).map(line => line.id)).toEqual(['policy', 'design'])
  })

  it('marks what is drawn', () => {
    expect(drawnMarks(lines)).toEqual(
      new Map([
        ['E-1EDG1', 'changed'],
        ['F-B00KG', 'removed'],
      ]),
    )
  })

  it('is empty for the same design', () => expect(differenceLines(before, before)).toEqual([]))
  it('says a text once, however it is called', () =>
    expect(whatChanged(['goal', 'statement', 'status'])).toBe('reworded, status'))
})

describe('the drawings', () => {
  it('show what each state has', () => {
    const [old, now] = [stillOf(before, 'G-0VERV'), stillOf(after, 'G-0VERV')]
    expect(old.routes.map(({ flow }) => flow.id)).toEqual(['F-B00KG', 'F-REQVE'])
    expect(now.routes.map(({ flow }) => flow.id)).toEqual(['F-REQVE'])
    expect(old.boxes.map(box => box.name)).toContain('Ledger')
    expect(now.boxes.map(box => box.name)).toContain('Book')
  })

  it('a diagram that a state does not have is empty there; without any diagram everything is drawn', () => {
    expect(diagramsOf(before, after)).toEqual([{ id: 'G-0VERV', name: 'Overview' }])
    expect(stillOf(before, 'G-ABSNT').boxes).toEqual([])
    expect(diagramIn(designOf(), 'G-0VERV')).toBeUndefined()
    expect(stillOf({ ...before, diagrams: {} }, 'G-0VERV').boxes).toHaveLength(4)
  })

  it('names take two lines at most', () => {
    expect(linesOf('Ledger', 144)).toEqual(['Ledger'])
    expect(linesOf('Transfer service of the bank', 144)).toEqual(['Transfer service', 'of the bank'])
    expect(linesOf('Verylongnamewithoutanyspace', 144)).toEqual(['Verylongnamewit…'])
  })
})

describe('where a state comes from', () => {
  const past = (more: Partial<Extract<PastDesign, { kind: 'rebuilt' }>>) =>
    ({ kind: 'rebuilt', from: 'kept', isNamed: true, digest: 'sha256:abcdef0123', bundle: '', ...more }) as const

  it('is said, with what names it', () => {
    expect(sourceWords(past({}))).toBe('abcdef, kept with the entry')
    expect(sourceWords(past({ from: 'now' }))).toBe('abcdef, as it still is')
    expect(sourceWords(past({ from: 'commit', commit: '0123456789abcdef' }))).toBe('abcdef, from commit 012345678')
  })

  it('is doubted where the entry names another design, or none', () => {
    expect(doubtWords(past({}), 'sha256:abcdef0123')).toBeUndefined()
    expect(doubtWords(past({ isNamed: false }), undefined)).toMatch(/names no design/)
    expect(doubtWords(past({ isNamed: false }), 'sha256:fedcba9876')).toMatch(/^The design fedcba that this entry names/)
  })

  it('every way to lose it has its own words', () => {
    const ways = ['noGit', 'noRepository', 'refused', 'notCommitted', 'unreadable'] as const
    const words = ways.map(why => lostWords({ kind: 'lost', why }, '2026-11-22 16:00 UTC'))
    expect(new Set(words).size).toBe(ways.length)
    for (const one of words) expect(one).toMatch(/at 2026-11-22 16:00 UTC is not known: it was not kept/)
  })
})
