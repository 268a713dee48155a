import { describe, expect, it } from 'vitest'
import { newEntry } from '../../../core/model/ledger.ts'
import type { Check } from '../../../core/model/types.ts'
import { outcomeOf } from '../../../core/verdict/outcome.ts'
import { peopleOn } from '../../../core/verdict/people.ts'
import { type CheckVerdict, countsOf, type VerdictRecord } from '../../../core/verdict/record.ts'
import { passesWithoutEvidence, restsOn } from '../../../core/verdict/rests-on.ts'
import { questionsToAuthor, textToAuthor } from '../../../core/verdict/to-author.ts'
import { unaskedFiles } from '../../../core/verdict/unasked.ts'

const ENTRY = `ledger/${'a'.repeat(64)}.json`

function verdict(id: string, more: Partial<CheckVerdict>): CheckVerdict {
  return {
    id,
    statement: `Statement of ${id}.`,
    severity: 'major',
    from: ['R-1'],
    digest: 'sha256:0',
    verdict: 'pass',
    reason: 'proven',
    sentence: 'It is so.',
    evidence: [{ digest: 'sha256:1', pointer: '/runs/0' }],
    selfReported: false,
    parts: [],
    ...more,
  }
}

function record(...checks: readonly CheckVerdict[]): VerdictRecord {
  const counts = countsOf(checks)
  const overall = counts.fail > 0 ? 'fail' : counts.inconclusive > 0 ? 'inconclusive' : 'pass'
  return {
    workItem: 'W-1',
    verdict: overall,
    checks,
    counts,
    change: { source: 'folder' },
    integrity: [],
  } as unknown as VerdictRecord
}

describe('files nobody asked for', () => {
  it.each([
    ['what is named', { mayEdit: { 'src/**': true } }, ['src/a.ts'], []],
    ['what is not named', { mayEdit: { 'src/**': true } }, ['package.json'], [['package.json', 'outside']]],
    [
      'what is forbidden, although it is named',
      { mayEdit: { '**': true }, mustNotTouch: { 'package.json': true } },
      ['a.ts', 'package.json'],
      [['package.json', 'forbidden']],
    ],
    ['a work item without files', {}, ['a.ts'], []],
  ] as const)('%s', (_name, item, paths, expected) =>
    expect(unaskedFiles(item as never, paths).map(({ path, why }) => [path, why])).toEqual(expected),
  )
})

describe('what a verdict rests on', () => {
  it.each([
    ['a report', [{ digest: 'x', pointer: '/runs/0' }], 'evidence'],
    [
      'a report and a word',
      [
        { digest: 'x', pointer: '' },
        { digest: 'y', pointer: ENTRY },
      ],
      'evidence',
    ],
    ['a word alone', [{ digest: 'y', pointer: ENTRY }], 'word'],
    ['nothing', [], 'nothing'],
  ] as const)('%s', (_name, evidence, ground) => expect(restsOn({ evidence, parts: [] })).toBe(ground))

  it('the change itself, where its paths were looked at', () => {
    const part = { path: '/commits', asks: '', verdict: 'pass', reason: 'proven', sentence: '', evidence: [] } as const
    expect(restsOn({ evidence: [], parts: [part] })).toBe('evidence')
  })

  it('counts passes apart that nobody can read again, and passes alone', () => {
    const bare = verdict('C-2', { evidence: [] })
    const failed = verdict('C-3', { verdict: 'fail', evidence: [] })
    expect(passesWithoutEvidence(record(verdict('C-1', {}), bare, failed))).toEqual([bare])
  })
})

