import { addedId } from '../../../core/dfd/edits.ts'
import { reviseAcceptance } from '../../../core/mitigations/acceptance-edits.ts'
import { addCheck, removeCheck } from '../../../core/mitigations/check-edits.ts'
import {
  acceptThreat,
  addMitigation,
  editMitigation,
  type MitigationInput,
  removeMitigation,
  setMitigationStatus,
  withdrawAcceptance,
} from '../../../core/mitigations/edits.ts'
import { handOver } from '../../../core/mitigations/owners.ts'
import type { Fields } from '../../../core/model/change.ts'
import type { Acceptance, Category, Mitigation, PrivacyCategory } from '../../../core/model/types.ts'
import { addThreat, confirmThreat, editThreat } from '../../../core/threats/edits.ts'
import { t } from '../../words/translate.ts'
import { type Command, type Context, notNow, plan, session, write } from '../command.ts'

/** Answers a threat with a control of a pack, in words about this threat. */
export const addControl: Command<{ readonly threat: string; readonly control: string }> = {
  id: 'mitigation.addControl',
  category: 'Mitigation',
  title: 'Add a control',
  plan: (context, input) => added(context, input, t('Mitigation added to {{id}}.', { id: input.threat })),
}

/** Answers a threat in own words; without a check that stays a hope. */
export const addOwnMitigation: Command<{ readonly threat: string; readonly statement: string }> = {
  id: 'mitigation.addOwn',
  category: 'Mitigation',
  title: 'Add a mitigation in own words',
  plan: (context, { threat, statement }) =>
    added(context, { threat, statement: statement.trim() }, t('Mitigation added. Not verifiable yet: give it a check.')),
}

function added({ design, facts, stamp }: Context, input: MitigationInput, text: string) {
  const edit = addMitigation(design, { ...input, packs: facts.packs.controls }, stamp)
  const id = edit.ok ? addedId(edit.value) : undefined
  return write(t('add mitigation'), edit, { kind: 'focus', name: `object ${id}` }, { kind: 'say', text })
}

/** Says how far a mitigation is. */
export const setStatus: Command<{ readonly mitigation: string; readonly status: Mitigation['status'] }> = {
  id: 'mitigation.status',
  category: 'Mitigation',
  title: 'Set status',
  plan: ({ design, stamp }, input) =>
    write(t('status of {{id}}', { id: input.mitigation }), setMitigationStatus(design, input, stamp)),
}

/** Changes the words of a mitigation. */
export const editStatement: Command<{ readonly mitigation: string; readonly statement: string }> = {
  id: 'mitigation.edit',
  category: 'Mitigation',
  title: 'Edit mitigation',
  plan: ({ design }, { mitigation, statement }) =>
    write(t('edit {{id}}', { id: mitigation }), editMitigation(design, { mitigation, fields: { statement } })),
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
    return write(t('answer {{id}}', { id: input.threat }), edit, {
      kind: 'say',
      text: t('{{id}}: your answer is recorded.', { id: input.threat }),
    })
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
    return write(
      t('remove {{id}}', { id }),
      edit,
      { kind: 'focus', name: 'main' },
      { kind: 'say', text: t('Removed {{id}}.', { id }) },
    )
  },
}

/** Changes what a threat says. */
export const editOneThreat: Command<{ readonly threat: string; readonly fields: Fields }> = {
  id: 'threat.edit',
  category: 'Threat',
  title: 'Edit threat',
  plan: ({ design }, input) => write(t('edit {{id}}', { id: input.threat }), editThreat(design, input)),
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
    if (!holds && others.length === 0) return notNow(t('A threat belongs to at least one category.'))
    const fields = { [`${of}/${category}`]: holds || undefined }
    return plan({
      kind: 'write',
      label: t('category of {{id}}', { id: threat }),
      changes: [{ kind: 'patch', table: 'threats', id: threat, fields }],
    })
  },
}

/** A person stands behind a threat that an AI proposed. */
export const confirmOneThreat: Command<string> = {
  id: 'threat.confirm',
  category: 'Threat',
  title: 'Confirm a proposed threat',
  plan: ({ design, stamp }, threat) => write(t('confirm {{id}}', { id: threat }), confirmThreat(design, { threat }, stamp)),
}

