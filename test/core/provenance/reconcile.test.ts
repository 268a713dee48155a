import { describe, expect, test } from 'vitest'
import { EMPTY_DESIGN } from '../../../core/model/change.ts'
import { newEntry } from '../../../core/model/ledger.ts'
import { bounded } from '../../../core/provenance/bounded.ts'
import { promptMarks } from '../../../core/provenance/prompt-mark.ts'
import { cutBy, holds, joined } from '../../../core/provenance/ranges.ts'
import { flagOf, type Reconcilable, reconcile } from '../../../core/provenance/reconcile.ts'
import { type Flag, type Saying, together } from '../../../core/provenance/said.ts'
import { smallDesign } from '../../host/evidence/designs.ts'

const AT = '2026-11-22T16:00:00Z'
const range = (start: number, end: number) => ({ start, end })
const trailer: Saying = { source: 'trailer', origin: 'ai', who: 'Claude:opus', at: 'Assisted-by' }
const said = (origin: Saying['origin'], start: number, end: number, path = 'a', source: Saying['source'] = 'note'): Saying => ({
  source,
  origin,
  who: origin,
  at: 'there',
  where: { path, ranges: [range(start, end)] },
})

function flags(sayings: readonly Saying[], more: Partial<Reconcilable> = {}): readonly string[] {
  const [commit] = reconcile({
    commits: [{ id: 'c', subject: 's', author: 'b', trailers: [], sayings }],
    blamed: [{ commit: 'c', path: 'a', lines: range(11, 20), was: { path: 'a', start: 1 } }],
    zones: [],
    attested: [],
    design: EMPTY_DESIGN,
    ledger: { entries: [] },
    ...more,
  })
  return (commit?.ranges ?? []).map(({ lines, flag }) => `${lines.start}-${lines.end} ${flag}`)
}

describe('sources side by side', () => {
  test.each<[string, readonly Saying[], readonly string[]]>([
    ['nobody says anything', [], ['11-20 unflagged']],
    ['a mark on the commit', [trailer], ['11-20 flagged']],
    ['a note on some lines', [said('ai', 1, 4)], ['11-14 flagged', '15-20 unflagged']],
    ['a note on another file', [said('ai', 1, 4, 'b')], ['11-20 unflagged']],
    ['a person on some lines', [said('human', 3, 4)], ['11-12 unflagged', '13-14 human-attested', '15-20 unflagged']],
    [
      'two sources disagree',
      [said('ai', 1, 10), said('human', 5, 6, 'a', 'trace')],
      ['11-14 flagged', '15-16 conflicting', '17-20 flagged'],
    ],
    [
      'a mark, and a note that gives a part to each',
      [trailer, said('ai', 1, 4), said('human', 5, 6)],
      ['11-14 flagged', '15-16 human-attested', '17-20 flagged'],
    ],
    ['a mark, and a note that gives everything to people', [trailer, said('human', 1, 10)], ['11-20 conflicting']],
    ['said to be unknown is as good as unsaid', [said('unknown', 1, 10)], ['11-20 unflagged']],
    ['both hands', [said('mixed', 1, 10)], ['11-20 flagged']],
    ['ranges that lie outside change nothing', [said('ai', 500, 600)], ['11-20 unflagged']],
  ])('%s', (_, sayings, expected) => expect(flags(sayings)).toEqual(expected))

  test('no order of the sources settles a disagreement', () => {
    const sayings = [trailer, said('ai', 1, 3), said('human', 2, 5)]
    for (const order of [sayings, [...sayings].reverse()]) expect(flags(order)).toEqual(flags(sayings))
    expect(flags(sayings)).toContain('12-13 conflicting')
  })

  test('an answer of a person speaks only where nobody else does, and only in its zone', () => {
    const attested = [{ workItem: 'W-00001', by: 'reviewer', entry: 'sha256:ab' }]
    const zones = [{ workItem: 'W-00001', globs: ['a'] }]
    expect(flags([said('ai', 1, 4)], { attested, zones })).toEqual(['11-14 flagged', '15-20 human-attested'])
    expect(flags([said('ai', 1, 4)], { attested, zones: [{ workItem: 'W-00001', globs: ['b'] }] })).toEqual([
      '11-14 flagged',
      '15-20 unflagged',
    ])
  })

  test.each<[Flag, readonly Saying[]]>([
    ['flagged', [trailer]],
    ['unflagged', []],
    ['conflicting', [said('human', 1, 1), said('ai', 1, 1)]],
  ])('of a commit without lines: %s', (flag, sayings) => expect(flagOf(sayings, false)).toBe(flag))
})

