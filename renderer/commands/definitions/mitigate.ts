import { addedId } from '../../../core/dfd/edits.ts'
import {
  acceptThreat,
  addMitigation,
  editMitigation,
  type MitigationInput,
  removeMitigation,
  setMitigationStatus,
  withdrawAcceptance,
} from '../../../core/mitigations/edits.ts'
import type { Fields } from '../../../core/model/change.ts'
import { labelOf } from '../../../core/model/lookup.ts'
import type { Acceptance, Category, Mitigation, PrivacyCategory } from '../../../core/model/types.ts'
import { addThreat, confirmThreat, editThreat } from '../../../core/threats/edits.ts'
import { type Command, type Context, notNow, plan, session, write } from '../command.ts'

/** Answers a threat with a control of a pack, in words about this threat. */
export const addControl: Command<{ readonly threat: string; readonly control: string }> = {
  id: 'mitigation.addControl',
  category: 'Mitigation',
  title: 'Add a control',
  plan: (context, input) => added(context, input, `Mitigation added to ${labelOf(context.design, input.threat)}.`),
}

/** Answers a threat in own words; without a check that stays a hope. */
export const addOwnMitigation: Command<{ readonly threat: string; readonly statement: string }> = {
  id: 'mitigation.addOwn',
  category: 'Mitigation',
  title: 'Add a mitigation in own words',
  plan: (context, { threat, statement }) =>
    added(context, { threat, statement: statement.trim() }, 'Mitigation added. Without a check it stays not verifiable.'),
}

function added({ design, facts, stamp }: Context, input: MitigationInput, text: string) {
  const edit = addMitigation(design, { ...input, packs: facts.packs.controls }, stamp)
  const id = edit.ok ? addedId(edit.value) : undefined
  return write('add mitigation', edit, { kind: 'focus', name: `object ${id}` }, { kind: 'say', text })
}

/** Says how far a mitigation is. */
export const setStatus: Command<{ readonly mitigation: string; readonly status: Mitigation['status'] }> = {
  id: 'mitigation.status',
  category: 'Mitigation',
  title: 'Set status',
  plan: ({ design, stamp }, input) => write(`${input.mitigation} ${input.status}`, setMitigationStatus(design, input, stamp)),
}

/** Changes the words of a mitigation. */
export const editStatement: Command<{ readonly mitigation: string; readonly statement: string }> = {
  id: 'mitigation.edit',
  category: 'Mitigation',
  title: 'Edit mitigation',
  plan: ({ design }, { mitigation, statement }) =>
    write(`edit ${mitigation}`, editMitigation(design, { mitigation, fields: { statement } })),
}

/** What the form of an acceptance, transfer or avoidance holds; empty texts where nothing was typed. */
export type AcceptanceInput = {
  readonly threat: string
  readonly response: Acceptance['response']
  readonly reason: string
  readonly owner: string
  readonly approver: string
  readonly expires: string
}

/** Lives with a threat knowingly: with reason, owner, another approver and an end. */
export const answerThreat: Command<AcceptanceInput> = {
  id: 'threat.answer',
  category: 'Threat',
  title: 'Accept, transfer or avoid',
  plan: ({ design, stamp }, input) => {
    const { expires, ...rest } = input
    const edit = acceptThreat(design, { ...rest, ...(expires ? { expires } : {}) }, stamp)
    return write(`${input.response} ${input.threat}`, edit, { kind: 'say', text: `${input.threat}: ${input.response} recorded.` })
  },
}

/** Takes a mitigation or an acceptance away; its threat asks again. */
export const removeAnswer: Command<string> = {
  id: 'threat.removeAnswer',
  category: 'Threat',
  title: 'Take the answer back',
  plan: ({ design }, id) => {
    const edit = id.startsWith('M-')
      ? removeMitigation(design, { mitigation: id })
      : withdrawAcceptance(design, { acceptance: id })
    return write(`remove ${id}`, edit, { kind: 'focus', name: 'main' }, { kind: 'say', text: `Removed ${id}.` })
  },
}

/** Changes what a threat says. */
export const editOneThreat: Command<{ readonly threat: string; readonly fields: Fields }> = {
  id: 'threat.edit',
  category: 'Threat',
  title: 'Edit threat',
  plan: ({ design }, input) => write(`edit ${input.threat}`, editThreat(design, input)),
}

/** Says to which categories a threat written by hand belongs. */
export const setCategory: Command<{
  readonly threat: string
  readonly of: 'categories' | 'privacy'
  readonly category: Category | PrivacyCategory
  readonly holds: boolean
}> = {
  id: 'threat.category',
  category: 'Threat',
  title: 'Set category',
  plan: ({ design }, { threat, of, category, holds }) => {
    const { categories, privacy } = design.threats[threat] ?? {}
    const others = Object.keys({ ...categories, ...privacy }).filter(one => one !== category)
    if (!holds && others.length === 0) return notNow('A threat belongs to at least one category.')
    const fields = { [`${of}/${category}`]: holds || undefined }
    return plan({
      kind: 'write',
      label: `category of ${threat}`,
      changes: [{ kind: 'patch', table: 'threats', id: threat, fields }],
    })
  },
}

/** A person stands behind a threat that an AI proposed. */
export const confirmOneThreat: Command<string> = {
  id: 'threat.confirm',
  category: 'Threat',
  title: 'Confirm a proposed threat',
  plan: ({ design, stamp }, threat) => write(`confirm ${threat}`, confirmThreat(design, { threat }, stamp)),
}

/** A threat that no rule found. */
export const addOwnThreat: Command<{ readonly statement: string; readonly category: Category }> = {
  id: 'threat.add',
  category: 'Threat',
  title: 'Add a threat in own words',
  plan: ({ design, stamp }, { statement, category }) => {
    const edit = addThreat(design, { statement, categories: { [category]: true } }, stamp)
    const id = edit.ok ? addedId(edit.value) : undefined
    return write('add threat', edit, session({ selection: id ? [id] : [] }))
  },
}

/** Goes to where a threat is written by hand. */
export const newThreat: Command = {
  id: 'threat.new',
  category: 'Threat',
  title: 'New threat',
  plan: () => plan(session({ step: 'mitigate' }), { kind: 'focus', name: 'new-threat' }),
}