/** A threat that no rule found. */
export const addOwnThreat: Command<{ readonly statement: string; readonly category: Category }> = {
  id: 'threat.add',
  category: 'Threat',
  title: 'Add a threat in own words',
  plan: ({ design, stamp }, { statement, category }) => {
    const edit = addThreat(design, { statement, categories: { [category]: true } }, stamp)
    const id = edit.ok ? addedId(edit.value) : undefined
    return write(t('add threat'), edit, session({ selection: id ? [id] : [] }))
  },
}

/** Goes to where a threat is written by hand. */
export const newThreat: Command = {
  id: 'threat.new',
  category: 'Threat',
  title: 'New threat',
  plan: () => plan(session({ step: 'mitigate' }), { kind: 'focus', name: 'new-threat' }),
}

/** Gives a mitigation a check of its own, so that it can be shown and not only hoped for. */
export const addOwnCheck: Command<{ readonly mitigation: string; readonly statement: string }> = {
  id: 'mitigation.addCheck',
  category: 'Mitigation',
  title: 'Add a check',
  plan: ({ design }, input) =>
    write(t('add a check to {{id}}', { id: input.mitigation }), addCheck(design, input), {
      kind: 'say',
      text: t('{{id}} can be shown now.', { id: input.mitigation }),
    }),
}

/** Takes a mitigation's own check away. */
export const removeOwnCheck: Command<{ readonly mitigation: string; readonly key: string }> = {
  id: 'mitigation.removeCheck',
  category: 'Mitigation',
  title: 'Remove a check',
  plan: ({ design }, input) =>
    write(
      t('remove a check of {{id}}', { id: input.mitigation }),
      removeCheck(design, input),
      { kind: 'focus', name: `object ${input.mitigation}` },
      { kind: 'say', text: t('Check removed.') },
    ),
}

/** Gives what one person answers for to another. */
export const giveTo: Command<{ readonly ids: readonly string[]; readonly to: string }> = {
  id: 'mitigation.giveTo',
  category: 'Mitigation',
  title: 'Give to another owner',
  plan: ({ design }, input) =>
    write(t('new owner'), handOver(design, input), {
      kind: 'say',
      text: t('{{count}} things now with {{owner}}.', { count: input.ids.length, owner: input.to.trim() }),
    }),
}

/** Changes an acceptance in place: another end, another approver; the rules of a new one hold. */
export const reviseAnswer: Command<Parameters<typeof reviseAcceptance>[1]> = {
  id: 'threat.revise',
  category: 'Threat',
  title: 'Decide an answer again',
  plan: ({ design, stamp }, input) =>
    write(t('decide {{id}} again', { id: input.acceptance }), reviseAcceptance(design, input, stamp), {
      kind: 'say',
      text: t('{{id}} is decided again.', { id: input.acceptance }),
    }),
}

/** Asks why the findings behind a threat do not apply; with the answer the threat goes. */
export const threatNotApplicable: Command<string> = {
  id: 'threat.notApplicable',
  category: 'Threat',
  title: 'Not applicable',
  plan: ({ design }, threat) => {
    const findings = Object.keys(design.threats[threat]?.findings ?? {})
    if (findings.length === 0) return notNow(t('This threat was written by hand; no finding stands behind it.'))
    return plan(session({ dialog: { kind: 'notApplicable', findings } }))
  },
}

/** Goes to where a threat is answered; the suggestion waits there. */
export const answerOneThreat: Command<string> = {
  id: 'threat.goAnswer',
  category: 'Threat',
  title: 'Answer a threat',
  plan: (_context, threat) =>
    plan(session({ step: 'mitigate', selection: [threat], absence: undefined }), { kind: 'focus', name: 'new-mitigation' }),
}

/** Goes to where a mitigation is chosen or written for the threat in view. */
export const newMitigation: Command = {
  id: 'mitigation.new',
  category: 'Mitigation',
  title: 'New mitigation',
  plan: () => plan(session({ step: 'mitigate' }), { kind: 'focus', name: 'new-mitigation' }),
}
