import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { sliceOf } from '../../core/gate/slice.ts'
import { applyChanges } from '../../core/model/change.ts'
import { newEntry, readLedger } from '../../core/model/ledger.ts'
import type { Design } from '../../core/model/types.ts'
import { openFolder } from '../../host/node/store.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import type { Effect } from '../../renderer/commands/command.ts'
import { nextAction } from '../../renderer/commands/next-action.ts'
import { cardOf } from '../../renderer/state/card.ts'
import { preferencesOf, type Role } from '../../renderer/state/preferences.ts'
import { promptSliceNow } from '../../renderer/state/prompt-now.ts'
import { recordedIn } from '../../renderer/state/recorded.ts'
import { root } from '../support/served-workbench.ts'
import { AT, contextWith } from './support.ts'

const W = 'W-0RD3R'
const opened = await openFolder(path.join(root, 'packs/samples/bank-transfer/threat-model'))
if (!opened.ok) throw new Error(opened.problems[0].message)
/** With one work item of the two, so that what follows is about that one. */
const sample: Design = applyChanges(opened.value.design, [{ kind: 'remove', table: 'workItems', id: 'W-REC0R' }])

type Entry = readonly [type: 'prompt-issued' | 'prompt-copied' | 'verdict', payload: Readonly<Record<string, unknown>>]

function ledgerOf(...entries: readonly Entry[]) {
  const files: { name: string; text: string; entry: ReturnType<typeof newEntry>['entry'] }[] = []
  let heads: readonly string[] = []
  for (const [type, payload] of entries) {
    const { hash, entry, text } = newEntry(heads, type, payload, { at: AT, by: 'architect' })
    files.push({ name: `${hash.replace('sha256:', '')}.json`, text, entry })
    heads = [hash]
  }
  const state = readLedger(files)
  expect(state.ok).toBe(true)
  return state
}

const promptSlice = promptSliceNow(sample, builtinPacks, { workItem: W, target: 'markdown', at: AT })
const slice = sliceOf(sample, builtinPacks, { workItem: W, at: AT })
const sliceNow = slice.ok ? slice.value.digest : ''

const copied: Entry = ['prompt-copied', { workItem: W, target: 'markdown', slice: promptSlice, draft: false }]
const draft: Entry = ['prompt-copied', { workItem: W, target: 'markdown', slice: promptSlice, draft: true }]
const old: Entry = ['prompt-copied', { workItem: W, target: 'markdown', slice: 'sha256:0', draft: false }]

function judged(verdict: string, checks: readonly (readonly [string, string])[], of = sliceNow): Entry {
  const record = { verdict, slice: of, checks: checks.map(([id, one]) => ({ id, verdict: one })) }
  return ['verdict', { workItem: W, verdict, record }]
}

const failed = judged('fail', [
  ['C-1', 'pass'],
  ['C-2', 'inconclusive'],
  ['C-3', 'fail'],
])
const passed = judged('pass', [['C-1', 'pass']])

function next(role: Role, ...entries: readonly Entry[]) {
  const context = contextWith(sample, {
    preferences: { ...preferencesOf(null), role },
    recorded: recordedIn(ledgerOf(...entries)),
  })
  const action = nextAction(context)
  const planned = action.plan(context)
  return { text: action.text, effects: planned.ok ? planned.value : [] }
}

function setBy(effects: readonly Effect[]): object {
  return Object.assign({}, ...effects.map(effect => (effect.kind === 'session' ? effect.set : {})))
}

