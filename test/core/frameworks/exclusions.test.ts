import { describe, expect, test } from 'vitest'
import { confirmExclusion, excludeEntry, withdrawExclusion } from '../../../core/frameworks/edits.ts'
import { exclusionId, exclusionProblems } from '../../../core/frameworks/exclusions.ts'
import type { FrameworkRow } from '../../../core/frameworks/types.ts'
import { restWords } from '../../../core/frameworks/words.ts'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { designDigest } from '../../../core/model/digest.ts'
import { mergeDesigns } from '../../../core/model/merge-three.ts'
import { parseFolder } from '../../../core/model/parse.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Design, Exclusion, Stamp } from '../../../core/model/types.ts'
import { folderOf } from '../../../core/model/write.ts'
import type { Result } from '../../../core/support/result.ts'
import { builtinFrameworks } from '../../../packs/frameworks.ts'
import { AT, STAMP, TRANSFERS } from '../gate/transfers.ts'
import { FULL } from '../model/samples.ts'
import { coverageOf, provenLedger } from './judged.ts'

const ASVS = 'owasp-asvs'
/** Rows of the transfers: one that nothing answers, one that is answered, one that no design tool can show. */
const OPEN = 'V4.3.1'
const ANSWERED = 'V8.2.2'
const OUTSIDE = (() => {
  const covered = coverageOf(TRANSFERS).frameworks
  const found = covered.flatMap(({ id, rows }) => rows.flatMap(row => (row.state === 'outside' ? [{ id, row }] : [])))[0]
  if (!found) throw new Error('no row is outside')
  return { framework: found.id, entry: found.row.id, why: found.row.outside }
})()
const REASON = 'Nothing here speaks GraphQL.'
const AI: Stamp = { ...STAMP, kind: 'ai', by: 'assistant' }

function done(design: Design, edit: Result<readonly Change[]>): Design {
  if (!edit.ok) throw new Error(edit.problems[0].message)
  return applyChanges(design, edit.value)
}

type More = { readonly framework?: string; readonly reason?: string; readonly expires?: string }

const excluding = (design: Design, entry: string, { framework = ASVS, reason = REASON, ...more }: More = {}, stamp = STAMP) =>
  excludeEntry(design, { framework, entry, reason, frameworks: builtinFrameworks, ...more }, stamp)
const excluded = (design: Design, entry: string, more: More = {}, stamp = STAMP) =>
  done(design, excluding(design, entry, more, stamp))

function rowIn(design: Design, entry: string, framework = ASVS, entries = provenLedger(TRANSFERS)): FrameworkRow | undefined {
  return coverageOf(design, entries)
    .frameworks.find(one => one.id === framework)
    ?.rows.find(one => one.id === entry)
}

/** The row as a file, a merge or a peer might bring it in. */
const withRow = (row: Partial<Exclusion>): Design =>
  applyChanges(TRANSFERS, [
    {
      kind: 'put',
      table: 'exclusions',
      row: {
        ...{ id: exclusionId(row.framework ?? ASVS, row.entry ?? OPEN), framework: ASVS, entry: OPEN, reason: REASON },
        ...{ provenance: { kind: 'human', at: AT, by: 'architect' } },
        ...row,
      },
    },
  ])

