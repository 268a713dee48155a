import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkOn, EVIDENCE, ExampleRepository, notPassing } from './example-repository.ts'

let repo: ExampleRepository
beforeAll(() => {
  repo = ExampleRepository.begin()
}, 60_000)
afterAll(() => repo.remove())

/** One story, told in order: each step stands on the one before. */
describe('a change of the example repository, from prompt to merge', () => {
  test('nothing made, nothing proven', () => {
    repo.prompt()
    expect(repo.verify()).toMatchObject({ code: 2, verdict: 'inconclusive' })
  }, 60_000)

  test('the change with its defect fails, and the failing test is named', () => {
    repo.change()
    repo.collect(EVIDENCE.broken)
    const judged = repo.verify()
    expect(judged).toMatchObject({ code: 1, verdict: 'fail' })
    expect(checkOn(judged, /debit the account of the session/).sentence).toContain("denies a debit of another customer's account")
    expect(checkOn(judged, /say which tool helped/)).toMatchObject({ verdict: 'pass' })
  }, 60_000)

  test('the correction with the evidence of before proves nothing', () => {
    repo.fix()
    const judged = repo.verify()
    expect(judged).toMatchObject({ code: 2, verdict: 'inconclusive' })
    expect(checkOn(judged, /debit the account of the session/).reason).toBe('stale-commit')
  }, 60_000)

  test('with evidence of its own only people are missing', () => {
    repo.collect(EVIDENCE.fixed)
    const judged = repo.verify()
    expect(judged).toMatchObject({ code: 2, counts: { fail: 0 } })
    expect(notPassing(judged).filter(line => !/^inconclusive (?:missing|cannot-tell): /.test(line))).toEqual([])
  }, 60_000)

  test('one of two answers is not enough; both are, and nothing rests on a word alone', () => {
    const asked = repo.checks('person')
    expect(
      repo.sign(
        'Bo',
        asked.filter(({ isForSecurity }) => !isForSecurity).map(({ id }) => id),
      ).code,
    ).toBe(0)
    expect(repo.verify()).toMatchObject({ code: 2, verdict: 'inconclusive' })
    expect(
      repo.sign(
        'Ann',
        asked.map(({ id }) => id),
      ).code,
    ).toBe(0)
    const judged = repo.verify()
    expect(notPassing(judged)).toEqual([])
    expect(judged).toMatchObject({ code: 0, verdict: 'pass', integrity: [] })
    expect(judged.checks.filter(({ selfReported }) => selfReported)).toEqual([])
  }, 60_000)

  test('judged again, elsewhere, at the same time, the record is the same, byte for byte', () => {
    const at = new Date(Date.now() + 60_000).toISOString()
    const elsewhere = repo.copy()
    try {
      const here = repo.record(at)
      expect(JSON.parse(here)).toMatchObject({ verdict: 'pass', at })
      const env = { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', HOME: elsewhere.dir }
      expect(elsewhere.record(at, env)).toBe(here)
    } finally {
      elsewhere.remove()
    }
  }, 60_000)

  test('the same code in another commit keeps every answer; a relevant change drops them', () => {
    repo.commit('Answers')
    expect(repo.verify(), 'a commit of the ledger alone leaves the evidence about the same code').toMatchObject({ code: 0 })
    repo.git('commit', '--quiet', '--amend', '-m', 'Answers, said better')
    expect(checkOn(repo.verify(), /have read all of it/).verdict).toBe('pass')
    repo.git('checkout', '--quiet', 'main')
    repo.write({ 'docs/meanwhile.md': 'Meanwhile.\n' })
    repo.commit('Meanwhile')
    repo.git('checkout', '--quiet', 'topic')
    repo.git('rebase', '--quiet', 'main')
    expect(checkOn(repo.verify(), /have read all of it/).verdict).toBe('pass')
    repo.edit('src/transfers/order.ts', text => `${text}\nexport const more = 1\n`)
    repo.commit('One line more')
    expect(checkOn(repo.verify(), /have read all of it/)).toMatchObject({ verdict: 'inconclusive', reason: 'stale-commit' })
  }, 60_000)
})