describe('what follows from what is recorded', () => {
  it('has a sample that lacks nothing, so that only the record decides', () => {
    expect(contextWith(sample).facts.gateFor(W).open).toBe(true)
    expect(promptSlice).toBeTruthy()
    expect(sliceNow).not.toBe('')
  })

  it.each<[string, readonly Entry[], string, string, string]>([
    ['nothing recorded', [], 'Copy the prompt', `Copy the prompt of ${W}`, `Review ${W}`],
    ['only a draft taken', [draft], 'Copy the prompt', `Copy the prompt of ${W}`, `Review ${W}`],
    ['the prompt taken', [copied], `Verify ${W}`, `Verify ${W}`, `Review ${W}`],
    [
      'the prompt taken before the design moved on',
      [old],
      `${W} changed: copy its prompt again`,
      `${W} changed: copy its prompt again`,
      `Review ${W}`,
    ],
    ['a fail', [copied, failed], `${W}: 1 check fails`, `${W}: 1 check fails`, `Continue the review of ${W}`],
    ['a fail, then the prompt once more', [copied, failed, copied], `Verify ${W}`, `Verify ${W}`, `Review ${W}`],
    [
      'a verdict over another slice',
      [copied, judged('pass', [['C-1', 'pass']], 'sha256:0')],
      `${W} changed: verify it again`,
      `${W} changed: verify it again`,
      `Review ${W}`,
    ],
    [
      'what nobody could tell',
      [
        judged('inconclusive', [
          ['C-1', 'inconclusive'],
          ['C-2', 'inconclusive'],
        ]),
      ],
      `${W}: 2 checks undecided`,
      `${W}: 2 checks undecided`,
      `Continue the review of ${W}`,
    ],
    ['a pass', [copied, passed], `Read the review of ${W}`, `Read the review of ${W}`, `Read the review of ${W}`],
  ])('%s', (_name, entries, model, build, review) => {
    expect(next('model', ...entries).text).toBe(model)
    expect(next('build', ...entries).text).toBe(build)
    expect(next('review', ...entries).text).toBe(review)
  })

  it('leads to the check that fails', () => {
    for (const role of ['model', 'build', 'review'] as const) {
      const { effects } = next(role, copied, failed)
      expect(setBy(effects)).toMatchObject({ step: 'verify', workItem: W, check: 'C-3' })
      expect(effects.at(-1)).toEqual({ kind: 'focus', name: 'check C-3' })
    }
  })

  it('goes on to the next work item once one has passed', () => {
    const [item] = Object.values(sample.workItems)
    if (!item) throw new Error('the sample has a work item')
    const two = applyChanges(sample, [{ kind: 'put', table: 'workItems', row: { ...item, id: 'W-SEC2D', name: 'Limits' } }])
    const context = contextWith(two, {
      preferences: { ...preferencesOf(null), role: 'build' },
      recorded: recordedIn(ledgerOf(copied, passed)),
    })
    expect(nextAction(context).text).toBe('Copy the prompt of W-SEC2D')
    const model = { ...context, session: { ...context.session, preferences: preferencesOf(null) } }
    const action = nextAction(model)
    expect(action.text).toBe('Copy the prompt of W-SEC2D')
    const planned = action.plan(model)
    expect(setBy(planned.ok ? planned.value : [])).toMatchObject({ step: 'prompts', workItem: 'W-SEC2D' })
  })

  it('stays where it is when only the outline of requirements changes', () => {
    const [first, second] = slice.ok ? slice.value.requirements : []
    if (!first || !second) throw new Error('the sample has requirements')
    const indented = applyChanges(sample, [{ kind: 'patch', table: 'requirements', id: second, fields: { parent: first } }])
    const again = sliceOf(indented, builtinPacks, { workItem: W, at: AT })
    expect(again.ok && again.value.requirements).toContain(second)
    expect(again.ok && again.value.digest).toBe(sliceNow)
  })

  it('adds the evidence to the chain of what its check comes from, and leads there', () => {
    const [requirement = '', other = ''] = Object.keys(sample.requirements)
    const record = {
      verdict: 'inconclusive',
      slice: sliceNow,
      evidence: [{ digest: 'sha256:1', file: 'unit.junit.xml' }],
      checks: [
        { id: 'C-1', verdict: 'pass', from: [requirement], evidence: [{ digest: 'sha256:1', pointer: '/1' }] },
        { id: 'C-2', verdict: 'inconclusive', from: [other], evidence: [{ digest: 'sha256:9', pointer: 'ledger/1' }] },
        { id: 'C-3', verdict: 'inconclusive', from: [other], evidence: [] },
        null,
      ],
    }
    const { facts } = contextWith(sample)
    const recorded = recordedIn(ledgerOf(['verdict', { workItem: W, record }]))
    const links = (id: string) => cardOf(sample, facts, id, recorded)?.chain ?? []
    expect(links(requirement).at(-1)).toMatchObject({
      word: 'Evidence',
      count: 1,
      ids: ['unit.junit.xml'],
      goes: { workItem: W, check: 'C-1' },
    })
    expect(links(other).map(({ word }) => word)).not.toContain('Evidence')
    expect(cardOf(sample, facts, requirement, new Map())?.chain).toHaveLength(5)
  })

  it('takes nothing from entries that have not the form', () => {
    const entries: readonly Entry[] = [
      ['verdict', { workItem: W, record: { verdict: 'pass', slice: 1, checks: [] } }],
      ['verdict', { workItem: W, record: { verdict: 'secure', slice: 's', checks: [] } }],
      ['prompt-copied', { workItem: 7, target: 'markdown', slice: 's' }],
    ]
    expect(recordedIn(ledgerOf(...entries)).size).toBe(0)
  })
})