describe('a row that a person calls not applicable', () => {
  test('is not applicable, with reason, person and day', () => {
    const row = rowIn(excluded(TRANSFERS, OPEN, { expires: '2027-01-31' }), OPEN)
    expect(row).toMatchObject({
      state: 'notApplicable',
      excluded: { reason: REASON, by: 'architect', at: AT, expires: '2027-01-31', standing: 'counts' },
    })
    expect(rowIn(TRANSFERS, OPEN)).toMatchObject({ state: 'notAddressed' })
  })

  test('is counted as that', () => {
    const totals = (design: Design) => coverageOf(design).frameworks.find(({ id }) => id === ASVS)?.totals
    const [before, after] = [totals(TRANSFERS), totals(excluded(TRANSFERS, OPEN))]
    expect(after).toEqual({
      ...before,
      notAddressed: (before?.notAddressed ?? 0) - 1,
      notApplicable: (before?.notApplicable ?? 0) + 1,
    })
  })

  test('keeps its state where something answers it, and says that the two contradict each other', () => {
    for (const [entries, state] of [
      [[], 'planned'],
      [provenLedger(TRANSFERS), 'proven'],
    ] as const) {
      const row = rowIn(excluded(TRANSFERS, ANSWERED), ANSWERED, ASVS, entries)
      expect(row).toMatchObject({ state, excluded: { standing: 'contradicted' } })
      expect(row?.remarks).toContain('contradicted')
    }
  })

  test('that was outside is not applicable too, and both reasons stand', () => {
    const { framework, entry, why } = OUTSIDE
    const row = rowIn(excluded(TRANSFERS, entry, { framework }), entry, framework)
    expect(row).toMatchObject({ state: 'notApplicable', outside: why, excluded: { reason: REASON, standing: 'counts' } })
  })

  test('that the drawing says no to is so by both', () => {
    const elements = Object.fromEntries(
      rowsOf(TRANSFERS.elements).map(row => [row.id, { ...row, attributes: { isAiModel: 'no', isAiAgent: 'no' } as const }]),
    )
    const design = excluded({ ...TRANSFERS, elements }, 'LLM07:2025', { framework: 'owasp-llm-top-10' })
    expect(rowIn(design, 'LLM07:2025', 'owasp-llm-top-10')).toMatchObject({
      ...{ state: 'notApplicable', without: ['isAiModel', 'isAiAgent'] },
      excluded: { standing: 'counts' },
    })
  })

  test('asks again from the day on that was set', () => {
    const design = withRow({ expires: '2026-11-22' })
    expect(rowIn(design, OPEN)).toMatchObject({
      ...{ state: 'notAddressed', remarks: ['exclusionEnded'] },
      excluded: { standing: 'ended' },
    })
    expect(rowIn(withRow({ expires: '2026-11-23' }), OPEN)?.state).toBe('notApplicable')
  })

  test('counts only once a person stands behind what an AI proposed', () => {
    const proposed = excluded(TRANSFERS, OPEN, {}, AI)
    expect(rowIn(proposed, OPEN)).toMatchObject({
      ...{ state: 'notAddressed', remarks: ['exclusionProposed'] },
      excluded: { standing: 'proposed' },
    })
    expect(confirmExclusion(proposed, { framework: ASVS, entry: OPEN }, AI)).toMatchObject({ ok: false })
    const confirmed = done(proposed, confirmExclusion(proposed, { framework: ASVS, entry: OPEN }, STAMP))
    expect(rowIn(confirmed, OPEN)).toMatchObject({ state: 'notApplicable', excluded: { by: 'architect', standing: 'counts' } })
    expect(confirmExclusion(confirmed, { framework: ASVS, entry: OPEN }, STAMP)).toMatchObject({ ok: false })
  })

  test('asks again when the decision is withdrawn, and nothing of it is left', () => {
    const design = excluded(TRANSFERS, OPEN)
    const back = done(design, withdrawExclusion(design, { framework: ASVS, entry: OPEN }))
    expect(back.exclusions).toEqual({})
    expect(withdrawExclusion(back, { framework: ASVS, entry: OPEN })).toMatchObject({ ok: false })
  })
})

describe('what is refused', () => {
  test.each([
    ['no reason', OPEN, { reason: ' \n' }, 'exclusion.noReason'],
    ['a reason of nothing to see', OPEN, { reason: '\u200b' }, 'exclusion.noReason'],
    ['a book', OPEN, { reason: 'x'.repeat(4001) }, 'exclusion.longReason'],
    ['a framework that is not there', OPEN, { framework: 'owasp-asvs-4' }, 'frameworks.unknown'],
    ['an entry that is not there', 'V99.1', {}, 'frameworks.unknownEntry'],
    ['no day', OPEN, { expires: '2027-02-30' }, 'exclusion.until'],
    ['a day that has come', OPEN, { expires: '2026-11-22' }, 'exclusion.until'],
  ])('%s', (_what, entry, more, code) => {
    const edit = excluding(TRANSFERS, entry, more)
    expect(edit).toMatchObject({ ok: false, problems: [{ code }] })
    if (!edit.ok) expect(edit.problems[0].cure).toMatch(/\S/)
  })

  test('an entry written a little otherwise is told its name', () => {
    const edit = excluding(TRANSFERS, 'art.15', { framework: 'eu-ai-act' })
    expect(edit).toMatchObject({ ok: false, problems: [{ cure: 'Did you mean "Art. 15"?' }] })
  })

  test('an AI that would decide about what is decided', () => {
    expect(excluding(excluded(TRANSFERS, OPEN), OPEN, {}, AI)).toMatchObject({ ok: false, problems: [{ code: 'exclusion.ai' }] })
  })
})

