import { describe, expect, test } from 'vitest'
import { type BindingInput, bindingOf, type Judged } from '../../../core/evidence/binding.ts'
import type { Evidence, ScanRun } from '../../../core/evidence/types.ts'
import type { Sidecar } from '../../../core/model/types.ts'

const digest = `sha256:${'1'.repeat(64)}`
const subject = `sha256:${'2'.repeat(64)}`
const commit = 'c'.repeat(40)
const tree = 'd'.repeat(40)
const clean: Judged = { commit, tree, uncommitted: [] }
const SAME: Judged = { ...clean, sameAs: new Set(['e'.repeat(40)]) }

const sidecar = (rest: Partial<Sidecar>): Sidecar => ({
  format: 1,
  file: 'x',
  sha256: digest,
  slot: 'unit',
  argv: ['x'],
  exitCode: 0,
  startedAt: '2026-11-22T10:00:00Z',
  endedAt: '2026-11-22T10:00:00Z',
  reported: 'self',
  ...rest,
})

const bound = (rest: Partial<BindingInput>) => {
  const { state, reported } = bindingOf({
    digest,
    evidence: undefined,
    sidecar: undefined,
    signed: false,
    subjectNow: undefined,
    uncovered: undefined,
    judged: clean,
    ...rest,
  })
  return [state, reported]
}

describe('a report with a sidecar', () => {
  test('whose signature does not hold is broken, wherever it was made', () => {
    expect(bound({ sidecar: sidecar({ commit, reported: 'signed' }), forged: true })).toEqual(['broken', 'self'])
  })

  test('is signed on the word of a key, never on its own', () => {
    const own = sidecar({ commit, reported: 'signed' })
    expect([true, false].map(signed => bound({ sidecar: own, signed })[1])).toEqual(['signed', 'self'])
  })

  test.each([
    ['of the judged commit', { commit }, {}, 'bound'],
    ['of another commit with the same tree', { commit: 'e'.repeat(40), tree }, {}, 'bound'],
    ['of another commit', { commit: 'e'.repeat(40) }, {}, 'stale'],
    ['of another commit with the same code', { commit: 'e'.repeat(40) }, { judged: SAME }, 'bound'],
    ['of a third commit', { commit: 'f'.repeat(40) }, { judged: SAME }, 'stale'],
    [
      'of the same code, with uncommitted changes since',
      { commit: 'e'.repeat(40) },
      { judged: { ...SAME, uncommitted: ['a'] } },
      'stale',
    ],
    ['made with uncommitted changes', { commit, dirty: true }, {}, 'unbound'],
    ['of the commit, changed since', { commit }, { judged: { uncommitted: ['a.ts'] } }, 'stale'],
    ['of a commit, outside git', { commit }, { judged: { uncommitted: [] } }, 'unbound'],
    ['that names nothing', {}, {}, 'unbound'],
    ['of the same files', { subject, paths: ['src/**'] }, { subjectNow: subject }, 'bound'],
    [
      'of the same files in another commit',
      { subject, paths: ['src/**'], commit: 'e'.repeat(40) },
      { subjectNow: subject },
      'bound',
    ],
    ['of other files', { subject, paths: ['src/**'], commit }, { subjectNow: digest }, 'stale'],
    ['of files that cannot be compared', { subject }, {}, 'unbound'],
    [
      'of files that are not the change',
      { subject, paths: ['README.md'] },
      { subjectNow: subject, uncovered: 'src/a.ts' },
      'unbound',
    ],
    ['of another report', { sha256: subject, commit }, {}, 'broken'],
  ])('%s', (_name, given, rest, state) => {
    expect(bound({ sidecar: sidecar(given), ...rest })).toEqual([state, 'self'])
  })

  test('is signed only when somebody checked the signature', () => {
    expect(bound({ sidecar: sidecar({ commit, reported: 'signed' }) })).toEqual(['bound', 'self'])
    expect(bound({ sidecar: sidecar({ commit, reported: 'signed' }), signed: true })).toEqual(['bound', 'signed'])
    expect(bound({ sidecar: sidecar({ commit }), signed: true })).toEqual(['bound', 'self'])
  })
})

describe('a report without a sidecar', () => {
  const naming = (...revisions: string[][]): Evidence => ({
    format: 'sarif',
    made: { commits: revisions.flat() },
    facts: { scan: { results: [], runs: revisions.map(list => ({ revisions: list }) as unknown as ScanRun) } },
  })
  test.each([
    ['names nothing', naming([]), clean, ['unbound', 'nobody']],
    [
      'is a test report',
      { format: 'junit', made: { commits: [] }, facts: { tests: { cases: [], disagreements: [], oddities: [] } } } as Evidence,
      clean,
      ['unbound', 'nobody'],
    ],
    ['names the judged commit', naming([commit]), clean, ['bound', 'self']],
    ['names it in one of two runs', naming([commit], []), clean, ['unbound', 'nobody']],
    ['names another', naming([commit], ['abc']), clean, ['stale', 'self']],
    ['names one outside git', naming([commit]), { uncommitted: [] }, ['unbound', 'nobody']],
    ['names one that was changed since', naming([commit]), { uncommitted: ['a.ts', 'b.ts'] }, ['stale', 'self']],
  ])('%s', (_name, evidence, judged, expected) => {
    expect(bound({ evidence, judged })).toEqual(expected)
  })
})
