import { describe, expect, test } from 'vitest'
import {
  addComment,
  COMMENT_LIMIT,
  editComment,
  removeComment,
  reopenThread,
  replyTo,
  resolveThread,
} from '../../../core/comments/edits.ts'
import { isAnchored, openCounts, threadsOf, threadsOn, waitingFor } from '../../../core/comments/threads.ts'
import { removeEntities } from '../../../core/dfd/edits.ts'
import { applyChanges, type Change } from '../../../core/model/change.ts'
import { designDigest } from '../../../core/model/digest.ts'
import { randomFrom } from '../../../core/model/identity.ts'
import { accepts } from '../../../core/model/parse.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Comment, Design, Stamp } from '../../../core/model/types.ts'
import type { Result } from '../../../core/support/result.ts'
import { ID, TRANSFERS } from '../gate/transfers.ts'

const random = randomFrom('comments')
const DEVELOPER = 'developer'
const LEAD = 'security lead'
const PEOPLE = [LEAD, DEVELOPER, 'security']
const stampOf = (by: string, minute: number, kind: Stamp['kind'] = 'human'): Stamp => ({
  at: `2026-11-22T16:${String(minute).padStart(2, '0')}:00Z`,
  by,
  kind,
  random,
})

function done(design: Design, edit: Result<readonly Change[]>): Design {
  if (!edit.ok) throw new Error(edit.problems[0].message)
  const after = applyChanges(design, edit.value)
  for (const row of rowsOf(after.comments)) expect(accepts('comments', row)).toBe(true)
  return after
}

const firstId = (design: Design) => threadsOf(design)[0]?.first.id ?? ''
const at = ID.work
const asked = done(
  TRANSFERS,
  addComment(TRANSFERS, { id: at, text: ' Who holds the key? @security lead ' }, stampOf(DEVELOPER, 1)),
)
const answered = done(asked, replyTo(asked, { id: firstId(asked), text: 'We do.' }, stampOf(LEAD, 2)))

describe('a thread', () => {
  test('is empty where nothing was said', () => {
    expect(threadsOf(TRANSFERS)).toEqual([])
    expect(openCounts(TRANSFERS.comments).size).toBe(0)
    expect(waitingFor(TRANSFERS, LEAD, PEOPLE)).toEqual([])
  })

  test('holds its answers in the order of time, also an answer to an answer', () => {
    const [reply] = threadsOf(answered)[0]?.replies ?? []
    const more = done(answered, replyTo(answered, { id: reply?.id ?? '', text: 'Since when?' }, stampOf(DEVELOPER, 3)))
    expect(threadsOn(more, at)).toMatchObject([
      {
        first: { text: 'Who holds the key? @security lead' },
        replies: [{ text: 'We do.' }, { text: 'Since when?' }],
        isOpen: true,
      },
    ])
    expect(openCounts(more.comments)).toEqual(new Map([[at, 1]]))
  })

  test('makes nothing stale', () => {
    expect(designDigest(answered)).toBe(designDigest(TRANSFERS))
  })

  test('is resolved and opened again by name and time; an answer opens it as well', () => {
    const id = firstId(answered)
    const closed = done(answered, resolveThread(answered, { id: threadsOf(answered)[0]?.replies[0]?.id ?? '' }, stampOf(LEAD, 4)))
    expect(closed.comments[id]).toMatchObject({ resolved: true, resolvedBy: LEAD, resolvedAt: '2026-11-22T16:04:00Z' })
    expect(openCounts(closed.comments).size).toBe(0)
    expect(resolveThread(closed, { id }, stampOf(DEVELOPER, 5))).toEqual({ ok: true, value: [] })
    const open = done(closed, reopenThread(closed, { id }, stampOf(DEVELOPER, 5)))
    expect(open.comments[id]).toMatchObject({ resolved: false, resolvedBy: DEVELOPER })
    const again = done(closed, replyTo(closed, { id, text: 'No.' }, stampOf(DEVELOPER, 5)))
    expect(threadsOf(again)[0]?.isOpen).toBe(true)
    const byAi = done(closed, replyTo(closed, { id, text: 'No.' }, stampOf('helper', 5, 'ai')))
    expect(threadsOf(byAi)[0]?.isOpen).toBe(false)
  })

  test('an AI closes and opens none', () => {
    const id = firstId(asked)
    expect(resolveThread(asked, { id }, stampOf('helper', 9, 'ai'))).toMatchObject({
      ok: false,
      problems: [{ code: 'remark.ai' }],
    })
    expect(reopenThread(asked, { id }, stampOf('helper', 9, 'ai'))).toMatchObject({
      ok: false,
      problems: [{ code: 'remark.ai' }],
    })
  })

  test('loses no answer when a merge took its first comment away', () => {
    const torn = applyChanges(answered, [{ kind: 'remove', table: 'comments', id: firstId(answered) }])
    expect(threadsOf(torn)).toMatchObject([{ first: { text: 'We do.' }, replies: [], isOpen: true }])
  })

  test('of comments that answer each other ends nowhere else than in the list', () => {
    const loop = (id: string, reply: string): Comment => ({
      id,
      text: id,
      by: LEAD,
      at: '2026-11-22T16:00:00Z',
      reply,
      anchor: { id: at },
    })
    const rows = {
      'K-00001': loop('K-00001', 'K-00002'),
      'K-00002': loop('K-00002', 'K-00001'),
      'K-00003': loop('K-00003', 'K-00003'),
    }
    expect(threadsOf({ ...TRANSFERS, comments: rows }).map(({ first }) => first.id)).toEqual(['K-00001', 'K-00002', 'K-00003'])
  })

  test('stays when its object goes, and is known to hang on nothing', () => {
    const element = rowsOf(TRANSFERS.elements)[0]?.id ?? ''
    const said = done(TRANSFERS, addComment(TRANSFERS, { id: element, text: 'Why?' }, stampOf(LEAD, 1)))
    const [thread] = threadsOf(said)
    const gone = done(said, removeEntities(said, { ids: [element] }))
    expect(thread && isAnchored(said, thread)).toBe(true)
    expect(threadsOf(gone).map(one => isAnchored(gone, one))).toEqual([false])
  })
})