describe('a decision that no row can show', () => {
  test.each([
    ['a framework of a newer program', { framework: 'new-one', entry: 'N.1' }, 'exclusion.noFramework', '/framework'],
    ['an entry of a newer pack', { entry: 'V99.9.9' }, 'exclusion.noEntry', '/entry'],
    ['one under the id of another', { id: exclusionId(ASVS, 'V1.1.1') }, 'exclusion.misfiled', '/id'],
    ['one without a reason', { reason: '  ' }, 'exclusion.noReason', '/reason'],
    ['one of nobody', { provenance: { kind: 'human', at: AT } as const }, 'exclusion.nobody', '/provenance'],
    ['one until no day', { expires: '2027-13-01' }, 'exclusion.noDay', '/expires'],
  ] as const)('%s is one problem with its place and a cure, and does not count', (_what, row, code, field) => {
    const design = withRow(row)
    const [id] = Object.keys(design.exclusions)
    const problems = exclusionProblems(design, builtinFrameworks)
    expect(problems).toMatchObject([{ code, severity: 'warning', at: `exclusions/${id}.json:${field}` }])
    expect(problems[0]?.cure).toMatch(/\S/)
    expect(coverageOf(design)).toEqual(coverageOf(TRANSFERS))
    const { framework = ASVS, entry = OPEN } = row as Partial<Exclusion>
    expect(done(design, withdrawExclusion(design, { framework, entry })).exclusions).toEqual({})
  })

  test('texts of others reach no terminal as they are', () => {
    const hidden = '\u001b[31m\u202egnorw'
    const [problem] = exclusionProblems(withRow({ framework: hidden, entry: hidden }), builtinFrameworks)
    const provenance = { kind: 'human', at: AT, by: hidden } as const
    const row = rowIn(withRow({ reason: `${hidden}\nsecond line`, provenance }), OPEN)
    const told = [problem?.message, problem?.cure, ...(row ? restWords(row) : [])].join('')
    expect(told).toContain('second line')
    expect(told).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })

  test('one that a row shows is no problem', () => {
    expect(exclusionProblems(excluded(excluded(TRANSFERS, OPEN), ANSWERED), builtinFrameworks)).toEqual([])
  })
})

describe('in the folder', () => {
  const whole: Design = { ...FULL, exclusions: {} }
  const folderWith = (design: Design, path: string, text: string) => parseFolder(new Map(folderOf(design)).set(path, text))

  test('it is one file for each entry, which reads back', () => {
    const design = excluded(excluded(whole, OPEN), ANSWERED)
    const files = folderOf(design)
    expect([...files.keys()].filter(path => path.startsWith('exclusions/'))).toHaveLength(2)
    expect(parseFolder(files)).toMatchObject({ ok: true, value: { design, problems: [] } })
  })

  test('it changes no digest: no prompt, check or verdict was made from it', () => {
    expect(designDigest(excluded(TRANSFERS, OPEN))).toBe(designDigest(TRANSFERS))
    expect(designDigest({ ...EMPTY_DESIGN })).toBe(designDigest(excluded(EMPTY_DESIGN, OPEN)))
  })

  test('one that fits no schema is refused with file and place', () => {
    const id = exclusionId(ASVS, OPEN)
    const read = folderWith(whole, `exclusions/${id}.json`, JSON.stringify({ id, framework: ASVS, entry: OPEN }))
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'schema.invalid', at: `exclusions/${id}.json` }] })
  })

  test('two people who decide about different entries merge without a conflict; about one entry it is a conflict', () => {
    const other: Stamp = { ...STAMP, by: 'security lead' }
    const mine = excluded(TRANSFERS, OPEN)
    const both = mergeDesigns(TRANSFERS, mine, excluded(TRANSFERS, ANSWERED, {}, other))
    expect(both.conflicts).toEqual([])
    expect(Object.keys(both.merged.exclusions)).toHaveLength(2)
    const against = mergeDesigns(TRANSFERS, mine, excluded(TRANSFERS, OPEN, { reason: 'No.' }, other))
    expect(against.conflicts.map(({ table, field }) => [table, field])).toContainEqual(['exclusions', 'reason'])
    expect(rowsOf(against.merged.exclusions)).toHaveLength(1)
    const same = mergeDesigns(TRANSFERS, mine, mine)
    expect(same.conflicts).toEqual([])
  })
})