describe('what may be made of a verdict', () => {
  const pass = verdict('C-1', {})
  const open = verdict('C-2', { verdict: 'inconclusive', reason: 'missing', from: ['T-9', 'M-1'] })
  const failed = verdict('C-3', { verdict: 'fail', reason: 'refuted', from: ['T-9', 'T-8'] })

  it.each([
    ['all pass', [pass], true, false],
    ['one is open', [pass, open], false, true],
    ['one failed', [pass, failed], false, true],
  ] as const)('%s', (_name, checks, canApprove, canRequest) =>
    expect(outcomeOf(record(...checks))).toMatchObject({ canApprove, canRequest }),
  )

  it('approves nothing while integrity is broken', () => {
    const broken = { ...record(pass), integrity: [{ code: 'x', severity: 'error', message: 'm' }] } as VerdictRecord
    expect(outcomeOf(broken)).toMatchObject({ canApprove: false, isBroken: true })
  })

  it('names the threats behind what is not proven, each once', () =>
    expect(outcomeOf(record(pass, open, failed)).threats).toEqual(['T-8', 'T-9'].toReversed()))

  it('becomes a text for the author, in which nothing of theirs is mark-up', () => {
    const doubts = [{ check: 'C-2', by: 'reviewer', observation: 'Where is **this** tested? @team' }]
    const text = textToAuthor(record(pass, open, failed), doubts)
    expect(text).toMatch(/To change[\s\S]*C-3[\s\S]*Questions[\s\S]*C-2/)
    expect(text).not.toContain('C-1')
    expect(text).toContain('reviewer asks: Where is \\*\\*this\\*\\* tested?')
    expect(text).not.toMatch(/@team/)
    expect(questionsToAuthor(record(pass, open, failed), doubts)).not.toContain('C-3')
  })
})

describe('who answered', () => {
  const check = {
    id: 'C-1',
    statement: 'Two have read it.',
    from: [],
    severity: 'blocker',
    how: 'person',
    slice: 'sha256:s',
    verify: { signoff: { role: 'reviewer', count: 2 } },
  } as unknown as Check
  const change = { source: 'folder', digest: 'sha256:c' } as const
  const said = (by: string, answer: string, more: object = {}) =>
    newEntry(
      [],
      'signed-off',
      { workItem: 'W-1', check: 'C-1', answer, observation: 'Read.', slice: 'sha256:s', change: 'sha256:c', ...more },
      { at: '2026-11-22T16:00:00Z', by },
    )
  const people = (...entries: readonly ReturnType<typeof said>[]) =>
    peopleOn(check, {
      checklist: { id: 'L-1', workItem: 'W-1', slice: 'sha256:s' },
      ledger: { entries, heads: [], ok: true, problems: [] },
      change,
    })

  it('nobody yet', () => expect(people()).toMatchObject({ yes: 0, missing: 2, answers: [] }))
  it('one person twice is one person', () =>
    expect(people(said('anna', 'cannotTell'), said('anna', 'pass'))).toMatchObject({ yes: 1, missing: 1 }))
  it('two people, in the order in which they answered', () => {
    const both = people(said('anna', 'pass'), said('ben', 'pass'))
    expect(both.missing).toBe(0)
    expect(both.answers.map(one => one.by)).toEqual(['anna', 'ben'])
  })
  it('an answer about other code is shown and does not count', () => {
    const old = people(said('anna', 'pass', { change: 'sha256:other' }))
    expect(old).toMatchObject({ yes: 0, missing: 2 })
    expect(old.answers[0]?.stale).toBe('the code changed since')
  })
  it('an answer is signed where a key vouches for its entry, and no name written by somebody takes it back', () => {
    const signed = said('anna', 'cannotTell')
    const signers = new Map([[signed.hash, { name: 'anna', email: 'anna@example.org', roles: ['reviewer'] }]])
    const ledger = { entries: [signed, said('anna', 'pass')], heads: [], ok: true, problems: [] }
    const found = peopleOn(check, { checklist: { id: 'L-1', workItem: 'W-1', slice: 'sha256:s' }, ledger, change, signers })
    expect(found.answers.map(one => [one.answer, one.signed])).toEqual([['cannotTell', true]])
  })
})