describe('ranges', () => {
  test('are joined, cut and looked up', () => {
    expect(joined([range(5, 6), range(1, 2), range(3, 3), range(9, 8), range(0, 4)])).toEqual([range(1, 3), range(5, 6)])
    expect(cutBy(range(1, 10), [range(3, 4), range(8, 20)])).toEqual([range(1, 2), range(3, 4), range(5, 7), range(8, 10)])
    expect([1, 3, 4, 7, 9].map(line => holds([range(1, 3), range(7, 8)], line))).toEqual([true, true, false, true, false])
  })
})

describe('limits', () => {
  test('the same said often is said once, and a flood is counted', () => {
    const flood = Array.from({ length: 500 }, (_, n) => ({ ...said('ai', n + 1, n + 1), who: `tool ${n % 300}` }))
    const { sayings, left } = together(flood)
    expect([sayings.length, left]).toEqual([100, 300])
    expect(together([said('ai', 1, 2), said('ai', 3, 4)]).sayings[0]?.where?.ranges).toEqual([range(1, 4)])
  })
  test('a record keeps a part and says so', () => {
    const one = {
      path: 'a',
      lines: range(1, 1),
      was: { path: 'a', start: 1 },
      flag: 'unflagged' as const,
      said: [],
      prompted: [],
    }
    const commit = {
      id: 'c',
      subject: '',
      author: '',
      sayings: [],
      prompts: [],
      flag: 'unflagged' as const,
      ranges: Array(700).fill(one),
    }
    const whole = {
      head: 'c',
      commits: [commit, commit],
      counts: { flagged: 0, conflicting: 0, unflagged: 1400, 'human-attested': 0 },
      problems: [],
    }
    const cut = bounded(whole)
    expect(cut.commits.map(({ ranges }) => ranges.length)).toEqual([700, 300])
    expect(cut.problems.map(({ code }) => code)).toEqual(['provenance.cut'])
    expect(bounded({ ...whole, commits: [commit] }).problems).toEqual([])
  })
})

describe('the prompt a commit names', () => {
  const issue = (digit: string, more: object = {}) =>
    newEntry(
      [],
      'prompt-issued',
      { workItem: 'W-00001', id: 'P-00001', target: 'markdown', digest: `sha256:${digit.repeat(64)}`, ...more },
      { at: AT, by: 'b' },
    )
  const ledger = { entries: [issue('a'), issue('b'), issue('c', { target: 'skill', draft: true })] }
  test.each([
    ['P-00001@sha256:bbbbbbbbbbbb', 'current'],
    ['GP-00001@sha256:bbbbbbbbbbbb', 'current'],
    ['P-00001@sha256:aaaaaaaaaaaa', 'earlier-version'],
    ['P-00001@sha256:cccccccccccc', 'draft'],
    ['P-00001@sha256:dddddddddddd', 'not-issued'],
    ['P-99999@sha256:aaaaaaaaaaaa', 'other-design'],
    ['P-00001', 'malformed'],
    ['P-00001@sha256:ab', 'malformed'],
    ['../../x', 'malformed'],
  ])('%s: %s', (value, state) => {
    const marks = promptMarks([{ name: 'guarded-prompt', value }], { design: smallDesign(), ledger })
    expect(marks.map(mark => mark.state)).toEqual([state])
    expect(marks[0]?.sentence).toMatch(/\.$/)
  })
})
