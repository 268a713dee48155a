import { describe, expect, test } from 'vitest'
import { digestOf } from '../../../core/model/digest.ts'
import { newEntry } from '../../../core/model/ledger.ts'
import type { SignoffMatcher } from '../../../schemas/generated/types.ts'
import { AT, answered, changeOf, checkOf, itemOf, judge, junit, ledgerOf, outcome, testcase } from './scenes.ts'

const person = (rest: object = {}) => checkOf(undefined, { how: 'person', ...rest })
const asks = (rest: Partial<SignoffMatcher>) => checkOf({ signoff: { role: 'security', count: 1, ...rest } }, { how: 'person' })
const CHANGE = digestOf('change')
const author = [{ id: 'a'.repeat(40), author: 'Developer', email: 'dev@example.org', trailers: [] }]

describe('answers of people', () => {
  test.each([
    ['nobody', person(), [], 'missing'],
    ['yes', person(), [answered('reviewer', {})], 'pass'],
    ['no', person(), [answered('reviewer', { answer: 'fail' })], 'fail'],
    ['cannot tell', person(), [answered('reviewer', { answer: 'cannotTell' })], 'cannot-tell'],
    [
      'no, then yes',
      person(),
      [answered('reviewer', { answer: 'fail' }), answered('reviewer', {}, '2026-11-22T17:00:00Z')],
      'pass',
    ],
    [
      'yes, then no',
      person(),
      [answered('reviewer', {}), answered('reviewer', { answer: 'fail' }, '2026-11-22T17:00:00Z')],
      'fail',
    ],
    ['one yes, one no', person(), [answered('a', {}), answered('b', { answer: 'fail' })], 'fail'],
    ['one yes, one cannot tell', person(), [answered('a', {}), answered('b', { answer: 'cannotTell' })], 'pass'],
    ['of another check', person(), [answered('reviewer', { check: 'C-00000002' })], 'missing'],
    ['of another work item', person(), [answered('reviewer', { workItem: 'W-00002' })], 'missing'],
    ['nonsense', person(), [answered('reviewer', { answer: 'maybe' })], 'missing'],
    ['of an older design', person(), [answered('reviewer', { slice: digestOf('old') })], 'stale-model'],
    ['a no of an older design', person(), [answered('reviewer', { answer: 'fail', slice: digestOf('old') })], 'missing'],
    ['unsigned where a signature is asked', person({ allowSelfReported: false }), [answered('reviewer', {})], 'self-reported'],
    [
      'a blocker without an observation',
      person({ severity: 'blocker' }),
      [answered('reviewer', { observation: ' ' })],
      'missing',
    ],
    ['a blocker with one', person({ severity: 'blocker' }), [answered('reviewer', {})], 'pass'],
    ['two asked, one came', asks({ count: 2 }), [answered('a', {})], 'missing'],
    [
      'two asked, the same one twice',
      asks({ count: 2 }),
      [answered('a', {}), answered('a', {}, '2026-11-22T17:00:00Z')],
      'missing',
    ],
    ['two asked, two came', asks({ count: 2 }), [answered('a', {}), answered('b', {})], 'pass'],
    ['the role asked for', asks({}), [answered('a', { role: 'security' })], 'pass'],
    ['another role', asks({}), [answered('a', { role: 'design' })], 'missing'],
    ['too old', asks({ expires: 'P7D' }), [answered('a', {}, '2026-11-01T00:00:00Z')], 'stale-time'],
    ['young enough', asks({ expires: 'P30D' }), [answered('a', {}, '2026-11-01T00:00:00Z')], 'pass'],
  ])('%s', (_name, check, entries, expected) => {
    expect(outcome(judge(check, [], { ledger: ledgerOf(...entries) }))).toBe(expected)
  })
})

describe('answers and the code they are about', () => {
  const ledger = ledgerOf(answered('reviewer', { change: CHANGE }))
  test('hold for the code that was looked at, and for no other', () => {
    expect(outcome(judge(person(), [], { ledger, change: changeOf({ digest: CHANGE }) }))).toBe('pass')
    expect(outcome(judge(person(), [], { ledger, change: changeOf({ digest: digestOf('other') }) }))).toBe('stale-commit')
    expect(outcome(judge(person(), [], { ledger }))).toBe('unbound')
  })
  test('a signed answer that names no code is unbound', () => {
    const entry = answered('reviewer', {})
    expect(outcome(judge(person(), [], { ledger: ledgerOf(entry), signed: new Set([entry.hash]) }))).toBe('unbound')
  })
})

