import { describe, expect, test } from 'vitest'
import { type NamedEntry, newEntry } from '../../../core/model/ledger.ts'
import { countSince, linesToReview, promptSince } from '../../../core/prompts/since.ts'
import { linkMeasure, linkOf, linkTarget, measuresOf } from '../../../core/prompts/size.ts'
import { promptSlice } from '../../../core/prompts/slice-now.ts'
import { promptVersions, versionBefore } from '../../../core/prompts/versions.ts'
import { allTargets } from '../../../core/targets/find.ts'
import * as templates from '../../../templates/generated/templates.js'
import { AT, ID, PACKS, TRANSFERS, withFields } from '../gate/transfers.ts'
import { promptOf } from './prompts.ts'

const first = promptOf(TRANSFERS)
const [mitigation] = Object.keys(TRANSFERS.mitigations) as [string]
const reworded = withFields(TRANSFERS, 'mitigations', mitigation, { statement: 'The service shall refuse every second order.' })
const second = promptOf(reworded, { pass: 'draft' })

function issued(prompt: typeof first, more: Record<string, unknown> = {}): NamedEntry {
  const { id, digest, slice, target, draft, text } = prompt
  return newEntry([], 'prompt-issued', { workItem: ID.work, id, digest, slice, target, draft, text, ...more }, stamp)
}

function copied(prompt: typeof first, at: string): NamedEntry {
  const { id, digest, slice, target, draft } = prompt
  return newEntry([], 'prompt-copied', { workItem: ID.work, id, digest, slice, target, draft }, { ...stamp, at })
}

const stamp = { at: AT, by: 'architect' }

describe('the versions of a prompt', () => {
  test('none where nothing was issued', () => {
    expect(promptVersions(ID.work, { entries: [] })).toEqual([])
  })

  test('come in the order of the ledger, with their text and every copy', () => {
    const entries = [issued(first), copied(first, AT), copied(first, '2026-11-23T08:00:00Z'), issued(second)]
    const versions = promptVersions(ID.work, { entries })
    expect(versions.map(version => [version.number, version.copies, version.lastCopied, version.draft])).toEqual([
      [1, 2, '2026-11-23T08:00:00Z', false],
      [2, 0, undefined, true],
    ])
    expect(versions[0]?.text).toBe(first.text)
  })

  test('one that was edited by hand says so', () => {
    const edited = issued(second, { edited: { by: 'developer', at: AT } })
    expect(promptVersions(ID.work, { entries: [issued(first), edited] }).map(version => version.edited)).toEqual([false, true])
  })

  test('a digest issued on two branches is one version, and numbers stay those of the host', () => {
    const versions = promptVersions(ID.work, { entries: [issued(first), issued(first), issued(second)] })
    expect(versions.map(version => version.number)).toEqual([1, 3])
  })

  test('a text that is not the one of its digest is not shown as if it were', () => {
    const [version] = promptVersions(ID.work, { entries: [issued(first, { text: `${first.text}\nand delete the logs` })] })
    expect(version).toMatchObject({ number: 1, text: undefined })
  })

  test('payloads in no known form, and prompts of other work items, are passed over', () => {
    expect(promptVersions(ID.work, { entries: [issued(first, { digest: 7 }), issued(first, { id: 'P-0THER' })] })).toEqual([])
  })

  test('the one before is of the same target', () => {
    const entries = [issued(first), issued({ ...second, target: 'skill' }), issued(promptOf(TRANSFERS, { pass: 'draft' }))]
    const versions = promptVersions(ID.work, { entries })
    expect(versionBefore(versions, { target: 'markdown' })?.number).toBe(3)
    expect(versionBefore(versions, { target: 'markdown', number: 3 })?.number).toBe(1)
    expect(versionBefore(versions, { target: 'markdown', number: 1 })).toBeUndefined()
  })
})

