import { describe, expect, test } from 'vitest'
import { threadsOf, waitingFor } from '../../core/comments/threads.ts'
import { applyChanges } from '../../core/model/change.ts'
import { rowsOf } from '../../core/model/table.ts'
import type { Design } from '../../core/model/types.ts'
import type { Effect } from '../../renderer/commands/command.ts'
import {
  commentOnSelected,
  goToComment,
  removeOwnComment,
  replyComment,
  resolveComment,
  writeComment,
} from '../../renderer/commands/definitions/comments.ts'
import { listedOf } from '../../renderer/views/comments/comments-model.ts'
import { smallDesign } from '../support/small-design.ts'
import { contextWith } from './support.ts'

const BASE = smallDesign()
const ELEMENT = rowsOf(BASE.elements)[0]?.id ?? ''

function done(design: Design, planned: ReturnType<typeof writeComment.plan>): Design {
  if (!planned.ok) throw new Error(planned.problems[0].message)
  return planned.value.reduce(
    (now, effect: Effect) => (effect.kind === 'write' ? applyChanges(now, effect.changes) : now),
    design,
  )
}

const written = done(BASE, writeComment.plan(contextWith(BASE), { id: ELEMENT, text: 'Why? @architect' }))
const id = threadsOf(written)[0]?.first.id ?? ''

describe('commands of comments', () => {
  test('write, answer, resolve and remove one step each', () => {
    const answered = done(written, replyComment.plan(contextWith(written), { id, text: 'Because.' }))
    const resolved = done(answered, resolveComment.plan(contextWith(answered), id))
    expect(threadsOf(resolved)).toMatchObject([{ isOpen: false, replies: [{ text: 'Because.' }] }])
    expect(done(written, removeOwnComment.plan(contextWith(written), id)).comments).toEqual({})
  })

  test('one key opens the comments on what is selected, and says why not where nothing is', () => {
    expect(commentOnSelected.plan(contextWith(BASE))).toMatchObject({ ok: false, problems: [{ code: 'command.notNow' }] })
    expect(commentOnSelected.plan(contextWith(BASE, { selection: ['W-00001'] }))).toMatchObject({ ok: false })
    expect(commentOnSelected.plan(contextWith(BASE, { selection: [ELEMENT] }))).toMatchObject({
      ok: true,
      value: [{ set: { inspector: true, inspectorTab: 'notes' } }, { kind: 'focus', name: `comment ${ELEMENT}` }],
    })
  })

  test('going to a comment goes to its object, with the comments beside it', () => {
    const planned = goToComment.plan(contextWith(written), ELEMENT)
    expect(planned.ok && planned.value).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ set: expect.objectContaining({ step: 'model', selection: [ELEMENT] }) }),
        { kind: 'session', set: { inspectorTab: 'notes' } },
      ]),
    )
    expect(goToComment.plan(contextWith(written), 'Q-00001')).toMatchObject({ ok: false })
  })
})

describe('the list of comments', () => {
  test('is empty where nothing was said', () => {
    expect(listedOf(BASE, [], 'all')).toEqual({ threads: [], removed: [], counts: { waiting: 0, open: 0, all: 0 } })
  })

  test('keeps what waits, what is open and what was removed apart', () => {
    const other = applyChanges(written, [
      {
        kind: 'put',
        table: 'comments',
        row: { id: 'K-00001', text: 'x', by: 'reviewer', at: '2027-01-01T00:00:00Z', anchor: { id: 'E-G0NE0' } },
      },
      {
        kind: 'put',
        table: 'comments',
        row: {
          id: 'K-00002',
          text: '@architect',
          by: 'reviewer',
          at: '2027-01-02T00:00:00Z',
          resolved: true,
          anchor: { id: ELEMENT },
        },
      },
      {
        kind: 'put',
        table: 'comments',
        row: { id: 'K-00003', text: '@architect', by: 'reviewer', at: '2027-01-03T00:00:00Z', anchor: { id: ELEMENT } },
      },
    ])
    const waiting = waitingFor(other, 'architect', ['architect', 'reviewer'])
    const ids = (shown: 'waiting' | 'open' | 'all') => {
      const { threads, removed } = listedOf(other, waiting, shown)
      return [threads.map(({ first }) => first.id), removed.map(({ first }) => first.id)]
    }
    expect(listedOf(other, waiting, 'open').counts).toEqual({ waiting: 1, open: 3, all: 4 })
    expect(ids('waiting')).toEqual([['K-00003'], []])
    expect(ids('open')).toEqual([['K-00003', id], ['K-00001']])
    expect(ids('all')).toEqual([['K-00003', 'K-00002', id], ['K-00001']])
  })
})