describe('who may not answer', () => {
  const by = (
    name: string,
    notBy: SignoffMatcher['notBy'] & {},
    change = changeOf({ commits: author }),
    ...more: ReturnType<typeof answered>[]
  ) => outcome(judge(asks({ notBy }), [], { ledger: ledgerOf(answered(name, {}), ...more), change }))
  const issued = newEntry([], 'prompt-issued', { workItem: 'W-00001' }, { at: AT, by: 'Prompter' })
  const collected = newEntry([], 'collected', { slot: 'unit' }, { at: AT, by: 'Runner' })

  test('the author of the change, by name or address', () => {
    expect(by('developer', ['commit.author'])).toBe('missing')
    expect(by('DEV@example.org', ['commit.author'])).toBe('missing')
    expect(by('reviewer', ['commit.author'])).toBe('pass')
  })
  test('when nobody knows who wrote the change, a word is taken and a signature is not enough', () => {
    expect(by('reviewer', ['commit.author'], changeOf())).toBe('pass')
    const entry = answered('reviewer', { change: CHANGE })
    const strict = { ...asks({ notBy: ['commit.author'] }), allowSelfReported: false }
    const signed = { ledger: ledgerOf(entry), signed: new Set([entry.hash]) }
    expect(outcome(judge(strict, [], { ...signed, change: changeOf({ digest: CHANGE }) }))).toBe('missing')
    expect(outcome(judge(strict, [], { ...signed, change: changeOf({ digest: CHANGE, commits: author }) }))).toBe('pass')
  })
  test('the author of the prompt and whoever made the evidence', () => {
    expect(by('prompter', ['prompt.author'], changeOf(), issued)).toBe('missing')
    expect(by('reviewer', ['prompt.author'], changeOf(), issued)).toBe('pass')
    expect(by('runner', ['evidence.producer'], changeOf(), collected)).toBe('missing')
  })
})

describe('who had a hand in the change', () => {
  const commits = [
    {
      ...{ id: 'a'.repeat(40), author: 'Developer', email: 'dev@example.org' },
      committer: { name: 'Merger', email: 'merger@example.org' },
      trailers: [{ name: 'co-authored-by', value: 'Pair <pair@example.org>' }],
    },
  ]
  const collected = newEntry([], 'collected', { slot: 'unit' }, { at: AT, by: 'Runner' })
  const signedBy = (name: string, email = '') => {
    const entry = answered(name, { change: CHANGE })
    const strict = checkOf({ signoff: { role: 'reviewer', count: 1 } }, { how: 'person', allowSelfReported: false })
    return outcome(
      judge(strict, [], {
        ledger: ledgerOf(collected, entry),
        signed: new Set([entry.hash]),
        signers: new Map([[entry.hash, { name, email, roles: ['reviewer'] }]]),
        change: changeOf({ digest: CHANGE, commits }),
      }),
    )
  }
  test.each([
    ['somebody else', 'Reviewer', 'reviewer@example.org', 'pass'],
    ['the author', 'Developer', '', 'missing'],
    ['the author under another name', 'Somebody', 'dev@example.org', 'missing'],
    ['the committer', 'Merger', '', 'missing'],
    ['a co-author', 'Pair', '', 'missing'],
    ['a co-author by address', 'Somebody', 'pair@example.org', 'missing'],
    ['whoever made the evidence', 'Runner', '', 'missing'],
    ['a bot by its address', 'Somebody', 'x[bot]@users.noreply.github.com', 'missing'],
  ])('%s', (_name, name, email, expected) => expect(signedBy(name, email)).toBe(expected))
})

describe('questions', () => {
  const questions = ['Is the owner check in the query?', 'What happens on a denial?']
  const saying = (...answers: readonly string[]) =>
    outcome(
      judge(asks({ role: 'reviewer', questions }), [], {
        ledger: ledgerOf(answered('reviewer', { answers: answers.map((answer, at) => ({ question: questions[at], answer })) })),
      }),
    )
  test.each([
    ['each answered', ['Yes, in line 12.', 'It is logged.'], 'pass'],
    ['one left out', ['Yes, in line 12.'], 'missing'],
    ['one empty', ['Yes, in line 12.', ' . '], 'missing'],
    ['the question said back', ['Is the owner check in the query', 'It is logged.'], 'missing'],
    ['the same twice', ['It is fine.', 'it is fine'], 'missing'],
  ])('%s', (_name, answers, expected) => expect(saying(...answers)).toBe(expected))
})