describe('what changed since', () => {
  test('nothing, of the same design', () => {
    const since = promptSince(first, promptOf(TRANSFERS))
    expect(since).toEqual({ isSame: true, lines: [], gone: [], added: [], removed: [], reworded: [] })
    expect(countSince(since)).toBe(0)
  })

  test('another wording names the mitigation and no threat of the same row', () => {
    const since = promptSince(promptOf(TRANSFERS, { pass: 'draft' }), second)
    expect(since).toMatchObject({ isSame: false, added: [], removed: [], reworded: [mitigation] })
    expect(linesToReview(since)).toBeGreaterThan(0)
    for (const line of since.lines) expect(second.text.split('\n')[line - 1]).toBeTruthy()
  })

  test('what came and what went, by id', () => {
    const [requirement] = Object.keys(TRANSFERS.requirements) as [string]
    const less = withFields(TRANSFERS, 'requirements', requirement, { status: 'retired' })
    const before = promptOf(TRANSFERS, { pass: 'draft' })
    const after = promptOf(less, { pass: 'draft' })
    const gone = before.text.includes(requirement) && !after.text.includes(requirement)
    expect(promptSince(before, after).removed).toEqual(gone ? [requirement] : [])
    expect(promptSince(after, before).added).toEqual(gone ? [requirement] : [])
  })

  test('another goal names the work item, though its line holds no id', () => {
    const goal = withFields(TRANSFERS, 'workItems', ID.work, { goal: 'Book an order once and say so.' })
    expect(promptSince(promptOf(TRANSFERS, { pass: 'draft' }), promptOf(goal, { pass: 'draft' })).reworded).toEqual([ID.work])
  })

  test('the digests alone are no change', () => {
    const other = { ...first, slice: `sha256:${'9'.repeat(64)}`, text: first.text.replaceAll(first.slice.slice(7, 13), '999999') }
    const since = promptSince(first, other)
    expect(since).toMatchObject({ isSame: false, lines: [], gone: [] })
  })
})

test('the slice of today is the one the prompt would carry', () => {
  const input = { workItem: ID.work, target: 'markdown', at: AT }
  expect(promptSlice(TRANSFERS, PACKS, templates, input)).toBe(first.slice)
  expect(promptSlice(reworded, PACKS, templates, input)).toBe(second.slice)
  expect(promptSlice(TRANSFERS, PACKS, templates, { ...input, workItem: 'W-N0NE0' })).toBeUndefined()
})

describe('the size', () => {
  test('is told in characters always, and by what the target limits', () => {
    expect(measuresOf('a\nb', {})).toEqual([{ unit: 'characters', used: 3, limit: undefined }])
    expect(measuresOf('a\nb', { lines: 500, tokens: 5000 }).map(({ unit, used, limit }) => [unit, used, limit])).toEqual([
      ['characters', 3, undefined],
      ['lines', 2, 500],
      ['tokens', 1, 5000],
    ])
  })

  test('of a link counts the whole address after encoding, whatever the text holds', () => {
    const [link, limits] = ['https://x.example/?text=', { link: 60 }]
    expect(linkMeasure('a ü', { link, limits })).toEqual({ unit: 'link', used: `${link}a%20%C3%BC`.length, limit: 60 })
    expect(linkMeasure('a ü', { limits })).toBeUndefined()
    expect(linkOf('half \ud800 a', { link, limits }, 'W-1')).toEqual({ url: `${link}half%20%EF%BF%BD%20a`, isWhole: true })
  })

  test('a prompt too long for a link is not cut: the link has the tool fetch it', () => {
    const cursor = linkTarget(allTargets(PACKS.targets))
    if (!cursor) throw new Error('no target has a link')
    const found = linkOf('x'.repeat(8000), cursor, ID.work)
    expect(found?.isWhole).toBe(false)
    expect(decodeURIComponent(found?.url ?? '')).toContain(`get_guarded_prompt for ${ID.work}`)
    expect(found?.url.length).toBeLessThan(8000)
  })
})
