import { describe, expect, it } from 'vitest'
import { applyChanges, type Change } from '../../core/model/change.ts'
import type { Design } from '../../core/model/types.ts'
import type { Effect } from '../../renderer/commands/command.ts'
import {
  backToGenerated,
  chooseSide,
  decided,
  editByHand,
  leaveEditing,
  nameOf,
  showEdit,
  stopEditing,
  takeMerged,
  typeInPrompt,
} from '../../renderer/commands/definitions/prompt-edit.ts'
import { chooseTarget, copyDraft } from '../../renderer/commands/definitions/prompts.ts'
import type { PromptDraft, Session } from '../../renderer/state/session.ts'
import { gutterLines } from '../../renderer/views/prompts/prompts-model.ts'
import { ID, TRANSFERS, withFields } from '../core/gate/transfers.ts'
import { contextWith } from './support.ts'

type Planned = ReturnType<typeof editByHand.plan>
const effects = (planned: Planned): readonly Effect[] => {
  if (!planned.ok) throw new Error(planned.problems[0].message)
  return planned.value
}
const setBy = (planned: Planned): Partial<Session> =>
  Object.assign({}, ...effects(planned).map(effect => (effect.kind === 'session' ? effect.set : {})))
const written = (planned: Planned): readonly Change[] =>
  effects(planned).flatMap(effect => (effect.kind === 'write' ? effect.changes : []))
const refusal = (planned: Planned) => (planned.ok ? undefined : planned.problems[0].message)

const here = (design: Design = TRANSFERS, session: Partial<Session> = {}) =>
  contextWith(design, { workItem: ID.work, ...session })
const goal = TRANSFERS.workItems[ID.work]?.goal ?? ''

/** The draft after a person opened the editor and typed. */
function typed(design: Design = TRANSFERS, words = 'Ask for a second factor.'): PromptDraft {
  const draft = setBy(editByHand.plan(here(design))).promptDraft
  if (!draft) throw new Error('no editor opened')
  const change = { text: draft.text.replace(goal, words), fixed: draft.fixed }
  return setBy(typeInPrompt.plan(here(design, { promptDraft: draft }), change)).promptDraft as PromptDraft
}

const edited = applyChanges(TRANSFERS, written(stopEditing.plan(here(TRANSFERS, { promptDraft: typed() }))))
const conflicting = withFields(edited, 'workItems', ID.work, { goal: 'Ask twice.' })

describe('editing a prompt by hand', () => {
  it('opens the generated text, and what is typed is kept as one change', () => {
    const draft = typed()
    expect(draft).toMatchObject({ workItem: ID.work, target: 'markdown', before: undefined })
    expect(draft.start).toBe(draft.generated)
    const stop = stopEditing.plan(here(TRANSFERS, { promptDraft: draft }))
    expect(effects(stop).filter(effect => effect.kind === 'write')).toHaveLength(1)
    expect(setBy(stop)).toMatchObject({ promptDraft: undefined })
    expect(edited.workItems[ID.work]?.promptEdits?.markdown).toMatchObject({ by: 'architect', text: draft.text })
  })

  it('opens again what was edited, and keeps nothing where nothing was changed or kept', () => {
    const draft = setBy(editByHand.plan(here(edited))).promptDraft as PromptDraft
    expect(draft.text).toContain('Ask for a second factor.')
    expect(written(stopEditing.plan(here(edited, { promptDraft: draft })))).toEqual([])
    expect(written(leaveEditing.plan(here(TRANSFERS, { promptDraft: typed() })))).toEqual([])
  })

  it('is one prompt at a time, but not for a work item that is gone', () => {
    const promptDraft = typed()
    expect(refusal(editByHand.plan(here(TRANSFERS, { promptDraft, target: 'skill' })))).toContain(ID.work)
    expect(editByHand.plan(here(TRANSFERS, { promptDraft: { ...promptDraft, workItem: 'W-G0NE1' } })).ok).toBe(true)
    expect(setBy(editByHand.plan(here(TRANSFERS, { promptDraft }))).promptDraft).toBeUndefined()
    for (const command of [stopEditing, leaveEditing]) expect(refusal(command.plan(here()))).toBe('No prompt is being edited.')
  })

  it('keeps what is typed apart from what is copied', () => {
    expect(refusal(copyDraft.plan(here(TRANSFERS, { promptDraft: typed() })))).toMatch(/^Stop editing first/)
    const untouched = { ...typed(), text: typed().start }
    expect(copyDraft.plan(here(TRANSFERS, { promptDraft: untouched })).ok).toBe(true)
  })

  it('goes back to the generated text as one change', () => {
    const back = backToGenerated.plan(here(edited))
    expect(applyChanges(edited, written(back))).toEqual(TRANSFERS)
    expect(refusal(backToGenerated.plan(here()))).toBe('This prompt was not edited by hand.')
    expect(refusal(showEdit.plan(here()))).toBe('This prompt was not edited by hand.')
  })
})

describe('an edit whose generated text changed', () => {
  it('is shown before it is edited again where the two conflict', () => {
    expect(setBy(editByHand.plan(here(conflicting)))).toMatchObject({ promptMerge: true })
    expect(setBy(showEdit.plan(here(conflicting, { promptMerge: true })))).toMatchObject({ promptMerge: false })
  })

  it('waits for every choice, then is kept with the new text under it', () => {
    expect(refusal(takeMerged.plan(here(conflicting)))).toBe('Decide 1 conflict first.')
    const conflict = { kind: 'conflict' as const, base: [goal], mine: ['Ask for a second factor.'], theirs: ['Ask twice.'] }
    const chosen = setBy(chooseSide.plan(here(conflicting), { conflict: nameOf(conflict), side: 'theirs' }))
    expect(decided([conflict], chosen.promptChoices ?? {})).toEqual({ choices: { 0: 'theirs' }, open: 0 })
    const merged = applyChanges(conflicting, written(takeMerged.plan(here(conflicting, chosen))))
    expect(merged.workItems[ID.work]?.promptEdits).toBeUndefined()
    const both = setBy(chooseSide.plan(here(conflicting), { conflict: nameOf(conflict), side: 'both' }))
    const kept = applyChanges(conflicting, written(takeMerged.plan(here(conflicting, both)))).workItems[ID.work]?.promptEdits
      ?.markdown
    expect(kept?.text).toContain('Ask for a second factor.\nAsk twice.')
    expect(kept?.generated).toContain('Ask twice.')
  })

  it('is nothing to take while the text is the one that was edited', () => {
    expect(refusal(takeMerged.plan(here(edited)))).toBe('The generated text is still the one that was edited.')
    expect(refusal(takeMerged.plan(here()))).toBe('This prompt was not edited by hand.')
  })

  it('is left by going to another target', () => {
    expect(setBy(chooseTarget.plan(here(edited, { promptMerge: true }), 'skill'))).toMatchObject({ promptMerge: false })
  })
})

it('the gutter tells a line by hand and what it was', () => {
  const lines = [
    { line: 1, from: ['W-AAAAA'], edited: { was: 'old' } },
    { line: 2, from: ['partials/stop'] },
  ]
  expect(gutterLines({ text: 'new\nstop', lines })).toEqual([
    { number: 1, text: 'new', from: ['W-AAAAA'], edited: { was: 'old' } },
    { number: 2, text: 'stop', from: [] },
  ])
})