describe('the clock', () => {
  const later = newEntry([], 'verdict', {}, { at: '2026-12-24T00:00:00Z', by: 'Runner' })
  test('that is put back keeps no answer young', () => {
    const check = asks({ role: 'reviewer', expires: 'P7D' })
    const old = answered('reviewer', {}, '2026-11-20T00:00:00Z')
    expect(outcome(judge(check, [], { ledger: ledgerOf(old) }))).toBe('pass')
    expect(outcome(judge(check, [], { ledger: ledgerOf(old, later) }))).toBe('stale-time')
  })
  test('has not come to a report from the future', () => {
    const unit = itemOf('unit.xml', junit(testcase('a')), { endedAt: '2026-12-24T00:00:00Z' })
    expect(outcome(judge(checkOf({ tests: { from: { slot: 'unit' }, match: ['*'], min: 1 } }), [unit]))).toBe('stale-time')
  })
})

describe('separation of duties', () => {
  const issued = newEntry([], 'prompt-issued', { workItem: 'W-00001' }, { at: AT, by: 'Prompter' })
  const elsewhere = newEntry([], 'prompt-issued', { workItem: 'W-00002' }, { at: AT, by: 'Prompter' })
  const answeredBy = (name: string, context: object = {}, ...more: ReturnType<typeof answered>[]) =>
    outcome(judge(person(), [], { ledger: ledgerOf(answered(name, {}), ...more), ...context }))

  test('whoever asked for the change does not review it, though the check does not say so', () => {
    expect(answeredBy('prompter', {}, issued)).toBe('missing')
    expect(answeredBy('prompter', {}, elsewhere)).toBe('pass')
  })
  test.each([
    'dependabot[bot]',
    '1234+helper[bot]@users.noreply.github.com',
    'Claude Code',
    'noreply@anthropic.com',
    'Our-Tool ',
  ])('a tool never counts as a reviewer: %s', name => expect(answeredBy(name, { tools: ['our-tool'] })).toBe('missing'))
  test.each(['Claude Martin', 'Claude', 'Devin', 'Agent Smith', 'robot'])('a person who is called like one does: %s', name => {
    expect(answeredBy(name, { tools: ['our-tool'] })).toBe('pass')
  })
  test("a tool's no stops a check as anybody's does", () => {
    const ledger = ledgerOf(answered('dependabot[bot]', { answer: 'fail' }))
    expect(outcome(judge(person(), [], { ledger }))).toBe('fail')
  })
})

describe('people and machines', () => {
  const machine = checkOf({ tests: { from: { slot: 'unit' }, match: ['*'], min: 1 } })
  const unit = itemOf('unit.xml', junit(testcase('a')))
  test("anybody's no stops a check that a machine passes", () => {
    expect(outcome(judge(machine, [unit], { ledger: ledgerOf(answered('reviewer', { answer: 'fail' })) }))).toBe('fail')
  })
  test('a yes does not help a machine', () => {
    expect(outcome(judge(machine, [], { ledger: ledgerOf(answered('reviewer', {})) }))).toBe('missing')
  })
  test('a check by a person that names a test needs both', () => {
    const both = checkOf(machine.verify, { how: 'person' })
    const ledger = ledgerOf(answered('reviewer', {}))
    expect(outcome(judge(both, [unit]))).toBe('missing')
    expect(outcome(judge(both, [], { ledger }))).toBe('missing')
    expect(outcome(judge(both, [unit], { ledger }))).toBe('pass')
  })
  test('a machine without a predicate decides nothing', () => expect(outcome(judge(checkOf(undefined)))).toBe('missing'))
})