describe('words', () => {
  test.each([
    ['nothing', '  \n ', 'remark.empty'],
    ['too much', 'x'.repeat(COMMENT_LIMIT + 1), 'remark.long'],
  ])('%s is refused, as a comment, an answer and a rewording', (_what, text, code) => {
    const id = firstId(asked)
    const refused = { ok: false, problems: [{ code }] }
    expect(addComment(asked, { id: at, text }, stampOf(DEVELOPER, 9))).toMatchObject(refused)
    expect(replyTo(asked, { id, text }, stampOf(DEVELOPER, 9))).toMatchObject(refused)
    expect(editComment(asked, { id, text }, stampOf(DEVELOPER, 9))).toMatchObject(refused)
  })

  test('of one person are reworded and removed by that person alone', () => {
    const id = firstId(asked)
    for (const edit of [editComment, removeComment])
      expect(edit(asked, { id, text: 'Mine.' }, stampOf(LEAD, 9))).toMatchObject({
        ok: false,
        problems: [{ code: 'remark.notOwn' }],
      })
    const reworded = done(asked, editComment(asked, { id, text: ' Which key? ' }, stampOf(DEVELOPER, 9)))
    expect(reworded.comments[id]).toMatchObject({ text: 'Which key?', editedAt: '2026-11-22T16:09:00Z' })
    expect(editComment(reworded, { id, text: 'Which key?' }, stampOf(DEVELOPER, 10))).toEqual({ ok: true, value: [] })
    expect(done(asked, removeComment(asked, { id }, stampOf(DEVELOPER, 9))).comments).toEqual({})
  })

  test('that were answered go, and the answers stay in their thread', () => {
    const id = firstId(answered)
    const after = done(answered, removeComment(answered, { id }, stampOf(DEVELOPER, 9)))
    expect(threadsOf(after)).toMatchObject([{ first: { id, text: '' }, replies: [{ text: 'We do.' }] }])
    expect(removeComment(after, { id }, stampOf(DEVELOPER, 10))).toEqual({ ok: true, value: [] })
  })

  test('nobody answers, resolves or removes what is not there', () => {
    const id = 'K-N0NE0'
    for (const edit of [replyTo, resolveThread, reopenThread, editComment, removeComment])
      expect(edit(asked, { id, text: 'x' }, stampOf(LEAD, 9))).toMatchObject({
        ok: false,
        problems: [{ code: 'remark.missing' }],
      })
  })
})

describe('waitingFor', () => {
  test('somebody named, until they answer or the thread is resolved', () => {
    expect(waitingFor(asked, LEAD, PEOPLE)).toMatchObject([{ why: 'mention', last: { by: DEVELOPER } }])
    expect(waitingFor(asked, 'security', PEOPLE)).toEqual([])
    expect(waitingFor(answered, LEAD, PEOPLE)).toEqual([])
    expect(waitingFor(done(asked, resolveThread(asked, { id: firstId(asked) }, stampOf(DEVELOPER, 3))), LEAD, PEOPLE)).toEqual([])
  })

  test('somebody answered, and nobody who only looks on', () => {
    expect(waitingFor(answered, DEVELOPER, PEOPLE)).toMatchObject([{ why: 'answer', last: { text: 'We do.' } }])
    expect(waitingFor(answered, 'operations', PEOPLE)).toEqual([])
  })
})
