import { describe, expect, test } from 'vitest'
import { type Checklist, deriveChecklist } from '../../../core/checklists/derive.ts'
import { addOwnCheck, ownCheckOf, removeOwnCheck } from '../../../core/checklists/edits.ts'
import { pullRequestTemplate } from '../../../core/checklists/pr-template.ts'
import { checklistSince, countChecksSince, lastChecklist } from '../../../core/checklists/since.ts'
import { matchTaskList } from '../../../core/checklists/task-list.ts'
import { applyChanges } from '../../../core/model/change.ts'
import { newEntry } from '../../../core/model/ledger.ts'
import type { Design } from '../../../core/model/types.ts'
import { AT, ID, PACKS, TRANSFERS } from '../gate/transfers.ts'

function listOf(design: Design): Checklist {
  const result = deriveChecklist(design, PACKS, { workItem: ID.work, at: AT })
  if (!result.ok) throw new Error(result.problems[0].message)
  return result.value
}

const list = listOf(TRANSFERS)
const mitigation = list.checks.flatMap(check => check.from).find(id => id.startsWith('M-')) ?? ''
const added = addOwnCheck(TRANSFERS, { mitigation, statement: 'The limit is asked for at 500.01, not at 500.00.' })
const design = added.ok ? applyChanges(TRANSFERS, added.value) : TRANSFERS

describe('a check of one’s own', () => {
  test('joins the checklist of every threat its mitigation answers', () => {
    const own = listOf(design).checks.filter(check => check.statement.startsWith('The limit is asked'))
    expect(own.length).toBeGreaterThan(0)
    expect(own[0]).toMatchObject({ how: 'person', from: expect.arrayContaining([mitigation]) })
    expect(own[0] && ownCheckOf(design, own[0])?.mitigation).toBe(mitigation)
    expect(list.checks.filter(check => check.group === 'requirement').flatMap(check => ownCheckOf(design, check) ?? [])).toEqual(
      [],
    )
  })

  test('has a key of its first words, another one where these are taken, and leaves by it', () => {
    const keys = Object.keys(design.mitigations[mitigation]?.checks ?? {})
    expect(keys).toContain('the-limit-is-asked-for-at-500-01-not-at-500-00')
    const twice = addOwnCheck(design, { mitigation, statement: 'The limit is asked for at 500.01, not at 500.00!' })
    expect(twice).toMatchObject({ ok: true, value: [{ fields: { [`checks/${keys[0]}-2`]: expect.anything() } }] })
    const gone = removeOwnCheck(design, { mitigation, key: keys[0] ?? '' })
    expect(gone.ok && listOf(applyChanges(design, gone.value)).checks).toEqual(list.checks)
  })

  test('needs a sentence and a mitigation that is there', () => {
    expect(addOwnCheck(TRANSFERS, { mitigation, statement: ' ' })).toMatchObject({ ok: false })
    expect(addOwnCheck(TRANSFERS, { mitigation: 'M-N0NE0', statement: 'x' })).toMatchObject({ ok: false })
    expect(removeOwnCheck(TRANSFERS, { mitigation, key: 'none' })).toMatchObject({ ok: false })
    expect(addOwnCheck(TRANSFERS, { mitigation, statement: '§ 5' })).toMatchObject({ ok: true })
  })
})

describe('the checklist since the last verdict', () => {
  const past = (record: unknown) => newEntry([], 'verdict', { workItem: ID.work, record }, { at: AT, by: 'reviewer' })
  const last = lastChecklist(ID.work, { entries: [past({ slice: list.slice, checks: list.checks })] })

  test('is the same while the design is', () => {
    expect(last && checklistSince(last, list)).toEqual({ isSame: true, added: [], gone: [], reworded: [] })
  })

  test('tells what came, what is kept for history, and whose words are others', () => {
    if (!last) throw new Error('no checklist')
    const since = checklistSince(last, listOf(design))
    expect(since.isSame).toBe(false)
    expect(since.added.every(check => check.statement.startsWith('The limit is asked'))).toBe(true)
    const [first, ...rest] = list.checks
    const shorter = checklistSince(last, { slice: 'other', checks: rest })
    expect(shorter.gone.map(check => check.id)).toEqual([first?.id])
    const other = checklistSince(last, { slice: 'other', checks: list.checks.map(check => ({ ...check, statement: 'x' })) })
    expect(countChecksSince(other)).toBe(list.checks.length)
  })

  test('nothing is made up where the ledger holds no verdict, or one in another form', () => {
    expect(lastChecklist(ID.work, { entries: [] })).toBeUndefined()
    expect(lastChecklist(ID.work, { entries: [past(null)] })).toBeUndefined()
    expect(lastChecklist(ID.work, { entries: [past({ slice: 'a', checks: [{ id: 7 }, null] })] })?.checks).toEqual([])
  })
})

test('the pull request template brings every id back', () => {
  const text = pullRequestTemplate(TRANSFERS, list)
  expect(matchTaskList(list, text).ok).toBe(true)
  expect(text).toContain('### Which tool helped')
})