describe('waivers', () => {
  const waived = (by: string, rest: object = {}) =>
    newEntry(
      [],
      'waived',
      { workItem: 'W-00001', check: 'C-00000001', reason: 'Replaced next week.', until: '2026-12-01', ...rest },
      { at: AT, by },
    )
  const two = (rest: object = {}) => [waived('a', rest), waived('b', rest)]
  const under = (entries: readonly ReturnType<typeof waived>[], signed = entries) =>
    outcome(
      judge(person(), [], {
        ledger: ledgerOf(...entries),
        signed: new Set(signed.map(({ hash }) => hash)),
        change: changeOf({ commits: author }),
      }),
    )
  test.each([
    ['by two people', two(), 'waived'],
    ['not applicable, by two people', two({ kind: 'not-applicable' }), 'not-applicable'],
    ['by one', [waived('a')], 'missing'],
    ['by one twice', [waived('a'), waived('a', { reason: 'Again.' })], 'missing'],
    ['by the author of the change', [waived('a'), waived('developer')], 'missing'],
    ['ended', two({ until: '2026-11-21' }), 'missing'],
    ['without an end', two({ until: undefined }), 'missing'],
    ['for longer than is allowed', two({ until: '2027-06-01' }), 'missing'],
    ['without a reason', two({ reason: ' ' }), 'missing'],
    ['that do not agree on what they are', [waived('a'), waived('b', { kind: 'not-applicable' })], 'missing'],
  ])('%s', (_name, entries, expected) => expect(under(entries)).toBe(expected))
  test('unsigned ones count for nothing', () => {
    expect(under(two(), [])).toBe('missing')
    expect(under(two(), [waived('a')])).toBe('missing')
  })
})

describe('who signed', () => {
  const COMMITTED = changeOf({ digest: CHANGE, commits: author })
  const key = (rest: object = {}) => ({ name: 'Ann', email: 'ann@example.org', roles: ['security'], ...rest })
  const said = (answer: string, at: string, rest: object = {}) => answered('Ann', { answer, change: CHANGE, ...rest }, at)
  const [early, late] = ['2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z']
  const strict = (rest: Partial<SignoffMatcher> = {}) => ({ ...asks(rest), allowSelfReported: false })
  const under = (
    check: ReturnType<typeof person>,
    entries: readonly ReturnType<typeof said>[],
    signers: ReadonlyMap<string, ReturnType<typeof key>>,
  ) => outcome(judge(check, [], { ledger: ledgerOf(...entries), change: COMMITTED, signed: new Set(signers.keys()), signers }))

  test.each([
    ['by a key of the role', key(), strict(), 'pass'],
    ['by a key of another role', key({ roles: ['reviewer'] }), strict(), 'missing'],
    ['by a key of another role, where words are enough', key({ roles: ['reviewer'] }), asks({}), 'pass'],
    [
      'by the author of the change under another name',
      key({ email: 'DEV@example.org' }),
      strict({ notBy: ['commit.author'] }),
      'missing',
    ],
    ['by the author of the change, though the check forgets to say so', key({ email: 'dev@example.org' }), strict(), 'missing'],
  ])('%s', (_name, signer, check, expected) => {
    const yes = said('pass', early)
    expect(under(check, [yes], new Map([[yes.hash, signer]]))).toBe(expected)
  })

  test('an unsigned yes takes no signed no back, and an unsigned no stands beside a signed yes', () => {
    const [no, yes] = [said('fail', early), said('pass', late)]
    expect(under(strict(), [no, yes], new Map([[no.hash, key()]]))).toBe('fail')
    const [first, second] = [said('pass', early), said('fail', late)]
    expect(under(strict(), [first, second], new Map([[first.hash, key()]]))).toBe('fail')
  })

  test('a signed yes takes an earlier no back, and an unsigned yes after it is no second person', () => {
    const [no, yes, again] = [said('fail', early), said('pass', late), said('pass', AT, { observation: 'Again.' })]
    const signers = new Map([[yes.hash, key()]])
    expect(under(strict(), [no, yes], signers)).toBe('pass')
    expect(under(asks({ count: 2 }), [yes, again], signers)).toBe('missing')
  })

  test('a waiver by the author of the change under another name does not count', () => {
    const waived = (by: string) =>
      newEntry([], 'waived', { workItem: 'W-00001', check: 'C-00000001', reason: 'x', until: '2027-01-01' }, { at: AT, by })
    const [a, b] = [waived('Ann'), waived('Ben')]
    const verdict = (email: string) =>
      under(
        strict(),
        [a, b],
        new Map([
          [a.hash, key()],
          [b.hash, key({ name: 'Ben', email })],
        ]),
      )
    expect(['ben@example.org', 'Dev@example.org'].map(verdict)).toEqual(['waived', 'missing'])
  })
})
